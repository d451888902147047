//! Listeners for what happens to the app, and ways to end it.

use super::{Api, Args, HostCommand, Outcome, Param, Wx, WxError, ok};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::sync::oneshot;

/// Rows of this family.
pub const APIS: &[Api] = &[
    Api::event("appShow").since("2.1.2"),
    Api::event("appHide").since("2.1.2"),
    Api::event("error").since("2.1.2"),
    Api::event("unhandledRejection").since("2.10.0"),
    Api::event("pageNotFound").since("2.1.2"),
    Api::event("lazyLoadError").since("2.24.3"),
    Api::js("nextTick").since("2.2.3"),
    Api::later("restartMiniProgram", &[Param::required("path", "String")], restart)
        .form(super::Form::Callback)
        .since("3.0.1"),
    Api::later("exitMiniProgram", &[], exit).since("2.17.3"),
];

/// Success is never heard: the world is gone by then.
fn restart(wx: &mut Wx, args: Args) -> BoxFuture<'static, Outcome> {
    let (reply, answer) = oneshot::channel();
    wx.outbox.command(HostCommand::Restart {
        path: args.text("path").to_owned(),
        reply,
    });
    answered(answer)
}

fn exit(wx: &mut Wx, _: Args) -> BoxFuture<'static, Outcome> {
    wx.outbox.command(HostCommand::Exit);
    std::future::ready(ok()).boxed()
}

/// The app loop's answer to a command. A loop that drops the command has ended.
pub(super) fn answered(answer: oneshot::Receiver<Outcome>) -> BoxFuture<'static, Outcome> {
    answer
        .map(|reply| reply.unwrap_or_else(|_| Err(WxError::new("interrupted"))))
        .boxed()
}
