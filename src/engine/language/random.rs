//! `Math.random` as a sequence that a seed fixes: runs in virtual time are repeatable.

use super::{define, function};
use boa_engine::{Context, JsResult, JsValue, NativeFunction, js_string};
use boa_gc::GcRefCell;

/// Puts the sequence of `seed` in place of the engine's own randomness.
///
/// # Errors
/// Only when the context is not a new one and its objects were frozen.
pub fn install(seed: u64, context: &mut Context) -> JsResult<()> {
    let next = NativeFunction::from_copy_closure_with_captures(
        |_, _, state: &GcRefCell<u64>, _| Ok(JsValue::from(roll(&mut state.borrow_mut()))),
        GcRefCell::new(seed),
    );
    let next = function(context, "random", 0, next);
    let math = context.global_object().get(js_string!("Math"), context)?;
    match math.as_object() {
        Some(math) => define(&math, js_string!("random"), next, context),
        None => Ok(()),
    }
}

/// The next number of the SplitMix64 sequence, from 0 and below 1.
fn roll(state: &mut u64) -> f64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut bits = *state;
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^= bits >> 31;
    #[expect(clippy::cast_precision_loss, reason = "53 bits are exactly what a float holds")]
    let unit = (bits >> 11) as f64 / (1_u64 << 53) as f64;
    unit
}
