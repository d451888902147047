//! The downloads that a person waits for, as a bar on the terminal: on standard error, and nowhere else.

use crate::update::UpdateEvent;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

const TEMPLATE: &str = "{msg} [{bar:30}] {bytes}/{total_bytes}";

/// One line that shows the download that is under way. Clones share it.
#[derive(Debug, Clone)]
pub struct Downloads(ProgressBar);

impl Downloads {
    /// Shows nothing yet, and nothing ever where standard error is no terminal.
    pub fn on_terminal() -> Self {
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
        // A template that cannot be read leaves the default one.
        if let Ok(style) = ProgressStyle::with_template(TEMPLATE) {
            bar.set_style(style.progress_chars("=> "));
        }
        Self(bar)
    }

    /// Draws what has arrived.
    pub fn show(&self, event: &UpdateEvent) {
        let UpdateEvent::Transfer { part, done, total } = event else {
            self.clear();
            return;
        };
        if self.0.is_finished() {
            self.0.reset();
        }
        self.0.set_message(part.clone());
        self.0.set_length(*total);
        self.0.set_position(*done);
    }

    /// Takes the line away, for others to be written. The next bytes bring it back.
    pub fn clear(&self) {
        if !self.0.is_finished() {
            self.0.finish_and_clear();
        }
    }
}
