//! How an app is opened: what there is of it decides what runs.

use super::{CannotOpen, Events, Opening, Run, until_stopped};
use crate::app::instance::Control;
use crate::app::launch::LaunchOptions;
use crate::app::presence::Present;
use crate::app::schedule::Schedule;
use crate::app::source::Start;
use crate::update::UpdateEvent;
use crate::update::explain::Explain;
use crate::update::thresholds::LIMITS;
use crate::wx::DeviceMemory;
use serde_json::json;
use std::sync::Arc;
use tokio::sync::mpsc;

impl Run {
    /// What puts each decision about updates on the timeline.
    pub(super) fn explain(&self) -> Explain {
        let config = Arc::clone(&self.config);
        Arc::new(move |explanation| {
            let now = config.device.clock.now_ms();
            config.timeline.add(now, "update.decision", json!(explanation));
        })
    }

    /// The app is not there: what there is of it decides what runs.
    pub(super) async fn cold_start(
        &self,
        present: Present,
        launch: LaunchOptions,
        mut control: mpsc::UnboundedReceiver<Control>,
    ) -> Result<Opening, CannotOpen> {
        let events = mpsc::unbounded_channel();
        Ok(Opening {
            present,
            start: self.start(&launch.path, &events.0, &mut control).await?,
            launch,
            world: None,
            control,
            schedule: Schedule::default(),
            memory: DeviceMemory::default(),
            events,
        })
    }

    /// Below its minimum version an app does not open, and is tried again for as long as the run lasts.
    async fn start(
        &self,
        page: &str,
        events: &Events,
        control: &mut mpsc::UnboundedReceiver<Control>,
    ) -> Result<Start, CannotOpen> {
        let seen = |event: UpdateEvent| {
            if !event.is_entry() {
                return;
            }
            tracing::info!(?event, "update before the start");
            self.note(event.kind(), json!(event));
        };
        let now = || self.config.device.clock.now_ms();
        let lasts_until = self.config.stay_ms.map_or(f64::INFINITY, |stay| now() + stay);
        let mut wait_ms = LIMITS.first_retry_ms;
        loop {
            let start = self.source.start(page, &seen, events);
            let refused = match self.while_time_passes(start).await {
                Ok(start) => return Ok(start),
                Err(refused) => refused,
            };
            #[expect(clippy::cast_precision_loss, reason = "waits are minutes at most")]
            let at = now() + wait_ms as f64;
            if !refused.keeps_trying || at > lasts_until {
                return Err(refused);
            }
            self.note("open.failed", json!({ "reason": refused.reason, "retryMs": wait_ms }));
            if self.until(at, until_stopped(control)).await.is_none() {
                return Err(refused);
            }
            wait_ms = (wait_ms * 2).min(LIMITS.longest_retry_ms);
        }
    }

    /// Nothing of the app runs yet that could move virtual time on, where the work pauses.
    async fn while_time_passes<T>(&self, work: impl Future<Output = T>) -> T {
        match &self.virtual_time {
            Some(time) => time.pausing_with(work).await,
            None => work.await,
        }
    }
}
