//! Other apps, as a running one asks for them.

use super::{Flow, Instance};
use crate::app::launch::LaunchOptions;
use crate::app::neighbours::{SCENE_FROM_APP, no_such_app};
use crate::wx::{OtherApp, Outcome, WxError, ok};
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::sync::oneshot;

impl Instance {
    pub(super) async fn other_app(&mut self, request: OtherApp, reply: oneshot::Sender<Outcome>) -> Flow {
        let neighbours = Arc::clone(&self.spec.neighbours);
        let answer = match request {
            OtherApp::Find { app_id } if neighbours.knows(&app_id) => ok(),
            OtherApp::Find { .. } => Err(no_such_app()),
            OtherApp::Open { params, embedded, busy } => {
                let app_id = params["appId"].as_str().unwrap_or_default();
                neighbours.open(app_id, self.opened_with(&params, embedded), reply);
                drop(busy);
                return Ok(());
            }
            OtherApp::Back { params } => {
                let extra = params.get("extraData").cloned();
                return self.go_back(extra.unwrap_or_default(), reply).await;
            }
        };
        // The receiver goes away only with the instance.
        let _ = reply.send(answer);
        Ok(())
    }

    /// What the other app learns of how it was opened.
    fn opened_with(&self, params: &Value, embedded: bool) -> LaunchOptions {
        let category = if embedded { "embedded" } else { "default" };
        LaunchOptions {
            scene: SCENE_FROM_APP,
            referrer_info: json!({ "appId": self.wx.app.app_id, "extraData": params["extraData"] }),
            api_category: category.into(),
            ..LaunchOptions::at(params["path"].as_str().unwrap_or_default())
        }
    }

    async fn go_back(&mut self, extra: Value, reply: oneshot::Sender<Outcome>) -> Flow {
        if !self.spec.neighbours.has_opener() {
            let _ = reply.send(Err(WxError::new("not MiniProgram can navigate back.")));
            return Ok(());
        }
        let _ = reply.send(ok());
        while self.deliver_finished().await? {}
        self.leave().await?;
        self.spec.neighbours.back(Some(extra));
        Ok(())
    }

    /// `exitMiniProgram`: the person is back where they came from.
    pub(super) async fn close(&mut self) -> Flow {
        self.leave().await?;
        self.spec.neighbours.back(None);
        Ok(())
    }

    /// Whether the person is elsewhere and comes back, or has been called back just now.
    pub(super) fn person_returns(&self) -> bool {
        self.spec.neighbours.is_away() || !self.control.is_empty()
    }
}
