//! Background and foreground: 5 s after it left, the app is suspended; 30 min after, destroyed.
//! What arrives for a suspended app is kept, in order, until it is back.
//!
//! Source: the platform's page on the run mechanism (wx-semantics, section 4).

use super::{Control, Exit, Flow, Instance};
use crate::app::launch::LaunchOptions;
use crate::wx::{Modal, Prompt, change};
use futures_util::{FutureExt, StreamExt};
use serde_json::json;

/// Milliseconds in the background after which JavaScript stands still.
pub const SUSPEND_MS: f64 = 5_000.0;

/// Milliseconds in the background after which the app is destroyed.
pub const DESTROY_MS: f64 = 30.0 * 60_000.0;

/// Since when the app is in the background, in milliseconds since 1970.
#[derive(Debug, Default)]
pub(super) struct Background(Option<f64>);

impl Background {
    /// When the app would be destroyed.
    pub(super) fn deadline(&self) -> Option<f64> {
        self.0.map(|since| since + DESTROY_MS)
    }

    fn suspended(&self, now: f64) -> bool {
        self.0.is_some_and(|since| now >= since + SUSPEND_MS)
    }
}

impl Instance {
    /// Nothing of the app runs now.
    pub(super) fn suspended(&self) -> bool {
        self.background.suspended(self.now())
    }

    /// Keeps what the suspended app's calls have come to; the calls themselves go on, for they are the host's.
    pub(super) fn keep_arrivals(&mut self) {
        while let Some(Some(done)) = self.tasks.next().now_or_never() {
            self.arrived.push_back(done);
        }
        self.note_in_order();
    }

    pub(super) async fn carry_out_control(&mut self, control: Control) -> Flow {
        match control {
            Control::Stop => Err(Exit::Stopped),
            Control::Emit(name, payload) => self.event(&name, &payload).await,
            Control::Update(event) => self.update_event(event).await,
            Control::Device(words) => {
                if let Err(message) = change(&mut self.wx, &words) {
                    self.note("error", json!({ "message": message, "origin": "device" }));
                }
                Ok(())
            }
            Control::Dialog(modal) => {
                self.show_anothers(*modal);
                Ok(())
            }
            Control::Background => self.leave().await,
            Control::Foreground(options) => self.come_back(options).await,
            Control::Reopen(options) => {
                self.leave().await?;
                self.come_back(options).await
            }
        }
    }

    /// Puts a dialog into the line that is not the app's.
    fn show_anothers(&mut self, modal: Modal) {
        let shown = self.wx.dialogs.show(&self.wx.ui, &self.wx.outbox, Prompt::Modal(modal));
        self.tasks.push(shown.map(|_| None).boxed());
    }

    pub(super) async fn leave(&mut self) -> Flow {
        if self.pages.in_background() {
            return Ok(());
        }
        self.background = Background(Some(self.now()));
        self.wx.network.set_background(self.background.0);
        let plan = self.pages.to_background();
        self.follow(plan, None).await
    }

    /// A hot start. What became due meanwhile runs after it.
    async fn come_back(&mut self, mut options: LaunchOptions) -> Flow {
        self.spec.neighbours.is_in_front();
        if !self.pages.in_background() {
            return Ok(());
        }
        self.background = Background(None);
        self.wx.network.set_background(None);
        (self.spec.returned)();
        self.end_at = self.spec.stay_ms.map_or(f64::INFINITY, |ms| self.now() + ms);
        let asked = !options.path.is_empty() && !self.is_game() && self.can_open(&options.path).await?;
        if !asked && let Some(page) = self.pages.current() {
            options.path = page.path.clone();
            options.query = page.query.clone();
        }
        let shown = json!(options);
        self.wx.app.enter = shown.clone();
        if !asked {
            let plan = self.pages.to_foreground(shown);
            return self.follow(plan, None).await;
        }
        let (plan, missing) = self.pages.to_foreground_at(shown, &options.path, options.query.clone());
        self.follow(plan, None).await?;
        match missing {
            Some(missing) => self.page_not_found(missing).await,
            None => Ok(()),
        }
    }

    /// A page whose code cannot be got leaves the app where it was; the timeline says why.
    async fn can_open(&mut self, path: &str) -> Flow<bool> {
        Ok(!self.pages.routes().has(path) || self.bring(path).await?.is_ok())
    }

    /// When the app would be destroyed, if the run lasts that long: somebody is to bring the app back.
    pub(super) fn destroy_at(&self) -> Option<f64> {
        let awaited = self.spec.schedule.next().is_some();
        self.background.deadline().filter(|at| awaited || *at <= self.end_at)
    }

    /// Ends an app that has been in the background for too long.
    pub(super) async fn background_due(&mut self) -> Flow {
        if self.background.deadline().is_some_and(|at| self.now() >= at) {
            self.note("app.destroy", json!({ "reason": "30 minutes in the background" }));
            return Err(Exit::Destroyed);
        }
        Ok(())
    }
}
