//! The timeline for people: aligned, coloured by meaning, one entry a line. What is as it
//! always is stays out; `--json` has everything.

use super::explain::explanation_text;
use crate::app::launch::SCENE_MAIN_ENTRY;
use crate::app::timeline::Entry;
use console::{Style, truncate_str};
use serde_json::{Map, Value};

/// Columns of the kind, so that what follows stands in line.
const KIND_WIDTH: usize = 19;

/// Columns before the text.
const INDENT: usize = 13 + KIND_WIDTH;

/// Columns of one value that is an object or a list.
const VALUE_WIDTH: usize = 100;

type Properties = Map<String, Value>;

/// One entry as text, without the line's end.
pub fn line(entry: &Entry) -> String {
    let at = Style::new().dim().apply_to(format!("{:>7} ms", entry.at));
    let kind = style_of(entry).apply_to(format!("{:<KIND_WIDTH$}", entry.kind));
    let text = whose(entry) + &text_of(entry);
    let indented = text.replace('\n', &format!("\n{:INDENT$}", ""));
    format!("{at}  {kind} {indented}").trim_end().to_owned()
}

/// `[wx5e1f] ` before what happens in another app, `[workers/sum.js] ` before what happens in a worker.
fn whose(entry: &Entry) -> String {
    let names = ["app", "worker"].map(|name| text(&entry.properties, name));
    names
        .iter()
        .filter(|name| !name.is_empty())
        .map(|name| format!("[{name}] "))
        .collect()
}

/// What an entry says, after its kind.
pub fn text_of(entry: &Entry) -> String {
    let properties = &entry.properties;
    match entry.kind.as_str() {
        "boot" => boot(properties),
        "restart" | "rollback" => from_to(properties),
        "app.launch" | "app.show" => match properties.get("options") {
            Some(Value::Object(options)) => named(options),
            _ => named(properties),
        },
        "console" => console_text(properties),
        "error" => error_text(properties),
        "modal.show" | "modal.open" => modal(properties),
        "modal.answer" | "actionSheet.answer" => answer(properties),
        "exit" => text(properties, "reason").to_owned(),
        "update.decision" => match serde_json::from_value(Value::Object(properties.clone())) {
            Ok(told) => explanation_text(&told),
            Err(_) => named(properties),
        },
        _ => named(properties),
    }
}

fn style_of(entry: &Entry) -> Style {
    let level = text(&entry.properties, "level");
    match entry.kind.as_str() {
        "error" | "rollback" => Style::new().red().bold(),
        "update.failed"
        | "update.check.failed"
        | "subpackage.failed"
        | "cloud.missing"
        | "plugin.missing"
        | "app.pageNotFound"
        | "page.notFound" => Style::new().red(),
        "boot" | "restart" | "exit" => Style::new().bold(),
        "console" if level == "error" => Style::new().red(),
        "console" if level == "warn" => Style::new().yellow(),
        "console" => Style::new().dim(),
        kind if kind.starts_with("update.") => Style::new().magenta(),
        kind if kind.starts_with("modal.") || kind.starts_with("actionSheet.") => Style::new().yellow(),
        kind if kind.starts_with("app.") || kind.starts_with("page.") => Style::new().cyan(),
        _ => Style::new(),
    }
}

fn text<'p>(properties: &'p Properties, name: &str) -> &'p str {
    properties.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// `wx5e1f 1.0.0 (release 1, develop): why it runs`.
fn boot(properties: &Properties) -> String {
    let mut kind = vec![text(properties, "envVersion").to_owned()];
    if !text(properties, "release").is_empty() {
        kind.insert(0, format!("release {}", text(properties, "release")));
    }
    let reason = text(properties, "reason");
    let version = Some(text(properties, "version")).filter(|version| !version.is_empty());
    let version = version.map(|version| format!(" {version}")).unwrap_or_default();
    format!("{}{version} ({}): {reason}", text(properties, "appId"), kind.join(", "))
}

fn from_to(properties: &Properties) -> String {
    let reason = Some(text(properties, "reason")).filter(|reason| !reason.is_empty());
    let reason = reason.map(|reason| format!(": {reason}")).unwrap_or_default();
    format!("{} -> {}{reason}", text(properties, "from"), text(properties, "to"))
}

fn console_text(properties: &Properties) -> String {
    let (level, said) = (text(properties, "level"), text(properties, "text"));
    if matches!(level, "log" | "") {
        said.to_owned()
    } else {
        format!("[{level}] {said}")
    }
}

/// Message, place, and the frames of the app below it.
fn error_text(properties: &Properties) -> String {
    let mut out = Style::new().red().apply_to(text(properties, "message")).to_string();
    let (origin, stack, file) = (
        text(properties, "origin"),
        text(properties, "stack"),
        text(properties, "file"),
    );
    if !origin.is_empty() {
        out.push_str(&format!(" (in {origin})"));
    }
    if stack.is_empty() && !file.is_empty() {
        out.push_str(&format!("\nat {file}"));
        for place in ["line", "column"] {
            if let Some(number) = properties.get(place).and_then(Value::as_u64) {
                out.push_str(&format!(":{number}"));
            }
        }
    }
    for frame in stack.lines() {
        out.push_str(&format!("\n{}", frame.trim_start()));
    }
    out
}

