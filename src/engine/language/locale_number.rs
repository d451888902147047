//! `Number.prototype.toLocaleString`: decimals, percents and amounts of money.

use super::{
    locale::{self, Language},
    replace,
};
use boa_engine::{
    Context, JsArgs, JsNativeError, JsResult, JsString, JsValue, js_string, native_function::NativeFunction,
    object::JsObject,
};

/// Options that only the engine's `Intl` knows; where it does not either, they are left out of account.
const LEFT_TO_INTL: [&str; 9] = [
    "notation",
    "unit",
    "signDisplay",
    "currencySign",
    "maximumSignificantDigits",
    "minimumSignificantDigits",
    "roundingMode",
    "roundingIncrement",
    "numberingSystem",
];

/// Currencies without a smaller unit.
const WHOLE: [&str; 8] = ["JPY", "KRW", "VND", "CLP", "ISK", "PYG", "UGX", "XAF"];

/// Code, sign among Chinese readers, sign among Americans.
const SIGNS: [(&str, &str, &str); 17] = [
    ("CNY", "¥", "CN¥"),
    ("USD", "US$", "$"),
    ("JPY", "JP¥", "¥"),
    ("EUR", "€", "€"),
    ("GBP", "£", "£"),
    ("HKD", "HK$", "HK$"),
    ("TWD", "NT$", "NT$"),
    ("KRW", "₩", "₩"),
    ("AUD", "AU$", "A$"),
    ("CAD", "CA$", "CA$"),
    ("NZD", "NZ$", "NZ$"),
    ("BRL", "R$", "R$"),
    ("MXN", "MX$", "MX$"),
    ("INR", "₹", "₹"),
    ("VND", "₫", "₫"),
    ("ILS", "₪", "₪"),
    ("PHP", "₱", "₱"),
];

/// Replaces the method.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let prototype = context.intrinsics().constructors().number().prototype();
    let make = |original| NativeFunction::from_copy_closure_with_captures(format, original);
    replace(&prototype, "toLocaleString", 0, make, context)
}

fn format(this: &JsValue, args: &[JsValue], original: &JsObject, context: &mut Context) -> JsResult<JsValue> {
    let boxed = this.as_object().filter(|o| o.is::<f64>()).is_some();
    if !this.is_number() && !boxed {
        return original.call(this, args, context);
    }
    let number = this.to_number(context)?;
    let options = args.get_or_undefined(1);
    let language = locale::language(args.get_or_undefined(0), context)?;
    let plain = language.is_some() && !locale::has_any(options, &LEFT_TO_INTL, context)?;
    if !plain && let Some(text) = locale::by_intl(original, this, args, context)? {
        return Ok(text);
    }
    let format = Format::read(options, language.unwrap_or(Language::English), context)?;
    Ok(JsString::from(format.write(number)).into())
}

/// How a number is to be written.
struct Format {
    prefix: String,
    suffix: &'static str,
    shift: usize,
    min_integer: usize,
    min_fraction: usize,
    max_fraction: usize,
    grouping: bool,
}

impl Format {
    fn read(options: &JsValue, language: Language, context: &mut Context) -> JsResult<Self> {
        let Some(options) = options.as_object() else {
            return Ok(Self::decimal(0, 3));
        };
        let style = locale::option(&options, "style", context)?;
        let mut format = match style.as_deref() {
            Some("percent") => Self {
                suffix: "%",
                shift: 2,
                ..Self::decimal(0, 0)
            },
            Some("currency") => Self::currency(&options, language, context)?,
            _ => Self::decimal(0, 3),
        };
        format.min_integer = digits(&options, "minimumIntegerDigits", 1..=21, context)?.unwrap_or(1);
        let min = digits(&options, "minimumFractionDigits", 0..=100, context)?;
        let max = digits(&options, "maximumFractionDigits", 0..=100, context)?;
        if min.zip(max).is_some_and(|(min, max)| min > max) {
            return Err(out_of_range("maximumFractionDigits"));
        }
        format.min_fraction = min.unwrap_or(format.min_fraction).min(max.unwrap_or(usize::MAX));
        format.max_fraction = max.unwrap_or(format.max_fraction).max(format.min_fraction);
        format.grouping = options.get(js_string!("useGrouping"), context)?.as_boolean() != Some(false);
        Ok(format)
    }

