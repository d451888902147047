//! What cloud functions and containers answer: the first case that fits the call.

use super::environment::is_name;
use super::{missing, unusable};
use crate::wx::{Args, Outcome, Wx, WxError, ok_with};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// One answer, or several by what they are for.
#[derive(Deserialize)]
#[serde(untagged)]
enum Cases<T> {
    Several(Vec<T>),
    One(T),
}

/// A case of `functions/<name>.json`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FunctionCase {
    /// What the call's data must have; absent for every call.
    data: Option<Value>,
    #[serde(default)]
    result: Value,
    error: Option<Failure>,
    /// How often it answers; absent for always.
    times: Option<u64>,
}

/// A case of `containers.json`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct ContainerCase {
    service: Option<String>,
    path: String,
    method: Option<String>,
    /// What the call's data must have.
    when: Option<Value>,
    #[serde(default)]
    data: Value,
    status_code: Option<u16>,
    #[serde(default)]
    header: Map<String, Value>,
    error: Option<Failure>,
    times: Option<u64>,
}

/// How a call fails.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Failure {
    #[serde(default = "execution_failed")]
    err_code: i32,
    err_msg: String,
}

const fn execution_failed() -> i32 {
    -504_002
}

impl Failure {
    fn into_error(self) -> WxError {
        let meaning = if self.err_code == execution_failed() {
            " functions execute fail"
        } else {
            ""
        };
        failure(self.err_code, meaning, &self.err_msg)
    }
}

impl<T> Cases<T> {
    fn list(self) -> Vec<T> {
        match self {
            Self::Several(list) => list,
            Self::One(case) => vec![case],
        }
    }
}

/// The platform's words for a call that failed over there.
fn failure(code: i32, meaning: &str, text: &str) -> WxError {
    WxError::new(format!("Error: errCode: {code}{meaning} | errMsg: {text}")).with_code(code)
}

/// `{name, data}` to `{result}`.
pub fn function(wx: &mut Wx, args: &Args) -> Outcome {
    let name = args.text("name");
    let file = format!("functions/{name}.json");
    let cases = match is_name(name).then(|| wx.cloud.json::<Cases<FunctionCase>>(&file)) {
        Some(Ok(Some(cases))) => cases.list(),
        Some(Err(reason)) => return Err(unusable(wx, "callFunction", name, &reason)),
        _ => {
            missing(wx, "callFunction", name, &format!("add {file}: {{ \"result\": ... }}"));
            return Err(failure(-501_000, "", "FunctionName parameter could not be found"));
        }
    };
    let data = args.value.get("data").unwrap_or(&Value::Null);
    let fits = |case: &FunctionCase| case.data.as_ref().is_none_or(|wanted| has(data, wanted));
    let mut found = None;
    for (at, case) in cases.into_iter().enumerate() {
        if fits(&case) && case.times.is_none_or(|times| wx.cloud.may_use(&file, at, times)) {
            found = Some(case);
            break;
        }
    }
    let Some(case) = found else {
        missing(
            wx,
            "callFunction",
            name,
            &format!("add a case to {file} for the data {data}"),
        );
        return Err(failure(
            -504_002,
            " functions execute fail",
            &format!("no case of {file} fits {data}"),
        ));
    };
    match case.error {
        Some(error) => Err(error.into_error()),
        None => ok_with(json!({ "result": case.result })),
    }
}

/// `{service, path, method, data}` to `{data, statusCode, header}`.
pub fn container(wx: &mut Wx, args: &Args) -> Outcome {
    const FILE: &str = "containers.json";
    let (service, path, method) = (args.text("service"), args.text("path"), args.text("method"));
    let cases = match wx.cloud.json::<Cases<ContainerCase>>(FILE) {
        Ok(cases) => cases.map(Cases::list).unwrap_or_default(),
        Err(reason) => return Err(unusable(wx, "callContainer", path, &reason)),
    };
    let data = args.value.get("data").unwrap_or(&Value::Null);
    let fits = |case: &ContainerCase| {
        let of_service = case.service.as_ref().is_none_or(|wanted| wanted == service);
        let by_method = case
            .method
            .as_ref()
            .is_none_or(|wanted| wanted.eq_ignore_ascii_case(method));
        of_service && by_method && case.path == path && case.when.as_ref().is_none_or(|wanted| has(data, wanted))
    };
    let mut found = None;
    for (at, case) in cases.into_iter().enumerate() {
        if fits(&case) && case.times.is_none_or(|times| wx.cloud.may_use(FILE, at, times)) {
            found = Some(case);
            break;
        }
    }
    let Some(case) = found else {
        let example = json!({ "path": path, "method": method, "data": {} });
        missing(wx, "callContainer", path, &format!("add a case to {FILE}: {example}"));
        return Err(failure(-501_000, "", "Invalid host"));
    };
    match case.error {
        Some(error) => Err(error.into_error()),
        None => {
            ok_with(json!({ "data": case.data, "statusCode": case.status_code.unwrap_or(200), "header": case.header }))
        }
    }
}

/// Whether `given` has all of `wanted`: objects may have more, everything else is the same.
fn has(given: &Value, wanted: &Value) -> bool {
    match (given, wanted) {
        (Value::Object(given), Value::Object(wanted)) => wanted
            .iter()
            .all(|(key, wanted)| given.get(key).is_some_and(|given| has(given, wanted))),
        (Value::Array(given), Value::Array(wanted)) => {
            given.len() == wanted.len() && given.iter().zip(wanted).all(|(given, wanted)| has(given, wanted))
        }
        // 1 and 1.0 are the same to the app.
        (Value::Number(given), Value::Number(wanted)) => given.as_f64() == wanted.as_f64(),
        _ => given == wanted,
    }
}
