//! Decisions about updates for people: what was decided, why, and on what it rested.

use crate::update::explain::{Explanation, Facts, Named, Step};
use crate::update::thresholds::Threshold;
use serde_json::Value;

/// A decision with its facts; the thresholds stand with the first decision of a start only.
pub fn explanation_text(told: &Explanation) -> String {
    let facts = &told.facts;
    let step = match told.step {
        Step::Launch => format!("{} start", facts.launch),
        Step::Check => "after the check".to_owned(),
        Step::Install => "after the download".to_owned(),
    };
    let beside = told.background.as_ref();
    let beside = beside
        .map(|beside| format!(", beside it: {beside}"))
        .unwrap_or_default();
    let mut lines = vec![format!("{step}: {}{beside}: {}", told.act, told.reason)];
    if facts.edition == "development" {
        return lines.remove(0);
    }
    lines.extend(fact_lines(facts));
    if told.step == Step::Launch && facts.launch == "cold" {
        lines.extend(told.thresholds.iter().map(threshold_line));
    }
    lines.join("\n  ")
}

fn fact_lines(facts: &Facts) -> Vec<String> {
    let mut lines = vec![installed_line(facts)];
    let mut line = |value: Option<String>| lines.extend(value);
    let newest = facts.newest.as_ref();
    line(newest.map(|newest| format!("newest known {}: {}", release_text(newest), facts.newest_is)));
    line(facts.found.map(|id| format!("a periodic check has found release {id}")));
    let unused = facts.unused_ms.map(|ms| format!("last used {} ago", ago(ms)));
    let checked = facts.since_check_ms.map(|ms| format!("last check {} ago", ago(ms)));
    let times: Vec<_> = unused.into_iter().chain(checked).collect();
    line((!times.is_empty()).then(|| times.join(", ")));
    line(
        facts
            .patience_ms
            .map(|ms| format!("the registry is not to be asked for {}", ago(ms))),
    );
    line(Some(settings_line(facts)));
    for gray in &facts.buckets {
        let listed = if gray.whitelisted { ", on the whitelist" } else { "" };
        line(Some(format!(
            "user {} is in bucket {} of release {}, which is for {} %{listed}",
            facts.user, gray.bucket, gray.release, gray.percent
        )));
    }
    lines
}

fn installed_line(facts: &Facts) -> String {
    let installed = facts.installed.as_ref().map(release_text);
    let trial = if facts.on_trial { ", on trial" } else { "" };
    let staged = facts.staged.as_ref();
    let staged = staged
        .map(|staged| format!(", staged {}", release_text(staged)))
        .unwrap_or_default();
    format!(
        "installed {}{trial}{staged}",
        installed.unwrap_or_else(|| "nothing".to_owned())
    )
}

/// Mode, minimum and preference, and whose they are.
pub fn settings_line(facts: &Facts) -> String {
    let mode = serde_json::to_value(facts.mode).unwrap_or_default();
    let mut parts = vec![format!("mode {}", mode.as_str().unwrap_or_default())];
    parts.extend(facts.min_version.as_ref().map(|min| format!("minimum {min}")));
    parts.extend(
        facts
            .prefer_local
            .as_ref()
            .map(|prefer| format!("local preferred from {prefer}")),
    );
    let whose = facts
        .settings_of
        .as_ref()
        .map(|of| format!("those of {}", release_text(of)));
    format!(
        "{}; {}",
        parts.join(", "),
        whose.unwrap_or_else(|| "nobody's but the defaults".to_owned())
    )
}

/// `1.1.0 (release 2)`.
pub fn release_text(named: &Named) -> String {
    format!("{} (release {})", named.version, named.id)
}

fn threshold_line(threshold: &Threshold) -> String {
    let is_time = threshold.name.ends_with("Ms");
    let text = |value: &Value| match value {
        Value::Null => "none".to_owned(),
        Value::Number(number) if is_time => ago(number.as_f64().unwrap_or_default()),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let changed = if threshold.value == threshold.default {
        String::new()
    } else {
        format!(", by default {}", text(&threshold.default))
    };
    let name = threshold.name.trim_end_matches("Ms");
    format!(
        "{name:<18} {:<6}{changed} ({})",
        text(&threshold.value),
        threshold.source
    )
}

/// A span of time in its largest unit: `10d`, `1.5h`, `30s`, `20ms`.
pub fn ago(ms: f64) -> String {
    let units = [("d", 86_400_000.0), ("h", 3_600_000.0), ("m", 60_000.0), ("s", 1000.0)];
    let unit = units.iter().find(|(_, length)| ms.abs() >= *length);
    let (name, length) = unit.copied().unwrap_or(("ms", 1.0));
    let number = format!("{:.1}", ms / length);
    format!("{}{name}", number.trim_end_matches(".0"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_in_their_largest_unit() {
        for (ms, text) in [
            (864_000_000.0, "10d"),
            (5_400_000.0, "1.5h"),
            (90_000.0, "1.5m"),
            (30_000.0, "30s"),
            (20.0, "20ms"),
            (0.0, "0ms"),
            (-60_000.0, "-1m"),
        ] {
            assert_eq!(ago(ms), text);
        }
    }
}