    fn decimal(min_fraction: usize, max_fraction: usize) -> Self {
        Self {
            prefix: String::new(),
            suffix: "",
            shift: 0,
            min_integer: 1,
            min_fraction,
            max_fraction,
            grouping: true,
        }
    }

    fn currency(options: &JsObject, language: Language, context: &mut Context) -> JsResult<Self> {
        let code = locale::option(options, "currency", context)?.map(|c| c.to_ascii_uppercase());
        let Some(code) = code else {
            return Err(JsNativeError::typ()
                .with_message("Currency code is required with currency style.")
                .into());
        };
        if code.len() != 3 || !code.bytes().all(|b| b.is_ascii_alphabetic()) {
            return Err(JsNativeError::range()
                .with_message(format!("Invalid currency code : {code}"))
                .into());
        }
        let display = locale::option(options, "currencyDisplay", context)?;
        let known = SIGNS
            .iter()
            .find(|(known, _, _)| *known == code && display.as_deref() != Some("code"));
        let prefix = match (known, display.as_deref(), language) {
            (None, ..) => format!("{code}\u{a0}"),
            (Some((_, sign, other)), Some("narrowSymbol"), _) => {
                (if sign.len() < other.len() { sign } else { other }).to_string()
            }
            (Some((_, sign, _)), _, Language::Chinese) | (Some((_, _, sign)), _, Language::English) => sign.to_string(),
        };
        let digits = if WHOLE.contains(&code.as_str()) { 0 } else { 2 };
        Ok(Self {
            prefix,
            ..Self::decimal(digits, digits)
        })
    }

    fn write(&self, number: f64) -> String {
        let sign = if number.is_sign_negative() && !number.is_nan() {
            "-"
        } else {
            ""
        };
        let digits = match number {
            n if n.is_nan() => "NaN".to_owned(),
            n if n.is_infinite() => "∞".to_owned(),
            n => self.digits(n.abs()),
        };
        format!("{sign}{}{digits}{}", self.prefix, self.suffix)
    }

    fn digits(&self, number: f64) -> String {
        // Shortest digits that name the number, never with an exponent.
        let text = format!("{number}");
        let (integer, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let mut digits: Vec<u8> = integer.bytes().chain(fraction.bytes()).map(|b| b - b'0').collect();
        let mut point = integer.len() + self.shift;
        digits.resize(digits.len().max(point), 0);
        point += round(&mut digits, point + self.max_fraction);
        let mut fraction: Vec<u8> = digits.split_off(point);
        while fraction.len() > self.min_fraction && fraction.last() == Some(&0) {
            fraction.pop();
        }
        fraction.resize(fraction.len().max(self.min_fraction), 0);
        let leading = digits.iter().take_while(|d| **d == 0).count();
        let mut integer = digits.split_off(leading.min(digits.len()));
        while integer.len() < self.min_integer {
            integer.insert(0, 0);
        }
        let mut out = String::new();
        for (at, digit) in integer.iter().enumerate() {
            if self.grouping && at > 0 && (integer.len() - at).is_multiple_of(3) {
                out.push(',');
            }
            out.push(char::from(b'0' + digit));
        }
        if !fraction.is_empty() {
            out.push('.');
            out.extend(fraction.iter().map(|d| char::from(b'0' + d)));
        }
        out
    }
}

/// Cuts to `keep` digits, a half rounding away from zero; gives how many digits were added in front.
fn round(digits: &mut Vec<u8>, keep: usize) -> usize {
    if keep >= digits.len() {
        return 0;
    }
    let up = digits[keep] >= 5;
    digits.truncate(keep);
    if !up {
        return 0;
    }
    for digit in digits.iter_mut().rev() {
        *digit += 1;
        if *digit < 10 {
            return 0;
        }
        *digit = 0;
    }
    digits.insert(0, 1);
    1
}

fn digits(
    options: &JsObject,
    name: &str,
    range: std::ops::RangeInclusive<usize>,
    context: &mut Context,
) -> JsResult<Option<usize>> {
    let value = options.get(JsString::from(name), context)?;
    if value.is_undefined() {
        return Ok(None);
    }
    let number = value.to_number(context)?.floor();
    let valid = number >= *range.start() as f64 && number <= *range.end() as f64;
    if valid {
        Ok(Some(number as usize))
    } else {
        Err(out_of_range(name))
    }
}

fn out_of_range(name: &str) -> boa_engine::JsError {
    JsNativeError::range()
        .with_message(format!("{name} value is out of range."))
        .into()
}
