//! `JSON.stringify` at native speed, by the letter of the specification, with
//! V8's error texts.

use super::replace;
use boa_engine::{
    Context, JsArgs, JsBigInt, JsNativeError, JsResult, JsString, JsValue, JsVariant,
    builtins::proxy::Proxy,
    js_string,
    native_function::NativeFunction,
    object::JsObject,
    property::PropertyKey,
    string::{JsStr, JsStrVariant},
};

/// Replaces `JSON.stringify`.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let json = context.intrinsics().objects().json();
    replace(
        &json,
        "stringify",
        3,
        |_| NativeFunction::from_fn_ptr(stringify),
        context,
    )
}

fn stringify(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let replacer = args.get_or_undefined(1);
    let mut writer = Writer {
        replacer: replacer.as_callable(),
        only: only_keys(replacer, context)?,
        gap: gap(args.get_or_undefined(2), context)?,
        to_json: js_string!("toJSON").into(),
        out: Text::Narrow(Vec::new()),
        path: Vec::new(),
    };
    let value = args.get_or_undefined(0).clone();
    let holder = match &writer.replacer {
        None => None,
        Some(_) => {
            let holder = JsObject::with_object_proto(context.intrinsics());
            holder.create_data_property_or_throw(js_string!(), value.clone(), context)?;
            Some(holder)
        }
    };
    let key = PropertyKey::from(js_string!());
    match writer.prepared(value, holder.as_ref(), &key, context)? {
        None => Ok(JsValue::undefined()),
        Some(value) => {
            writer.value(value, &key, context)?;
            Ok(writer.out.finish().into())
        }
    }
}

