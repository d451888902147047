//! Dialogs that are not the app's: the system's own that a scenario puts on the screen, and the framework's.

use crate::app::instance::restart_modal;
use crate::app::timeline::Entry;
use crate::wx::{Modal, Prompt};
use serde_json::{Value, json};

/// What the system asks in the scenarios with a dialog.
pub fn others() -> Modal {
    Modal {
        title: "minirun: a dialog of the system".into(),
        content: "Allow notifications?".into(),
        show_cancel: false,
        cancel_text: String::new(),
        cancel_color: String::new(),
        confirm_text: "OK".into(),
        confirm_color: "#576B95".into(),
        editable: false,
        placeholder_text: String::new(),
    }
}

/// Whether the system asks.
pub fn is_others(prompt: &Prompt) -> bool {
    matches!(prompt, Prompt::Modal(modal) if *modal == others())
}

/// Whose a dialog on the timeline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// The app's.
    App,
    /// The platform's, which asks for a restart below the minimum version.
    Platform,
    /// The system's, which has nothing to do with the update.
    System,
}

/// Whose the dialog of an entry `modal.show` or `modal.open` is.
pub fn whose(entry: &Entry) -> Whose {
    let is = |modal: &Modal| json!(modal) == Value::Object(entry.properties.clone());
    if is(&others()) {
        Whose::System
    } else if is(&restart_modal()) {
        Whose::Platform
    } else {
        Whose::App
    }
}
