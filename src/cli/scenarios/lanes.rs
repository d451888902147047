//! A timeline as one looks at it: time down the page, one lane each for the update, the app and the person.

use crate::app::timeline::Entry;
use crate::cli::timeline_text::text_of;
use crate::scenario::Session;
use console::strip_ansi_codes;
use std::fmt::Write as _;

/// The lanes, from left to right.
const LANES: [&str; 3] = ["update", "app", "person"];

/// A session as a table.
pub fn table(title: &str, session: &Session) -> String {
    let mut out = format!(
        "<table class=\"lanes\"><caption>{}</caption><tr><th>ms</th>",
        escaped(title)
    );
    for lane in LANES {
        let _ = write!(out, "<th>{lane}</th>");
    }
    out.push_str("</tr>\n");
    for entry in session
        .entries
        .iter()
        .filter(|entry| entry.kind != "wx.call" || is_about_update(entry))
    {
        out.push_str(&row(entry));
    }
    if let Some(reason) = &session.cannot_open {
        let _ = writeln!(
            out,
            "<tr class=\"error\"><td></td><td colspan=\"3\">not opened: {}</td></tr>",
            escaped(reason)
        );
    }
    out.push_str("</table>\n");
    out
}

/// Where a dialog or a loading mark comes up it is shown itself.
fn is_about_update(entry: &Entry) -> bool {
    !matches!(Session::text(entry, "name"), "showModal" | "showLoading") || entry.properties.contains_key("error")
}

fn row(entry: &Entry) -> String {
    let lane = lane(&entry.kind);
    let mut cells = [const { String::new() }; 3];
    let text = match entry.kind.as_str() {
        "wx.call" => call(entry),
        _ => strip_ansi_codes(&text_of(entry)).into_owned(),
    };
    cells[lane] = format!(
        "<b>{}</b> {}",
        escaped(&entry.kind),
        escaped(&text).replace('\n', "<br/>")
    );
    let mut out = format!("<tr class=\"{}\"><td>{}</td>", class(&entry.kind), entry.at);
    for cell in cells {
        let _ = write!(out, "<td>{cell}</td>");
    }
    out.push_str("</tr>\n");
    out
}

/// `applyUpdate() app.js:12: why it failed`.
fn call(entry: &Entry) -> String {
    let place = [Session::text(entry, "file"), ":"].concat();
    let line = entry
        .properties
        .get("line")
        .map(ToString::to_string)
        .unwrap_or_default();
    let error = Session::text(entry, "error");
    let error = if error.is_empty() {
        String::new()
    } else {
        format!(": {error}")
    };
    format!("{}() {place}{line}{error}", Session::text(entry, "name"))
}

fn lane(kind: &str) -> usize {
    let first = kind.split('.').next().unwrap_or_default();
    match first {
        "boot" | "restart" | "rollback" | "update" | "exit" | "open" => 0,
        "modal" | "actionSheet" | "toast" | "loading" | "person" | "permission" => 2,
        _ => 1,
    }
}

fn class(kind: &str) -> &str {
    match kind {
        "error" | "rollback" | "open.failed" => "error",
        "update.failed" | "update.check.failed" => "bad",
        "boot" | "restart" | "exit" => "step",
        kind => kind.split('.').next().unwrap_or_default(),
    }
}

/// Text as it may stand in a page.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // What a page must not hold.
            c if c.is_control() && !matches!(c, '\n' | '\t') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
