//! Line by line, what was expected and what came.

/// Lines of both texts: `-` for those of `expected` alone, `+` for those of `received` alone.
pub(super) fn line_diff(expected: &str, received: &str) -> Vec<(char, String)> {
    let a: Vec<&str> = expected.lines().collect();
    let b: Vec<&str> = received.lines().collect();
    let lengths = common_lengths(&a, &b);
    let (mut i, mut j) = (0, 0);
    let mut lines = Vec::new();
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            lines.push((' ', a[i].to_owned()));
            (i, j) = (i + 1, j + 1);
        } else if j >= b.len() || (i < a.len() && lengths[i + 1][j] >= lengths[i][j + 1]) {
            lines.push(('-', a[i].to_owned()));
            i += 1;
        } else {
            lines.push(('+', b[j].to_owned()));
            j += 1;
        }
    }
    lines
}

/// `[i][j]`: how many lines the rests `a[i..]` and `b[j..]` have in common, in order.
fn common_lengths(a: &[&str], b: &[&str]) -> Vec<Vec<usize>> {
    let mut lengths = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            lengths[i][j] = if a[i] == b[j] {
                lengths[i + 1][j + 1] + 1
            } else {
                lengths[i + 1][j].max(lengths[i][j + 1])
            };
        }
    }
    lengths
}

#[cfg(test)]
mod tests {
    use super::line_diff;

    #[test]
    fn diffs() {
        let rows = [
            ("a", "a", " a"),
            ("a", "b", "-a +b"),
            ("a\nb\nc", "a\nx\nc", " a -b +x  c"),
            ("", "a", "+a"),
            ("a\nb", "b", "-a  b"),
        ];
        for (expected, received, diff) in rows {
            let lines: Vec<String> = line_diff(expected, received)
                .into_iter()
                .map(|(mark, line)| format!("{mark}{line}"))
                .collect();
            assert_eq!(lines.join(" "), diff, "{expected:?} {received:?}");
        }
    }
}
