//! `Number.prototype.toLocaleString`.
use super::{locale::with_default, replace};
use boa_engine::{Context, JsResult, JsValue, native_function::NativeFunction, object::JsObject};
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let prototype = context.intrinsics().constructors().number().prototype();
    let make = |original| NativeFunction::from_copy_closure_with_captures(format, original);
    replace(&prototype, "toLocaleString", 0, make, context)
}
fn format(this: &JsValue, args: &[JsValue], original: &JsObject, context: &mut Context) -> JsResult<JsValue> {
    original.call(this, &with_default(args), context)
}
