//! The other apps of a device, as a running app may open them and go back to them.

use super::launch::LaunchOptions;
use crate::wx::{Outcome, WxError};
use serde_json::Value;
use std::sync::Arc;
use tokio::sync::oneshot;

/// The scene of an app that another one opened.
pub const SCENE_FROM_APP: u32 = 1037;

/// The scene of an app that the person comes back to from another one.
pub const SCENE_BACK_FROM_APP: u32 = 1038;

/// What one app's instances ask of the device about the others.
pub trait Neighbours: Send + Sync {
    /// Whether there may be an app of this id.
    fn knows(&self, app_id: &str) -> bool;

    /// Opens an app in front of this one, or brings it there. It has begun when this returns; the answer comes when it
    /// is known to run, and then this one is told to leave.
    fn open(self: Arc<Self>, app_id: &str, launch: LaunchOptions, reply: oneshot::Sender<Outcome>);

    /// Whether another app opened this one, and the person can go back there.
    fn has_opener(&self) -> bool;

    /// The person leaves this app, and is back in the one that opened it, if one did, which gets `extra_data`.
    fn back(&self, extra_data: Option<Value>);

    /// Whether the person is in an app that this one opened, and will come back.
    fn is_away(&self) -> bool;

    /// The app has taken up what it was told when it was called to the front.
    fn is_in_front(&self);
}

/// No other apps.
#[derive(Debug, Clone, Copy, Default)]
pub struct Alone;

impl Neighbours for Alone {
    fn knows(&self, _: &str) -> bool {
        false
    }

    fn open(self: Arc<Self>, _: &str, _: LaunchOptions, reply: oneshot::Sender<Outcome>) {
        // The receiver goes away only with the instance.
        let _ = reply.send(Err(no_such_app()));
    }

    fn has_opener(&self) -> bool {
        false
    }

    fn back(&self, _: Option<Value>) {}

    fn is_away(&self) -> bool {
        false
    }

    fn is_in_front(&self) {}
}

/// The platform's word for an app that is not there.
pub fn no_such_app() -> WxError {
    WxError::new("invalid appid")
}
