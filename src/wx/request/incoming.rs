//! What comes back: an HTTP answer as the result of `wx.request`.

use crate::wx::exchange::{Head, decode};
use crate::wx::{Args, Payload};
use serde::de::IgnoredAny;
use serde_json::{Value, json};

/// What the app wants the answer to be.
#[derive(Debug, Clone, Copy)]
pub struct Expected {
    /// `enableChunked`: the body goes to `onChunkReceived`, the result has none.
    pub chunked: bool,
    binary: bool,
    json: bool,
}

impl Expected {
    /// From the option object.
    pub fn of(args: &Args) -> Self {
        Self {
            chunked: args.truthy("enableChunked"),
            binary: args.text("responseType") == "arraybuffer",
            json: args.text("dataType") == "json",
        }
    }
}

/// The result of the call. JSON bodies are only checked here and go to the app as they came.
pub fn result(expected: Expected, head: &Head, body: Vec<u8>, profile: &Value) -> Payload {
    let rest = json!({
        "statusCode": head.status,
        "header": head.header,
        "cookies": head.cookies,
        "profile": profile,
        "exception": { "retryCount": 0, "reasons": [] },
    })
    .to_string();
    if expected.binary && !expected.chunked {
        let payload = Payload {
            json: rest,
            ..Payload::default()
        };
        return payload.with_buffer("data", body);
    }
    let text = decode(&body, head.charset.as_deref());
    let data = match expected.json && serde_json::from_str::<IgnoredAny>(&text).is_ok() {
        true => text,
        false => Value::String(text).to_string(),
    };
    Payload {
        json: format!("{{\"data\":{data},{}", &rest[1..]),
        ..Payload::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wx::Wx;
    use serde_json::Map;

    fn data(data_type: &str, body: &[u8], charset: Option<&str>) -> Value {
        let head = Head {
            status: 200,
            header: Map::new(),
            cookies: Vec::new(),
            charset: charset.map(str::to_owned),
            length: None,
            content_type: String::new(),
        };
        let expected = Expected::of(&Wx::args(json!({ "dataType": data_type })));
        result(expected, &head, body.to_vec(), &json!({})).value()["data"].clone()
    }

    #[test]
    fn json_is_parsed_where_it_is_json() {
        for (data_type, body, expected) in [
            ("json", r#"{"a":[1]}"#, json!({ "a": [1] })),
            ("json", "12", json!(12)),
            ("json", "{'a':1}", json!("{'a':1}")),
            ("json", "", json!("")),
            ("text", r#"{"a":1}"#, json!(r#"{"a":1}"#)),
            ("json", "\u{feff}[1]", json!([1])),
        ] {
            assert_eq!(data(data_type, body.as_bytes(), None), expected, "{data_type} {body}");
        }
    }

    #[test]
    fn other_encodings_become_text() {
        assert_eq!(data("text", &[0xD6, 0xD0], Some("gbk")), "中");
        assert_eq!(data("text", &[0xE4, 0xB8, 0xAD], Some("nonsense")), "中");
    }
}
