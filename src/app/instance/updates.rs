//! The update mechanism, as the running app meets it.

use super::{Exit, Flow, Instance};
use crate::app::launch::LaunchOptions;
use crate::app::source::News;
use crate::update::UpdateEvent;
use crate::wx::{HostCommand, Modal, Outcome, Prompt, WxError};
use futures_util::FutureExt;
use serde_json::{Value, json};
use tokio::sync::oneshot;

impl Instance {
    /// Puts an update's step on the timeline and tells the app.
    pub(super) async fn update_event(&mut self, event: UpdateEvent) -> Flow {
        if !event.is_entry() {
            return Ok(());
        }
        tracing::info!(?event, "update");
        self.note(event.kind(), json!(event));
        match event {
            UpdateEvent::Check {
                has_update,
                version,
                forced,
            } => {
                self.update.forced |= forced;
                if has_update {
                    self.spec.worlds.make_ready();
                }
                let detail = match version {
                    Some(version) => json!({ "hasUpdate": has_update, "version": version }),
                    None => json!({ "hasUpdate": has_update }),
                };
                self.tell("check", detail, forced).await
            }
            UpdateEvent::Ready { version, forced } => {
                self.update.ready = true;
                // What could not be applied before was another release.
                self.update.applied = false;
                self.update.forced |= forced;
                self.tell("ready", json!({ "version": version }), forced).await?;
                // After the news, which would otherwise wait for the work.
                self.prepare_next();
                if self.update.forced && !std::mem::replace(&mut self.update.asked, true) {
                    self.ask_for_restart();
                }
                Ok(())
            }
            UpdateEvent::Failed { version, .. } => {
                let detail = version.map_or(json!({}), |version| json!({ "version": version }));
                self.tell("failed", detail, self.update.forced).await
            }
            _ => Ok(()),
        }
    }

    /// Where the app is to hear at this point of its start what comes of the work beside it: waits for the end of that
    /// work, and tells it.
    pub(super) async fn hear_news(&mut self, at: News) -> Flow {
        if self.spec.news != at {
            return Ok(());
        }
        loop {
            let event = match self.spec.updates.try_recv() {
                Ok(event) => event,
                Err(_) => match self.next_news().await {
                    Some(event) => event,
                    None => return Ok(()),
                },
            };
            let is_last = match &event {
                UpdateEvent::Check { has_update, .. } => !has_update,
                UpdateEvent::Ready { .. } | UpdateEvent::Failed { .. } => true,
                _ => false,
            };
            self.update_event(event).await?;
            if is_last {
                return Ok(());
            }
        }
    }

    /// The next report of the work beside the app; none where it has ended without one.
    async fn next_news(&mut self) -> Option<UpdateEvent> {
        let outbox = self.wx.outbox.clone();
        loop {
            if !outbox.is_busy() {
                return self.spec.updates.try_recv().ok();
            }
            let alarm = self.alarm_while_busy(None);
            tokio::select! {
                biased;
                event = self.spec.updates.recv() => return event,
                () = outbox.idle() => {}
                () = alarm => {}
            }
        }
    }

    async fn tell(&mut self, kind: &str, detail: Value, forced: bool) -> Flow {
        self.event("update", &json!({ "kind": kind, "detail": detail, "forced": forced }))
            .await
    }

    /// Below the minimum version the framework asks by itself, with one button, and restarts.
    /// The app goes on meanwhile: there may be nobody to answer.
    fn ask_for_restart(&mut self) {
        let outbox = self.wx.outbox.clone();
        let shown = self
            .wx
            .dialogs
            .show(&self.wx.ui, &outbox, Prompt::Modal(restart_modal()));
        let asked = async move {
            // With one button every answer means the same.
            drop(shown.await);
            let (reply, _) = oneshot::channel();
            outbox.command(HostCommand::ApplyUpdate { reply });
            None
        };
        self.tasks.push(asked.boxed());
    }

    /// A restart keeps scene, referrer, query and path; whether the page is
    /// still there is asked of the new package.
    fn restart(&self) -> Exit {
        Exit::Restart {
            launch: self.spec.launch.clone(),
        }
    }

    /// Carries out what the app asked of its host.
    pub(super) async fn carry_out(&mut self, command: HostCommand) -> Flow {
        match command {
            HostCommand::ApplyUpdate { reply } => self.apply_update(reply).await,
            HostCommand::Restart { path, reply } => self.restart_mini_program(&path, reply).await,
            HostCommand::Subpackage { name, call, reply } => {
                self.load_subpackage(name.as_deref(), call, reply);
                Ok(())
            }
            HostCommand::OtherApp { request, reply } => self.other_app(request, reply).await,
            HostCommand::Route { .. } | HostCommand::Exit | HostCommand::Back | HostCommand::At { .. } => Ok(()),
        }
    }

    /// Whether there is something to apply is decided when the app asks, so that
    /// what becomes ready a moment later is not applied against its will; it is
    /// done when the start is over. Errors as the platform numbers them: 103102
    /// before it is ready, 103101 the second time.
    pub(super) fn accept_apply(&mut self, reply: oneshot::Sender<Outcome>) {
        let refused = if self.update.applied {
            WxError::coded("applyUpdate has been called", 103_101)
        } else if !self.update.ready {
            WxError::coded("update is not ready", 103_102)
        } else {
            self.update.applied = true;
            self.commands.push_back(HostCommand::ApplyUpdate { reply });
            return;
        };
        // The receiver goes away only with the instance.
        let _ = reply.send(Err(refused));
    }

    async fn apply_update(&mut self, reply: oneshot::Sender<Outcome>) -> Flow {
        let reason = self.promote().await?;
        let _ = reply.send(Err(WxError::new(reason)));
        Ok(())
    }

    /// Promotes the staged release and ends the instance; if that fails, the
    /// app hears `failed` and goes on as it is. Returns why it failed.
    async fn promote(&mut self) -> Flow<String> {
        self.note("update.apply", json!({}));
        let Err(reason) = (self.spec.apply)().await else {
            return Err(self.restart());
        };
        self.update.ready = false;
        self.note("update.failed", json!({ "reason": reason }));
        self.tell("failed", json!({}), self.update.forced).await?;
        Ok(reason)
    }

    /// A restart at a page of the app's choice is a cold start: a staged update is applied with it.
    async fn restart_mini_program(&mut self, url: &str, reply: oneshot::Sender<Outcome>) -> Flow {
        let target = self.pages.resolve(&format!("/{}", url.trim_start_matches('/')));
        if !self.pages.routes().has(&target.path) {
            let _ = reply.send(Err(WxError::new(format!("page \"{}\" is not found", target.path))));
            return Ok(());
        }
        self.spec.launch = LaunchOptions {
            path: target.path,
            query: target.query,
            ..self.spec.launch.clone()
        };
        if self.update.ready {
            self.promote().await?;
        }
        Err(self.restart())
    }

    /// Lets the caller prepare the world of the staged release aside, with the modules that this one uses.
    fn prepare_next(&mut self) {
        if let Some(prepare) = &self.spec.prepare {
            prepare(self.loaded.iter().cloned().collect());
        }
    }
}

/// What the platform shows when the running version is too old.
pub fn restart_modal() -> Modal {
    Modal {
        title: "更新提示".into(),
        content: "新版本已经准备好，需要重启应用。".into(),
        show_cancel: false,
        cancel_text: String::new(),
        cancel_color: String::new(),
        confirm_text: "知道了".into(),
        confirm_color: "#576B95".into(),
        editable: false,
        placeholder_text: String::new(),
    }
}
