//! What comes back: an HTTP answer as the result of `wx.request`.

use super::Times;
use crate::system::WebResponse;
use crate::wx::{Args, Payload};
use serde::de::IgnoredAny;
use serde_json::{Map, Value, json};

/// Names that are not simply written with capitals after each hyphen.
const SPELLINGS: [(&str, &str); 3] = [("etag", "ETag"), ("www-authenticate", "WWW-Authenticate"), ("te", "TE")];

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

/// The answer without its body.
#[derive(Debug, Clone)]
pub struct Head {
    status: u16,
    header: Map<String, Value>,
    cookies: Vec<String>,
    charset: Option<String>,
}

impl Head {
    /// From the answer. Names are written as servers write them over HTTP/1, where the
    /// client passes them on, and in lower case over HTTP/2; values of one name are joined.
    pub fn of(response: &WebResponse) -> Self {
        let mut head = Self {
            status: response.status,
            header: Map::new(),
            cookies: Vec::new(),
            charset: None,
        };
        for (name, value) in &response.headers {
            match name.as_str() {
                "set-cookie" => head.cookies.push(value.clone()),
                "content-type" => head.charset = charset(value),
                _ => {}
            }
            let spelling = if response.http2 { name.clone() } else { spelled(name) };
            let joined = match head.header.get(&spelling).and_then(Value::as_str) {
                Some(other) => format!("{other},{value}"),
                None => value.clone(),
            };
            head.header.insert(spelling, joined.into());
        }
        head
    }

    /// What `onHeadersReceived` listeners get.
    pub fn event(&self) -> Value {
        json!({ "statusCode": self.status, "header": self.header, "cookies": self.cookies })
    }
}

fn spelled(name: &str) -> String {
    if let Some((_, spelling)) = SPELLINGS.iter().find(|(lower, _)| *lower == name) {
        return (*spelling).to_owned();
    }
    let word = |word: &str| {
        let (first, rest) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
        first.to_uppercase() + rest
    };
    name.split('-').map(word).collect::<Vec<_>>().join("-")
}

fn charset(content_type: &str) -> Option<String> {
    let parameters = content_type.split(';').skip(1);
    let mut named = parameters.filter_map(|parameter| parameter.trim().split_once('='));
    let (_, value) = named.find(|(name, _)| name.eq_ignore_ascii_case("charset"))?;
    Some(value.trim_matches(['"', ' ']).to_owned())
}

/// The text of a body: one byte order mark is dropped, other encodings are tried.
fn decode(body: &[u8], charset: Option<&str>) -> String {
    let encoding = charset.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    encoding.unwrap_or(encoding_rs::UTF_8).decode(body).0.into_owned()
}

/// The result of the call. JSON bodies are only checked here and go to the app as they came.
pub fn result(expected: &Expected, head: &Head, body: Vec<u8>, profile: &Value) -> Payload {
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

/// `res.profile`: the parts that can be known from outside the connection.
pub fn profile(times: &Times, http2: bool, sent: usize, received: usize) -> Value {
    json!({
        "invokeStart": times.invoked,
        "queueStart": times.invoked,
        "queueEnd": times.started,
        "fetchStart": times.started,
        "requestStart": times.started,
        "requestEnd": times.answered,
        "responseStart": times.answered,
        "responseEnd": times.ended,
        "protocol": if http2 { "h2" } else { "http1.1" },
        "sendBytesCount": sent,
        "receivedBytedCount": received,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wx::Wx;

    fn data(data_type: &str, body: &[u8], charset: Option<&str>) -> Value {
        let head = Head {
            status: 200,
            header: Map::new(),
            cookies: Vec::new(),
            charset: charset.map(str::to_owned),
        };
        let expected = Expected::of(&Wx::args(json!({ "dataType": data_type })));
        result(&expected, &head, body.to_vec(), &json!({})).value()["data"].clone()
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

    #[test]
    fn header_names_are_written_as_servers_write_them() {
        for (name, expected) in [
            ("content-type", "Content-Type"),
            ("etag", "ETag"),
            ("x-a", "X-A"),
            ("date", "Date"),
        ] {
            assert_eq!(spelled(name), expected);
        }
        assert_eq!(charset("text/html; Charset=\"GBK\""), Some("GBK".into()));
        assert_eq!(charset("text/html"), None);
    }
}
