//! `wx.arrayBufferToBase64` and `wx.base64ToArrayBuffer`.

use super::{Api, Args, Outcome, Param, Payload, Wx, ok_with};
use base64::Engine as _;
use base64::engine::{GeneralPurpose, GeneralPurposeConfig, general_purpose};
use serde_json::json;

/// The base64 family.
pub const APIS: &[Api] = &[
    Api::sync(
        "arrayBufferToBase64",
        "base64",
        &[Param::required("arrayBuffer", "ArrayBuffer")],
        encode,
    )
    .since("1.1.0"),
    Api::sync(
        "base64ToArrayBuffer",
        "arrayBuffer",
        &[Param::required("base64", "String")],
        decode,
    )
    .since("1.1.0"),
];

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(base64::engine::DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// The text of these bytes, padded.
pub fn to_text(bytes: &[u8]) -> String {
    general_purpose::STANDARD.encode(bytes)
}

/// The bytes of this text. White space and missing padding are forgiven.
///
/// # Errors
/// The text is not base64.
pub fn to_bytes(text: &str) -> Result<Vec<u8>, base64::DecodeError> {
    let text: String = text.split_ascii_whitespace().collect();
    LENIENT.decode(text.trim_end_matches('='))
}

fn encode(_: &mut Wx, args: &Args) -> Outcome {
    let bytes = args.buffers.get("arrayBuffer").map_or(&[][..], |bytes| bytes);
    ok_with(json!({ "base64": to_text(bytes) }))
}

/// What is no base64 is left out, as the platform's decoder does; it never fails.
fn decode(_: &mut Wx, args: &Args) -> Outcome {
    let base64 = args.text("base64");
    let bytes = to_bytes(base64).unwrap_or_else(|_| {
        let digit = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/');
        let mut digits: String = base64.chars().filter(digit).collect();
        if digits.len() % 4 == 1 {
            digits.pop();
        }
        to_bytes(&digits).unwrap_or_default()
    });
    Ok(Payload::default().with_buffer("arrayBuffer", bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_and_text_turn_into_each_other() {
        let (mut wx, _) = Wx::for_test();
        for (text, bytes) in [("", &b""[..]), ("AA==", &[0]), ("//79", &[255, 254, 253])] {
            let mut args = Args::default();
            args.buffers.insert("arrayBuffer".into(), bytes.to_vec().into());
            assert_eq!(encode(&mut wx, &args).unwrap().value(), json!({ "base64": text }));
            let back = decode(&mut wx, &Wx::args(json!({ "base64": text }))).unwrap();
            assert_eq!(&back.buffers["arrayBuffer"][..], bytes);
        }
    }

    #[test]
    fn careless_base64_is_understood() {
        let (mut wx, _) = Wx::for_test();
        for text in ["aGVsbG8", "aGVs\nbG8=", "aGVsbG8=!", "aG#VsbG8"] {
            let bytes = decode(&mut wx, &Wx::args(json!({ "base64": text }))).unwrap();
            assert_eq!(&bytes.buffers["arrayBuffer"][..], b"hello", "{text}");
        }
    }
}
