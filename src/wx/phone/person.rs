//! How the person, or the platform's own app that stands between, answers an API.
//!
//! The answer comes from the profile's `answers`, by the API's name, or from a
//! test that has laid one ready. It is
//!
//! - absent or `"confirm"`: what a willing person does,
//! - `"cancel"`: the API fails with `cancel`,
//! - `"fail"`, `"fail: why"` or `{ "fail": "why", "errno": 3 }`: it fails with that,
//! - an object: properties over those of a willing person's answer,
//! - another text or value: the property that the API is about (`result` of `scanCode`),
//! - a list: one of these for each call, the last for all that follow.

use crate::wx::{Outcome, Wx, WxError, ok_with};
use serde_json::{Value, json};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Answers that a test has laid ready, by API, each for one call. The apps of a device share them, as they have one
/// person; clones are the same.
#[derive(Debug, Clone, Default)]
pub struct LaidAnswers(Arc<Mutex<BTreeMap<String, VecDeque<Value>>>>);

impl LaidAnswers {
    /// Lays one ready for the next call of `api` that has none yet.
    pub fn lay(&self, api: &str, answer: Value) {
        self.lock().entry(api.to_owned()).or_default().push_back(answer);
    }

    /// Takes them all back.
    pub fn clear(&self) {
        self.lock().clear();
    }

    fn take(&self, api: &str) -> Option<Value> {
        self.lock().get_mut(api).and_then(VecDeque::pop_front)
    }

    fn has(&self, api: &str) -> bool {
        self.lock().get(api).is_some_and(|laid| !laid.is_empty())
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, VecDeque<Value>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Asks for `api`; `main` is the property that a bare value stands for, `willing` the answer of a willing person.
///
/// # Errors
/// The person cancels, or the answer is a failure.
pub fn ask(wx: &mut Wx, api: &str, main: &str, willing: Value) -> Result<Value, WxError> {
    let laid = next(wx, api);
    let outcome = judge(laid, main, willing);
    let told = match &outcome {
        Ok(_) => "confirm",
        Err(error) => error.reason.as_str(),
    };
    wx.outbox.note("person.answer", json!({ "api": api, "answer": told }));
    outcome
}

/// Whether anybody has said how this API is to be answered.
pub fn is_answered(wx: &Wx, api: &str) -> bool {
    wx.laid.has(api) || wx.profile.answers.contains_key(api)
}

/// As [`ask`], where nothing comes back but that it is done.
///
/// # Errors
/// As [`ask`].
pub fn confirm(wx: &mut Wx, api: &str) -> Outcome {
    ask(wx, api, "answer", json!({})).and_then(ok_with)
}

/// The answer to this call: one that was laid ready, else the profile's.
fn next(wx: &mut Wx, api: &str) -> Option<Value> {
    if let Some(answer) = wx.laid.take(api) {
        return Some(answer);
    }
    let answer = wx.profile.answers.get(api)?;
    let Value::Array(list) = answer else {
        return Some(answer.clone());
    };
    let times = wx.memory.phone.answered.entry(api.to_owned()).or_default();
    let at = (*times).min(list.len().saturating_sub(1));
    *times += 1;
    list.get(at).cloned()
}

fn judge(answer: Option<Value>, main: &str, mut willing: Value) -> Result<Value, WxError> {
    match answer {
        None => Ok(willing),
        Some(Value::String(word)) if word == "confirm" => Ok(willing),
        Some(Value::String(word)) if word == "cancel" => Err(WxError::new("cancel")),
        Some(Value::String(word)) if word == "fail" => Err(WxError::new("system error")),
        Some(Value::String(word)) if word.starts_with("fail:") => {
            Err(WxError::new(word.trim_start_matches("fail:").trim_start()))
        }
        Some(Value::Object(own)) if own.contains_key("fail") => Err(failure(&Value::Object(own))),
        Some(Value::Object(own)) => {
            if let Value::Object(willing) = &mut willing {
                willing.extend(own);
            }
            Ok(willing)
        }
        Some(value) => {
            willing[main] = value;
            Ok(willing)
        }
    }
}

fn failure(own: &Value) -> WxError {
    let number = |name: &str| own.get(name).and_then(Value::as_i64);
    WxError {
        reason: own["fail"].as_str().unwrap_or("system error").to_owned(),
        errno: number("errno").and_then(|errno| u32::try_from(errno).ok()),
        code: number("errCode").and_then(|code| i32::try_from(code).ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(answer: &Value, times: usize) -> Vec<Result<Value, WxError>> {
        let (mut wx, _) = Wx::for_test();
        wx.profile.answers.insert("scanCode".into(), answer.clone());
        let mut once = || ask(&mut wx, "scanCode", "result", json!({ "result": "a", "path": "" }));
        (0..times).map(|_| once()).collect()
    }

    #[test]
    fn an_answer_is_a_word_a_value_an_object_or_a_list() {
        let result = |text: &str| Ok(json!({ "result": text, "path": "" }));
        assert_eq!(answers(&json!("confirm"), 1), [result("a")]);
        assert_eq!(answers(&json!("b"), 2), [result("b"), result("b")]);
        assert_eq!(
            answers(&json!({ "path": "x" }), 1),
            [Ok(json!({ "result": "a", "path": "x" }))]
        );
        assert_eq!(answers(&json!("cancel"), 1), [Err(WxError::new("cancel"))]);
        assert_eq!(answers(&json!("fail: no camera"), 1), [Err(WxError::new("no camera"))]);
        let coded = WxError {
            code: Some(-2),
            ..WxError::coded("x", 3)
        };
        assert_eq!(
            answers(&json!({ "fail": "x", "errno": 3, "errCode": -2 }), 1),
            [Err(coded)]
        );
        let listed = answers(&json!(["cancel", "b"]), 3);
        assert_eq!(listed, [Err(WxError::new("cancel")), result("b"), result("b")]);
    }

    #[test]
    fn what_a_test_has_laid_ready_comes_first_and_once() {
        let (mut wx, _) = Wx::for_test();
        wx.laid.lay("a", json!("cancel"));
        assert!(confirm(&mut wx, "a").is_err());
        assert!(confirm(&mut wx, "a").is_ok());
    }
}
