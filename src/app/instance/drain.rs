//! The loop: whatever is ready goes into the world in a fixed order; then time passes.

use super::worker::said;
use super::{Control, Exit, Flow, Instance};
use crate::engine::protocol::HostMessage;
use crate::wx::{HostCommand, Outgoing, Wx};
use futures_util::future::BoxFuture;
use futures_util::{FutureExt, StreamExt};
use std::sync::Arc;

/// Something of the phone's own that is yet to happen.
pub(super) struct Later {
    at_ms: f64,
    run: fn(&mut Wx),
}

impl Instance {
    /// Runs until the instance ends.
    pub(super) async fn live(&mut self) -> Exit {
        loop {
            match self.step().await {
                Ok(()) => {}
                Err(exit) => return exit,
            }
        }
    }

    async fn step(&mut self) -> Flow {
        if self.deliver().await? {
            return Ok(());
        }
        let now = self.now();
        if self.wake_due(now) {
            self.doing = "a timer".into();
            return self.turn(HostMessage::Wake { now }).await;
        }
        if self.wake_worker(now) {
            return Ok(());
        }
        self.wait().await
    }

    /// Delivers what is ready; whether there was anything.
    async fn deliver(&mut self) -> Flow<bool> {
        let early = self.early.pop_front();
        if let Some(control) = early.or_else(|| self.control.try_recv().ok()) {
            self.carry_out_control(control).await?;
            return Ok(true);
        }
        let now = self.now();
        if let Some(order) = self.spec.schedule.take_due(now) {
            self.carry_out_control(order).await?;
            return Ok(true);
        }
        if self.hear_worker().await {
            return Ok(true);
        }
        if self.suspended() {
            self.keep_arrivals();
            return Ok(false);
        }
        if self.deliver_outgoing().await? || self.deliver_finished().await? {
            return Ok(true);
        }
        // Calls that go on may have said something when they were looked at, and nothing else may ever wake the app.
        if self.deliver_outgoing().await? {
            return Ok(true);
        }
        if self.run_later(now) || self.deliver_part().await? {
            return Ok(true);
        }
        if let Ok(event) = self.spec.updates.try_recv() {
            self.update_event(event).await?;
            return Ok(true);
        }
        if self.started
            && let Some(command) = self.commands.pop_front()
        {
            self.carry_out(command).await?;
            return Ok(true);
        }
        self.next_route().await
    }

    /// Events and notes of the API families, in order.
    pub(super) async fn deliver_outgoing(&mut self) -> Flow<bool> {
        let next = self.held.pop_front().or_else(|| self.outgoing.try_recv().ok());
        let Some(outgoing) = next else { return Ok(false) };
        self.deliver_one(outgoing).await?;
        Ok(true)
    }

    async fn accept(&mut self, command: Option<HostCommand>) -> Flow {
        match command {
            None => Ok(()),
            Some(HostCommand::Route {
                kind,
                params,
                call,
                reply,
            }) => {
                self.routes.push_back(super::routes::Waiting {
                    kind,
                    params,
                    call,
                    reply,
                });
                Ok(())
            }
            Some(HostCommand::Exit) => self.close().await,
            Some(HostCommand::Back) => self.press_back().await,
            Some(HostCommand::At { at_ms, run }) => {
                self.later.push(Later { at_ms, run });
                Ok(())
            }
            Some(HostCommand::ApplyUpdate { reply }) => {
                self.accept_apply(reply);
                Ok(())
            }
            Some(command) => {
                self.commands.push_back(command);
                Ok(())
            }
        }
    }

    /// Finished calls, each in a turn of its own: success is never synchronous.
    pub(super) async fn deliver_finished(&mut self) -> Flow<bool> {
        let Some(done) = self.arrived.pop_front() else {
            let Some(done) = self.tasks.next().now_or_never().flatten() else {
                return Ok(false);
            };
            // What the call itself said at the last comes before its result.
            self.arrived.push_back(done);
            return Ok(true);
        };
        self.note_in_order();
        if let Some((id, outcome)) = done {
            tracing::debug!(id, ok = outcome.is_ok(), "complete");
            self.aborts.remove(&id);
            self.doing = "the callback of a wx call".into();
            let now = self.now();
            self.turn(HostMessage::Complete { now, id, outcome }).await?;
        }
        Ok(true)
    }

    /// Does the earliest thing of the phone's own that is due; whether there was one.
    fn run_later(&mut self, now: f64) -> bool {
        let due = self.later.iter().enumerate().filter(|(_, later)| later.at_ms <= now);
        let Some((at, _)) = due.min_by(|(_, a), (_, b)| a.at_ms.total_cmp(&b.at_ms)) else {
            return false;
        };
        let later = self.later.remove(at);
        (later.run)(&mut self.wx);
        true
    }

    fn wake_due(&self, now: f64) -> bool {
        !self.suspended() && self.wake_at.is_some_and(|at| at <= now)
    }

