//! Times on the command line, and what happens at them.

use crate::app::instance::Control;
use crate::app::launch::LaunchOptions;
use std::time::Duration;

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
        _ => return Err("expected a time such as 500ms, 10s, 2m, 1h or 10d".into()),
    };
    let number: f64 = number
        .parse()
        .map_err(|_| "expected a time such as 500ms, 10s or 2m".to_owned())?;
    Duration::try_from_secs_f64(number * factor).map_err(|error| error.to_string())
}

/// `2s:background`, `5s:foreground`, `5s:foreground=pages/x/x?a=1`.
pub fn order(text: &str) -> Result<(Duration, Control), String> {
    let expected = "expected TIME:background, TIME:foreground or TIME:foreground=PAGE, such as 2s:background";
    let (at, what) = text.split_once(':').ok_or(expected)?;
    let what = match what.split_once('=') {
        None if what == "background" => Control::Background,
        None if what == "foreground" => Control::Foreground(LaunchOptions::default()),
        Some(("foreground", page)) => Control::Foreground(LaunchOptions::at(page)),
        _ => return Err(expected.to_owned()),
    };
    Ok((parse_duration(at)?, what))
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
        for wrong in ["background", "2s:sleep", "x:background", "2s:background=1"] {
            assert!(order(wrong).is_err(), "{wrong}");
        }
    }
}
