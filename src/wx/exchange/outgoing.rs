//! What every request has in common: where it may go, and which header it has.

use crate::system::Headers;
use crate::wx::{Args, TransferConfig, WxError};
use serde_json::Value;
use url::Url;

/// Headers that the app does not decide.
const RESERVED: [&str; 4] = ["referer", "host", "content-length", "user-agent"];

/// Where the call wants to go: an absolute address of one of these schemes; a relative one is not completed.
///
/// # Errors
/// It is none.
pub fn address(text: &str, schemes: [&str; 2]) -> Result<Url, WxError> {
    Url::parse(text)
        .ok()
        .filter(|url| schemes.contains(&url.scheme()) && url.has_host())
        .ok_or_else(|| WxError::coded(format!("invalid url \"{text}\""), 600_009))
}

/// The app's own headers by lower-case name; the last of one name wins.
pub fn headers(args: &Args) -> Headers {
    let mut headers: Headers = Vec::new();
    let given = args.value.get("header").and_then(Value::as_object);
    for (name, value) in given.into_iter().flatten() {
        let name = name.to_lowercase();
        if !RESERVED.contains(&name.as_str()) {
            headers.retain(|(other, _)| *other != name);
            headers.push((name, text(value)));
        }
    }
    headers
}

/// The fields that the platform adds to every request.
pub fn signature(config: &TransferConfig) -> Headers {
    let agent = concat!("minirun/", env!("CARGO_PKG_VERSION"));
    vec![
        ("referer".into(), config.referer().to_owned()),
        ("user-agent".into(), agent.into()),
    ]
}

/// A value as a header or a form has it; nested ones are JSON.
pub fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}
