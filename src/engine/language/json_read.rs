//! `JSON.parse` at native speed: text straight to values, without the engine's
//! script parser between.

use super::replace;
use boa_engine::{
    Context, JsArgs, JsNativeError, JsResult, JsString, JsValue,
    builtins::object::OrdinaryObject,
    js_string,
    native_function::NativeFunction,
    object::{JsObject, builtins::JsArray},
    property::{PropertyDescriptor, PropertyKey},
    string::{JsStr, JsStrVariant},
};

/// Replaces `JSON.parse`, and removes what the platform's `JSON` does not have.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let json = context.intrinsics().objects().json();
    for absent in ["rawJSON", "isRawJSON"] {
        json.delete_property_or_throw(JsString::from(absent), context)?;
    }
    replace(&json, "parse", 2, |_| NativeFunction::from_fn_ptr(parse), context)
}

fn parse(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let text = args.get_or_undefined(0).to_string(context)?;
    let value = parse_json(&text, context)?;
    let Some(reviver) = args.get_or_undefined(1).as_callable() else {
        return Ok(value);
    };
    let root = JsObject::with_object_proto(context.intrinsics());
    root.create_data_property_or_throw(js_string!(), value, context)?;
    revive(&root, js_string!().into(), &reviver, 0, context)
}

/// The value that a JSON text stands for.
///
/// # Errors
/// A `SyntaxError` for text that is no JSON.
pub fn parse_json(text: &JsString, context: &mut Context) -> JsResult<JsValue> {
    match text.as_str().variant() {
        JsStrVariant::Latin1(units) => Reader::new(units).document(context),
        JsStrVariant::Utf16(units) => Reader::new(units).document(context),
    }
}

/// How deep a reviver is called down; beyond it a native stack could end.
const REVIVE_DEPTH: usize = 4000;

/// Calls the reviver on everything in `holder[key]`, innermost first, and last on the value itself.
fn revive(
    holder: &JsObject,
    key: PropertyKey,
    reviver: &JsObject,
    depth: usize,
    context: &mut Context,
) -> JsResult<JsValue> {
    if depth > REVIVE_DEPTH {
        return Err(JsNativeError::range()
            .with_message("Maximum call stack size exceeded")
            .into());
    }
    let value = holder.get(key.clone(), context)?;
    if let Some(object) = value.as_object() {
        for inner in enumerable_keys(&object, context)? {
            let new = revive(&object, inner.clone(), reviver, depth + 1, context)?;
            if new.is_undefined() {
                // A property that cannot be deleted stays, silently.
                let _ = object.delete_property_or_throw(inner, context);
            } else {
                object.create_data_property(inner, new, context)?;
            }
        }
    }
    let name = super::json_write::key_text(&key);
    reviver.call(&holder.clone().into(), &[name.into(), value], context)
}

fn enumerable_keys(object: &JsObject, context: &mut Context) -> JsResult<Vec<PropertyKey>> {
    if object.is_array() {
        let length = object.get(js_string!("length"), context)?.to_u32(context)?;
        return Ok((0..length).map(PropertyKey::from).collect());
    }
    super::json_write::keys_of(object, context)
}

/// One code unit of a text, Latin-1 or UTF-16.
trait Unit: Copy + Into<u16> {
    fn string(units: &[Self]) -> JsString;
}

impl Unit for u8 {
    fn string(units: &[u8]) -> JsString {
        JsString::from(JsStr::latin1(units))
    }
}

impl Unit for u16 {
    fn string(units: &[u16]) -> JsString {
        // Most keys and many values of a wide text are narrow.
        let mut narrow = [0_u8; 64];
        if units.len() <= narrow.len() && units.iter().all(|u| *u < 0x100) {
            for (to, from) in narrow.iter_mut().zip(units) {
                *to = *from as u8;
            }
            return JsString::from(JsStr::latin1(&narrow[..units.len()]));
        }
        JsString::from(JsStr::utf16(units))
    }
}

/// A container whose end has not been read yet.
enum Open {
    Array(Vec<JsValue>),
    Object(JsObject, PropertyKey),
}

/// Slots of the key cache; a power of two.
const CACHE: usize = 128;

struct Reader<'a, U> {
    units: &'a [U],
    at: usize,
    keys: Vec<Option<(&'a [U], JsString)>>,
}

impl<'a, U: Unit> Reader<'a, U> {
    fn new(units: &'a [U]) -> Self {
        Self {
            units,
            at: 0,
            keys: vec![None; CACHE],
        }
    }

    fn peek(&self) -> Option<u16> {
        self.units.get(self.at).map(|u| (*u).into())
    }

