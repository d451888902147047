//! How an app's or a page's own definition becomes its instance.

use super::events::bound;
use crate::engine::language;
use boa_engine::object::JsObject;
use boa_engine::property::PropertyKey;
use boa_engine::{Context, JsResult, JsValue, js_string};

/// Gives an instance the fields of a definition: functions are bound to it, and `take` makes its value of any other.
/// `origin` is what the functions' errors are said to come from, before the name.
///
/// # Errors
/// What a getter of the definition or `take` threw.
pub fn fill(
    instance: &JsObject,
    definition: &JsObject,
    without: &[&str],
    origin: &str,
    take: fn(&JsValue, &mut Context) -> JsResult<JsValue>,
    context: &mut Context,
) -> JsResult<()> {
    for key in fields(definition, context)? {
        let name = language::key_text(&key).to_std_string_lossy();
        if without.contains(&name.as_str()) {
            continue;
        }
        let value = definition.get(key.clone(), context)?;
        let value = if value.is_callable() {
            let origin = js_string!(format!("{origin}{name}"));
            bound(value, instance.clone().into(), origin, context).into()
        } else {
            take(&value, context)?
        };
        instance.create_data_property_or_throw(key, value, context)?;
    }
    Ok(())
}

/// The names that `for (k in object)` gives; what somebody added to `Object.prototype` is reached without a copy.
fn fields(object: &JsObject, context: &mut Context) -> JsResult<Vec<PropertyKey>> {
    let mut names = language::keys_of(object, context)?;
    let root = context.intrinsics().constructors().object().prototype();
    let mut above = object.prototype();
    while let Some(object) = above.filter(|above| !JsObject::equals(above, &root)) {
        for name in language::keys_of(&object, context)? {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        above = object.prototype();
    }
    Ok(names)
}
