//! Assignments to `length`.
//!
//! Where one place of a script sets `length` a second time, the engine writes the number over the slot that it
//! remembers, and an array keeps its elements. By a computed name it remembers no slot: `a["length"] = 0`.

use super::edits::Edit;

const PLAIN: &str = ".length";
const COMPUTED: &str = "[\"length\"]";

/// Operators that a `=` behind them makes an assignment, those first that begin as another one does.
const COMPOUND: [&[u8]; 15] = [
    b">>>", b"<<", b">>", b"**", b"&&", b"||", b"??", b"+", b"-", b"*", b"/", b"%", b"&", b"|", b"^",
];

/// Whether what stands before is assigned to.
pub(super) fn is_assigned(rest: &[u8]) -> bool {
    let text = rest.trim_ascii_start();
    if text.starts_with(b"++") || text.starts_with(b"--") {
        // A postfix stands in the same line.
        let gap = &rest[..rest.len() - text.len()];
        return !gap.contains(&b'\n');
    }
    let operator = COMPOUND.iter().find_map(|operator| text.strip_prefix(*operator));
    let sign = operator.unwrap_or(text);
    sign.starts_with(b"=") && !(operator.is_none() && (sign.starts_with(b"==") || sign.starts_with(b"=>")))
}

/// The change for the property name that ends at `end`, where it stands right behind its dot.
pub(super) fn edit(source: &[u8], end: usize) -> Option<Edit> {
    let at = end.checked_sub(PLAIN.len())?;
    let optional = at.checked_sub(1).is_some_and(|before| source[before] == b'?');
    (source.get(at..end)? == PLAIN.as_bytes() && !optional).then_some(Edit {
        at,
        removed: PLAIN.len(),
        text: COMPUTED,
    })
}

#[cfg(test)]
mod tests {
    use crate::engine::protocol::Limits;
    use crate::engine::source::prepare;

    #[test]
    fn only_assignments_to_length_are_computed() {
        let cases = [
            ("a.length = 0", "a[\"length\"] = 0"),
            ("a.b.length-=1; c", "a.b[\"length\"]-=1; c"),
            ("a.length++", "a[\"length\"]++"),
            ("--a.b.length", "--a.b[\"length\"]"),
            ("a.length >>>= 1", "a[\"length\"] >>>= 1"),
            ("a.length ||= 1", "a[\"length\"] ||= 1"),
            ("a.length == 0", "a.length == 0"),
            ("a.length === 0", "a.length === 0"),
            ("a.length <= b.length", "a.length <= b.length"),
            ("a.length >= 1 && b.length != 2", "a.length >= 1 && b.length != 2"),
            ("a.length\n++b", "a.length\n++b"),
            ("x = a.length - 1", "x = a.length - 1"),
            ("--a, b.length", "--a, b.length"),
            ("length = 1; a.lengthy = 2", "length = 1; a.lengthy = 2"),
            ("'a.length = 0' // a.length = 0", "'a.length = 0' // a.length = 0"),
        ];
        for (source, wanted) in cases {
            assert_eq!(prepare("a.js", source, &Limits::default()).unwrap().code, wanted);
        }
    }
}
