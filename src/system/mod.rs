//! The outside world behind small traits, the real ones and the fakes side by side.

pub mod clock;
pub mod durable_key_value;
pub mod folder;
pub mod key_value;
pub mod network;
pub mod web;

pub use clock::{Clock, RealClock, VirtualClock};
pub use durable_key_value::DurableKeyValue;
pub use folder::{Folder, stamp};
pub use key_value::{KeyValue, KeyValueError, MemoryKeyValue};
pub use network::{Network, NetworkConditions, NetworkParseError, Passage};
pub use web::{Web, WebError, WebRequest, WebResponse};
