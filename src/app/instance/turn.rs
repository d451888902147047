//! One turn: a message into the world, and everything that the world says until it is idle.

use super::{Exit, Flow, Instance};
use crate::engine::protocol::{HostMessage, WorldFault, WorldMessage};
use crate::system::Participant;
use crate::wx::{Outgoing, Payload, measure};
use serde_json::Value;
use std::sync::Arc;
use tokio::sync::OwnedMutexGuard;
use tokio::time::timeout;

/// What is said of a world that ended without a word.
pub(super) const WORLD_GONE: &str = "the app's world ended unexpectedly";

impl Instance {
    /// Sends an event and serves the world until it is idle.
    pub(super) async fn event(&mut self, name: &str, payload: &Value) -> Flow {
        self.event_with(name, Payload::json(payload)).await
    }

    pub(super) async fn event_with(&mut self, name: &str, payload: Payload) -> Flow {
        self.doing = doing(name, &payload);
        tracing::debug!(event = name, "turn");
        let now = self.now();
        self.turn(HostMessage::Event {
            now,
            name: name.to_owned(),
            payload,
        })
        .await
    }

    /// Sends a message and serves the world until it is idle. A world that does
    /// not come back in time is killed: nothing else stops an endless native loop.
    pub(super) async fn turn(&mut self, message: HostMessage) -> Flow {
        let _turn = own_turn(&self.spec.virtual_time).await;
        self.world.send(message);
        loop {
            let received = timeout(self.spec.watchdog, self.world.receive()).await;
            match received {
                Err(_) => return Err(Exit::Fault(self.hung())),
                Ok(None) => return Err(Exit::Fault(fault(WORLD_GONE.into()))),
                Ok(Some(WorldMessage::Idle { wake_at })) => {
                    self.wake_at = wake_at;
                    return Ok(());
                }
                Ok(Some(WorldMessage::Fatal(fault))) => return Err(Exit::Fault(fault)),
                // This is for carriers.
                Ok(Some(WorldMessage::Parsed { .. })) => {}
                Ok(Some(WorldMessage::Note { kind, json })) => self.world_note(&kind, &json),
                Ok(Some(WorldMessage::Call { api, args })) => {
                    let outcome = self.answer(&api, args);
                    self.note_in_order();
                    self.world.send(HostMessage::Answer(outcome));
                }
                Ok(Some(WorldMessage::Start { id, api, args })) => {
                    self.start_call(id, &api, args);
                    self.note_in_order();
                }
            }
        }
    }

    /// What an API family says of a call stands on the timeline where the call
    /// was made; everything else that it sends waits for its turn.
    pub(super) fn note_in_order(&mut self) {
        while let Ok(outgoing) = self.outgoing.try_recv() {
            match outgoing {
                Outgoing::Note(kind, properties) => self.note(&kind, properties),
                other => self.held.push_back(other),
            }
        }
    }

    fn hung(&self) -> WorldFault {
        let seconds = self.spec.watchdog.as_secs_f64();
        fault(format!(
            "the app did not come back within {seconds} s during {} (an endless loop?)",
            self.doing
        ))
    }

    fn world_note(&mut self, kind: &str, json: &str) {
        let properties: Value = serde_json::from_str(json).unwrap_or_default();
        if kind == "error" && !self.started {
            let origin = properties["origin"].as_str().unwrap_or_default();
            // An app whose start failed is not confirmed, whatever its pages do.
            if matches!(origin, "app.js" | "App.onLaunch" | "game.js") {
                self.launch_failed = properties["message"].as_str().map(str::to_owned);
            }
        }
        measure(&mut self.wx, kind, &properties);
        self.note(kind, properties);
    }
}

/// In virtual time the apps of a device do one thing at a time.
pub(super) async fn own_turn(time: &Option<Arc<Participant>>) -> Option<OwnedMutexGuard<()>> {
    match time {
        Some(time) => Some(time.turn().await),
        None => None,
    }
}

/// What the app is in the middle of, for the message about an app that does not come back.
fn doing(event: &str, payload: &Payload) -> String {
    match event {
        "launch" => "app.js or App.onLaunch".into(),
        "ready" => "onReady of a page".into(),
        "route" => {
            let value = payload.value();
            let steps = value["steps"].as_array().into_iter().flatten();
            let opened = steps.filter_map(|step| step["path"].as_str()).next_back();
            opened.map_or_else(|| "a route".into(), |path| format!("the start of {path}"))
        }
        name => format!("the event {name}"),
    }
}

/// A fault that has no place in the app's source.
pub(super) fn fault(message: String) -> WorldFault {
    WorldFault {
        message,
        file: None,
        line: None,
        column: None,
        stack: String::new(),
    }
}
