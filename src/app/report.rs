//! What is known of a run when it has ended.

use crate::engine::protocol::WorldFault;
use crate::wx::Wx;
use serde_json::{Value, json};

/// How a run ended.
#[derive(Debug, Default)]
pub struct RunReport {
    /// What ended the app for good, if it was a fault.
    pub fault: Option<WorldFault>,
    /// The app could not be opened, and why.
    pub cannot_open: Option<String>,
    /// How many errors are on the timeline.
    pub errors: usize,
    /// The final state, where it was asked for.
    pub dump: Option<Value>,
}

/// The report of a run that never began.
pub(super) fn cannot_open(reason: String) -> RunReport {
    RunReport {
        cannot_open: Some(reason),
        ..RunReport::default()
    }
}

/// `--dump`: what the world knows, and what the host keeps for it.
pub(super) fn final_state(mut state: Value, wx: &Wx) -> Value {
    if let Value::Object(object) = &mut state {
        object.insert("storage".into(), json!(wx.storage.dump().unwrap_or_default()));
        object.insert("screen".into(), json!(wx.ui_state));
    }
    state
}
