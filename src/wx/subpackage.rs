//! Loading subpackages by hand. `require` and routes do it by themselves.
//!
//! `preDownloadSubpackage` knows workers only in mini programs; `normal`, with a name, is as in mini games.

use super::app_events::answered;
use super::{Api, Args, HostCommand, Outcome, Param, Wx, WxError};
use futures_util::future::BoxFuture;
use tokio::sync::oneshot;

const PROGRESS: &[&str] = &["ProgressUpdate"];

/// Rows of this family.
pub const APIS: &[Api] = &[
    Api::task("loadSubpackage", PROGRESS, &[Param::required("name", "String")], load).since("2.1.0"),
    Api::task(
        "preDownloadSubpackage",
        PROGRESS,
        &[
            Param::required("packageType", "String"),
            Param::optional("name", "String"),
        ],
        load_ahead,
    )
    .since("2.27.3"),
];

fn load(wx: &mut Wx, args: Args) -> BoxFuture<'static, Outcome> {
    ask(wx, args.text_opt("name").map(str::to_owned), args.id)
}

fn load_ahead(wx: &mut Wx, args: Args) -> BoxFuture<'static, Outcome> {
    match args.text("packageType") {
        "workers" => ask(wx, None, args.id),
        "normal" => ask(wx, Some(args.text("name").to_owned()), args.id),
        other => {
            let reason =
                format!("parameter error: parameter.packageType should be workers or normal instead of {other};");
            Box::pin(std::future::ready(Err(WxError::parameter(reason))))
        }
    }
}

fn ask(wx: &mut Wx, name: Option<String>, call: u64) -> BoxFuture<'static, Outcome> {
    let (reply, answer) = oneshot::channel();
    let busy = wx.outbox.busy();
    wx.outbox.command(HostCommand::Subpackage { name, call, reply });
    Box::pin(async move {
        let outcome = answered(answer).await;
        drop(busy);
        outcome
    })
}
