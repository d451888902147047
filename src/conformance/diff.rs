//! Line by line, what was expected and what came.

/// How many equal lines are shown before and after one that differs.
const AROUND: usize = 3;

/// More pairs of lines than these are not compared with each other.
const MOST_PAIRS: usize = 4_000_000;

/// Longest diff that is shown, in lines.
const LONGEST_DIFF: usize = 60;

/// What was expected beside what came.
pub(super) enum Compared {
    /// Both on a line.
    Pair(String, String),
    /// Line by line, each with its mark, and how many lines more there are.
    Lines(Vec<(char, String)>, usize),
}

/// Compares two values, as texts. Strings of several lines are compared by these.
pub(super) fn compared(expected: &str, received: &str) -> Compared {
    if let (Some(expected), Some(received)) = (unfolded(expected), unfolded(received)) {
        return by_lines(&expected, &received);
    }
    if expected.contains('\n') || received.contains('\n') {
        return by_lines(expected, received);
    }
    let (expected, received) = around_difference(expected, received);
    Compared::Pair(expected, received)
}

fn by_lines(expected: &str, received: &str) -> Compared {
    let mut lines = line_diff(expected, received);
    let more = lines.len().saturating_sub(LONGEST_DIFF);
    lines.truncate(LONGEST_DIFF);
    Compared::Lines(lines, more)
}

/// Lines of both texts: `-` for those of `expected` alone, `+` for those of `received` alone. Of equal ones, those near
/// a difference; `@` says how many were left out.
fn line_diff(expected: &str, received: &str) -> Vec<(char, String)> {
    near(&whole_diff(expected, received))
}

/// All lines of both texts.
fn whole_diff<'t>(expected: &'t str, received: &'t str) -> Vec<(char, &'t str)> {
    let a: Vec<&str> = expected.lines().collect();
    let b: Vec<&str> = received.lines().collect();
    let begin = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let rests = (a[begin..].iter().rev()).zip(b[begin..].iter().rev());
    let end = rests.take_while(|(a, b)| a == b).count();
    let (between_a, between_b) = (&a[begin..a.len() - end], &b[begin..b.len() - end]);
    let same = |lines: &[&'t str]| lines.iter().map(|line| (' ', *line)).collect::<Vec<_>>();
    let mut lines = same(&a[..begin]);
    lines.extend(between(between_a, between_b));
    lines.extend(same(&a[a.len() - end..]));
    lines
}

/// The lines of what differs at both its ends.
fn between<'t>(a: &[&'t str], b: &[&'t str]) -> Vec<(char, &'t str)> {
    if a.len() * b.len() > MOST_PAIRS {
        let only = |mark, lines: &[&'t str]| lines.iter().map(|line| (mark, *line)).collect::<Vec<_>>();
        return [only('-', a), only('+', b)].concat();
    }
    let lengths = common_lengths(a, b);
    let (mut i, mut j) = (0, 0);
    let mut lines = Vec::new();
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            lines.push((' ', a[i]));
            (i, j) = (i + 1, j + 1);
        } else if j >= b.len() || (i < a.len() && lengths[i + 1][j] >= lengths[i][j + 1]) {
            lines.push(('-', a[i]));
            i += 1;
        } else {
            lines.push(('+', b[j]));
            j += 1;
        }
    }
    lines
}

/// `[i][j]`: how many lines the rests `a[i..]` and `b[j..]` have in common, in order.
fn common_lengths(a: &[&str], b: &[&str]) -> Vec<Vec<u32>> {
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

/// Without the equal lines that are far from every difference.
fn near(lines: &[(char, &str)]) -> Vec<(char, String)> {
    let mut shown = Vec::new();
    let mut left_out = 0;
    for (at, (mark, line)) in lines.iter().enumerate() {
        let around = at.saturating_sub(AROUND)..(at + AROUND + 1).min(lines.len());
        if lines[around].iter().any(|(mark, _)| *mark != ' ') {
            push_gap(&mut shown, &mut left_out);
            shown.push((*mark, (*line).to_owned()));
        } else {
            left_out += 1;
        }
    }
    push_gap(&mut shown, &mut left_out);
    shown
}

fn push_gap(shown: &mut Vec<(char, String)>, left_out: &mut usize) {
    match std::mem::take(left_out) {
        0 => {}
        1 => shown.push(('@', "1 equal line".into())),
        n => shown.push(('@', format!("{n} equal lines"))),
    }
}

/// What a text on one line stands for, where that has several lines: a string as its own lines.
fn unfolded(text: &str) -> Option<String> {
    let string: String = serde_json::from_str(text).ok()?;
    string.contains('\n').then_some(string)
}

/// Two long lines, cut to where they differ.
fn around_difference(expected: &str, received: &str) -> (String, String) {
    const LONGEST: usize = 300;
    const BEFORE: usize = 60;
    let (a, b): (Vec<char>, Vec<char>) = (expected.chars().collect(), received.chars().collect());
    if a.len().max(b.len()) <= LONGEST {
        return (expected.to_owned(), received.to_owned());
    }
    let same = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let from = same.saturating_sub(BEFORE);
    let cut = |line: &[char]| {
        let end = (from + LONGEST).min(line.len());
        let text: String = line.get(from..end).unwrap_or_default().iter().collect();
        let before = if from > 0 {
            format!("... {from} characters ... ")
        } else {
            String::new()
        };
        let after = match line.len() - end.min(line.len()) {
            0 => String::new(),
            left => format!(" ... {left} characters"),
        };
        format!("{before}{text}{after}")
    };
    (cut(&a), cut(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(expected: &str, received: &str) -> String {
        let lines = line_diff(expected, received).into_iter();
        let lines: Vec<String> = lines.map(|(mark, line)| format!("{mark}{line}")).collect();
        lines.join(" ")
    }

    #[test]
    fn diffs() {
        let rows = [
            ("a", "b", "-a +b"),
            ("a\nb\nc", "a\nx\nc", " a -b +x  c"),
            ("", "a", "+a"),
            ("a\nb", "b", "-a  b"),
            ("a\nb\nc\nd", "b\nx\nd", "-a  b -c +x  d"),
        ];
        for (expected, received, diff) in rows {
            assert_eq!(told(expected, received), diff, "{expected:?} {received:?}");
        }
    }

    #[test]
    fn equal_lines_far_from_a_difference_are_counted() {
        let lines = |change: &str| {
            let line = |n: usize| if n == 10 { change.to_owned() } else { n.to_string() };
            (1..=20).map(line).collect::<Vec<_>>().join("\n")
        };
        let diff = "@6 equal lines  7  8  9 -a +b  11  12  13 @7 equal lines";
        assert_eq!(told(&lines("a"), &lines("b")), diff);
    }

    #[test]
    fn texts_of_many_thousand_lines_are_compared_all_the_same() {
        let lines = |from: usize| {
            (from..from + 30_000)
                .map(|n| n.to_string())
                .collect::<Vec<_>>()
                .join("\n")
        };
        assert_eq!(line_diff(&lines(0), &lines(50_000)).len(), 60_000);
    }

    #[test]
    fn long_lines_are_shown_where_they_differ() {
        let (a, b) = (format!("{}a", "x".repeat(500)), format!("{}b", "x".repeat(500)));
        let (a, b) = around_difference(&a, &b);
        let x = "x".repeat(60);
        assert_eq!(
            (a, b),
            (
                format!("... 440 characters ... {x}a"),
                format!("... 440 characters ... {x}b")
            )
        );
        assert_eq!(around_difference("a", "b"), ("a".into(), "b".into()));
    }
}
