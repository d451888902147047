//! `Tool.native`: what the person does to the platform's own controls.

use super::line::{Answered, Line};
use super::person::PersonAtScreen;
use crate::system::{Clock, VirtualClock};
use crate::wx::{Answer, Prompt};
use futures_util::FutureExt;
use serde_json::{Value, json};
use std::sync::Arc;

/// How long the person looks for a dialog that is to come, in milliseconds.
const PATIENCE_MS: f64 = 5_000.0;

/// The controls of one app.
#[derive(Clone)]
pub struct Native {
    clock: VirtualClock,
    app: u64,
    person: PersonAtScreen,
}

impl Native {
    pub fn new(clock: VirtualClock, app: u64, person: &PersonAtScreen) -> Self {
        Self {
            clock,
            app,
            person: person.clone(),
        }
    }

    /// `{method, data}`. What cannot be done is no error of the request but a result with one, as in the protocol.
    pub fn call(&self, line: &Arc<Line>, params: &Value) -> Answered {
        let method = params["method"].as_str().unwrap_or_default().to_owned();
        let (native, line, params) = (self.clone(), Arc::clone(line), params.clone());
        async move {
            let done = match method.as_str() {
                "confirmModal" | "confirmConfirm" => native.press(Answer::CONFIRM, &line).await,
                "cancelModal" | "cancelConfirm" => native.press(Answer::Cancel, &line).await,
                "goHome" | "navigateLeft" | "switchTab" | "authorizeAllow" | "authorizeCancel" => {
                    line.request("App.native", &params).await.map(drop)
                }
                "closePaymentDialog" | "shareConfirm" | "shareCancel" => Err(format!(
                    "there is no dialog for {method}: the person's answer is said before, with device.answer(api, answer)"
                )),
                _ => Err(format!("can not find in protocol:{method}")),
            };
            Ok(match done {
                Ok(()) => json!({}),
                Err(message) => json!({ "error": { "message": message } }),
            })
        }
        .boxed()
    }

    /// Presses a button of the modal that is open, or of the next one that opens soon.
    async fn press(&self, answer: Answer, line: &Line) -> Result<(), String> {
        let is_modal = |prompt: &Prompt| matches!(prompt, Prompt::Modal(_));
        if self.person.answer_one(self.app, is_modal, &answer) {
            return Ok(());
        }
        // What was asked of the app before has been heard then.
        line.request("App.hello", &json!({})).await?;
        let until = self.clock.now_ms() + PATIENCE_MS;
        let waits = self.clock.join();
        loop {
            if self.person.answer_one(self.app, is_modal, &answer) {
                return Ok(());
            }
            let next = self.person.next_dialog();
            tokio::select! {
                biased;
                () = next => {}
                () = waits.idle_until(until) => return Err("no modal is open, and none has opened within 5 s".into()),
            }
        }
    }
}
