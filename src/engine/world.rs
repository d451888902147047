//! One JavaScript world: a boa context with its JS half, its jobs and timers.
//!
//! A world belongs to one thread, is never reused, and knows nothing of the
//! outside but its [`Host`]. Dropping it drops every timer, promise and callback.

use super::bridge::Bridge;
use super::bridge_values::object_of;
use super::hooks::{WorldClock, WorldHooks};
use super::jobs::Jobs;
use super::kit::{self, Kit};
use super::modules::Modules;
use super::protocol::Limits;
use super::protocol::{Host, HostMessage, WorldFault, WorldSpec};
use super::{language, limits, report};
use boa_engine::module::IdleModuleLoader;
use boa_engine::object::builtins::JsPromise;
use boa_engine::optimizer::OptimizerOptions;
use boa_engine::{Context, JsError, JsObject, JsResult, JsValue};
use std::cell::RefCell;
use std::rc::Rc;

/// A running world.
pub struct World {
    context: Context,
    bridge: Bridge,
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
            scripts: Rc::default(),
            modules,
            clock,
        };
        context.insert_data(bridge.clone());
        let installed = language::install(&mut context)
            .and_then(|()| {
                spec.seed
                    .map_or(Ok(()), |seed| language::random::install(seed, &mut context))
            })
            .and_then(|()| Kit::install(spec, &mut context));
        installed.map_err(|error| report::fatal(&error, &mut context))?;
        Ok(Self {
            context,
            bridge,
            rejected,
            limits: spec.limits,
        })
    }

    /// Runs a file of the JS half that is loaded at first need otherwise.
    ///
    /// # Errors
    /// A fault of the JS half.
    pub fn warm(&mut self, file: &str) -> Result<(), WorldFault> {
        let ran = kit::warm(file, &mut self.context);
        ran.map_err(|error| report::fatal(&error, &mut self.context))
    }

    /// Parses and compiles a text, for worlds that will be forked from this one.
    pub fn parse_ahead(&mut self, path: &str, text: &str) {
        self.bridge.scripts.parse_ahead(path, text, &mut self.context);
    }

    /// From now on the host hears of each text that is parsed ([`Host::parsed`]).
    pub fn tell_what_is_parsed(&self) {
        self.bridge.scripts.tell();
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
                let ended = kit::complete(id, outcome, &mut self.context);
                self.reported(ended, "complete")
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
            HostMessage::Load(package) => kit::load(*package, &mut self.context),
            HostMessage::Boot(_) | HostMessage::Answer(_) => Ok(()),
        };
        let settled = done.and_then(|()| self.settle());
        settled.map_err(|error| report::fatal(&error, &mut self.context))?;
        Ok(self.bridge.jobs.next_due())
    }

    fn dispatch(&mut self, name: &str, payload: JsValue) -> JsResult<()> {
        let origin = if name == "launch" { "app.js" } else { name };
        let called = kit::dispatch(name, payload, &mut self.context);
        self.reported(called, origin)
    }

    /// Timers that are due run one after the other, each with its own jobs.
    fn fire_timers(&mut self, now: f64) -> JsResult<()> {
        while let Some(id) = self.bridge.jobs.take_due(now) {
            let called = kit::fire(id, &mut self.context);
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
                let called = kit::unhandled(reason, JsObject::from(promise), &mut self.context);
                self.reported(called, "promise")?;
            }
        }
    }

    /// An exception that reaches the top is the app's; it goes to the
    /// timeline, and the world goes on. Only what cannot be caught ends it.
    fn reported(&mut self, called: JsResult<()>, origin: &str) -> JsResult<()> {
        let Err(error) = called else { return Ok(()) };
        if error.as_engine().is_some() {
            return Err(error);
        }
        let value = error.into_opaque(&mut self.context)?;
        kit::report(&value, origin, &mut self.context)
    }
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
