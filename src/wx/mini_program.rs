//! Other apps of the same device: opened by this one, and gone back to.

use super::app_events::answered;
use super::{Api, Args, HostCommand, Modal, OtherApp, Outcome, Param, Prompt, Wx, WxError};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::sync::oneshot;

const OPTIONS: &[Param] = &[
    Param::required("appId", "String"),
    Param::default("path", "String", "\"\""),
    Param::default("extraData", "Object", "{}"),
    Param::default("envVersion", "String", "\"release\""),
    Param::default("noRelaunchIfPathUnchanged", "*", "false"),
];

/// Rows of this family. A short link cannot be resolved here, so the id is always needed.
pub const APIS: &[Api] = &[
    Api::later("navigateToMiniProgram", OPTIONS, |wx, args| open(wx, args, false))
        .since("1.3.0")
        .noted("an app of the registry, or of --mini-program"),
    Api::later("openEmbeddedMiniProgram", OPTIONS, |wx, args| open(wx, args, true))
        .since("2.20.1")
        .noted("as navigateToMiniProgram: it takes the whole screen"),
    Api::later(
        "navigateBackMiniProgram",
        &[Param::default("extraData", "Object", "{}")],
        back,
    )
    .since("1.3.0"),
];

/// The platform asks the person first; no list in app.json is needed for it any more.
fn open(wx: &mut Wx, args: Args, embedded: bool) -> BoxFuture<'static, Outcome> {
    let app_id = args.text("appId").to_owned();
    if app_id == wx.app.app_id {
        return std::future::ready(Err(WxError::new("can't navigate to myself"))).boxed();
    }
    let (outbox, dialogs, ui) = (wx.outbox.clone(), wx.dialogs.clone(), std::sync::Arc::clone(&wx.ui));
    let found = ask(wx, OtherApp::Find { app_id: app_id.clone() });
    let busy = outbox.busy();
    async move {
        found.await?;
        let asked = dialogs.show(&ui, &outbox, Prompt::Modal(question(&app_id)));
        drop(busy);
        let answer = asked.await?;
        if answer.value()["confirm"] != true {
            return Err(WxError::new("cancel"));
        }
        let (reply, opened) = oneshot::channel();
        let request = OtherApp::Open {
            params: args.value,
            embedded,
            busy: outbox.busy(),
        };
        outbox.command(HostCommand::OtherApp { request, reply });
        answered(opened).await
    }
    .boxed()
}

fn back(wx: &mut Wx, args: Args) -> BoxFuture<'static, Outcome> {
    ask(wx, OtherApp::Back { params: args.value })
}

fn ask(wx: &mut Wx, request: OtherApp) -> BoxFuture<'static, Outcome> {
    let (reply, answer) = oneshot::channel();
    wx.outbox.command(HostCommand::OtherApp { request, reply });
    answered(answer)
}

fn question(app_id: &str) -> Modal {
    Modal {
        title: String::new(),
        content: format!("即将打开“{app_id}”小程序"),
        show_cancel: true,
        cancel_text: "取消".into(),
        cancel_color: "#000000".into(),
        confirm_text: "允许".into(),
        confirm_color: "#576B95".into(),
        editable: false,
        placeholder_text: String::new(),
    }
}
