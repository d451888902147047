//! Annotations for GitHub: commands that its runner finds in what a step prints.

use super::{Event, Reporter, details};

/// One `::error` for each failure, with the place in the file.
#[derive(Debug, Default)]
pub struct GitHub;

impl Reporter for GitHub {
    fn event(&mut self, event: &Event) -> String {
        let Event::Failed {
            file, name, failure, ..
        } = event
        else {
            return String::new();
        };
        let place = failure
            .place
            .map(|place| format!(",line={},col={}", place.line, place.column));
        let title = if name.is_empty() { "the file itself" } else { name };
        format!(
            "::error file={}{},title={}::{}\n",
            property(file),
            place.unwrap_or_default(),
            property(title),
            escaped(&details(failure))
        )
    }
}

/// Its commands are lines.
fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}
