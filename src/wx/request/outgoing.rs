//! What is sent: the option object of `wx.request` as an HTTP request.

use crate::system::{Headers, WebBody, WebRequest};
use crate::wx::exchange::{address, headers, signature, text};
use crate::wx::{Args, TransferConfig, WxError};
use serde_json::Value;
use std::fmt::Write as _;
use url::Url;

const METHODS: [&str; 8] = ["OPTIONS", "GET", "HEAD", "POST", "PUT", "DELETE", "TRACE", "CONNECT"];
/// The request that these options describe.
///
/// # Errors
/// The method or the URL is not one.
pub fn build(args: &Args, config: &TransferConfig) -> Result<WebRequest, WxError> {
    let method = args.text_opt("method").unwrap_or("GET").to_uppercase();
    if !METHODS.contains(&method.as_str()) {
        return Err(WxError::new("method is invalid"));
    }
    let mut url = address(args.text("url"), ["https", "http"])?;
    let mut headers = headers(args);
    let kind = content_type(&mut headers);
    let body = body(args, &method, &kind, &mut url);
    headers.extend(signature(config));
    Ok(WebRequest {
        method,
        url,
        headers,
        body,
        follow: args.text("redirect") != "manual",
    })
}

/// The body's type; JSON where the app says nothing.
fn content_type(headers: &mut Headers) -> String {
    if let Some((_, kind)) = headers.iter().find(|(name, _)| name == "content-type") {
        return kind.to_lowercase();
    }
    headers.push(("content-type".into(), "application/json".into()));
    "application/json".into()
}

fn body(args: &Args, method: &str, kind: &str, url: &mut Url) -> WebBody {
    if let Some(bytes) = args.buffers.get("data") {
        return WebBody::Whole(bytes.to_vec().into());
    }
    let Some(data) = args.value.get("data").filter(|data| !data.is_null()) else {
        return WebBody::None;
    };
    if method == "GET" {
        append_query(url, &form(data));
        return WebBody::None;
    }
    let text = match data {
        Value::String(text) => text.clone(),
        data if kind.contains("application/x-www-form-urlencoded") => form(data),
        data => data.to_string(),
    };
    WebBody::Whole(text.into())
}

fn append_query(url: &mut Url, more: &str) {
    if more.is_empty() {
        return;
    }
    let query = match url.query() {
        Some(query) if !query.is_empty() => format!("{query}&{more}"),
        _ => more.to_owned(),
    };
    url.set_query(Some(&query));
}

/// `a=1&b=2`, both sides encoded as by `encodeURIComponent`; nested values are JSON.
fn form(data: &Value) -> String {
    let Value::Object(fields) = data else {
        return text(data);
    };
    let pairs = fields
        .iter()
        .map(|(name, value)| format!("{}={}", encode(name), encode(&text(value))));
    pairs.collect::<Vec<_>>().join("&")
}

fn encode(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wx::Wx;
    use serde_json::json;

    fn config() -> TransferConfig {
        TransferConfig::new("wx1", None, &Value::Null)
    }

    fn sent(request: WebRequest) -> Option<Vec<u8>> {
        match request.body {
            WebBody::None => None,
            WebBody::Whole(bytes) => Some(bytes.to_vec()),
            WebBody::Pieces { .. } => unreachable!("a request is sent as a whole"),
        }
    }

    fn built(options: Value) -> Result<WebRequest, WxError> {
        build(&Wx::args(options), &config())
    }

    #[test]
    fn data_of_a_get_becomes_the_query() {
        for (url, data, expected) in [
            (
                "http://a.b/c",
                json!({ "x": 1, "y": "a b&" }),
                "http://a.b/c?x=1&y=a%20b%26",
            ),
            (
                "http://a.b/c?z=0#top",
                json!({ "x": "中" }),
                "http://a.b/c?z=0&x=%E4%B8%AD#top",
            ),
            ("http://a.b/c", json!({}), "http://a.b/c"),
            (
                "http://a.b/c",
                json!({ "o": { "k": [1] } }),
                "http://a.b/c?o=%7B%22k%22%3A%5B1%5D%7D",
            ),
            ("http://a.b/c", json!("q=1"), "http://a.b/c?q=1"),
        ] {
            let request = built(json!({ "url": url, "data": data })).unwrap();
            assert_eq!(
                (request.url.as_str().to_owned(), sent(request)),
                (expected.to_owned(), None)
            );
        }
    }

    #[test]
    fn data_of_a_post_follows_the_content_type() {
        let form = "application/x-www-form-urlencoded; charset=utf-8";
        for (header, data, expected) in [
            (json!({}), json!({ "a": [1, "2"] }), r#"{"a":[1,"2"]}"#),
            (
                json!({ "Content-Type": form }),
                json!({ "a": 1, "b": "x y" }),
                "a=1&b=x%20y",
            ),
            (json!({ "content-type": "text/plain" }), json!("as is"), "as is"),
            (json!({}), json!([1, 2]), "[1,2]"),
        ] {
            let options = json!({ "url": "http://a.b", "method": "post", "header": header, "data": data });
            let request = built(options).unwrap();
            assert_eq!(sent(request), Some(expected.as_bytes().to_vec()));
        }
    }

    #[test]
    fn binary_data_is_sent_as_it_is() {
        let mut args = Wx::args(json!({ "url": "http://a.b", "method": "PUT" }));
        args.buffers.insert("data".into(), vec![0, 255].into());
        assert_eq!(sent(build(&args, &config()).unwrap()), Some(vec![0, 255]));
    }

    #[test]
    fn the_referer_is_not_the_apps_to_choose() {
        let header = json!({ "Referer": "https://evil.example", "X-Id": 7, "x-id": true });
        let request = built(json!({ "url": "http://a.b", "header": header })).unwrap();
        let value = |name: &str| {
            let found = request.headers.iter().filter(|(other, _)| other == name);
            found.map(|(_, value)| value.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(value("referer"), ["https://servicewechat.com/wx1/0/page-frame.html"]);
        assert_eq!(value("x-id"), ["true"]);
        assert_eq!(value("content-type"), ["application/json"]);
    }

    #[test]
    fn what_is_no_request_is_refused_before_it_is_sent() {
        for url in ["/api/list", "example.com/x", "", "ftp://a.b/c", "http://"] {
            let expected = WxError::coded(format!("invalid url \"{url}\""), 600_009);
            assert_eq!(built(json!({ "url": url })).unwrap_err(), expected);
        }
        let patch = json!({ "url": "http://a.b", "method": "PATCH" });
        assert_eq!(built(patch).unwrap_err(), WxError::new("method is invalid"));
    }
}
