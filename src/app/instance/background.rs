//! Background and foreground: 5 s after it left, the app is suspended; 30 min after, destroyed.
//!
//! Source: the platform's page on the run mechanism (wx-semantics, section 4).

use super::{Control, Exit, Flow, Instance};
use crate::app::launch::LaunchOptions;
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

    pub(super) async fn carry_out_control(&mut self, control: Control) -> Flow {
        match control {
            Control::Stop => Err(Exit::Stopped),
            Control::Emit(name, payload) => self.event(&name, &payload).await,
            Control::Update(event) => self.update_event(event).await,
            Control::Background => self.to_background().await,
            Control::Foreground(options) => self.to_foreground(options).await,
        }
    }

    pub(super) async fn to_background(&mut self) -> Flow {
        if self.pages.in_background() {
            return Ok(());
        }
        self.background = Background(Some(self.now()));
        self.wx.network.set_background(self.background.0);
        let plan = self.pages.to_background();
        self.follow(plan, None).await
    }

    /// A hot start. What became due meanwhile runs after it.
    async fn to_foreground(&mut self, mut options: LaunchOptions) -> Flow {
        if !self.pages.in_background() {
            return Ok(());
        }
        self.background = Background(None);
        self.wx.network.set_background(None);
        let asked = !options.path.is_empty();
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

    /// Ends an app that has been in the background for too long.
    pub(super) async fn background_due(&mut self) -> Flow {
        if self.background.deadline().is_some_and(|at| self.now() >= at) {
            self.note("app.destroy", json!({ "reason": "30 minutes in the background" }));
            return Err(Exit::Done);
        }
        Ok(())
    }
}