/// Title and content, then the buttons as they stand on the screen.
fn modal(properties: &Properties) -> String {
    let words = [text(properties, "title"), text(properties, "content")];
    let words: Vec<_> = words.into_iter().filter(|words| !words.is_empty()).collect();
    let mut out = words.join(": ");
    if properties.get("editable") == Some(&Value::Bool(true)) {
        out.push_str(&format!("  <{}>", text(properties, "placeholderText")));
    }
    if properties.get("showCancel") != Some(&Value::Bool(false)) {
        out.push_str(&format!("  [{}]", text(properties, "cancelText")));
    }
    out.push_str(&format!("  [{}]", text(properties, "confirmText")));
    out
}

fn answer(properties: &Properties) -> String {
    if let Some(index) = properties.get("tapIndex") {
        return format!("item {index}");
    }
    let confirmed = properties.get("confirm") == Some(&Value::Bool(true));
    let typed = Some(text(properties, "content")).filter(|typed| !typed.is_empty());
    let typed = typed.map(|typed| format!("  {typed:?}")).unwrap_or_default();
    format!("{}{typed}", if confirmed { "confirm" } else { "cancel" })
}

/// `path?query  name=value ...`: the path first, because it is what one looks for.
fn named(properties: &Properties) -> String {
    let mut parts = Vec::new();
    if properties.contains_key("path") {
        parts.push(format!(
            "{}{}",
            text(properties, "path"),
            query(properties.get("query"))
        ));
    }
    for (name, value) in properties {
        let known = match name.as_str() {
            "path" | "id" | "app" | "worker" => true,
            "query" => properties.contains_key("path"),
            "scene" => *value == SCENE_MAIN_ENTRY,
            "apiCategory" => *value == "default",
            _ => false,
        };
        if !known && let Some(value) = short(value) {
            parts.push(format!("{name}={value}"));
        }
    }
    parts.join("  ")
}

/// `?a=1&b=2` as one would write it.
fn query(query: Option<&Value>) -> String {
    let pairs = query.and_then(Value::as_object).into_iter().flatten();
    let pairs: Vec<_> = pairs
        .map(|(name, value)| format!("{name}={}", value.as_str().unwrap_or_default()))
        .collect();
    if pairs.is_empty() {
        String::new()
    } else {
        format!("?{}", pairs.join("&"))
    }
}

fn short(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::Object(object) if object.is_empty() => None,
        Value::String(text) if !text.contains(' ') && !text.is_empty() => Some(text.clone()),
        Value::String(_) => Some(value.to_string()),
        value => Some(truncate_str(&value.to_string(), VALUE_WIDTH, "...").into_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn shown(kind: &str, properties: Value) -> String {
        let Value::Object(properties) = properties else {
            unreachable!("properties are an object")
        };
        let kind = kind.to_owned();
        console::strip_ansi_codes(&line(&Entry {
            at: 12,
            kind,
            properties,
        }))
        .into_owned()
    }

    #[test]
    fn what_is_as_always_stays_out() {
        let usual = json!({ "path": "a/a", "query": {}, "scene": 1001, "referrerInfo": {}, "apiCategory": "default" });
        let other = json!({ "path": "a/a", "query": { "b": "1" }, "scene": 1011, "referrerInfo": { "appId": "wx1" } });
        let lines = [
            shown("app.show", json!({ "options": usual })),
            shown("app.show", json!({ "options": other })),
            shown(
                "page.load",
                json!({ "path": "a/a", "query": { "b": "1" }, "id": 3, "openType": "navigateTo" }),
            ),
            shown(
                "wx",
                json!({ "name": "setStorage", "args": { "data": "x".repeat(500) } }),
            ),
        ];
        insta::assert_snapshot!(lines.join("\n"), @r#"
        12 ms  app.show            a/a
        12 ms  app.show            a/a?b=1  scene=1011  referrerInfo={"appId":"wx1"}
        12 ms  page.load           a/a?b=1  openType=navigateTo
        12 ms  wx                  name=setStorage  args={"data":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...
        "#);
    }

    #[test]
    fn a_modal_reads_as_it_stands_on_the_screen() {
        let modal = json!({
            "title": "Update", "content": "Restart\nnow?", "showCancel": true, "cancelText": "Later",
            "confirmText": "OK", "editable": false, "placeholderText": "",
        });
        let lines = [
            shown("modal.show", modal),
            shown(
                "modal.answer",
                json!({ "confirm": true, "cancel": false, "content": "" }),
            ),
            shown("modal.answer", json!({ "confirm": false, "cancel": true })),
            shown("restart", json!({ "from": "1.0.0", "to": "1.1.0" })),
        ];
        insta::assert_snapshot!(lines.join("\n"), @"
        12 ms  modal.show          Update: Restart
                                   now?  [Later]  [OK]
        12 ms  modal.answer        confirm
        12 ms  modal.answer        cancel
        12 ms  restart             1.0.0 -> 1.1.0
        ");
    }
}
