//! The timeline for people: aligned, coloured by meaning, one entry a line.

use crate::app::timeline::Entry;
use console::Style;
use serde_json::{Map, Value};

/// Columns of the kind, so that what follows stands in line.
const KIND_WIDTH: usize = 16;

/// One entry as text, without the line's end.
pub fn line(entry: &Entry) -> String {
    let at = Style::new().dim().apply_to(format!("{:>7} ms", entry.at));
    let kind = style_of(entry).apply_to(format!("{:<KIND_WIDTH$}", entry.kind));
    let text = match entry.kind.as_str() {
        "console" => console_text(&entry.properties),
        "error" => return format!("{at}  {kind} {}", error_text(&entry.properties)),
        _ => properties(&entry.properties),
    };
    let indented = text.replace('\n', &format!("\n{:width$}", "", width = 13 + KIND_WIDTH));
    format!("{at}  {kind} {indented}").trim_end().to_owned()
}

fn style_of(entry: &Entry) -> Style {
    let level = entry.properties.get("level").and_then(Value::as_str);
    match entry.kind.as_str() {
        "error" | "rollback" => Style::new().red().bold(),
        "update.failed" | "update.check.failed" => Style::new().red(),
        "boot" | "restart" | "exit" => Style::new().bold(),
        "console" if level == Some("error") => Style::new().red(),
        "console" if level == Some("warn") => Style::new().yellow(),
        "console" => Style::new().dim(),
        kind if kind.starts_with("update.") => Style::new().magenta(),
        kind if kind.starts_with("modal.") || kind.starts_with("actionSheet.") => Style::new().yellow(),
        kind if kind.starts_with("app.") || kind.starts_with("page.") => Style::new().cyan(),
        _ => Style::new(),
    }
}

fn console_text(properties: &Map<String, Value>) -> String {
    let level = properties.get("level").and_then(Value::as_str).unwrap_or("log");
    let text = properties.get("text").and_then(Value::as_str).unwrap_or_default();
    if level == "log" {
        text.to_owned()
    } else {
        format!("[{level}] {text}")
    }
}

/// Message, place, and the frames of the app below it.
fn error_text(properties: &Map<String, Value>) -> String {
    let text = |name: &str| properties.get(name).and_then(Value::as_str).unwrap_or_default();
    let red = Style::new().red();
    let mut out = red.apply_to(text("message")).to_string();
    let origin = text("origin");
    if !origin.is_empty() {
        out.push_str(&format!(" (in {origin})"));
    }
    let stack = text("stack");
    if stack.is_empty() && !text("file").is_empty() {
        out.push_str(&format!("\n{:width$}at {}", "", text("file"), width = 13 + KIND_WIDTH));
    }
    for frame in stack.lines() {
        out.push_str(&format!(
            "\n{:width$}{}",
            "",
            frame.trim_start(),
            width = 13 + KIND_WIDTH
        ));
    }
    out
}

/// `path  name=value ...`: the path first, because it is what one looks for.
fn properties(properties: &Map<String, Value>) -> String {
    let mut parts = Vec::new();
    if let Some(path) = properties.get("path").and_then(Value::as_str) {
        parts.push(path.to_owned());
    }
    for (name, value) in properties.iter().filter(|(name, _)| *name != "path" && *name != "id") {
        match value {
            Value::Null => {}
            Value::Object(object) if object.is_empty() => {}
            Value::String(text) if !text.contains(' ') && !text.is_empty() => parts.push(format!("{name}={text}")),
            value => parts.push(format!("{name}={value}")),
        }
    }
    parts.join("  ")
}
