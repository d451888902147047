//! Spans of time as tests write them: `"10d"`, `"30m"`, `"1.5s"`, or a number of milliseconds.

use serde_json::Value;

/// Milliseconds of a span.
///
/// # Errors
/// It is none, in words that show how one looks.
pub fn millis(value: &Value) -> Result<f64, String> {
    let millis = match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => of_text(text),
        _ => None,
    };
    let sound = millis.filter(|ms| ms.is_finite() && *ms >= 0.0);
    sound.ok_or_else(|| {
        format!("{value} is no span of time: write \"300ms\", \"10s\", \"30m\", \"2h\", \"10d\" or milliseconds")
    })
}

fn of_text(text: &str) -> Option<f64> {
    let units = [
        ("ms", 1.0),
        ("s", 1000.0),
        ("m", 60_000.0),
        ("h", 3_600_000.0),
        ("d", 86_400_000.0),
    ];
    let (number, factor) = units
        .iter()
        .find_map(|(unit, factor)| Some((text.trim().strip_suffix(unit)?, *factor)))?;
    let number: f64 = number.trim().parse().ok()?;
    Some(number * factor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn spans() {
        for (given, expected) in [
            (json!(250), 250.0),
            (json!("250ms"), 250.0),
            (json!("1.5s"), 1500.0),
            (json!("30m"), 1_800_000.0),
            (json!(" 2 h"), 7_200_000.0),
            (json!("10d"), 864_000_000.0),
        ] {
            assert_eq!(millis(&given), Ok(expected), "{given}");
        }
        for wrong in [
            json!("soon"),
            json!("-1s"),
            json!(-1),
            json!("10"),
            json!(null),
            json!({}),
            json!("infs"),
        ] {
            assert!(millis(&wrong).unwrap_err().contains("no span of time"), "{wrong}");
        }
    }
}
