//! `Date.prototype.toLocaleString` and its kin.

use super::{
    date_fields::{Fields, Month, Width},
    locale::{self, Language},
    replace,
};
use boa_engine::{
    Context, JsArgs, JsNativeError, JsResult, JsString, JsValue, js_string,
    native_function::NativeFunction,
    object::{JsObject, builtins::JsDate},
};

/// Options that only the engine's `Intl` knows.
const LEFT_TO_INTL: [&str; 6] = [
    "era",
    "dayPeriod",
    "timeZoneName",
    "fractionalSecondDigits",
    "calendar",
    "numberingSystem",
];

/// Which fields a method shows when none is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Method {
    All,
    Date,
    Time,
}

/// Replaces the three methods.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let prototype = context.intrinsics().constructors().date().prototype();
    let methods = [
        ("toLocaleString", Method::All),
        ("toLocaleDateString", Method::Date),
        ("toLocaleTimeString", Method::Time),
    ];
    for (name, method) in methods {
        let make = move |original| {
            let format = move |this: &JsValue, args: &[JsValue], original: &JsObject, context: &mut Context| {
                format(method, this, args, original, context)
            };
            NativeFunction::from_copy_closure_with_captures(format, original)
        };
        replace(&prototype, name, 0, make, context)?;
    }
    Ok(())
}

fn format(
    method: Method,
    this: &JsValue,
    args: &[JsValue],
    original: &JsObject,
    context: &mut Context,
) -> JsResult<JsValue> {
    let not_a_date = || JsNativeError::typ().with_message("this is not a Date object.");
    let date = this.as_object().ok_or_else(not_a_date)?;
    let time = JsDate::from_object(date)
        .map_err(|_| not_a_date())?
        .get_time(context)?
        .to_number(context)?;
    if time.is_nan() {
        return Ok(js_string!("Invalid Date").into());
    }
    let options = args.get_or_undefined(1);
    let language = locale::language(args.get_or_undefined(0), context)?;
    let zone = zone(options, time, context)?;
    let known = !locale::has_any(options, &LEFT_TO_INTL, context)?;
    let (Some(language), Some(offset), true) = (language, zone, known) else {
        return original.call(this, &locale::with_default(args), context);
    };
    let fields = fields(method, options, language, context)?;
    let text = fields.write(time + f64::from(offset) * 1000.0, offset, language);
    Ok(JsString::from(text).into())
}

/// Seconds east of UTC in the zone that is asked for; `None` for zones that only `Intl` knows.
fn zone(options: &JsValue, time: f64, context: &mut Context) -> JsResult<Option<i32>> {
    let name = match options.as_object() {
        Some(options) => locale::option(&options, "timeZone", context)?,
        None => None,
    };
    Ok(match name.as_deref() {
        None => Some(
            context
                .host_hooks()
                .local_timezone_offset_seconds((time / 1000.0).floor() as i64),
        ),
        Some("UTC" | "GMT" | "Etc/UTC") => Some(0),
        Some("Asia/Shanghai" | "PRC") => Some(8 * 3600),
        Some(_) => None,
    })
}

fn fields(method: Method, options: &JsValue, language: Language, context: &mut Context) -> JsResult<Fields> {
    let Some(options) = options.as_object() else {
        return Ok(defaults(method, Fields::default()));
    };
    let text = |name: &str, context: &mut Context| locale::option(&options, name, context);
    let width = |name: &str, context: &mut Context| -> JsResult<Option<Width>> {
        Ok(text(name, context)?.map(|w| Width::named(&w)))
    };
    let styles = (text("dateStyle", context)?, text("timeStyle", context)?);
    let mut fields = if styles == (None, None) {
        let given = Fields {
            weekday: width("weekday", context)?,
            year: width("year", context)?,
            month: text("month", context)?.map(|m| Month::named(&m)),
            day: width("day", context)?,
            hour: width("hour", context)?,
            minute: width("minute", context)?,
            second: width("second", context)?,
            ..Fields::default()
        };
        defaults(method, given)
    } else {
        Fields::styled(styles.0.as_deref(), styles.1.as_deref(), language)
    };
    let half_days = options.get(js_string!("hour12"), context)?;
    fields.twelve = match text("hourCycle", context)?.as_deref() {
        _ if !half_days.is_undefined() => Some(half_days.to_boolean()),
        Some("h11" | "h12") => Some(true),
        Some("h23" | "h24") => Some(false),
        _ => None,
    };
    // As V8 has it: told to do without half days, midnight is 24 o'clock in English.
    fields.midnight_is_24 = half_days.as_boolean() == Some(false) && language == Language::English;
    Ok(fields)
}

/// Adds the method's own fields where none of its kind is asked for.
fn defaults(method: Method, mut fields: Fields) -> Fields {
    let has_date = fields.weekday.is_some() || fields.year.is_some() || fields.month.is_some() || fields.day.is_some();
    let has_time = fields.hour.is_some() || fields.minute.is_some() || fields.second.is_some();
    let (date, time) = match method {
        Method::All => (!has_date && !has_time, !has_date && !has_time),
        Method::Date => (!has_date, false),
        Method::Time => (false, !has_time),
    };
    if date {
        fields.year = Some(Width::Numeric);
        fields.month = Some(Month::Number(Width::Numeric));
        fields.day = Some(Width::Numeric);
    }
    if time {
        fields.hour = Some(Width::Numeric);
        fields.minute = Some(Width::Numeric);
        fields.second = Some(Width::Numeric);
    }
    fields
}
