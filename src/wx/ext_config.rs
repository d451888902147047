//! What a third-party platform put into the package's `ext.json` for this one app.

use super::{Api, Args, Outcome, Wx, ok_with};
use serde_json::{Value, json};

/// Rows of this family.
pub const APIS: &[Api] = &[Api::both("getExtConfig", "extConfig", &[], ext_config).since("1.1.0")];

/// An app without `ext.json`, or with one that is switched off, gets an empty object.
fn ext_config(wx: &mut Wx, _: &Args) -> Outcome {
    let text = wx.files.of_package("ext.json").unwrap_or_default();
    ok_with(json!({ "extConfig": ext_of(&text) }))
}

fn ext_of(text: &[u8]) -> Value {
    let file: Value = serde_json::from_slice(text).unwrap_or_default();
    let enabled = file.get("extEnable").and_then(Value::as_bool).unwrap_or(false);
    let ext = file.get("ext").filter(|ext| enabled && ext.is_object());
    ext.cloned().unwrap_or_else(|| json!({}))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_enabled_file_counts() {
        let ext = |text: &str| ext_of(text.as_bytes());
        assert_eq!(ext(r#"{"extEnable":true,"ext":{"a":1}}"#), json!({ "a": 1 }));
        for nothing in [
            "",
            "{",
            r#"{"ext":{"a":1}}"#,
            r#"{"extEnable":true}"#,
            r#"{"extEnable":true,"ext":5}"#,
        ] {
            assert_eq!(ext(nothing), json!({}), "{nothing}");
        }
    }
}
