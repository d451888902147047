//! Fonts that an app brings along. None is used, because nothing is drawn; what is no font's address is refused.

use crate::wx::{Api, Args, NetworkType, Outcome, Param, Wx, WxError, base64, ok_with};
use serde_json::json;

/// Rows of this family.
pub const APIS: &[Api] = &[Api::now(
    "loadFontFace",
    &[
        Param::required("family", "String"),
        Param::required("source", "String"),
        Param::optional("desc", "Object"),
        Param::optional("global", "Boolean"),
        Param::optional("scopes", "Array"),
    ],
    load,
)
.since("2.1.0")
.simulated("the source is checked (of an address that there is a network), and nothing is drawn with it")];

/// `url("https://...")` or `url("data:...;base64,...")`.
fn load(wx: &mut Wx, args: &Args) -> Outcome {
    let source = args.text("source").trim();
    let inside = source.strip_prefix("url(").and_then(|rest| rest.strip_suffix(')'));
    let address = inside.map(|inside| inside.trim().trim_matches(['"', '\'']));
    let address = address.ok_or_else(|| WxError::parameter("invalid source"))?;
    if let Some((_, data)) = address
        .strip_prefix("data:")
        .and_then(|data| data.split_once(";base64,"))
    {
        let bytes = base64::to_bytes(data).map_err(|error| WxError::new(error.to_string()))?;
        return if is_font(&bytes) {
            loaded()
        } else {
            Err(WxError::new("A network error occurred."))
        };
    }
    if !address.starts_with("https://") && !address.starts_with("http://") {
        return Err(WxError::parameter("invalid source"));
    }
    if wx.profile.network == NetworkType::None || wx.network.network.conditions().offline {
        return Err(WxError::new("A network error occurred."));
    }
    loaded()
}

fn loaded() -> Outcome {
    ok_with(json!({ "status": "loaded" }))
}

/// By what TrueType, OpenType, WOFF and WOFF2 files begin with.
fn is_font(bytes: &[u8]) -> bool {
    let beginnings: [&[u8]; 5] = [&[0, 1, 0, 0], b"true", b"OTTO", b"wOFF", b"wOF2"];
    beginnings.iter().any(|beginning| bytes.starts_with(beginning))
}
