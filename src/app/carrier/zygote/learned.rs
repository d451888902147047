//! What a zygote parses ahead: the texts that its worlds parse again and again.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// How many bytes of text a zygote parses ahead at most: parsed, they take some thirty times as much.
const MOST: usize = 8 << 20;

/// Which texts its worlds had to parse, and how much the zygote has learned.
#[derive(Default)]
pub(super) struct Learned {
    once: HashMap<u64, bool>,
    bytes: usize,
}

impl Learned {
    /// Whether the zygote is to parse this text ahead now. A text that one world wants is seldom wanted by another (each
    /// test file is one); of what two have wanted there will be more.
    pub(super) fn is_due(&mut self, path: &str, text: &str) -> bool {
        let mut hasher = DefaultHasher::new();
        (path, text).hash(&mut hasher);
        let Some(learned) = self.once.get_mut(&hasher.finish()) else {
            self.once.insert(hasher.finish(), false);
            return false;
        };
        let is_due = !*learned && self.bytes + text.len() <= MOST;
        if is_due {
            *learned = true;
            self.bytes += text.len();
        }
        is_due
    }
}

/// A text with its path, as they travel: no path has a zero byte.
pub(super) fn lesson(path: &str, text: &str) -> Vec<u8> {
    [path.as_bytes(), b"\0", text.as_bytes()].concat()
}

/// The path and the text of a lesson.
pub(super) fn read(lesson: &[u8]) -> Option<(&str, &str)> {
    std::str::from_utf8(lesson).ok()?.split_once('\0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_two_worlds_have_parsed_is_due_once() {
        let mut learned = Learned::default();
        let due = ["app.js", "a.js", "app.js", "app.js"].map(|path| learned.is_due(path, "text"));
        assert_eq!(due, [false, false, true, false]);
        assert!(!learned.is_due("app.js", "another version"));
    }

    #[test]
    fn a_zygote_learns_no_more_than_it_may() {
        let mut learned = Learned::default();
        let large = "x".repeat(MOST);
        let due = [&large, &large, "x", "x"].map(|text| learned.is_due("app.js", text));
        assert_eq!(due, [false, true, false, false]);
    }

    #[test]
    fn a_lesson_arrives_as_it_was() {
        assert_eq!(read(&lesson("a/b.js", "x\0y")), Some(("a/b.js", "x\0y")));
        assert_eq!(read(b"no zero byte"), None);
    }
}
