//! Random bytes that may be used for secrets.

use crate::wx::{Api, Args, Outcome, Param, Payload, Wx, WxError};

/// Rows of this family.
pub const APIS: &[Api] = &[
    Api::now("getRandomValues", &[Param::required("length", "Number")], bytes)
        .since("2.15.0")
        .noted("the machine's randomness, different in every run"),
];

fn bytes(_: &mut Wx, args: &Args) -> Outcome {
    const MOST: f64 = 1_048_576.0;
    let length = args.number("length").unwrap_or_default();
    if !(1.0..=MOST).contains(&length) || length.fract() > 0.0 {
        return Err(WxError::parameter("invalid length"));
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "within its bounds"
    )]
    let mut bytes = vec![0; length as usize];
    getrandom::fill(&mut bytes).map_err(|error| WxError::new(error.to_string()))?;
    Ok(Payload::default().with_buffer("randomValues", bytes))
}
