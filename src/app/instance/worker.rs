//! The worker of a running app: made and ended by the app's calls, served beside it.

use super::Instance;
use super::turn::own_turn;
use crate::app::worker::{Said, Worker};
use crate::app::world_spec;
use crate::engine::protocol::{HostMessage, WorldFault};
use crate::package::AppJson;
use crate::wx::{Event, Outcome, Outgoing, Payload, WxError, ok, ok_with};
use serde_json::{Value, json};

/// What the app's worker says next; waits for ever where there is none.
pub(super) async fn said(worker: &mut Option<Worker>) -> Option<Said> {
    match worker {
        Some(worker) => worker.hear().await,
        None => std::future::pending().await,
    }
}

impl Instance {
    /// A call of the object that `wx.createWorker` gives.
    pub(super) fn worker_call(&mut self, args: Payload) -> Outcome {
        let value = args.value();
        match value["do"].as_str().unwrap_or_default() {
            "create" => self.create_worker(value["path"].as_str().unwrap_or_default()),
            "post" => {
                self.order_worker("message", args);
                ok()
            }
            "kill" => {
                self.worker_ended(None);
                ok()
            }
            _ => {
                self.worker = None;
                ok()
            }
        }
    }

    /// The platform allows one worker at a time.
    fn create_worker(&mut self, path: &str) -> Outcome {
        if self.worker.is_some() {
            return Err(WxError::new("exceed max concurrent workers limit"));
        }
        let (folder, entry) = self.entry_of_worker(path)?;
        let world = self.spec.worlds.worker();
        let world = world.map_err(|error| WxError::new(error.to_string()))?;
        self.workers_made += 1;
        let id = self.workers_made;
        let package = std::sync::Arc::clone(&self.spec.package);
        let scripts = world_spec::of_worker(package.as_ref(), &folder);
        let mut worker = Worker::new((id, entry.clone()), world, package, self.spec.watchdog);
        worker.order(HostMessage::Load(Box::new(scripts)), self.wx.outbox.busy());
        self.worker = Some(worker);
        self.order_worker("start", Payload::json(&json!({ "path": entry })));
        ok_with(json!({ "id": id }))
    }

    /// The workers' folder and the script in it that `path` names.
    fn entry_of_worker(&self, path: &str) -> Result<(String, String), WxError> {
        let app = self.spec.package.app_json();
        let folder = folder_of_workers(app).ok_or_else(|| WxError::new("workers is not set in app.json"))?;
        let path = path.trim_start_matches('/');
        let files = self.spec.package.files();
        let names = ["", ".js", ".ts"].map(|end| format!("{path}{end}"));
        let inside = |name: &String| name.strip_prefix(&folder).is_some_and(|rest| rest.starts_with('/'));
        let script = |name: &String| name.ends_with(".js") || name.ends_with(".ts");
        let mut entries = names.into_iter().filter(|name| inside(name) && script(name));
        match entries.find(|name| files.has(name)) {
            Some(entry) => Ok((folder, entry)),
            None => Err(WxError::new(format!(
                "{path} is no script in the workers' folder {folder}"
            ))),
        }
    }

    fn order_worker(&mut self, name: &str, payload: Payload) {
        let (now, busy) = (self.now(), self.wx.outbox.busy());
        if let Some(worker) = &mut self.worker {
            let name = name.to_owned();
            worker.order(HostMessage::Event { now, name, payload }, busy);
        }
    }

    /// Takes up what the worker has said; whether there was anything. In virtual time whatever it was
    /// given is done before the app goes on, so that runs are repeatable.
    pub(super) async fn hear_worker(&mut self) -> bool {
        let waits = self.spec.virtual_time.is_some();
        let said = match &mut self.worker {
            None => return false,
            Some(worker) if waits && worker.is_working() => {
                let _turn = own_turn(&self.spec.virtual_time).await;
                worker.hear().await
            }
            Some(worker) => match worker.heard() {
                None => return false,
                said => said,
            },
        };
        self.worker_said(said);
        true
    }

    /// What a worker says reaches the app in a turn of its own.
    pub(super) fn worker_said(&mut self, said: Option<Said>) {
        match said {
            Some(Said::Idle { wake_at, busy }) => {
                if let Some(worker) = &mut self.worker {
                    worker.rested(wake_at);
                }
                drop(busy);
            }
            Some(Said::Posted(payload)) => self.tell_of_worker("message", payload),
            Some(Said::Note(kind, json)) => self.worker_note(&kind, &json),
            Some(Said::Ended(fault, busy)) => {
                self.worker_ended(fault);
                drop(busy);
            }
            None => self.worker_ended(None),
        }
    }

    fn worker_note(&mut self, kind: &str, json: &str) {
        let mut properties: Value = serde_json::from_str(json).unwrap_or_default();
        let Some(worker) = &self.worker else { return };
        properties["worker"] = worker.entry.clone().into();
        self.note(kind, properties.clone());
        if kind == "error" {
            let error = json!({
                "message": properties["message"], "filename": properties["file"], "lineno": properties["line"],
                "colno": properties["column"], "stack": properties["stack"],
            });
            self.tell_of_worker("error", Payload::json(&json!({ "error": error })));
        }
    }

    fn worker_ended(&mut self, fault: Option<WorldFault>) {
        if let Some(fault) = fault {
            let message = match fault.message.as_str() {
                "" => "the worker ended unexpectedly",
                message => message,
            };
            let error = json!({
                "message": message, "file": fault.file, "line": fault.line, "column": fault.column,
                "stack": fault.stack,
            });
            self.worker_note("error", &error.to_string());
        }
        self.tell_of_worker("processKilled", Payload::default());
        self.worker = None;
    }

    /// An event for the object that the app has.
    fn tell_of_worker(&mut self, event: &str, payload: Payload) {
        let Some(worker) = &self.worker else { return };
        // The payload is an object, which may be long: it is not read for two properties more.
        let rest = payload.json.trim_start().strip_prefix('{').unwrap_or("}");
        let comma = if rest.trim_start().starts_with('}') { "" } else { "," };
        let json = format!("{{\"$event\":\"{event}\",\"$worker\":{}{comma}{rest}", worker.id);
        self.held.push_back(Outgoing::Event(Event {
            name: "worker".into(),
            payload: Payload { json, ..payload },
        }));
    }

    /// When the worker's earliest timer is due. It stands still with its app.
    pub(super) fn worker_deadline(&self) -> Option<f64> {
        let worker = self.worker.as_ref().filter(|worker| !worker.is_working())?;
        worker.wake_at.filter(|_| !self.suspended())
    }

    /// Wakes the worker, if its time has come.
    pub(super) fn wake_worker(&mut self, now: f64) -> bool {
        let due = self.worker_deadline().is_some_and(|at| at <= now);
        let busy = self.wx.outbox.busy();
        if let Some(worker) = self.worker.as_mut().filter(|_| due) {
            worker.order(HostMessage::Wake { now }, busy);
        }
        due
    }
}

/// `workers` of app.json: a folder, or an object with its `path`.
fn folder_of_workers(app: &AppJson) -> Option<String> {
    let workers = app.workers.as_ref()?;
    let folder = workers.as_str().or_else(|| workers["path"].as_str())?;
    let folder = folder.trim_start_matches("./").trim_matches('/');
    (!folder.is_empty()).then(|| folder.to_owned())
}
