//! What boa asks its host: the time, the zone, which promises stay unhandled,
//! and whether strings may be compiled.

use boa_engine::builtins::promise::OperationType;
use boa_engine::context::HostHooks;
use boa_engine::context::time::{Clock, JsInstant};
use boa_engine::object::JsObject;
use boa_engine::object::builtins::JsPromise;
use boa_engine::{Context, JsNativeError, JsResult, JsString, realm::Realm};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::{SystemTime, UNIX_EPOCH};

/// The time of a world: the host's, or with real time the machine's. A host
/// whose clock is ahead of the machine's, or behind it, takes the world with it.
pub struct WorldClock {
    told: Cell<f64>,
    ahead_ms: Cell<f64>,
    virtual_time: bool,
}

/// A smaller difference between the host's clock and the machine's is a message that had to wait.
const CLOCKS_DIFFER_MS: f64 = 30_000.0;

impl WorldClock {
    /// A clock that shows what it is told, or the machine's time.
    pub fn new(virtual_time: bool) -> Self {
        Self {
            told: Cell::new(0.0),
            ahead_ms: Cell::new(0.0),
            virtual_time,
        }
    }

    /// What the host's clock shows.
    pub fn tell(&self, now_ms: f64) {
        self.told.set(now_ms);
        let ahead = now_ms - machine_ms();
        if (ahead - self.ahead_ms.get()).abs() > CLOCKS_DIFFER_MS {
            self.ahead_ms.set(ahead);
        }
    }

    /// Milliseconds since 1970.
    pub fn now_ms(&self) -> f64 {
        if self.virtual_time {
            return self.told.get();
        }
        machine_ms() + self.ahead_ms.get()
    }
}

fn machine_ms() -> f64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.map_or(0.0, |d| d.as_secs_f64() * 1000.0)
}

impl Clock for WorldClock {
    fn now(&self) -> JsInstant {
        let micros = (self.now_ms() * 1000.0) as u64;
        JsInstant::new(micros / 1_000_000, (micros % 1_000_000) as u32 * 1000)
    }

    fn system_time_millis(&self) -> i64 {
        self.now_ms() as i64
    }
}

/// The hooks of one world.
pub struct WorldHooks {
    /// Promises that were rejected with nobody listening, in order.
    pub rejected: Rc<RefCell<Vec<JsPromise>>>,
    /// Minutes that local time is ahead of UTC.
    pub utc_offset_minutes: i32,
}

impl HostHooks for WorldHooks {
    fn promise_rejection_tracker(
        &self,
        promise: &JsObject<boa_engine::builtins::promise::Promise>,
        operation: OperationType,
        _: &mut Context,
    ) {
        let promise: JsPromise = promise.clone().into();
        let mut rejected = self.rejected.borrow_mut();
        match operation {
            OperationType::Reject => rejected.push(promise),
            OperationType::Handle => rejected.retain(|known| !JsObject::equals(known, &promise)),
        }
    }

    fn ensure_can_compile_strings(
        &self,
        _: Realm,
        _: &[JsString],
        _: &JsString,
        _: bool,
        _: &mut Context,
    ) -> JsResult<()> {
        Err(JsNativeError::eval()
            .with_message("code generation from strings is disallowed for this context")
            .into())
    }

    fn local_timezone_offset_seconds(&self, _: i64) -> i32 {
        self.utc_offset_minutes * 60
    }

    fn max_buffer_size(&self, _: &mut Context) -> u64 {
        1 << 30
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_world_takes_the_time_of_a_host_that_is_ahead_and_keeps_it_going() {
        let clock = WorldClock::new(false);
        let day = 24.0 * 3_600_000.0;
        clock.tell(machine_ms() + 20.0);
        assert!((clock.now_ms() - machine_ms()).abs() < 10_000.0);
        clock.tell(machine_ms() + 10.0 * day);
        assert!((clock.now_ms() - machine_ms() - 10.0 * day).abs() < 10_000.0);
        clock.tell(machine_ms() - day);
        assert!((clock.now_ms() - machine_ms() + day).abs() < 10_000.0);
    }

    #[test]
    fn virtual_time_is_what_is_told() {
        let clock = WorldClock::new(true);
        clock.tell(5.0);
        assert_eq!(clock.now_ms(), 5.0);
    }
}
