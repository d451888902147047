//! `wx.getUpdateManager()`. The object lives in the JS half; the host only hears that the app wants the update applied.

use super::app_events::answered;
use super::{Api, Args, Form, HostCommand, Outcome, Wx};
use futures_util::future::BoxFuture;
use tokio::sync::oneshot;

/// Rows of this family. `applyUpdate` has no function in `wx`: the object's method asks for it.
pub const APIS: &[Api] = &[
    Api::js("getUpdateManager").since("1.9.90"),
    Api::js("UpdateManager.onCheckForUpdate").since("1.9.90"),
    Api::js("UpdateManager.onUpdateReady").since("1.9.90"),
    Api::js("UpdateManager.onUpdateFailed").since("1.9.90"),
    Api::js("UpdateManager.applyUpdate").since("1.9.90"),
    Api::later("applyUpdate", &[], apply_update).form(Form::Js),
];

fn apply_update(wx: &mut Wx, _: Args) -> BoxFuture<'static, Outcome> {
    let (reply, answer) = oneshot::channel();
    wx.outbox.command(HostCommand::ApplyUpdate { reply });
    answered(answer)
}