    /// When something of the app or of the host's own is due.
    fn next_deadline(&self) -> Option<f64> {
        let timer = if self.suspended() { None } else { self.wake_at };
        let later = self.later.iter().map(|later| later.at_ms).min_by(f64::total_cmp);
        let later = later.filter(|_| !self.suspended());
        let timer = [timer, later, self.worker_deadline()]
            .into_iter()
            .flatten()
            .min_by(f64::total_cmp);
        let timer = timer.filter(|at| *at <= self.end_at);
        let deadlines = [
            timer,
            self.destroy_at(),
            self.spec.schedule.next(),
            self.awaited_until(),
        ];
        deadlines.into_iter().flatten().min_by(f64::total_cmp)
    }

    /// In real time a run with an open line waits for what may come, as it does for timers.
    fn awaited_until(&self) -> Option<f64> {
        let awaits = self.spec.virtual_time.is_none() && self.wx.outbox.is_listening();
        (awaits && self.end_at.is_finite() && self.now() < self.end_at).then_some(self.end_at)
    }

    /// Nothing is ready: virtual time jumps, real time passes, or the run is over.
    async fn wait(&mut self) -> Flow {
        let deadline = self.next_deadline();
        let is_virtual = self.spec.virtual_time.is_some();
        if self.wx.outbox.is_busy() {
            let alarm = self.alarm_while_busy(deadline);
            self.wait_for_anything(alarm).await?;
            return self.background_due().await;
        }
        if !is_virtual && (self.spec.stay_ms.is_none() || deadline.is_some()) {
            // The app is idle: a restart that nothing announces finds a world waiting.
            self.spec.worlds.make_ready();
        }
        let at = [deadline, self.host_deadline()]
            .into_iter()
            .flatten()
            .min_by(f64::total_cmp);
        let awaited = self.person_returns() || Arc::strong_count(&self.asks) > 1;
        if at.is_none() && self.spec.stay_ms.is_some() && !awaited {
            return Err(Exit::Done);
        }
        let alarm = self.alarm(at);
        self.wait_for_anything(alarm).await?;
        self.background_due().await
    }

    /// When a call of the app that goes on in virtual time is due; without such calls, whatever
    /// else sleeps by the clock is another's.
    fn host_deadline(&self) -> Option<f64> {
        let time = self.spec.virtual_time.as_ref().filter(|_| !self.tasks.is_empty())?;
        time.clock().next_deadline().filter(|at| *at <= self.end_at)
    }

    /// The app has nothing to do until then.
    fn alarm(&self, until: Option<f64>) -> BoxFuture<'static, ()> {
        match (self.spec.virtual_time.clone(), until) {
            (Some(time), _) => async move { time.idle_until(until.unwrap_or(f64::INFINITY)).await }.boxed(),
            (None, Some(at)) => self.wx.clock.sleep_until(at),
            (None, None) => std::future::pending().boxed(),
        }
    }

    /// While work is under way virtual time stands still, but for the pauses of that work.
    pub(super) fn alarm_while_busy(&self, deadline: Option<f64>) -> BoxFuture<'static, ()> {
        let Some(time) = self.spec.virtual_time.clone() else {
            return self.alarm(deadline);
        };
        async move { time.idle_while_paused(deadline.unwrap_or(f64::INFINITY)).await }.boxed()
    }

    /// Waits until anything happens, or until the alarm.
    async fn wait_for_anything(&mut self, alarm: BoxFuture<'static, ()>) -> Flow {
        let (suspended, outbox) = (self.suspended(), self.wx.outbox.clone());
        let has_worker = self.worker.is_some();
        tokio::select! {
            biased;
            control = self.control.recv() => {
                let control = control.unwrap_or(Control::Stop);
                self.carry_out_control(control).await
            }
            Some(event) = self.spec.updates.recv(), if !suspended => self.update_event(event).await,
            Some(outgoing) = self.outgoing.recv(), if !suspended => self.deliver_one(outgoing).await,
            Some(done) = self.tasks.next(), if !self.tasks.is_empty() => {
                // Delivered in the order of arrival by the next step.
                self.arrived.push_back(done);
                Ok(())
            }
            said = said(&mut self.worker), if has_worker => {
                self.worker_said(said);
                Ok(())
            }
            () = self.parts.wait(), if self.parts.is_waiting() => Ok(()),
            () = outbox.idle(), if outbox.is_busy() => Ok(()),
            () = alarm => Ok(()),
        }
    }

    async fn deliver_one(&mut self, outgoing: Outgoing) -> Flow {
        match outgoing {
            Outgoing::Note(kind, properties) => self.note(&kind, properties),
            Outgoing::Event(event) => self.event_with(&event.name, event.payload).await?,
            Outgoing::Command(cell) => {
                let taken = cell.lock().map(|mut cell| cell.take()).unwrap_or_default();
                self.accept(taken).await?;
            }
        }
        Ok(())
    }
}
