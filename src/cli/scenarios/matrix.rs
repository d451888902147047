//! The report for people: the findings first, then one row for each policy, outcome and moment.

use crate::scenario::{Code, Group, LeftOut, Person, Report, Row, Scenario, Severity};
use console::{Alignment, Style, measure_text_width, pad_str};
use std::fmt::Write as _;

/// So many scenarios of a finding are named.
const NAMED: usize = 3;

/// Between columns.
const GAP: usize = 2;

/// The whole report.
pub fn text(report: &Report) -> String {
    let mut out = head(report);
    let (anyway, findings): (Vec<&Group>, Vec<&Group>) = report
        .findings
        .iter()
        .partition(|group| group.code == Code::ErrorAnyway);
    for group in findings {
        out.push_str(&finding(group, report));
    }
    if !anyway.is_empty() {
        let words = match anyway.len() {
            1 => "1 uncaught error comes without an update as well".to_owned(),
            count => format!("{count} uncaught errors come without an update as well"),
        };
        let _ = writeln!(
            out,
            "{}\n",
            Style::new().dim().apply_to(words + "; --json and --html have them")
        );
    }
    out.push_str(&table(report));
    out
}

fn head(report: &Report) -> String {
    let bold = Style::new().bold();
    let count = |severity| {
        report
            .findings
            .iter()
            .filter(|group| group.severity == severity)
            .count()
    };
    let counted = [
        (Severity::Error, "error"),
        (Severity::Warning, "warning"),
        (Severity::Note, "note"),
    ];
    let counts = counted.map(|(severity, word)| {
        let count = count(severity);
        let words = format!("{count} {word}{}", if count == 1 { "" } else { "s" });
        if count == 0 {
            words
        } else {
            style(severity).apply_to(words).to_string()
        }
    });
    let versions = format!("{} {} -> {}", report.app_id, report.version, report.next_version);
    let scenarios = report.scenarios.len();
    format!(
        "{}  {scenarios} scenarios: {}\n\n",
        bold.apply_to(versions),
        counts.join(", ")
    )
}

