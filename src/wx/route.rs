//! Page routes. The app's loop carries them out, one after the other, and answers when the new page is shown.

use super::app_events::answered;
use super::{Api, Args, HostCommand, Outcome, Param, Wx};
use futures_util::future::BoxFuture;
use tokio::sync::oneshot;

const URL: &[Param] = &[Param::required("url", "String")];

/// Rows of this family.
pub const APIS: &[Api] = &[
    Api::later(
        "navigateTo",
        &[
            Param::required("url", "String"),
            Param::optional("events", "*"),
            Param::optional("routeType", "*"),
        ],
        |wx, args| route(wx, "navigateTo", args),
    ),
    Api::later("redirectTo", URL, |wx, args| route(wx, "redirectTo", args)),
    Api::later("reLaunch", URL, |wx, args| route(wx, "reLaunch", args)).since("1.1.0"),
    Api::later("switchTab", URL, |wx, args| route(wx, "switchTab", args)),
    Api::later("navigateBack", &[Param::default("delta", "Number", "1")], |wx, args| {
        route(wx, "navigateBack", args)
    }),
];

fn route(wx: &mut Wx, kind: &str, args: Args) -> BoxFuture<'static, Outcome> {
    let (reply, answer) = oneshot::channel();
    let busy = wx.outbox.busy();
    wx.outbox.command(HostCommand::Route {
        kind: kind.to_owned(),
        params: args.value,
        call: args.id,
        reply,
    });
    Box::pin(async move {
        let outcome = answered(answer).await;
        drop(busy);
        outcome
    })
}
