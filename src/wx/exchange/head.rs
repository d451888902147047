//! What comes back before the body, and what is told of an exchange when it is over.

use super::Times;
use crate::system::{Headers, WebResponse};
use serde_json::{Map, Value, json};

/// Names that are not simply written with capitals after each hyphen.
const SPELLINGS: [(&str, &str); 3] = [("etag", "ETag"), ("www-authenticate", "WWW-Authenticate"), ("te", "TE")];

/// The answer without its body.
#[derive(Debug, Clone)]
pub struct Head {
    /// The HTTP status.
    pub status: u16,
    /// The header as the app gets it.
    pub header: Map<String, Value>,
    /// The `Set-Cookie` fields, one by one.
    pub cookies: Vec<String>,
    /// The encoding that the body says to be in.
    pub charset: Option<String>,
    /// Bytes of the body, where the server says how many.
    pub length: Option<u64>,
    /// What the body is.
    pub content_type: String,
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
            length: None,
            content_type: String::new(),
        };
        for (name, value) in &response.headers {
            match name.as_str() {
                "set-cookie" => head.cookies.push(value.clone()),
                "content-length" => head.length = value.parse().ok(),
                "content-type" => {
                    head.charset = charset(value);
                    head.content_type.clone_from(value);
                }
                _ => {}
            }
        }
        head.header = object(&response.headers, response.http2);
        head
    }

    /// What `onHeadersReceived` listeners get.
    pub fn event(&self) -> Value {
        json!({ "statusCode": self.status, "header": self.header, "cookies": self.cookies })
    }
}

/// Header fields as an object; values of one name are joined.
pub fn object(headers: &Headers, http2: bool) -> Map<String, Value> {
    let mut object = Map::new();
    for (name, value) in headers {
        let spelling = if http2 { name.clone() } else { spelled(name) };
        let joined = match object.get(&spelling).and_then(Value::as_str) {
            Some(other) => format!("{other},{value}"),
            None => value.clone(),
        };
        object.insert(spelling, joined.into());
    }
    object
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
pub fn decode(body: &[u8], charset: Option<&str>) -> String {
    let encoding = charset.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    encoding.unwrap_or(encoding_rs::UTF_8).decode(body).0.into_owned()
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
