//! Update scenarios: an app goes through every meaningful combination of what can become of an update, when it hears
//! of it, how the release wants to reach devices, and what the person says.
//!
//! ```text
//! Space -Scenario-> Stage (registry, device, network, person) -run-> Record -judge-> Findings -> Report
//! ```
//!
//! The space, the judgement and the report are pure: values in, values out. What runs is the real update client on a
//! disk in memory, against the registry in this process, over a network that fails as the scenario says, in virtual time.

mod dialogs;
mod explore;
mod facts;
mod finding;
mod instances;
mod judge;
mod line;
mod no_servers;
mod offered;
mod person;
mod record;
mod report;
mod run;
mod space;
mod stage;
mod workers;

pub use explore::{Explored, explore};
pub use facts::{Facts, facts};
pub use finding::{Code, Finding, Place, Severity};
pub use judge::{Baseline, Case, judge};
pub use no_servers::NoServers;
pub use record::{Record, Session};
pub use report::{Group, LeftOut, Report, Row, all_left_out, report};
pub use space::{Moment, Outcome, Person, Policy, Scenario, Selection, SelectionError, left_out, space};
pub use stage::{Stage, StageError, StageSpec};
