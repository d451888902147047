use super::*;
use crate::system::VirtualClock;
use crate::wx::test_device::answer_prompt;
use crate::wx::{Answer, Fixed, Outbox, Outgoing, Scripted, Ui};
use futures_util::FutureExt;
use serde_json::json;
use std::sync::Arc;
use tokio::sync::mpsc::UnboundedReceiver;

fn wx(ui: impl Ui + 'static) -> (Wx, UnboundedReceiver<Outgoing>) {
    let (outbox, receiver) = Outbox::new();
    let mut wx = Wx::new(outbox, Arc::new(VirtualClock::new(0.0)));
    wx.ui = Arc::new(ui);
    (wx, receiver)
}

fn modal_with(answer: Answer, options: Value) -> Result<Value, WxError> {
    let (mut wx, _receiver) = wx(Fixed(answer));
    let outcome = show_modal(&mut wx, Wx::args(options)).now_or_never().unwrap();
    outcome.map(|payload| payload.value())
}

fn sheet_with(answer: Answer, options: Value) -> Result<Value, WxError> {
    let (mut wx, _receiver) = wx(Fixed(answer));
    let outcome = show_action_sheet(&mut wx, Wx::args(options)).now_or_never().unwrap();
    outcome.map(|payload| payload.value())
}

fn text(text: &str) -> Answer {
    Answer::Confirm {
        text: Some(text.into()),
    }
}

fn notes(receiver: &mut UnboundedReceiver<Outgoing>) -> Vec<(String, Value)> {
    std::iter::from_fn(|| receiver.try_recv().ok())
        .filter_map(|outgoing| match outgoing {
            Outgoing::Note(kind, value) => Some((kind, value)),
            _ => None,
        })
        .collect()
}

#[test]
fn modal_results() {
    let rows = [
        (
            Answer::CONFIRM,
            json!({}),
            json!({ "confirm": true, "cancel": false, "content": "" }),
        ),
        (
            Answer::Cancel,
            json!({}),
            json!({ "confirm": false, "cancel": true, "content": "" }),
        ),
        (
            Answer::Cancel,
            json!({ "showCancel": false }),
            json!({ "confirm": true, "cancel": false, "content": "" }),
        ),
        (
            text("x"),
            json!({}),
            json!({ "confirm": true, "cancel": false, "content": "" }),
        ),
        (
            text("x"),
            json!({ "editable": true }),
            json!({ "confirm": true, "cancel": false, "content": "x" }),
        ),
        (
            Answer::CONFIRM,
            json!({ "editable": true, "content": "was there" }),
            json!({ "confirm": true, "cancel": false, "content": "was there" }),
        ),
        (
            Answer::Cancel,
            json!({ "editable": true, "content": "was there" }),
            json!({ "confirm": false, "cancel": true, "content": "" }),
        ),
    ];
    for (answer, options, expected) in rows {
        assert_eq!(
            modal_with(answer.clone(), options.clone()).unwrap(),
            expected,
            "{answer:?} {options}"
        );
    }
}

#[test]
fn modal_button_text_limit() {
    let rows = [
        ("四个汉字", true),
        ("五个汉字了", false),
        ("abcdefgh", true),
        ("abcdefghi", false),
        ("汉字abcd", true),
        ("汉字abcde", false),
        ("😀😀", true),
        ("😀😀a", false),
        ("ÿÿÿÿÿÿÿÿ", true),
        ("", true),
    ];
    for (text, fits) in rows {
        for name in ["confirmText", "cancelText"] {
            let result = modal_with(Answer::CONFIRM, json!({ name: text }));
            let reason = format!("{name} length should not larger than 4 Chinese characters");
            let expected = if fits { None } else { Some(WxError::coded(reason, 1001)) };
            assert_eq!(result.err(), expected, "{name} {text}");
        }
    }
}

#[test]
fn modal_that_is_refused_is_not_shown() {
    let (mut wx, mut receiver) = wx(Fixed(Answer::CONFIRM));
    let outcome = show_modal(&mut wx, Wx::args(json!({ "confirmText": "far too long" })));
    assert!(outcome.now_or_never().unwrap().is_err());
    assert!(notes(&mut receiver).is_empty());
}

#[test]
fn modal_on_the_timeline() {
    let (mut wx, mut receiver) = wx(Fixed(Answer::CONFIRM));
    let args = Wx::args(json!({ "title": "T", "content": "C", "confirmText": "" }));
    show_modal(&mut wx, args).now_or_never().unwrap().unwrap();
    let notes = notes(&mut receiver);
    assert_eq!(notes[0].0, "modal.show");
    assert_eq!(notes[0].1["title"], "T");
    assert_eq!(notes[0].1["confirmText"], "确定");
    assert_eq!(notes[0].1["cancelText"], "取消");
    assert_eq!(notes[0].1["showCancel"], true);
    let answer = json!({ "confirm": true, "cancel": false, "content": "" });
    assert_eq!(notes[1], ("modal.answer".into(), answer));
}