/// The property names that an array as replacer lets through.
fn only_keys(replacer: &JsValue, context: &mut Context) -> JsResult<Option<Vec<PropertyKey>>> {
    let Some(list) = replacer.as_object().filter(|o| !o.is_callable()) else {
        return Ok(None);
    };
    if !is_array(&list, context)? {
        return Ok(None);
    }
    let mut keys: Vec<PropertyKey> = Vec::new();
    for index in 0..list.get(js_string!("length"), context)?.to_length(context)? {
        let item = list.get(index, context)?;
        let boxed = item.as_object().is_some_and(|o| o.is::<JsString>() || o.is::<f64>());
        if item.is_string() || item.is_number() || boxed {
            let key = PropertyKey::from(item.to_string(context)?);
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
    }
    Ok(Some(keys))
}

/// The text of one level of indentation, at most ten units.
fn gap(space: &JsValue, context: &mut Context) -> JsResult<JsString> {
    let mut space = space.clone();
    if let Some(object) = space.as_object() {
        if object.is::<f64>() {
            space = space.to_number(context)?.into();
        } else if object.is::<JsString>() {
            space = space.to_string(context)?.into();
        }
    }
    if space.is_number() {
        let count = space.to_integer_or_infinity(context)?.clamp_finite(0, 10);
        return Ok(JsString::from(" ".repeat(usize::try_from(count).unwrap_or(0))));
    }
    Ok(space
        .as_string()
        .map_or_else(|| js_string!(), |s| s.get(..s.len().min(10)).unwrap_or_default()))
}

fn is_array(object: &JsObject, context: &mut Context) -> JsResult<bool> {
    if object.is_array() || !object.is::<Proxy>() {
        return Ok(object.is_array());
    }
    let array = context.intrinsics().constructors().array().constructor();
    let is_array = array.get(js_string!("isArray"), context)?;
    let answer = match is_array.as_callable() {
        Some(function) => function.call(&array.into(), &[object.clone().into()], context)?,
        None => JsValue::undefined(),
    };
    Ok(answer.to_boolean())
}

/// A value as JSON; `None` for one that has none (`undefined`, a function).
///
/// # Errors
/// What a getter or a `toJSON` threw, and a type error for a cycle or a BigInt.
pub fn to_json(value: &JsValue, context: &mut Context) -> JsResult<Option<JsString>> {
    let text = stringify(&JsValue::undefined(), std::slice::from_ref(value), context)?;
    Ok(text.as_string())
}

/// The names of an object's own enumerable properties, in their order.
///
/// # Errors
/// What a proxy's trap threw.
pub fn keys_of(object: &JsObject, context: &mut Context) -> JsResult<Vec<PropertyKey>> {
    if object.is_ordinary() {
        let mut keys = object.own_property_keys(context)?;
        let inner = object.borrow();
        let shown = |key: &PropertyKey| {
            !matches!(key, PropertyKey::Symbol(_))
                && inner
                    .properties()
                    .get(key)
                    .is_some_and(|p| p.enumerable() == Some(true))
        };
        keys.retain(shown);
        return Ok(keys);
    }
    // Exotic objects (proxies, typed arrays) answer for themselves.
    let constructor = context.intrinsics().constructors().object().constructor();
    let keys = constructor.get(js_string!("keys"), context)?;
    let Some(keys) = keys.as_callable() else {
        return Ok(Vec::new());
    };
    let list = keys.call(&constructor.into(), &[object.clone().into()], context)?;
    let Some(list) = list.as_object() else {
        return Ok(Vec::new());
    };
    let mut names = Vec::new();
    for index in 0..list.get(js_string!("length"), context)?.to_length(context)? {
        names.push(PropertyKey::from(list.get(index, context)?.to_string(context)?));
    }
    Ok(names)
}

/// A property key as the text that callbacks get.
pub fn key_text(key: &PropertyKey) -> JsString {
    match key {
        PropertyKey::String(text) => text.clone(),
        PropertyKey::Index(index) => JsString::from(index.get()),
        PropertyKey::Symbol(_) => js_string!(),
    }
}

/// Containers that may be open at once; V8 gives up at about the same depth.
const DEPTH: usize = 4000;

struct Writer {
    replacer: Option<JsObject>,
    only: Option<Vec<PropertyKey>>,
    gap: JsString,
    to_json: PropertyKey,
    out: Text,
    /// The containers being written and the key that each has in the one before.
    path: Vec<(JsObject, PropertyKey)>,
}

impl Writer {
    /// What is to be written for a value after `toJSON`, the replacer and unboxing; `None` for nothing.
    fn prepared(
        &mut self,
        mut value: JsValue,
        holder: Option<&JsObject>,
        key: &PropertyKey,
        context: &mut Context,
    ) -> JsResult<Option<JsValue>> {
        let carrier = match value.variant() {
            JsVariant::Object(object) => Some(object.clone()),
            JsVariant::BigInt(_) => Some(context.intrinsics().constructors().bigint().prototype()),
            _ => None,
        };
        if let Some(carrier) = carrier
            && let Some(method) = carrier.get(self.to_json.clone(), context)?.as_callable()
        {
            value = method.call(&value, &[key_text(key).into()], context)?;
        }
        if let (Some(replacer), Some(holder)) = (&self.replacer, holder) {
            value = replacer.call(&holder.clone().into(), &[key_text(key).into(), value], context)?;
        }
        let Some(object) = value.as_object() else {
            return Ok((!value.is_undefined() && !value.is_symbol()).then_some(value));
        };
        if object.is::<f64>() {
            return Ok(Some(value.to_number(context)?.into()));
        }
        if object.is::<JsString>() {
            return Ok(Some(value.to_string(context)?.into()));
        }
        if let Some(boolean) = object.downcast_ref::<bool>() {
            return Ok(Some(JsValue::from(*boolean)));
        }
        if let Some(big) = object.downcast_ref::<JsBigInt>() {
            return Ok(Some(JsValue::from(big.clone())));
        }
        Ok((!object.is_callable()).then_some(value))
    }

    fn value(&mut self, value: JsValue, key: &PropertyKey, context: &mut Context) -> JsResult<()> {
        match value.variant() {
            JsVariant::Null => self.out.ascii(b"null"),
            JsVariant::Boolean(true) => self.out.ascii(b"true"),
            JsVariant::Boolean(false) => self.out.ascii(b"false"),
            JsVariant::String(text) => self.out.quoted(text.as_str()),
            JsVariant::Integer32(n) => self.out.ascii(n.to_string().as_bytes()),
            JsVariant::Float64(n) if n.is_finite() => self.out.text(JsString::from(n).as_str()),
            JsVariant::Float64(_) => self.out.ascii(b"null"),
            JsVariant::Object(object) => return self.container(object.clone(), key, context),
            _ => {
                return Err(JsNativeError::typ()
                    .with_message("Do not know how to serialize a BigInt")
                    .into());
            }
        }
        Ok(())
    }

    fn container(&mut self, object: JsObject, key: &PropertyKey, context: &mut Context) -> JsResult<()> {
        if let Some(start) = self.path.iter().position(|(open, _)| JsObject::equals(open, &object)) {
            return Err(self.circular(start, key, context));
        }
        if self.path.len() >= DEPTH {
            return Err(JsNativeError::range()
                .with_message("Maximum call stack size exceeded")
                .into());
        }
        self.path.push((object.clone(), key.clone()));
        if is_array(&object, context)? {
            self.array(&object, context)?
        } else {
            self.object(&object, context)?
        };
        self.path.pop();
        Ok(())
    }

    fn array(&mut self, array: &JsObject, context: &mut Context) -> JsResult<()> {
        let length = array.get(js_string!("length"), context)?.to_length(context)?;
        self.out.ascii(b"[");
        for index in 0..length {
            self.separate(index == 0);
            let key = PropertyKey::from(index);
            let value = array.get(key.clone(), context)?;
            match self.prepared(value, Some(array), &key, context)? {
                Some(value) => self.value(value, &key, context)?,
                None => self.out.ascii(b"null"),
            }
        }
        self.close(length == 0, b"]");
        Ok(())
    }

    fn object(&mut self, object: &JsObject, context: &mut Context) -> JsResult<()> {
        let keys = match &self.only {
            Some(keys) => keys.clone(),
            None => keys_of(object, context)?,
        };
        self.out.ascii(b"{");
        let mut empty = true;
        for key in keys {
            let value = object.get(key.clone(), context)?;
            let Some(value) = self.prepared(value, Some(object), &key, context)? else {
                continue;
            };
            self.separate(empty);
            empty = false;
            self.out.quoted(key_text(&key).as_str());
            self.out.ascii(if self.gap.is_empty() { b":" } else { b": " });
            self.value(value, &key, context)?;
        }
        self.close(empty, b"}");
        Ok(())
    }

    fn separate(&mut self, first: bool) {
        if !first {
            self.out.ascii(b",");
        }
        self.new_line(self.path.len());
    }

    fn close(&mut self, empty: bool, bracket: &[u8]) {
        if !empty {
            self.new_line(self.path.len() - 1);
        }
        self.out.ascii(bracket);
    }

    fn new_line(&mut self, depth: usize) {
        if !self.gap.is_empty() {
            self.out.ascii(b"\n");
            let gap = self.gap.clone();
            (0..depth).for_each(|_| self.out.text(gap.as_str()));
        }
    }

    /// V8's drawing of the circle from the container at `start` round to the property `key`.
    fn circular(&self, start: usize, key: &PropertyKey, context: &mut Context) -> boa_engine::JsError {
        let name = |object: &JsObject, context: &mut Context| {
            let constructor = object
                .get(js_string!("constructor"), context)
                .ok()
                .and_then(|c| c.as_object());
            let name = constructor.and_then(|c| c.get(js_string!("name"), context).ok());
            let name = name.and_then(|n| n.as_string()).map(|n| n.to_std_string_lossy());
            format!(
                "object with constructor '{}'",
                name.unwrap_or_else(|| "Object".to_owned())
            )
        };
        let step = |key: &PropertyKey| match key {
            PropertyKey::Index(index) => format!("index {}", index.get()),
            key => format!("property '{}'", key_text(key).to_std_string_lossy()),
        };
        let circle = &self.path[start..];
        let mut lines = vec!["Converting circular structure to JSON".to_owned()];
        lines.push(format!("    --> starting at {}", name(&circle[0].0, context)));
        for (at, (object, key)) in circle.iter().enumerate().skip(1) {
            if at <= 2 || at == circle.len() - 1 {
                lines.push(format!("    |     {} -> {}", step(key), name(object, context)));
            } else if at == 3 {
                lines.push("    |     ...".to_owned());
            }
        }
        lines.push(format!("    --- {} closes the circle", step(key)));
        JsNativeError::typ().with_message(lines.join("\n")).into()
    }
}

/// Text under construction; one byte a unit for as long as that is enough.
enum Text {
    Narrow(Vec<u8>),
    Wide(Vec<u16>),
}

impl Text {
    fn ascii(&mut self, bytes: &[u8]) {
        match self {
            Self::Narrow(out) => out.extend_from_slice(bytes),
            Self::Wide(out) => out.extend(bytes.iter().map(|b| u16::from(*b))),
        }
    }

    fn wide(&mut self) -> &mut Vec<u16> {
        if let Self::Narrow(out) = self {
            *self = Self::Wide(out.iter().map(|b| u16::from(*b)).collect());
        }
        match self {
            Self::Wide(out) => out,
            Self::Narrow(_) => unreachable!("was widened above"),
        }
    }

    fn text(&mut self, text: JsStr<'_>) {
        match text.variant() {
            JsStrVariant::Latin1(units) => self.ascii(units),
            JsStrVariant::Utf16(units) => self.wide().extend_from_slice(units),
        }
    }

    fn quoted(&mut self, text: JsStr<'_>) {
        self.ascii(b"\"");
        match text.variant() {
            JsStrVariant::Latin1(units) => self.quoted_narrow(units),
            JsStrVariant::Utf16(units) => self.quoted_wide(units),
        }
        self.ascii(b"\"");
    }

    fn quoted_narrow(&mut self, mut units: &[u8]) {
        while let Some(at) = units.iter().position(|u| matches!(u, 0..=0x1f | b'"' | b'\\')) {
            self.ascii(&units[..at]);
            self.escape(u16::from(units[at]));
            units = &units[at + 1..];
        }
        self.ascii(units);
    }

    fn quoted_wide(&mut self, units: &[u16]) {
        let mut at = 0;
        while let Some(&unit) = units.get(at) {
            at += 1;
            match unit {
                0..=0x1f | 0x22 | 0x5c => self.escape(unit),
                0xd800..=0xdbff if units.get(at).is_some_and(|u| (0xdc00..=0xdfff).contains(u)) => {
                    self.wide().extend_from_slice(&units[at - 1..=at]);
                    at += 1;
                }
                0xd800..=0xdfff => self.escape(unit),
                0..=0xff => self.ascii(&[unit as u8]),
                _ => self.wide().push(unit),
            }
        }
    }

    fn escape(&mut self, unit: u16) {
        match unit {
            0x22 => self.ascii(b"\\\""),
            0x5c => self.ascii(b"\\\\"),
            8 => self.ascii(b"\\b"),
            9 => self.ascii(b"\\t"),
            10 => self.ascii(b"\\n"),
            12 => self.ascii(b"\\f"),
            13 => self.ascii(b"\\r"),
            _ => self.ascii(format!("\\u{unit:04x}").as_bytes()),
        }
    }

    fn finish(self) -> JsString {
        match self {
            Self::Narrow(out) => JsString::from(JsStr::latin1(&out)),
            Self::Wide(out) => JsString::from(JsStr::utf16(&out)),
        }
    }
}
