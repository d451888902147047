//! A finger on the screen, of which mini games hear.

use super::change::emit;
use crate::wx::Wx;
use serde_json::{Value, json};

/// `"100,200"` or `[100, 200]`.
pub(super) fn place(value: &Value) -> Option<[f64; 2]> {
    let sides: Vec<f64> = match value {
        Value::String(text) => text.split(',').filter_map(|side| side.trim().parse().ok()).collect(),
        Value::Array(list) => list.iter().filter_map(Value::as_f64).collect(),
        _ => return None,
    };
    <[f64; 2]>::try_from(sides)
        .ok()
        .filter(|sides| sides.iter().all(|side| side.is_finite()))
}

/// Tells of one touch; a finger that leaves the screen is among the changed ones only.
pub(super) fn tell(wx: &Wx, event: &str, value: &Value) {
    let Some([x, y]) = place(value) else { return };
    let finger = json!({
        "identifier": 0, "pageX": x, "pageY": y, "clientX": x, "clientY": y, "screenX": x, "screenY": y, "force": 1,
    });
    let is_over = matches!(event, "touchEnd" | "touchCancel");
    let touches = if is_over { json!([]) } else { json!([finger]) };
    let payload = json!({
        "type": event.to_ascii_lowercase(), "touches": touches, "changedTouches": [finger],
        "timeStamp": wx.clock.now_ms(),
    });
    emit(wx, event, &payload);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_two_numbers() {
        assert_eq!(place(&json!("100, 20.5")), Some([100.0, 20.5]));
        assert_eq!(place(&json!([1, 2])), Some([1.0, 2.0]));
        for wrong in [json!("100"), json!("1,2,3"), json!("a,b"), json!([1]), json!(true)] {
            assert_eq!(place(&wrong), None, "{wrong}");
        }
    }
}
