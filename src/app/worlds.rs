//! Where worlds come from: a blank one that was made ahead, or a new one.
//!
//! Most of a start is the JS half, which is the same for every package. A blank
//! world has it behind itself and waits for its package.

use super::carrier::{Carrier, CarrierError, WorldHandle};
use crate::engine::protocol::{HostMessage, Role, WorldSpec};
use crate::system::lock;
use std::sync::Mutex;

/// Makes worlds that are all alike until they get their packages.
pub struct Worlds {
    carrier: Carrier,
    spec: WorldSpec,
    /// How the next one is made.
    next: Mutex<WorldSpec>,
    blank: Mutex<Option<Blank>>,
}

/// A world without a package, and what it can become.
struct Blank {
    role: Role,
    world: WorldHandle,
}

impl Worlds {
    /// Worlds of this kind; none is made yet.
    pub fn new(carrier: Carrier, spec: WorldSpec) -> Self {
        Self {
            carrier,
            spec,
            next: Mutex::new(spec),
            blank: Mutex::default(),
        }
    }

    /// How they are made.
    pub fn spec(&self) -> &WorldSpec {
        &self.spec
    }

    /// From now on each new world loads the framework of components at once: the app uses some.
    pub fn use_framework(&self) {
        lock(&self.next).framework = self.spec.view;
    }

    /// Has a blank world made, unless one waits already. It costs its memory until it is taken.
    pub fn make_ready(&self) {
        let mut blank = lock(&self.blank);
        if blank.as_ref().is_none_or(|blank| blank.world.is_gone()) {
            let next = *lock(&self.next);
            // A failure comes again in `take`, where it can be reported.
            let world = self.boot(next).ok();
            *blank = world.map(|world| Blank { role: next.role, world });
        }
    }

    /// The blank world, or a new one, for an app or a game. Its next message is `Load`. What is made ready from now on
    /// is of that kind.
    ///
    /// # Errors
    /// The system has no thread or process to give.
    pub fn take(&self, role: Role) -> Result<WorldHandle, CarrierError> {
        let next = {
            let mut next = lock(&self.next);
            next.role = role;
            *next
        };
        let blank = lock(&self.blank).take();
        match blank.filter(|blank| blank.role == role && !blank.world.is_gone()) {
            Some(blank) => Ok(blank.world),
            None => self.boot(next),
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

    fn boot(&self, spec: WorldSpec) -> Result<WorldHandle, CarrierError> {
        let world = self.carrier.spawn(&spec)?;
        world.send(HostMessage::Boot(spec));
        Ok(world)
    }
}
