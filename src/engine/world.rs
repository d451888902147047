//! One JavaScript world: a boa context with its JS half, its jobs and timers.
//!
//! A world belongs to one thread, is never reused, and knows nothing of the
//! outside but its [`Host`]. Dropping it drops every timer, promise and callback.

use super::bridge::{self, Bridge};
use super::bridge_values::{json_value, object_of};
use super::hooks::{WorldClock, WorldHooks};
use super::jobs::Jobs;
use super::modules::Modules;
use super::protocol::Limits;
use super::protocol::{Host, HostMessage, WorldFault, WorldSpec};
use super::{js_half, language, limits, report};
use boa_engine::module::IdleModuleLoader;
use boa_engine::object::builtins::JsPromise;
use boa_engine::optimizer::OptimizerOptions;
use boa_engine::{Context, JsError, JsNativeError, JsObject, JsResult, JsValue, js_string};
use std::cell::RefCell;
use std::rc::Rc;

/// A running world.
pub struct World {
    context: Context,
    bridge: Bridge,
    kit: JsObject,
    rejected: Rc<RefCell<Vec<JsPromise>>>,
    limits: Limits,
}

impl World {
    /// Makes a world, which waits for its package.
    ///
    /// # Errors
    /// A fault of the JS half.
    pub fn boot(spec: &WorldSpec, host: Box<dyn Host>) -> Result<Self, WorldFault> {
        let rejected = Rc::default();
        let jobs = Rc::new(Jobs::default());
        let clock = Rc::new(WorldClock::new(spec.virtual_time));
        let hooks = WorldHooks {
            rejected: Rc::clone(&rejected),
            utc_offset_minutes: spec.utc_offset_minutes,
        };
        let context = Context::builder()
            .host_hooks(Rc::new(hooks))
            .clock(Rc::clone(&clock))
            .job_executor(Rc::clone(&jobs))
            .module_loader(Rc::new(IdleModuleLoader))
            .build();
        let mut context = context.map_err(|error| plain_fault(&error))?;
        limits::apply(&spec.limits, &mut context);
        // Folding constants costs more at every start than an app's code ever gains by it.
        context.set_optimizer_options(OptimizerOptions::empty());
        let modules = Rc::new(Modules::new(spec.limits, &mut context));
        let bridge = Bridge {
            host: Rc::new(RefCell::new(host)),
            jobs,
            modules,
            clock,
        };
        context.insert_data(bridge.clone());
        let kit = language::install(&mut context).and_then(|()| start_js_half(spec, &mut context));
        let kit = kit.map_err(|error| report::fatal(&error, &mut context))?;
        Ok(Self {
            context,
            bridge,
            kit,
            rejected,
            limits: spec.limits,
        })
    }

    /// Deals with one message to the end of its jobs.
    ///
    /// Returns when the earliest timer is due, in milliseconds since 1970.
    ///
    /// # Errors
    /// What ends the world: a limit was passed, or the engine itself failed.
    pub fn handle(&mut self, message: HostMessage) -> Result<Option<f64>, WorldFault> {
        let done = match message {
            HostMessage::Event { now, name, payload } => {
                self.bridge.clock.tell(now);
                object_of(&payload, &mut self.context).and_then(|value| self.dispatch(&name, value))
            }
            HostMessage::Complete { now, id, outcome } => {
                self.bridge.clock.tell(now);
                bridge::completion(id, &outcome, &mut self.context).and_then(|value| self.dispatch("complete", value))
            }
            HostMessage::Wake { now } => {
                self.bridge.clock.tell(now);
                self.fire_timers(now)
            }
            HostMessage::Prepare(paths) => {
                for path in paths {
                    self.bridge.modules.prepare(&path, &self.bridge, &mut self.context);
                }
                Ok(())
            }
            HostMessage::Load(package) => {
                json_value(&*package, &mut self.context).and_then(|package| self.call("load", &[package]))
            }
            HostMessage::Boot(_) | HostMessage::Answer(_) => Ok(()),
        };
        let settled = done.and_then(|()| self.settle());
        settled.map_err(|error| report::fatal(&error, &mut self.context))?;
        Ok(self.bridge.jobs.next_due())
    }

    fn dispatch(&mut self, name: &str, payload: JsValue) -> JsResult<()> {
        let origin = if name == "launch" { "app.js" } else { name };
        let called = self.call("dispatch", &[js_string!(name).into(), payload]);
        self.reported(called, origin)
    }

    /// Timers that are due run one after the other, each with its own jobs.
    fn fire_timers(&mut self, now: f64) -> JsResult<()> {
        while let Some(id) = self.bridge.jobs.take_due(now) {
            let called = self.call("fireTimer", &[id.into()]);
            self.reported(called, "timer")?;
            self.settle()?;
        }
        Ok(())
    }

    /// Runs promise jobs to the end, then tells of rejections that nobody handled.
    fn settle(&mut self) -> JsResult<()> {
        loop {
            limits::lift(&mut self.context);
            let ran = self.context.run_jobs();
            limits::apply(&self.limits, &mut self.context);
            ran?;
            let rejected: Vec<JsPromise> = self.rejected.borrow_mut().drain(..).collect();
            if rejected.is_empty() {
                return Ok(());
            }
            for promise in rejected {
                let boa_engine::builtins::promise::PromiseState::Rejected(reason) = promise.state() else {
                    continue;
                };
                let called = self.call("unhandled", &[reason, JsObject::from(promise).into()]);
                self.reported(called, "promise")?;
            }
        }
    }

    fn call(&mut self, name: &str, args: &[JsValue]) -> JsResult<()> {
        let function = self.kit.get(js_string!(name), &mut self.context)?;
        let function = function
            .as_callable()
            .ok_or_else(|| JsError::from(JsNativeError::typ().with_message(format!("the JS half has no {name}"))))?;
        function
            .call(&JsValue::undefined(), args, &mut self.context)
            .map(|_| ())
    }

    /// An exception that reaches the top is the app's; it goes to the
    /// timeline, and the world goes on. Only what cannot be caught ends it.
    fn reported(&mut self, called: JsResult<()>, origin: &str) -> JsResult<()> {
        let Err(error) = called else { return Ok(()) };
        if error.as_engine().is_some() {
            return Err(error);
        }
        let value = error.into_opaque(&mut self.context)?;
        self.call("report", &[value, js_string!(origin).into()])
    }
}

/// Runs the JS half and returns its kit.
fn start_js_half(spec: &WorldSpec, context: &mut Context) -> JsResult<JsObject> {
    let kit = JsObject::with_object_proto(context.intrinsics());
    let natives = bridge::natives(context);
    let parts: [(&str, JsValue); 3] = [
        ("native", natives.into()),
        ("global", context.global_object().into()),
        ("spec", json_value(spec, context)?),
    ];
    for (name, value) in parts {
        kit.create_data_property_or_throw(js_string!(name), value, context)?;
    }
    for (name, _) in js_half::EAGER {
        let function = js_half::evaluate(name, context)?;
        let function = function
            .as_callable()
            .ok_or_else(|| JsNativeError::typ().with_message(format!("js/{name}.js is not a function")))?;
        function.call(&JsValue::undefined(), &[kit.clone().into()], context)?;
    }
    Ok(kit)
}

fn plain_fault(error: &JsError) -> WorldFault {
    WorldFault {
        message: error.to_string(),
        file: None,
        line: None,
        column: None,
        stack: String::new(),
    }
}
