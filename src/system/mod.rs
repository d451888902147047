//! The outside world behind small traits, the real ones and the fakes side by side.

pub mod clock;
pub mod network;

pub use clock::{Clock, RealClock, VirtualClock};
pub use network::{Network, NetworkConditions, NetworkParseError, Passage};
