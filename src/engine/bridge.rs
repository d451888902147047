//! What the natives of a world reach through its context: the way to the host, jobs, scripts, time.

use super::hooks::WorldClock;
use super::jobs::Jobs;
use super::modules::Modules;
use super::protocol::Host;
use super::scripts::Scripts;
use crate::wx::WxError;
use boa_engine::{Context, JsError, JsNativeError, JsResult};
use std::cell::RefCell;
use std::rc::Rc;

/// What the natives reach through the context.
#[derive(Clone)]
pub struct Bridge {
    /// The way to the host.
    pub host: Rc<RefCell<Box<dyn Host>>>,
    /// Promise jobs and timers.
    pub jobs: Rc<Jobs>,
    /// What has been parsed ahead.
    pub scripts: Rc<Scripts>,
    /// The package's scripts.
    pub modules: Rc<Modules>,
    /// The world's time.
    pub clock: Rc<WorldClock>,
}

impl Bridge {
    /// The bridge of a context.
    ///
    /// # Errors
    /// A type error when the context was not made by a world.
    pub fn of(context: &Context) -> JsResult<Self> {
        context
            .get_data::<Self>()
            .cloned()
            .ok_or_else(|| JsNativeError::typ().with_message("this context has no host").into())
    }

    /// Puts an entry on the timeline.
    pub fn note(&self, kind: &str, json: String) {
        self.host.borrow_mut().note(kind, json);
    }
}

/// A failure as something to throw: a plain object, no Error, because the
/// errMsg is made by who called.
pub fn thrown(error: &WxError, context: &mut Context) -> JsError {
    super::kit::opaque(error, context)
}
