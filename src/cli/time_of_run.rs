//! Times on the command line, and what happens at them.

use crate::app::instance::Control;
use crate::app::launch::LaunchOptions;
use crate::wx::check;
use serde_json::{Value, json};
use std::time::Duration;

const EXPECTED: &str = "expected a time such as 500ms, 10s, 2m, 1h or 10d";

/// `10s`, `500ms`, `2m`, `1h`, `10d`; a bare number is seconds.
pub fn parse_duration(text: &str) -> Result<Duration, String> {
    let split = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at(split);
    let factor = match unit {
        "ms" => 0.001,
        "" | "s" => 1.0,
        "m" => 60.0,
        "h" => 3600.0,
        "d" => 86_400.0,
        _ => return Err(EXPECTED.into()),
    };
    let number: f64 = number.parse().map_err(|_| EXPECTED.to_owned())?;
    Duration::try_from_secs_f64(number * factor).map_err(|_| EXPECTED.to_owned())
}

/// `2s:background`, `5s:foreground`, `5s:foreground=pages/x/x?a=1`, `3s:share=pages/x/x`, `2s:theme=dark`.
pub fn order(text: &str) -> Result<(Duration, Control), String> {
    let expected = "expected TIME:EVENT, such as 2s:background, 5s:foreground=PAGE, 5s:share=PAGE or 2s:theme=dark";
    let (at, what) = text.split_once(':').ok_or(expected)?;
    let at = parse_duration(at)?;
    let what = match what.split_once('=') {
        None if what == "background" => Control::Background,
        None if what == "foreground" => Control::Foreground(LaunchOptions::default()),
        Some(("foreground", page)) => Control::Foreground(LaunchOptions::at(page)),
        Some(("share", page)) => Control::Reopen(shared(page)),
        Some((word, value)) => device(word, value, expected)?,
        None => device(what, "true", expected)?,
    };
    Ok((at, what))
}

/// The card of a chat, opened.
fn shared(page: &str) -> LaunchOptions {
    const SCENE_CHAT_CARD: u32 = 1007;
    LaunchOptions {
        scene: SCENE_CHAT_CARD,
        ..LaunchOptions::at(page)
    }
}

/// Something happens to the device: `location.latitude` and a value as in a device file, or bare text.
fn device(word: &str, value: &str, expected: &str) -> Result<Control, String> {
    let value = toml::from_str::<Value>(&format!("value = {value}"))
        .map_or_else(|_| value.into(), |mut table| table["value"].take());
    let words = word.rsplit('.').fold(value, |inner, part| json!({ part: inner }));
    check(&words).map_err(|error| format!("{expected}; {error}"))?;
    Ok(Control::Device(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_a_time_and_what_happens() {
        let seconds = Duration::from_secs;
        assert_eq!(order("2s:background"), Ok((seconds(2), Control::Background)));
        let Ok((at, Control::Foreground(options))) = order("40m:foreground=/pages/x/x?a=1:2") else {
            unreachable!("it is one")
        };
        assert_eq!(
            (at, options.path.as_str(), &options.query["a"]),
            (seconds(2400), "pages/x/x", &"1:2".into())
        );
        let device = |text: &str| match order(text) {
            Ok((_, Control::Device(words))) => words,
            other => unreachable!("{other:?}"),
        };
        assert_eq!(device("2s:theme=dark"), json!({ "theme": "dark" }));
        assert_eq!(
            device("2s:location.latitude=31.2"),
            json!({ "location": { "latitude": 31.2 } })
        );
        assert_eq!(device("2s:memoryWarning=10"), json!({ "memoryWarning": 10 }));
        assert_eq!(device("2s:screenshot"), json!({ "screenshot": true }));
        let Ok((_, Control::Reopen(options))) = order("1s:share=pages/x/x?a=1") else {
            unreachable!("it is one")
        };
        assert_eq!((options.path.as_str(), options.scene), ("pages/x/x", 1007));
        for wrong in [
            "background",
            "2s:sleep",
            "x:background",
            "2s:background=1",
            "2s:theme=blue",
            "2s:memoryWarning=1",
        ] {
            assert!(order(wrong).is_err(), "{wrong}");
        }
    }
}
