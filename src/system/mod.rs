//! The outside world behind small traits, the real ones and the fakes side by side.

pub mod clock;

pub use clock::{Clock, RealClock, VirtualClock};
