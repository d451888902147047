//! What a world and its host say to each other: values only, so that a thread
//! and a process can carry them alike.

use crate::wx::{Outcome, Payload};
use serde::{Deserialize, Serialize};

/// How a world is made, whatever runs in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorldSpec {
    /// Time is the host's: `Date` and timers move only with the host's messages.
    pub virtual_time: bool,
    /// Minutes to add to UTC for local time.
    pub utc_offset_minutes: i32,
    /// Put every wx call on the timeline.
    pub trace_wx: bool,
    /// Put the places of the calls that decide about an update on the timeline.
    pub note_places: bool,
    /// Fixes what `Math.random` gives; without it that is the machine's randomness.
    pub seed: Option<u64>,
    /// Bounds for what the app's code may use.
    pub limits: Limits,
    /// What runs in it.
    pub role: Role,
    /// Pages have trees, and components run in them.
    pub view: bool,
    /// The framework of the components is loaded at once, and not when the first page needs it.
    pub framework: bool,
}

/// What runs in a world, which decides what its global scope has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    /// An app, with `wx`, `App`, `Page` and all that.
    #[default]
    App,
    /// A mini game, whose adapter puts what browsers have into the global scope: nothing hides it there.
    Game,
    /// A worker of an app, with `worker`.
    Worker,
}

/// Everything that a world needs to know of a package before it runs the app's first line.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PackageSpec {
    /// Script files of the package (`.js`, `.ts`), as package paths without a leading slash.
    pub scripts: Vec<String>,
    /// `app.json` as the host read it.
    pub app_json: String,
    /// JSON for the JS half: app id, version, envVersion, system info and the like (`__wxConfig`).
    pub config: String,
}

/// Bounds that end the app with an error instead of hanging or killing its host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Loop iterations of one function call.
    pub loop_iterations: u64,
    /// Depth of JavaScript calls.
    pub recursion: usize,
    /// Depth of brackets in a source file.
    pub nesting: usize,
    /// Memory of a world process, in bytes (address space beyond the program itself).
    pub memory: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            loop_iterations: 200_000_000,
            recursion: 4096,
            nesting: 1000,
            memory: 1 << 30,
        }
    }
}

/// From the host to a world. After each one but `Boot` the world answers [`WorldMessage::Idle`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum HostMessage {
    /// Make the world; it knows no app yet.
    Boot(WorldSpec),
    /// This is the package; nothing of it runs yet.
    Load(Box<PackageSpec>),
    /// Parse and compile these modules aside.
    Prepare(Vec<String>),
    /// Something happened: `name` and what comes with it.
    Event {
        /// Milliseconds since 1970 on the host's clock.
        now: f64,
        /// The event, as the JS half's dispatcher knows it.
        name: String,
        /// What comes with it.
        payload: Payload,
    },
    /// The result of a [`WorldMessage::Start`].
    Complete {
        /// Milliseconds since 1970 on the host's clock.
        now: f64,
        /// The call.
        id: u64,
        /// How it ended.
        outcome: Outcome,
    },
    /// The time of the earliest timer has come.
    Wake {
        /// Milliseconds since 1970 on the host's clock.
        now: f64,
    },
    /// The answer to [`WorldMessage::Call`]; the only message that comes while the world works.
    Answer(Outcome),
}

/// From a world to its host.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum WorldMessage {
    /// A call that waits for its [`HostMessage::Answer`].
    Call {
        /// The row's name.
        api: String,
        /// The option object.
        args: Payload,
    },
    /// A call whose result comes later, as the event `"complete"`.
    Start {
        /// Names the call from now on.
        id: u64,
        /// The row's name.
        api: String,
        /// The option object.
        args: Payload,
    },
    /// An entry for the timeline: kind (`"console"`, `"page.load"`, `"error"`, ...) and its properties as JSON.
    Note {
        /// The entry's kind.
        kind: String,
        /// The entry's properties, a JSON object.
        json: String,
    },
    /// A forked world had to parse this text. For its carrier, which has it parsed ahead for the next ones.
    Parsed {
        /// What its frames are called.
        path: String,
        /// The text.
        text: String,
    },
    /// The message is dealt with and no job is left.
    Idle {
        /// When the earliest timer is due, in milliseconds since 1970.
        wake_at: Option<f64>,
    },
    /// The world cannot go on.
    Fatal(WorldFault),
}

/// Why a world ended by itself.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct WorldFault {
    /// What happened, for a person.
    pub message: String,
    /// The app's source file, where it can be known.
    pub file: Option<String>,
    /// Line in that file, from 1.
    pub line: Option<u32>,
    /// Column in that line, from 1.
    pub column: Option<u32>,
    /// Frames of the app, innermost first, one a line.
    pub stack: String,
}

/// The side that answers a world.
pub trait Host {
    /// A synchronous API.
    fn call(&mut self, api: &str, args: Payload) -> Outcome;
    /// An API that answers later with the event `"complete"`.
    fn start(&mut self, id: u64, api: &str, args: Payload);
    /// An entry for the timeline.
    fn note(&mut self, kind: &str, json: String);
    /// This text was parsed.
    fn parsed(&mut self, path: &str, text: &str);
}