    fn is(&self, ascii: u8) -> bool {
        self.peek() == Some(u16::from(ascii))
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(0x20 | 0x0a | 0x0d | 0x09)) {
            self.at += 1;
        }
    }

    /// The error V8 gives for what stands at the current position.
    fn unexpected<T>(&self) -> JsResult<T> {
        let at = self.at;
        let message = match self.peek() {
            None => "Unexpected end of JSON input".to_owned(),
            Some(0x22) => format!("Unexpected string in JSON at position {at}"),
            Some(0x30..=0x39 | 0x2d) => format!("Unexpected number in JSON at position {at}"),
            Some(_) => {
                let width = if self.units.len() - at > 1 { 2 } else { 1 };
                let units: Vec<u16> = self.units[at..at + width].iter().map(|u| (*u).into()).collect();
                let token = char::decode_utf16(units)
                    .next()
                    .and_then(Result::ok)
                    .unwrap_or('\u{fffd}');
                format!("Unexpected token {token} in JSON at position {at}")
            }
        };
        Err(JsNativeError::syntax().with_message(message).into())
    }

    /// What is wrong inside a token is reported as a token, never as a number or string.
    fn bad_unit<T>(&self) -> JsResult<T> {
        match self.peek() {
            Some(unit @ (0x22 | 0x30..=0x39 | 0x2d)) => {
                let token = char::from_u32(u32::from(unit)).unwrap_or(' ');
                let message = format!("Unexpected token {token} in JSON at position {}", self.at);
                Err(JsNativeError::syntax().with_message(message).into())
            }
            _ => self.unexpected(),
        }
    }

    fn document(mut self, context: &mut Context) -> JsResult<JsValue> {
        let mut open: Vec<Open> = Vec::new();
        loop {
            let Some(mut value) = self.start(&mut open, context)? else {
                continue;
            };
            // The value ends as many containers as closing brackets follow it.
            loop {
                self.skip_space();
                let Some(container) = open.last_mut() else {
                    return if self.at == self.units.len() {
                        Ok(value)
                    } else {
                        self.unexpected()
                    };
                };
                let close = match container {
                    Open::Array(items) => {
                        items.push(value);
                        b']'
                    }
                    Open::Object(object, key) => {
                        object.insert_property(key.clone(), plain(value));
                        b'}'
                    }
                };
                if self.is(b',') {
                    self.at += 1;
                    if let Open::Object(_, key) = container {
                        self.skip_space();
                        *key = self.key()?;
                    }
                    break;
                }
                if !self.is(close) {
                    return self.unexpected();
                }
                self.at += 1;
                value = match open.pop() {
                    Some(Open::Array(items)) => JsArray::from_iter(items, context).into(),
                    Some(Open::Object(object, _)) => object.into(),
                    None => JsValue::undefined(),
                };
            }
        }
    }

    /// A whole value, or `None` when a container with something in it has been opened.
    fn start(&mut self, open: &mut Vec<Open>, context: &mut Context) -> JsResult<Option<JsValue>> {
        self.skip_space();
        let Some(first) = self.peek() else {
            return self.unexpected();
        };
        let value = match u8::try_from(first).unwrap_or(0) {
            b'{' => {
                self.at += 1;
                self.skip_space();
                let prototype = context.intrinsics().constructors().object().prototype();
                let object = JsObject::new(context.root_shape(), prototype, OrdinaryObject).upcast();
                if !self.is(b'}') {
                    open.push(Open::Object(object, self.key()?));
                    return Ok(None);
                }
                self.at += 1;
                object.into()
            }
            b'[' => {
                self.at += 1;
                self.skip_space();
                if !self.is(b']') {
                    open.push(Open::Array(Vec::new()));
                    return Ok(None);
                }
                self.at += 1;
                JsArray::new(context)?.into()
            }
            b'"' => self.string()?.into(),
            b'-' | b'0'..=b'9' => self.number()?,
            b't' => self.word("true", true.into())?,
            b'f' => self.word("false", false.into())?,
            b'n' => self.word("null", JsValue::null())?,
            _ => return self.unexpected(),
        };
        Ok(Some(value))
    }

    fn word(&mut self, word: &str, value: JsValue) -> JsResult<JsValue> {
        for byte in word.bytes() {
            if !self.is(byte) {
                return self.bad_unit();
            }
            self.at += 1;
        }
        Ok(value)
    }

    /// A key and its colon.
    fn key(&mut self) -> JsResult<PropertyKey> {
        if !self.is(b'"') {
            return self.unexpected();
        }
        let start = self.at + 1;
        let length = self.plain_length(start);
        let key = match self.units.get(start + length).map(|u| (*u).into()) {
            Some(0x22) => {
                self.at = start + length + 1;
                self.cached(&self.units[start..start + length])
            }
            _ => self.string()?,
        };
        self.skip_space();
        if !self.is(b':') {
            return self.unexpected();
        }
        self.at += 1;
        Ok(PropertyKey::from(key))
    }

    /// The same keys come again and again: one string for all of them.
    fn cached(&mut self, units: &'a [U]) -> JsString {
        let unit = |at: Option<&U>| at.map_or(0_usize, |u| usize::from((*u).into()));
        let hash = units.len().wrapping_mul(31) ^ unit(units.first()).wrapping_mul(7) ^ unit(units.last());
        let slot = &mut self.keys[hash % CACHE];
        if let Some((known, key)) = slot
            && known.len() == units.len()
            && known.iter().zip(units).all(|(a, b)| (*a).into() == (*b).into())
        {
            return key.clone();
        }
        let key = U::string(units);
        *slot = Some((units, key.clone()));
        key
    }

    /// Number of units from `start` that stand for themselves in a string.
    fn plain_length(&self, start: usize) -> usize {
        let rest = &self.units[start..];
        rest.iter()
            .position(|u| matches!((*u).into(), 0x22 | 0x5c | 0..=0x1f))
            .unwrap_or(rest.len())
    }

    fn string(&mut self) -> JsResult<JsString> {
        self.at += 1;
        let length = self.plain_length(self.at);
        let whole = &self.units[self.at..self.at + length];
        self.at += length;
        if self.is(b'"') {
            self.at += 1;
            return Ok(U::string(whole));
        }
        let mut text: Vec<u16> = whole.iter().map(|u| (*u).into()).collect();
        loop {
            match self.peek() {
                Some(0x22) => {
                    self.at += 1;
                    return Ok(u16::string(&text));
                }
                Some(0x5c) => {
                    self.at += 1;
                    text.push(self.escape()?);
                }
                Some(0x20..) => {
                    let length = self.plain_length(self.at);
                    text.extend(self.units[self.at..self.at + length].iter().map(|u| (*u).into()));
                    self.at += length;
                }
                _ => return self.unexpected(),
            }
        }
    }

    fn escape(&mut self) -> JsResult<u16> {
        let Some(unit) = self.peek() else {
            return self.unexpected();
        };
        let value = match u8::try_from(unit).unwrap_or(0) {
            same @ (b'"' | b'\\' | b'/') => u16::from(same),
            b'b' => 8,
            b'f' => 12,
            b'n' => 10,
            b'r' => 13,
            b't' => 9,
            b'u' => {
                self.at += 1;
                return self.hex();
            }
            _ => return self.bad_unit(),
        };
        self.at += 1;
        Ok(value)
    }

    fn hex(&mut self) -> JsResult<u16> {
        let mut value = 0;
        for _ in 0..4 {
            let digit = self
                .peek()
                .and_then(|u| char::from_u32(u32::from(u)))
                .and_then(|c| c.to_digit(16));
            let Some(digit) = digit else { return self.bad_unit() };
            value = value * 16 + digit as u16;
            self.at += 1;
        }
        Ok(value)
    }

    fn digits(&mut self) -> JsResult<usize> {
        let start = self.at;
        while matches!(self.peek(), Some(0x30..=0x39)) {
            self.at += 1;
        }
        if self.at == start {
            self.bad_unit()
        } else {
            Ok(self.at - start)
        }
    }

    fn number(&mut self) -> JsResult<JsValue> {
        let start = self.at;
        let negative = self.is(b'-');
        self.at += usize::from(negative);
        if self.peek().is_some() && !matches!(self.peek(), Some(0x30..=0x39)) && negative {
            let message = format!("No number after minus sign in JSON at position {}", self.at);
            return Err(JsNativeError::syntax().with_message(message).into());
        }
        let leading_zero = self.is(b'0');
        let digits = if leading_zero {
            self.at += 1;
            1
        } else {
            self.digits()?
        };
        if leading_zero && matches!(self.peek(), Some(0x30..=0x39)) {
            return self.unexpected();
        }
        let mut integer = true;
        if self.is(b'.') {
            integer = false;
            self.at += 1;
            self.digits()?;
        }
        if self.is(b'e') || self.is(b'E') {
            integer = false;
            self.at += 1;
            self.at += usize::from(self.is(b'+') || self.is(b'-'));
            self.digits()?;
        }
        let text: String = self.units[start..self.at]
            .iter()
            .map(|u| char::from((*u).into() as u8))
            .collect();
        if integer && digits < 10 && text != "-0" {
            return Ok(JsValue::from(text.parse::<i32>().unwrap_or(0)));
        }
        Ok(JsValue::from(text.parse::<f64>().unwrap_or(f64::NAN)))
    }
}

fn plain(value: JsValue) -> PropertyDescriptor {
    PropertyDescriptor::builder()
        .value(value)
        .writable(true)
        .enumerable(true)
        .configurable(true)
        .build()
}