fn style(severity: Severity) -> Style {
    match severity {
        Severity::Error => Style::new().red().bold(),
        Severity::Warning => Style::new().yellow(),
        Severity::Note => Style::new().cyan(),
    }
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn finding(group: &Group, report: &Report) -> String {
    let kind = format!("{} {:<7} {}", group.mark, word(group.severity), group.code.name());
    let mut out = format!("{}", style(group.severity).apply_to(kind));
    let place = group.place.text();
    if !place.is_empty() {
        // The new version's places are told apart from the old one's, which are what is looked at first.
        let version = group
            .place
            .version
            .as_deref()
            .filter(|version| *version != report.version);
        let version = version.map(|version| format!(" of {version}")).unwrap_or_default();
        let _ = write!(out, "  {}{version}", Style::new().bold().apply_to(place));
    }
    let _ = write!(out, "\n  {}\n", group.message.replace('\n', "\n  "));
    let dim = Style::new().dim();
    let _ = writeln!(out, "  {}\n", dim.apply_to(scenarios(group, report.scenarios.len())));
    out
}

fn scenarios(group: &Group, total: usize) -> String {
    let all = &group.scenarios;
    if all.len() == total {
        return "in every scenario".into();
    }
    let named: Vec<String> = all.iter().take(NAMED).map(Scenario::to_string).collect();
    let more = all.len().saturating_sub(NAMED);
    let more = if more == 0 {
        String::new()
    } else {
        format!(" and {more} more")
    };
    format!("in {}{more}", named.join(", "))
}

/// The cells of one combination, by person.
type Cells = Vec<String>;

struct Line {
    heads: [String; 3],
    cells: Cells,
}

fn table(report: &Report) -> String {
    let persons: Vec<Person> = Person::ALL
        .iter()
        .copied()
        .filter(|person| report.scenarios.iter().any(|row| row.id.person == *person))
        .collect();
    let titles = ["policy", "outcome", "moment"].map(str::to_owned);
    let names = persons.iter().map(|person| person.name().to_owned()).collect();
    let mut lines = vec![Line {
        heads: titles,
        cells: names,
    }];
    lines.extend(merged(combinations(report, &persons)));
    repeated_heads_left_out(&mut lines);
    let mut out = laid_out(&lines);
    out.push_str(&legend(report));
    out
}

fn combinations(report: &Report, persons: &[Person]) -> Vec<(Scenario, Cells)> {
    let mut all: Vec<(Scenario, Cells)> = Vec::new();
    for row in &report.scenarios {
        let combination = row.id.with(Person::Confirms);
        if all.last().is_none_or(|(last, _)| *last != combination) {
            all.push((combination, vec![String::new(); persons.len()]));
        }
        if let (Some((_, cells)), Some(column)) = (all.last_mut(), persons.iter().position(|it| *it == row.id.person)) {
            cells[column] = cell(row, report);
        }
    }
    all
}

/// What ran in the end, what the next cold start comes to where that is another one, and the letters of the findings.
fn cell(row: &Row, report: &Report) -> String {
    let letters: Vec<String> = (report.findings.iter())
        .filter(|group| row.findings.contains(&group.mark) && group.severity != Severity::Note)
        .map(|group| style(group.severity).apply_to(&group.mark).to_string())
        .collect();
    let mut text = if row.same_as.is_some() {
        Style::new().dim().apply_to("=").to_string()
    } else {
        versions(row, report)
    };
    if !letters.is_empty() {
        let _ = write!(text, " {}", letters.join(" "));
    }
    text
}

fn versions(row: &Row, report: &Report) -> String {
    let shown = |version: Option<&str>| match version {
        None => Style::new().red().apply_to("not opened").to_string(),
        Some(version) if version == report.next_version => Style::new().green().apply_to(version).to_string(),
        Some(version) => version.to_owned(),
    };
    let (end, next) = (row.facts.end.as_deref(), row.facts.next_start.as_deref());
    let back = if row.facts.rolled_back { " (back)" } else { "" };
    if end == next {
        return format!("{}{back}", shown(end));
    }
    format!("{}{back}, then {}", shown(end), shown(next))
}

/// Moments of one outcome that come to the same stand on one line.
fn merged(combinations: Vec<(Scenario, Cells)>) -> Vec<Line> {
    let mut lines: Vec<(Scenario, Vec<&'static str>, Cells)> = Vec::new();
    for (scenario, cells) in combinations {
        let same = |other: &Scenario| (other.policy, other.outcome) == (scenario.policy, scenario.outcome);
        match lines
            .iter_mut()
            .find(|(other, _, known)| same(other) && *known == cells)
        {
            Some((_, moments, _)) => moments.push(scenario.moment.name()),
            None => lines.push((scenario, vec![scenario.moment.name()], cells)),
        }
    }
    let line = |(scenario, moments, cells): (Scenario, Vec<&str>, Cells)| Line {
        heads: [
            scenario.policy.name().to_owned(),
            scenario.outcome.name().to_owned(),
            if moments.len() == 5 {
                "any".to_owned()
            } else {
                moments.join(", ")
            },
        ],
        cells,
    };
    lines.into_iter().map(line).collect()
}

fn repeated_heads_left_out(lines: &mut [Line]) {
    for number in (1..lines.len()).rev() {
        let (before, line) = lines.split_at_mut(number);
        let (before, line) = (&before[number - 1].heads, &mut line[0].heads);
        if before[0] == line[0] {
            line[0].clear();
            if before[1] == line[1] {
                line[1].clear();
            }
        }
    }
}

fn laid_out(lines: &[Line]) -> String {
    let columns = lines.first().map_or(0, |line| line.heads.len() + line.cells.len());
    let texts: Vec<Vec<&str>> = (lines.iter())
        .map(|line| line.heads.iter().chain(&line.cells).map(String::as_str).collect())
        .collect();
    let width = |column: usize| {
        texts
            .iter()
            .map(|line| measure_text_width(line[column]))
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut out = String::new();
    for (number, line) in texts.iter().enumerate() {
        let padded: Vec<String> = (line.iter().zip(&widths))
            .map(|(text, width)| pad_str(text, width + GAP, Alignment::Left, None).into_owned())
            .collect();
        let line = padded.concat();
        let line = line.trim_end();
        if number == 0 {
            let _ = writeln!(out, "{}", Style::new().dim().apply_to(line));
        } else {
            let _ = writeln!(out, "{line}");
        }
    }
    out
}

fn legend(report: &Report) -> String {
    let lettered = report.findings.iter().any(|group| group.severity != Severity::Note);
    let letters = if lettered { "; letters: the findings above" } else { "" };
    let words = format!(
        "\nthe version that runs in the end, then that of the next cold start where it is another;\n\
         = as on the left: nobody was asked what could make a difference{letters}\n"
    );
    Style::new().dim().apply_to(words).to_string()
}

/// `--list`: every scenario, and every combination that is left out.
pub fn list(wanted: &[Scenario], left_out: &[LeftOut]) -> String {
    let mut out = String::new();
    for scenario in wanted {
        let _ = writeln!(out, "{scenario}");
    }
    let _ = writeln!(out, "\nleft out:");
    let width = left_out.iter().map(|left| left.combination.len()).max().unwrap_or(0);
    for left in left_out {
        let _ = writeln!(out, "{:<width$}  {}", left.combination, left.why);
    }
    out
}
