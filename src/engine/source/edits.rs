//! Small changes of a script that keep its lines: what stands in place of what, and which columns move by it.

use super::positions::Shift;

/// One change, within a line. The text is at least as long as what it takes the place of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Edit {
    /// Byte offset in the script.
    pub(super) at: usize,
    /// How many bytes go; they are ASCII.
    pub(super) removed: usize,
    /// What comes in their place.
    pub(super) text: &'static str,
}

/// The script with these changes, which are sorted by place and do not touch each other, and what moved by them.
pub(super) fn apply(source: &str, edits: &[Edit]) -> (String, Vec<Shift>) {
    let more: usize = edits.iter().map(|edit| edit.text.len()).sum();
    let mut code = String::with_capacity(source.len() + more);
    let mut shifts: Vec<Shift> = Vec::with_capacity(edits.len());
    let (mut done, mut line, mut column) = (0, 0_u32, 0_u32);
    for edit in edits {
        let Some(piece) = source.get(done..edit.at) else {
            continue;
        };
        code.push_str(piece);
        line += piece.matches('\n').count() as u32;
        column = match piece.rsplit_once('\n') {
            Some((_, last)) => last.chars().count() as u32,
            None => column + piece.chars().count() as u32,
        };
        done = edit.at + edit.removed;
        code.push_str(edit.text);
        column += edit.removed as u32;
        let columns = edit.text.len().saturating_sub(edit.removed) as u32;
        shifts.push(Shift { line, column, columns });
        column += columns;
    }
    code.push_str(source.get(done..).unwrap_or_default());
    (code, shifts)
}

#[cfg(test)]
mod tests {
    use crate::engine::protocol::Limits;
    use crate::engine::source::prepare;

    #[test]
    fn positions_in_changed_lines_are_those_of_the_source() {
        let source = "a;\nf(() => () => this); b.length = 1; g(() => () => this); q\ni";
        let result = prepare("a.js", source, &Limits::default()).unwrap();
        let map = result.map.unwrap();
        for (line, name) in [
            (1, "a;"),
            (2, "f("),
            (2, "b"),
            (2, "= 1"),
            (2, "g("),
            (2, "q"),
            (3, "i"),
        ] {
            let column = |text: &str| text.lines().nth(line - 1).unwrap().find(name).unwrap() as u32 + 1;
            let line = line as u32;
            assert_eq!(
                map.original(line, column(&result.code)),
                (line, column(source)),
                "{name}"
            );
        }
    }
}
