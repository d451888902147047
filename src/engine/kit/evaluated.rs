//! `M.compile`: source text of a driver becomes a value of the app's world. The app itself cannot reach it; for the app
//! `eval` and its like are closed.

use super::{Kit, methods, text};
use boa_engine::{Context, JsArgs, JsResult, JsValue, Script, Source};
use std::path::Path;
use std::rc::Rc;

/// Where frames of such code say that they are.
const PLACE: &str = "evaluate";

/// The kit's function of this file.
pub fn install(kit: &Rc<Kit>, context: &mut Context) -> JsResult<()> {
    methods(&kit.object, &[("compile", 1, compile)], context)
}

fn compile(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let code = text(args.get_or_undefined(0), context)?;
    let source = Source::from_bytes(code.as_bytes()).with_path(Path::new(PLACE));
    Script::parse(source, None, context)?.evaluate(context)
}
