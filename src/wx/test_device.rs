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
];

/// A test's answer to the open prompt or the next one: `{answer: "confirm" | "cancel" | {text} | {index}}`.
pub(super) fn answer_prompt(wx: &mut Wx, args: &Args) -> Outcome {
    let given = args.value.get("answer").unwrap_or(&Value::Null);
    let answer = match given.as_str() {
        Some("confirm") => Answer::CONFIRM,
        Some("cancel") => Answer::Cancel,
        Some(other) => return Err(WxError::parameter(format!("no such answer: {other:?}"))),
        None => match (
            given.get("text").and_then(Value::as_str),
            given.get("index").and_then(Value::as_u64),
        ) {
            (_, Some(index)) => Answer::Pick(usize::try_from(index).unwrap_or(usize::MAX)),
            (Some(text), None) => Answer::Confirm {
                text: Some(text.into()),
            },
            (None, None) => return Err(WxError::parameter(format!("no such answer: {given}"))),
        },
    };
    if wx.ui.script(answer, wx.outbox.busy()) {
        ok()
    } else {
        Err(WxError::new("this run's dialogs are not answered by a script"))
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
    let laid = wx.memory.phone.answers.entry(args.text("api").to_owned()).or_default();
    laid.push_back(args.value["answer"].clone());
    ok()
}

/// What the network is like from now on: `{conditions}`, as `--network` has them.
fn shape_network(wx: &mut Wx, args: &Args) -> Outcome {
    let conditions = args.text("conditions").parse();
    let conditions = conditions.map_err(|fault: NetworkParseError| WxError::parameter(fault.to_string()))?;
    wx.network.network.set(conditions);
    ok()
}
