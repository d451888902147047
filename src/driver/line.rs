//! The line to an app's world: requests that are under way in it, and what it says by itself.

use super::lock;
use crate::app::outside::Outside;
use crate::app::timeline::Entry;
use crate::host::Remote;
use crate::system::{Participant, VirtualClock};
use crate::wx::{Outcome, Payload, WxError, ok};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::sync::Mutex;
use tokio::sync::oneshot;

/// The event by which a request comes into the world (`js/driven.js`).
const REQUEST: &str = "driver";

/// Ids of pages of one world are below this. Those of the next world of the same app count on from here.
const PAGES_OF_A_WORLD: u64 = 1_000_000;

/// What a method gives: an object, or why it failed.
pub type Answered = BoxFuture<'static, Result<Value, String>>;

/// Hears events: the name of the protocol, and what comes with it.
pub type Events = Box<dyn Fn(&str, Value) + Send + Sync>;

/// The line.
pub struct Line {
    clock: Option<VirtualClock>,
    events: Events,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    remote: Option<Remote>,
    last: u64,
    /// How many worlds have ended.
    worlds: u64,
    open: BTreeMap<u64, Open>,
    /// What ended worlds have not answered: why not is known when the next one begins, or none does.
    lost: Vec<Open>,
    /// Why the app has no instance; none while it has.
    gone: Option<String>,
    /// What every new world is told: the switches that belong to the app.
    switches: Vec<(String, Value)>,
}

struct Open {
    reply: oneshot::Sender<(Result<Value, String>, Option<Participant>)>,
    /// Time stands still until the world has taken the request up.
    untaken: Option<Participant>,
    taken: bool,
}

impl Line {
    pub fn new(clock: Option<VirtualClock>, events: Events) -> Self {
        Self {
            clock,
            events,
            state: Mutex::default(),
        }
    }

    /// The app that this is the line of.
    pub fn attach(&self, remote: Remote) {
        lock(&self.state).remote = Some(remote);
    }

    /// Sends the app to the background.
    pub fn leave(&self) {
        if let Some(remote) = &lock(&self.state).remote {
            remote.background();
        }
    }

    /// Asks the world.
    pub fn request(&self, method: &str, params: &Value) -> Answered {
        let mut state = lock(&self.state);
        if let Some(gone) = &state.gone {
            return std::future::ready(Err(gone.clone())).boxed();
        }
        state.last += 1;
        let id = state.last;
        let (reply, answer) = oneshot::channel();
        let untaken = self.clock.as_ref().map(VirtualClock::join);
        state.open.insert(
            id,
            Open {
                reply,
                untaken,
                taken: false,
            },
        );
        state.send(id, method, params);
        drop(state);
        async move {
            match answer.await {
                // Time goes on when whoever waited has the answer.
                Ok((outcome, _here)) => outcome,
                Err(_) => Err("the app has ended".to_owned()),
            }
        }
        .boxed()
    }

    /// As a request; each later world of the app is told the same.
    pub fn switch(&self, method: &str, params: &Value) -> Answered {
        let switch = (method.to_owned(), params.clone());
        let mut state = lock(&self.state);
        if !state.switches.contains(&switch) {
            state.switches.push(switch);
        }
        drop(state);
        self.request(method, params)
    }

    /// Sees what happens to the app.
    pub fn watch(&self, entry: &Entry) {
        let of = |name: &str| entry.properties.get(name).cloned().unwrap_or_default();
        match entry.kind.as_str() {
            "boot" => {
                let mut state = lock(&self.state);
                state.gone = None;
                let lost = std::mem::take(&mut state.lost);
                drop(state);
                for open in lost {
                    self.reply(open, Err("the app was restarted before it answered".to_owned()));
                }
            }
            "app.destroy" => {
                let why = "the app was destroyed in the background; bring it back first (device.foreground())";
                self.gone(why);
            }
            "error" if entry.properties.get("worker").is_none() => {
                (self.events)("App.exceptionThrown", exception(&entry.properties));
            }
            "restart" | "rollback" => {
                let params = json!({ "from": of("from"), "to": of("to"), "rollback": entry.kind == "rollback" });
                (self.events)("App.restarted", params);
            }
            _ => {}
        }
    }

    /// The app has no instance, and why: whatever waits for it fails.
    pub fn gone(&self, why: &str) {
        let mut state = lock(&self.state);
        state.gone = Some(why.to_owned());
        let open = std::mem::take(&mut state.open);
        let lost = std::mem::take(&mut state.lost);
        drop(state);
        for open in lost.into_iter().chain(open.into_values()) {
            self.reply(open, Err(why.to_owned()));
        }
    }

    /// The app has been called back: what is asked of it now reaches the instance that comes.
    pub fn back(&self) {
        lock(&self.state).gone = None;
    }

    fn reply(&self, open: Open, outcome: Result<Value, String>) {
        let here = self.clock.as_ref().map(VirtualClock::join);
        // Whoever asked may have gone.
        let _ = open.reply.send((outcome, here));
    }

    fn answered(&self, id: u64, message: &Value) {
        let Some(open) = lock(&self.state).open.remove(&id) else {
            return;
        };
        let outcome = match message.get("error").and_then(Value::as_str) {
            Some(error) => Err(error.to_owned()),
            None => Ok(message["result"].clone()),
        };
        self.reply(open, outcome);
    }
}

impl State {
    fn send(&self, id: u64, method: &str, params: &Value) {
        let Some(remote) = &self.remote else { return };
        let base = self.worlds * PAGES_OF_A_WORLD;
        remote.emit(
            REQUEST,
            json!({ "id": id, "method": method, "params": params, "base": base }),
        );
    }
}

impl Outside for Line {
    /// `{taken}`, `{id, result}`, `{id, error}` or `{event, params}`.
    fn told(&self, message: Payload) -> Outcome {
        let message = message.value();
        if let Some(id) = message["taken"].as_u64() {
            if let Some(open) = lock(&self.state).open.get_mut(&id) {
                (open.taken, open.untaken) = (true, None);
            }
        } else if let Some(event) = message["event"].as_str() {
            (self.events)(event, message["params"].clone());
        } else if let Some(id) = message["id"].as_u64() {
            self.answered(id, &message);
        }
        ok()
    }

    fn asked(&self, _: Payload) -> BoxFuture<'static, Outcome> {
        std::future::ready(Err(WxError::new("an app asks nothing of its driver"))).boxed()
    }

    /// What the world had taken up is lost with it. What it had not waits for the next one, after the switches.
    fn world_ended(&self) {
        let mut state = lock(&self.state);
        state.worlds += 1;
        let lost: Vec<u64> = state
            .open
            .iter()
            .filter(|(_, open)| open.taken)
            .map(|(id, _)| *id)
            .collect();
        let lost: Vec<Open> = lost.iter().filter_map(|id| state.open.remove(id)).collect();
        state.lost.extend(lost);
        for (method, params) in state.switches.clone() {
            state.send(0, &method, &params);
        }
    }
}

/// An error as the protocol tells it: the message without the error's name, the stack with both.
fn exception(error: &Map<String, Value>) -> Value {
    let text = |name: &str| error.get(name).and_then(Value::as_str).unwrap_or_default();
    let (message, stack) = (text("message"), text("stack"));
    let bare = match message.split_once(": ") {
        Some((name, bare)) if name.ends_with("Error") && !name.contains(' ') => bare,
        _ => message,
    };
    json!({ "message": bare, "stack": format!("{message}\n{stack}") })
}
