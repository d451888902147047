//! `Date.prototype.toLocaleString` and its kin.
use super::{locale::with_default, replace};
use boa_engine::{Context, JsResult, JsValue, native_function::NativeFunction, object::JsObject};
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let prototype = context.intrinsics().constructors().date().prototype();
    for name in ["toLocaleString", "toLocaleDateString", "toLocaleTimeString"] {
        let make = |original| NativeFunction::from_copy_closure_with_captures(format, original);
        replace(&prototype, name, 0, make, context)?;
    }
    Ok(())
}
fn format(this: &JsValue, args: &[JsValue], original: &JsObject, context: &mut Context) -> JsResult<JsValue> {
    original.call(this, &with_default(args), context)
}
