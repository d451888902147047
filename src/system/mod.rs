//! The outside world behind small traits, the real ones and the fakes side by side.

pub mod clock;

pub use clock::{Clock, RealClock, VirtualClock};
pub mod source_folder;
pub use source_folder::{SourceFolderError, read_source_folder};
