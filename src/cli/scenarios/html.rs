//! The report as one page: findings, the matrix, and the timeline of every scenario that was run. It needs nothing else:
//! no script, no other file.

use super::lanes::{escaped, table};
use crate::scenario::{Explored, Facts, Group, Person, Record, Report, Row, Severity};
use std::fmt::Write as _;

const STYLE: &str = "
:root { color-scheme: light dark; --line: #8884; --dim: #8889; --error: #d32f2f; --warning: #b26a00; --note: #0277bd; --good: #2e7d32; --update: #8e24aa }
body { font: 14px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem }
code, .lanes, .matrix { font-family: ui-monospace, monospace; font-size: 12px }
table { border-collapse: collapse; margin: .5rem 0 1.5rem }
th, td { text-align: left; vertical-align: top; padding: .15rem .6rem; border-bottom: 1px solid var(--line) }
caption { text-align: left; font-weight: bold; padding: .3rem 0 }
.lanes { width: 100%; table-layout: fixed } .lanes td { overflow-wrap: anywhere } .lanes th:first-child { width: 5rem }
.lanes td:first-child { text-align: right; color: var(--dim) } .lanes b { font-weight: 600 }
.error { color: var(--error) } .warning { color: var(--warning) } .note { color: var(--note) } .new { color: var(--good) } .same { color: var(--dim) }
.update b { color: var(--update) } .bad td { color: var(--error) } .modal b, .actionSheet b { color: var(--warning) } .step td { font-weight: bold }
details { border-top: 1px solid var(--line); padding: .3rem 0 } summary { cursor: pointer } details:target { outline: 2px solid var(--note) }
.finding { margin: 0 0 1rem } .finding p { margin: .1rem 0 }
";

/// The whole page.
pub fn page(report: &Report, explored: &Explored) -> String {
    let title = format!("{} {} -> {}", report.app_id, report.version, report.next_version);
    let title = escaped(&title);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    );
    let _ = writeln!(
        out,
        "<p>{} scenarios, {} of them run.</p>",
        report.scenarios.len(),
        report.ran
    );
    out.push_str("<h2>Findings</h2>\n");
    if report.findings.is_empty() {
        out.push_str("<p>None.</p>\n");
    }
    report
        .findings
        .iter()
        .for_each(|group| out.push_str(&finding(group, report)));
    out.push_str("<h2>Scenarios</h2>\n");
    out.push_str(&matrix(report));
    out.push_str("<h2>Timelines</h2>\n");
    for (record, row) in explored.records.iter().zip(&report.scenarios) {
        if record.same_as.is_none() {
            out.push_str(&scenario(record, row));
        }
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn finding(group: &Group, report: &Report) -> String {
    let (mark, code, place) = (&group.mark, group.code.name(), group.place.text());
    let version = group.place.version.as_deref().unwrap_or_default();
    let mut out = format!(
        "<div class=\"finding\" id=\"finding-{mark}\"><p class=\"{}\"><b>{mark} {code}</b> <code>{} {}</code></p><p>{}</p><p>",
        class(group.severity),
        escaped(&place),
        escaped(version),
        escaped(&group.message).replace('\n', "<br/>"),
    );
    let links: Vec<String> = (group.scenarios.iter())
        .map(|scenario| {
            // One that was not run has no timeline of its own.
            let row = report.scenarios.iter().find(|row| row.id == *scenario);
            let shown = row.and_then(|row| row.same_as).unwrap_or(*scenario);
            format!("<a href=\"#{shown}\"><code>{scenario}</code></a> ")
        })
        .collect();
    let (first, more) = links.split_at(links.len().min(LINKS));
    out += &first.concat();
    out += "</p>";
    if !more.is_empty() {
        let (number, more) = (more.len(), more.concat());
        let _ = write!(out, "<details><summary>{number} more</summary><p>{more}</p></details>");
    }
    out.push_str("</div>\n");
    out
}

/// How many scenarios of a finding are shown before somebody unfolds the others.
const LINKS: usize = 6;

fn matrix(report: &Report) -> String {
    let mut out = String::from("<table class=\"matrix\"><tr><th>policy</th><th>outcome</th><th>moment</th>");
    for person in Person::ALL {
        let _ = write!(out, "<th title=\"{}\">{}</th>", escaped(person.words()), person.name());
    }
    out.push_str("</tr>\n");
    let mut rows = report.scenarios.iter().peekable();
    while let Some(first) = rows.next() {
        let combination = first.id.with(Person::Confirms);
        let mut all = vec![first];
        while let Some(row) = rows.next_if(|row| row.id.with(Person::Confirms) == combination) {
            all.push(row);
        }
        let id = first.id;
        let heads = [
            (id.policy.name(), id.policy.words()),
            (id.outcome.name(), id.outcome.words()),
            (id.moment.name(), id.moment.words()),
        ];
        out.push_str("<tr>");
        for (name, words) in heads {
            let _ = write!(out, "<td title=\"{}\">{name}</td>", escaped(words));
        }
        for person in Person::ALL {
            let row = all.iter().find(|row| row.id.person == *person);
            let _ = write!(out, "<td>{}</td>", row.map(|row| cell(row, report)).unwrap_or_default());
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table>\n");
    out
}

fn cell(row: &Row, report: &Report) -> String {
    let shown = |version: &Option<String>| match version {
        None => "<span class=\"error\">not opened</span>".to_owned(),
        Some(version) if *version == report.next_version => format!("<span class=\"new\">{}</span>", escaped(version)),
        Some(version) => escaped(version),
    };
    let Facts { end, next_start, .. } = &row.facts;
    let mut out = match row.same_as {
        Some(same) => format!("<a class=\"same\" href=\"#{same}\">=</a>"),
        None if end == next_start => format!("<a href=\"#{}\">{}</a>", row.id, shown(end)),
        None => format!("<a href=\"#{}\">{}, then {}</a>", row.id, shown(end), shown(next_start)),
    };
    for group in report
        .findings
        .iter()
        .filter(|group| row.findings.contains(&group.mark))
    {
        let (class, mark) = (class(group.severity), &group.mark);
        let _ = write!(out, " <a class=\"{class}\" href=\"#finding-{mark}\">{mark}</a>");
    }
    out
}

fn scenario(record: &Record, row: &Row) -> String {
    let id = record.scenario;
    let marks = if row.findings.is_empty() {
        String::new()
    } else {
        format!(" <span class=\"error\">{}</span>", row.findings.join(" "))
    };
    let words = [
        id.policy.words(),
        id.outcome.words(),
        id.moment.words(),
        id.person.words(),
    ];
    format!(
        "<details id=\"{id}\"><summary><code>{id}</code>{marks}</summary>\n<p>{}.</p>\n{}{}</details>\n",
        escaped(&words.join("; ")),
        table("The session", &record.first),
        table("The next cold start", &record.next),
    )
}
