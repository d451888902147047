//! The phone's back key: a page's container is closed first; to the page below, after the question that the page has
//! asked for; out of the app from the last.

use super::{Flow, Instance};
use crate::wx::{HostCommand, Modal, Outbox, Prompt};
use futures_util::FutureExt;
use serde_json::json;
use tokio::sync::oneshot;

impl Instance {
    /// The person presses the back key.
    pub(super) async fn press_back(&mut self) -> Flow {
        if self.pages.in_background() {
            return Ok(());
        }
        if self.close_container().await? {
            return Ok(());
        }
        if self.pages.stack().len() < 2 {
            return self.leave().await;
        }
        let outbox = self.wx.outbox.clone();
        let question = self
            .wx
            .ui_state
            .page()
            .and_then(|page| page.alert_before_unload.clone());
        let Some(message) = question else {
            go_back(&outbox);
            return Ok(());
        };
        let shown = self
            .wx
            .dialogs
            .show(&self.wx.ui, &outbox, Prompt::Modal(question_modal(message)));
        let asked = async move {
            let answer = shown.await;
            if answer.is_ok_and(|answer| answer.value()["confirm"] == true) {
                go_back(&outbox);
            }
            None
        };
        self.tasks.push(asked.boxed());
        Ok(())
    }
}

/// Nobody waits for the route's result.
fn go_back(outbox: &Outbox) {
    let (reply, _) = oneshot::channel();
    outbox.command(HostCommand::Route {
        kind: "navigateBack".into(),
        params: json!({ "delta": 1 }),
        call: 0,
        reply,
    });
}

fn question_modal(message: String) -> Modal {
    Modal {
        title: "提示".into(),
        content: message,
        show_cancel: true,
        cancel_text: "取消".into(),
        cancel_color: "#000000".into(),
        confirm_text: "确定".into(),
        confirm_color: "#576B95".into(),
        editable: false,
        placeholder_text: String::new(),
    }
}
