//! What the host does to the app at set times of a run, counted from its first boot.

use super::instance::Control;
use super::launch::LaunchOptions;
use std::collections::VecDeque;
use std::time::Duration;

/// Orders still to come, the earliest first. It outlives restarts: its times are those of the run.
#[derive(Debug, Clone, Default)]
pub struct Schedule(VecDeque<(f64, Control)>);

impl Schedule {
    /// Orders at times counted from the first boot; those of the same time keep their order.
    pub fn new(orders: impl IntoIterator<Item = (Duration, Control)>) -> Self {
        let timed = orders.into_iter().map(|(at, what)| (at.as_secs_f64() * 1000.0, what));
        let mut orders: Vec<_> = timed.collect();
        orders.sort_by(|a, b| a.0.total_cmp(&b.0));
        Self(orders.into())
    }

    /// The same orders on the clock, for a run whose first boot is at `start_ms`.
    #[must_use]
    pub fn starting_at(&self, start_ms: f64) -> Self {
        Self(self.0.iter().map(|(at, what)| (start_ms + at, what.clone())).collect())
    }

    /// When the next order is due.
    pub fn next(&self) -> Option<f64> {
        self.0.front().map(|(at, _)| *at)
    }

    /// The next order, if it is due.
    pub fn take_due(&mut self, now: f64) -> Option<Control> {
        self.0.pop_front_if(|(at, _)| *at <= now).map(|(_, what)| what)
    }

    /// The next opening of the app, and when. Without an app all orders before it mean nothing.
    pub fn take_opening(&mut self) -> Option<(f64, LaunchOptions)> {
        while let Some((at, what)) = self.0.pop_front() {
            if let Control::Foreground(options) | Control::Reopen(options) = what {
                return Some((at, options));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_come_in_the_order_of_their_times() {
        let order = |seconds, what| (Duration::from_secs(seconds), what);
        let foreground = Control::Foreground(LaunchOptions::default());
        let schedule = Schedule::new([order(5, foreground.clone()), order(2, Control::Background)]);
        let mut schedule = schedule.starting_at(1_000.0);
        assert_eq!(schedule.take_due(2_999.0), None);
        assert_eq!(schedule.take_due(3_000.0), Some(Control::Background));
        assert_eq!(schedule.next(), Some(6_000.0));
        assert_eq!(schedule.take_due(9_000.0), Some(foreground));
        assert_eq!(schedule.next(), None);
    }

    #[test]
    fn an_app_that_is_not_there_is_only_opened() {
        let order = |seconds, what| (Duration::from_secs(seconds), what);
        let options = LaunchOptions::default();
        let mut schedule = Schedule::new([
            order(1, Control::Background),
            order(2, Control::Foreground(options.clone())),
            order(3, Control::Background),
        ]);
        assert_eq!(schedule.take_opening(), Some((2_000.0, options)));
        assert_eq!(schedule.next(), Some(3_000.0));
        assert_eq!(schedule.take_opening(), None);
    }
}
