//! The outside world behind small traits, the real ones and the fakes side by side.

pub mod clock;
mod find_files;

pub use clock::{Clock, RealClock, VirtualClock};
pub use find_files::find_files;
