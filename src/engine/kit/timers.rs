//! `setTimeout` and its kin; the queue and the time are the host's.

use super::events::guard;
use super::{Kit, Native, methods, type_error};
use crate::engine::bridge::Bridge;
use boa_engine::{Context, JsArgs, JsResult, JsValue};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

/// The longest delay; one beyond it is as none.
const LONGEST_MS: f64 = 2_147_483_647.0;

/// The timers of a world.
#[derive(Default)]
pub struct Timers {
    last_id: Cell<u32>,
    set: RefCell<HashMap<u32, Timer>>,
}

#[derive(Clone)]
struct Timer {
    callback: JsValue,
    args: Vec<JsValue>,
    wait_ms: f64,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Timeout,
    Interval,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Timeout => "setTimeout",
            Self::Interval => "setInterval",
        }
    }
}

/// The global functions, which are the kit's too: an app may put its own in their place.
pub fn install(kit: &Rc<Kit>, context: &mut Context) -> JsResult<()> {
    let table: [(&'static str, usize, Native); 4] = [
        ("setTimeout", 2, |_, args, context| set(Kind::Timeout, args, context)),
        ("setInterval", 2, |_, args, context| set(Kind::Interval, args, context)),
        ("clearTimeout", 1, clear),
        ("clearInterval", 1, clear),
    ];
    methods(&context.global_object(), &table, context)?;
    methods(&kit.object, &table, context)
}

/// As `setTimeout` without a delay, for the kit's own use.
///
/// # Errors
/// None but the engine's own.
pub fn later(callback: JsValue, context: &mut Context) -> JsResult<()> {
    set(Kind::Timeout, &[callback], context).map(drop)
}

fn set(kind: Kind, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let callback = args.get_or_undefined(0);
    if !callback.is_callable() {
        let (name, found) = (kind.name(), callback.type_of());
        let message = format!("{name} expects a function as first argument but got {found}.");
        return Err(type_error(&message, context));
    }
    let delay = args.get_or_undefined(1).to_numeric_number(context)?.trunc();
    let wait_ms = if (1.0..=LONGEST_MS).contains(&delay) {
        delay
    } else {
        1.0
    };
    let timers = &Kit::of(context)?.timers;
    let id = timers.last_id.get() + 1;
    timers.last_id.set(id);
    let timer = Timer {
        callback: callback.clone(),
        args: args.get(2..).unwrap_or_default().to_vec(),
        wait_ms,
        kind,
    };
    timers.set.borrow_mut().insert(id, timer);
    wait(id, wait_ms, context)?;
    Ok(id.into())
}

fn wait(id: u32, wait_ms: f64, context: &mut Context) -> JsResult<()> {
    let bridge = Bridge::of(context)?;
    bridge.jobs.set_timer(id, bridge.clock.now_ms() + wait_ms);
    Ok(())
}

fn clear(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let id = args.get_or_undefined(0).to_number(context)?;
    let known = Kit::of(context)?.timers.set.borrow_mut().remove(&(id as u32)).is_some();
    if known {
        Bridge::of(context)?.jobs.clear_timer(id as u32);
    }
    Ok(JsValue::undefined())
}

/// The time of a timer has come.
///
/// # Errors
/// Only what no JavaScript can catch.
pub fn fire(id: u32, context: &mut Context) -> JsResult<()> {
    let kit = Kit::of(context)?;
    let timer = kit.timers.set.borrow().get(&id).cloned();
    let Some(timer) = timer else { return Ok(()) };
    match timer.kind {
        Kind::Interval => wait(id, timer.wait_ms, context)?,
        Kind::Timeout => drop(kit.timers.set.borrow_mut().remove(&id)),
    }
    let origin = format!("{} callback", timer.kind.name());
    guard(&timer.callback, &JsValue::undefined(), &timer.args, &origin, context).map(drop)
}
