//! The program that runs an app, as the app's world speaks to it: a test with its driver, or an automation server.
//!
//! Only the JS half speaks so (`M.host` with [`CALL`]); the app itself has no way to.

use crate::wx::{Outcome, Payload, WxError};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;

/// What the JS half calls it.
pub const CALL: &str = "$outside";

/// Whoever runs the app and listens to its world.
pub trait Outside: Send + Sync {
    /// The world says something and waits for what this returns.
    ///
    /// # Errors
    /// What the world is to throw.
    fn told(&self, message: Payload) -> Outcome;

    /// The world asks for something that takes its time. Virtual time passes meanwhile, unless somebody else works.
    fn asked(&self, message: Payload) -> BoxFuture<'static, Outcome>;

    /// The world is gone, and everything with it that was under way in it. The app may get another one.
    fn world_ended(&self) {}
}

/// Nobody listens.
#[derive(Debug, Clone, Copy, Default)]
pub struct NobodyOutside;

impl Outside for NobodyOutside {
    fn told(&self, _: Payload) -> Outcome {
        Err(nobody())
    }

    fn asked(&self, _: Payload) -> BoxFuture<'static, Outcome> {
        std::future::ready(Err(nobody())).boxed()
    }
}

fn nobody() -> WxError {
    WxError::new("nobody drives this app")
}
