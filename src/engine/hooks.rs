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

/// The time of a world: the host's, or with real time the machine's.
pub struct WorldClock {
    told: Cell<f64>,
    virtual_time: bool,
}

impl WorldClock {
    /// A clock that shows what it is told, or the machine's time.
    pub fn new(virtual_time: bool) -> Self {
        Self {
            told: Cell::new(0.0),
            virtual_time,
        }
    }

    /// What the host's clock shows.
    pub fn tell(&self, now_ms: f64) {
        self.told.set(now_ms);
    }

    /// Milliseconds since 1970.
    pub fn now_ms(&self) -> f64 {
        if self.virtual_time {
            return self.told.get();
        }
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0.0, |d| d.as_secs_f64() * 1000.0)
    }
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