#[test]
fn modal_without_anybody_stays_open_and_keeps_nobody_busy() {
    let (mut wx, _receiver) = wx(crate::wx::Nobody);
    let mut shown = show_modal(&mut wx, Wx::args(json!({ "title": "T" })));
    assert!(wx.outbox.is_busy(), "until it is on the screen");
    assert!(wx.dialogs.open().is_some());
    assert!((&mut shown).now_or_never().is_none());
    assert!(!wx.outbox.is_busy());
    assert!(matches!(wx.dialogs.open(), Some(Prompt::Modal(modal)) if modal.title == "T"));
}

#[test]
fn an_asked_person_keeps_the_host_busy() {
    struct Person;
    impl Ui for Person {
        fn ask(&self, _: Prompt) -> BoxFuture<'static, Answer> {
            Box::pin(std::future::pending())
        }
    }
    let (mut wx, _receiver) = wx(Person);
    let mut shown = show_modal(&mut wx, Wx::args(json!({})));
    assert!((&mut shown).now_or_never().is_none());
    assert!(wx.outbox.is_busy());
}

#[test]
fn dialogs_are_shown_in_the_order_in_which_they_were_asked_for() {
    let (mut wx, mut receiver) = wx(Scripted::default());
    let mut first = show_modal(&mut wx, Wx::args(json!({ "title": "1" })));
    let mut second = show_modal(&mut wx, Wx::args(json!({ "title": "2" })));
    let mut third = show_action_sheet(&mut wx, Wx::args(json!({ "itemList": ["a", "b"] })));
    for pending in [&mut third, &mut second, &mut first] {
        assert!(pending.now_or_never().is_none());
    }
    assert_eq!(notes(&mut receiver).len(), 1);
    assert!(!wx.outbox.is_busy());
    answer_prompt(&mut wx, &Wx::args(json!({ "answer": "confirm" }))).unwrap();
    assert!(wx.outbox.is_busy(), "an answer is on its way");
    assert_eq!(first.now_or_never().unwrap().unwrap().value()["confirm"], true);
    assert!(wx.outbox.is_busy(), "the next one's turn has come");
    answer_prompt(&mut wx, &Wx::args(json!({ "answer": "cancel" }))).unwrap();
    assert_eq!(second.now_or_never().unwrap().unwrap().value()["cancel"], true);
    answer_prompt(&mut wx, &Wx::args(json!({ "answer": { "index": 1 } }))).unwrap();
    assert_eq!(third.now_or_never().unwrap().unwrap().value()["tapIndex"], 1);
    assert!(!wx.outbox.is_busy());
    let kinds: Vec<String> = notes(&mut receiver).into_iter().map(|(kind, _)| kind).collect();
    let expected = [
        "modal.answer",
        "modal.show",
        "modal.answer",
        "actionSheet.show",
        "actionSheet.answer",
    ];
    assert_eq!(kinds, expected);
}

#[test]
fn a_dropped_dialog_gives_its_turn_away() {
    let (mut wx, _receiver) = wx(crate::wx::Nobody);
    let first = show_modal(&mut wx, Wx::args(json!({ "title": "1" })));
    let second = show_modal(&mut wx, Wx::args(json!({ "title": "2" })));
    let mut third = show_modal(&mut wx, Wx::args(json!({ "title": "3" })));
    drop(second);
    drop(first);
    assert!((&mut third).now_or_never().is_none());
    assert!(matches!(wx.dialogs.open(), Some(Prompt::Modal(modal)) if modal.title == "3"));
}

#[test]
fn answers_without_a_script_are_refused() {
    let (mut wx, _receiver) = wx(crate::wx::Nobody);
    assert!(answer_prompt(&mut wx, &Wx::args(json!({ "answer": "confirm" }))).is_err());
    assert!(!wx.outbox.is_busy());
}

#[test]
fn action_sheet_results() {
    let items = json!({ "itemList": ["a", "b"] });
    let cancelled = WxError::new("cancel");
    let rows = [
        (Answer::Pick(1), Ok(json!({ "tapIndex": 1 }))),
        (Answer::Pick(2), Err(cancelled.clone())),
        (Answer::Cancel, Err(cancelled.clone())),
        (Answer::CONFIRM, Ok(json!({ "tapIndex": 0 }))),
        (text("b"), Ok(json!({ "tapIndex": 1 }))),
        (text("c"), Err(cancelled)),
    ];
    for (answer, expected) in rows {
        assert_eq!(sheet_with(answer.clone(), items.clone()), expected, "{answer:?}");
    }
}

#[test]
fn action_sheet_parameter_errors() {
    let rows = [
        (
            json!([]),
            "parameter error: parameter.itemList should have at least 1 item;",
        ),
        (
            json!(["1", "2", "3", "4", "5", "6", "7"]),
            "parameter error: itemList should not be large than 6",
        ),
        (
            json!(["1", 2]),
            "parameter error: parameter.itemList[1] should be String instead of Number;",
        ),
    ];
    for (items, reason) in rows {
        let result = sheet_with(Answer::CONFIRM, json!({ "itemList": items }));
        assert_eq!(result, Err(WxError::coded(reason, 1001)), "{items}");
    }
}
