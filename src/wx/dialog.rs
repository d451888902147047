//! `wx.showModal` and `wx.showActionSheet`.

use super::{ActionSheet, Api, Args, Modal, Outcome, Param, Prompt, Wx, WxError};
use futures_util::future::BoxFuture;
use serde_json::Value;

/// Rows of this family.
pub const APIS: &[Api] = &[
    Api::later(
        "showModal",
        &[
            Param::default("title", "String", "\"\""),
            Param::default("content", "String", "\"\""),
            Param::default("showCancel", "*", "true"),
            Param::default("cancelText", "String", "\"取消\""),
            Param::default("cancelColor", "String", "\"#000000\""),
            Param::default("confirmText", "String", "\"确定\""),
            Param::default("confirmColor", "String", "\"#576B95\""),
            Param::default("editable", "*", "false"),
            Param::default("placeholderText", "String", "\"\""),
        ],
        show_modal,
    ),
    Api::later(
        "showActionSheet",
        &[
            Param::required("itemList", "Array"),
            Param::default("itemColor", "String", "\"#000000\""),
            Param::default("alertText", "String", "\"\""),
        ],
        show_action_sheet,
    ),
];

/// Most units of a button's text: 4 Chinese characters, where a UTF-16 unit above 0xFF counts 2.
const BUTTON_UNITS: usize = 8;

/// Most items of an action sheet.
const SHEET_ITEMS: usize = 6;

fn show_modal(wx: &mut Wx, args: Args) -> BoxFuture<'static, Outcome> {
    show(wx, modal(&args).map(Prompt::Modal))
}

fn show_action_sheet(wx: &mut Wx, args: Args) -> BoxFuture<'static, Outcome> {
    show(wx, action_sheet(&args).map(Prompt::ActionSheet))
}

fn show(wx: &mut Wx, prompt: Result<Prompt, WxError>) -> BoxFuture<'static, Outcome> {
    match prompt {
        Ok(prompt) => wx.dialogs.show(&wx.ui, &wx.outbox, prompt),
        Err(error) => Box::pin(std::future::ready(Err(error))),
    }
}

/// The dialog that the option object describes.
///
/// # Errors
/// A button's text is too long.
fn modal(args: &Args) -> Result<Modal, WxError> {
    let text = |name: &str, default: &str| {
        let given = args.text(name);
        if given.is_empty() { default } else { given }.to_owned()
    };
    let modal = Modal {
        title: args.text("title").to_owned(),
        content: args.text("content").to_owned(),
        show_cancel: args.value.get("showCancel").is_none() || args.truthy("showCancel"),
        cancel_text: text("cancelText", "取消"),
        cancel_color: text("cancelColor", "#000000"),
        confirm_text: text("confirmText", "确定"),
        confirm_color: text("confirmColor", "#576B95"),
        editable: args.truthy("editable"),
        placeholder_text: args.text("placeholderText").to_owned(),
    };
    for (name, text) in [("confirmText", &modal.confirm_text), ("cancelText", &modal.cancel_text)] {
        if button_units(text) > BUTTON_UNITS {
            let reason = format!("{name} length should not larger than 4 Chinese characters");
            return Err(WxError::parameter(reason));
        }
    }
    Ok(modal)
}

fn button_units(text: &str) -> usize {
    text.encode_utf16().map(|unit| if unit > 0xFF { 2 } else { 1 }).sum()
}

/// The list that the option object describes.
///
/// # Errors
/// No item, too many items, or an item that is not a string.
fn action_sheet(args: &Args) -> Result<ActionSheet, WxError> {
    let items = args.value.get("itemList").and_then(Value::as_array);
    let items = items.map(Vec::as_slice).unwrap_or_default();
    let wrong = |reason: String| WxError::parameter(format!("parameter error: {reason}"));
    if items.is_empty() {
        return Err(wrong("parameter.itemList should have at least 1 item;".into()));
    }
    let of_wrong_type: String = (items.iter().enumerate().filter(|(_, item)| !item.is_string()))
        .map(|(i, item)| {
            format!(
                "parameter.itemList[{i}] should be String instead of {};",
                type_name(item)
            )
        })
        .collect();
    if !of_wrong_type.is_empty() {
        return Err(wrong(of_wrong_type));
    }
    if items.len() > SHEET_ITEMS {
        return Err(wrong("itemList should not be large than 6".into()));
    }
    Ok(ActionSheet {
        alert_text: args.text("alertText").to_owned(),
        item_list: items.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        item_color: args.text_opt("itemColor").unwrap_or("#000000").to_owned(),
    })
}

fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "Null",
        Value::Bool(_) => "Boolean",
        Value::Number(_) => "Number",
        Value::String(_) => "String",
        Value::Array(_) => "Array",
        Value::Object(_) => "Object",
    }
}

#[cfg(test)]
#[path = "dialog_tests.rs"]
mod tests;
