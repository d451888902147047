//! The outside world behind small traits, the real ones and the fakes side by side.

pub mod clock;
pub mod crash_disk;
pub mod disk;
pub mod durable_key_value;
pub mod entropy;
pub mod faulty_http;
pub mod find_files;
pub mod fixtures;
pub mod folder;
pub mod http;
pub mod key_value;
mod lock;
pub mod memory_disk;
pub mod network;
pub mod own_thread;
mod real_socket;
pub mod real_web;
pub mod recorder;
mod replace_folder;
pub mod source_folder;
pub mod virtual_clock;
pub mod web;

pub use clock::{Clock, RealClock, ShiftedClock};
pub use crash_disk::{CrashDisk, Failure};
pub use disk::{Disk, DiskError, DiskFile, DiskLock, Entry, MemoryFile, Open, RealDisk};
pub use durable_key_value::DurableKeyValue;
pub use entropy::{Entropy, RealEntropy, SeededEntropy};
pub use faulty_http::{FaultyHttp, MemoryHttp, NetFault};
pub use find_files::find_files;
pub use fixtures::{FixtureError, FixtureWeb, Fixtures};
pub use folder::{Folder, stamp};
pub use http::{Body, Get, Http, HttpError, RealHttp, Response, ShapedHttp, before};
pub use key_value::{KeyValue, KeyValueError, MemoryKeyValue};
pub use lock::lock;
pub use memory_disk::MemoryDisk;
pub use network::{Network, NetworkConditions, NetworkParseError, Passage};
pub use own_thread::on_own_thread;
pub use real_web::RealWeb;
pub use recorder::RecorderWeb;
pub use replace_folder::replace_folder;
pub use source_folder::{SourceFolderError, read_source_folder};
pub use virtual_clock::{Participant, VirtualClock};
pub use web::{
    After, Frame, Headers, Pieces, Socket, SocketLine, SocketRequest, Web, WebBody, WebError, WebRequest, WebResponse,
};
