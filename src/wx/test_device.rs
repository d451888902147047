//! What a conformance test does to the device from inside the world, and what it may look at.
//! No function of `wx`: the test's global `device` asks for these rows.

use super::{Answer, Api, Args, Form, Outcome, Wx, WxError, apis, change, members_of, ok, ok_with};
use crate::system::NetworkParseError;
use serde_json::{Value, json};

/// Rows of this family.
pub const APIS: &[Api] = &[
    Api::now("$test.shapeNetwork", &[], shape_network).form(Form::Js),
    Api::now("$test.answerModal", &[], answer_prompt).form(Form::Js),
    Api::now("$test.apis", &[], rows).form(Form::Js),
    Api::now("$test.screen", &[], screen).form(Form::Js),
    Api::now("$test.setDevice", &[], set).form(Form::Js),
    Api::now("$test.answer", &[], lay).form(Form::Js),
    Api::now("$test.lastScope", &[], last_scope).form(Form::Js),
];

/// A test's answer to the open prompt or the next one: `{answer: "confirm" | "cancel" | {text} | {index}}`.
pub(super) fn answer_prompt(wx: &mut Wx, args: &Args) -> Outcome {
    let answer = prompt_answer(args.value.get("answer").unwrap_or(&Value::Null))?;
    if wx.ui.script(answer, wx.outbox.busy()) {
        ok()
    } else {
        Err(WxError::new("this run's dialogs are not answered by a script"))
    }
}

/// What a test means by `"confirm"`, `"cancel"`, `{text}` or `{index}`.
///
/// # Errors
/// It means nothing.
pub fn prompt_answer(given: &Value) -> Result<Answer, WxError> {
    let no_such = || WxError::parameter(format!("no such answer: {given}"));
    let text = given.get("text").and_then(Value::as_str);
    let index = given.get("index").and_then(Value::as_u64);
    match (given.as_str(), text, index) {
        (Some("confirm"), ..) => Ok(Answer::CONFIRM),
        (Some("cancel"), ..) => Ok(Answer::Cancel),
        (None, _, Some(index)) => Ok(Answer::Pick(usize::try_from(index).unwrap_or(usize::MAX))),
        (None, Some(text), None) => Ok(Answer::Confirm {
            text: Some(text.into()),
        }),
        _ => Err(no_such()),
    }
}

/// The table: `{rows: [{name, form, support, of}]}`, where `of` has the methods of a refused object.
fn rows(_: &mut Wx, _: &Args) -> Outcome {
    let row = |api: &Api| {
        let of = match api.form {
            Form::Factory(object) | Form::Property(object) => members_of(object),
            _ => Vec::new(),
        };
        let of: Vec<_> = of.iter().map(|member| member.name).collect();
        json!({ "name": api.name, "form": api.form, "support": api.support, "of": of })
    };
    ok_with(json!({ "rows": apis().map(row).collect::<Vec<_>>() }))
}

/// What is on the screen: `{state, prompt}`; no prompt is null.
fn screen(wx: &mut Wx, _: &Args) -> Outcome {
    ok_with(json!({ "state": wx.ui_state.at(wx.clock.now_ms()), "prompt": wx.dialogs.open() }))
}

/// Something happens to the device: `{words}`.
fn set(wx: &mut Wx, args: &Args) -> Outcome {
    change(wx, &args.value["words"]).map_err(WxError::parameter)?;
    ok()
}

/// The person's answer to the next call of an API: `{api, answer}`.
fn lay(wx: &mut Wx, args: &Args) -> Outcome {
    wx.laid.lay(args.text("api"), args.value["answer"].clone());
    ok()
}

/// What the person said when last asked for a scope: `{granted}`, null where nothing was asked.
fn last_scope(wx: &mut Wx, _: &Args) -> Outcome {
    ok_with(json!({ "granted": wx.memory.phone.last_scope }))
}

/// What the network is like from now on: `{conditions}`, as `--network` has them.
fn shape_network(wx: &mut Wx, args: &Args) -> Outcome {
    let conditions = args.text("conditions").parse();
    let conditions = conditions.map_err(|fault: NetworkParseError| WxError::parameter(fault.to_string()))?;
    wx.network.network.set(conditions);
    ok()
}
