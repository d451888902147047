//! Where worlds come from: a blank one that was made ahead, or a new one.
//!
//! Most of a start is the JS half, which is the same for every package. A blank
//! world has it behind itself and waits for its package.

use super::carrier::{Carrier, CarrierError, WorldHandle};
use crate::engine::protocol::{HostMessage, Role, WorldSpec};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// Makes worlds that are all alike until they get their packages.
pub struct Worlds {
    carrier: Carrier,
    spec: WorldSpec,
    blank: Mutex<Option<WorldHandle>>,
    framework: AtomicBool,
}

impl Worlds {
    /// Worlds of this kind; none is made yet.
    pub fn new(carrier: Carrier, spec: WorldSpec) -> Self {
        Self {
            carrier,
            spec,
            blank: Mutex::default(),
            framework: AtomicBool::new(false),
        }
    }

    /// How they are made.
    pub fn spec(&self) -> &WorldSpec {
        &self.spec
    }

    /// From now on each new world loads the framework of components at once: the app uses some.
    pub fn use_framework(&self) {
        self.framework.store(self.spec.view, Ordering::Relaxed);
    }

    /// Has a blank world made, unless one waits already. It costs its memory until it is taken.
    pub fn make_ready(&self) {
        let mut blank = self.blank.lock().unwrap_or_else(PoisonError::into_inner);
        if blank.as_ref().is_none_or(WorldHandle::is_gone) {
            // A failure comes again in `take`, where it can be reported.
            *blank = self.spawn().ok();
        }
    }

    /// The blank world, or a new one. Its next message is `Load`.
    ///
    /// # Errors
    /// The system has no thread or process to give.
    pub fn take(&self) -> Result<WorldHandle, CarrierError> {
        let blank = self.blank.lock().unwrap_or_else(PoisonError::into_inner).take();
        match blank.filter(|world| !world.is_gone()) {
            Some(world) => Ok(world),
            None => self.spawn(),
        }
    }

    /// A new world for a worker of the app.
    ///
    /// # Errors
    /// The system has no thread or process to give.
    pub fn worker(&self) -> Result<WorldHandle, CarrierError> {
        self.boot(WorldSpec {
            role: Role::Worker,
            view: false,
            framework: false,
            ..self.spec
        })
    }

    fn spawn(&self) -> Result<WorldHandle, CarrierError> {
        self.boot(WorldSpec {
            framework: self.framework.load(Ordering::Relaxed),
            ..self.spec
        })
    }

    fn boot(&self, spec: WorldSpec) -> Result<WorldHandle, CarrierError> {
        let world = self.carrier.spawn(&spec)?;
        world.send(HostMessage::Boot(spec));
        Ok(world)
    }
}
