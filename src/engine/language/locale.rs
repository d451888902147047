//! Texts for people: the default language is the platform's (`zh-CN`), and what
//! the engine's `Intl` gets wrong or refuses is done here for Chinese and English.

use super::{locale_date, locale_number, replace};
use boa_engine::{
    Context, JsArgs, JsNativeError, JsResult, JsString, JsValue, js_string, native_function::NativeFunction,
    object::JsObject,
};

/// The language of the platform's users.
pub(super) const DEFAULT_LOCALE: &str = "zh-CN";

/// A language whose formats are known here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    /// Chinese as in China.
    Chinese,
    /// English as in the United States.
    English,
}

/// Replaces the methods whose results depend on the language.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    locale_date::install(context)?;
    locale_number::install(context)?;
    let array = context.intrinsics().constructors().array().prototype();
    let joined = |_| NativeFunction::from_fn_ptr(array_to_locale_string);
    replace(&array, "toLocaleString", 0, joined, context)?;
    let prototype = context.intrinsics().constructors().string().prototype();
    let compare = |original| NativeFunction::from_copy_closure_with_captures(compare, original);
    replace(&prototype, "localeCompare", 1, compare, context)
}

/// The elements' own texts with a comma between them, as the common engines have it; the
/// engine here would write the list separator of the language.
fn array_to_locale_string(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let array = this.to_object(context)?;
    let length = array.get(js_string!("length"), context)?.to_length(context)?;
    let mut text = String::new();
    for index in 0..length {
        if index > 0 {
            text.push(',');
        }
        let element = array.get(index, context)?;
        if !element.is_null_or_undefined() {
            let object = element.to_object(context)?;
            let method = object.get(js_string!("toLocaleString"), context)?;
            let method = method
                .as_callable()
                .ok_or_else(|| JsNativeError::typ().with_message("toLocaleString is not a function"))?;
            text.push_str(
                &method
                    .call(&element, args, context)?
                    .to_string(context)?
                    .to_std_string_lossy(),
            );
        }
    }
    Ok(js_string!(text.as_str()).into())
}

/// The language that the first argument asks for; `None` when it is one that only `Intl` knows.
pub(super) fn language(locales: &JsValue, context: &mut Context) -> JsResult<Option<Language>> {
    let tag = match locales.as_object() {
        _ if locales.is_undefined() => return Ok(Some(Language::Chinese)),
        Some(list) if list.is_array() => match list.get(0, context)? {
            first if first.is_undefined() => return Ok(Some(Language::Chinese)),
            first => first,
        },
        _ => locales.clone(),
    };
    Ok(match tag.as_string().map(|t| t.to_std_string_lossy()).as_deref() {
        Some("zh" | "zh-CN" | "zh-Hans" | "zh-Hans-CN" | "zh-cn") => Some(Language::Chinese),
        Some("en" | "en-US" | "en-us") => Some(Language::English),
        _ => None,
    })
}

/// The arguments of a method with the platform's language where none was given.
pub(super) fn with_default(args: &[JsValue]) -> Vec<JsValue> {
    let mut args = args.to_vec();
    if args.get_or_undefined(0).is_undefined() {
        args.resize(args.len().max(1), JsValue::undefined());
        args[0] = js_string!(DEFAULT_LOCALE).into();
    }
    args
}

/// A text option of an options object; `None` when it is not given.
pub(super) fn option(options: &JsObject, name: &str, context: &mut Context) -> JsResult<Option<String>> {
    let value = options.get(JsString::from(name), context)?;
    if value.is_undefined() {
        return Ok(None);
    }
    Ok(Some(value.to_string(context)?.to_std_string_lossy()))
}

/// Whether one of these options is given.
pub(super) fn has_any(options: &JsValue, names: &[&str], context: &mut Context) -> JsResult<bool> {
    let Some(options) = options.as_object() else {
        return Ok(false);
    };
    for name in names {
        if !options.get(JsString::from(*name), context)?.is_undefined() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The text that the engine's own method gives; `None` where it says that it has no implementation.
pub(super) fn by_intl(
    original: &JsObject,
    this: &JsValue,
    args: &[JsValue],
    context: &mut Context,
) -> JsResult<Option<JsValue>> {
    match original.call(this, &with_default(args), context) {
        Err(error)
            if error
                .as_native()
                .is_some_and(|e| e.is_type() && e.message() == "unimplemented") =>
        {
            Ok(None)
        }
        result => result.map(Some),
    }
}

/// A collator is slow to make: the last one is kept for sorting by one language.
struct LastCollator {
    locale: JsString,
    compare: JsObject,
}

fn compare(this: &JsValue, args: &[JsValue], original: &JsObject, context: &mut Context) -> JsResult<JsValue> {
    let mut all = vec![args.get_or_undefined(0).clone()];
    all.extend(with_default(args.get(1..).unwrap_or_default()));
    let (Some(locale), true) = (all[1].as_string(), all.get_or_undefined(2).is_undefined()) else {
        return original.call(this, &all, context);
    };
    if this.is_null_or_undefined() {
        return original.call(this, &all, context);
    }
    let known = context
        .get_data::<LastCollator>()
        .filter(|c| c.locale == locale)
        .map(|c| c.compare.clone());
    let compare = match known {
        Some(compare) => compare,
        None => match collator(&locale, context)? {
            Some(compare) => compare,
            None => return original.call(this, &all, context),
        },
    };
    let this = this.to_string(context)?;
    compare.call(&JsValue::undefined(), &[this.into(), all[0].clone()], context)
}

fn collator(locale: &JsString, context: &mut Context) -> JsResult<Option<JsObject>> {
    let constructor = context.intrinsics().constructors().collator().constructor();
    let collator = constructor.construct(&[locale.clone().into()], None, context)?;
    let compare = collator.get(js_string!("compare"), context)?.as_callable();
    if let Some(compare) = &compare {
        context.insert_data(LastCollator {
            locale: locale.clone(),
            compare: compare.clone(),
        });
    }
    Ok(compare)
}
