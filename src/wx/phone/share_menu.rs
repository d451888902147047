//! The menu behind the capsule, and what an app hands over to chats.

use super::person::{ask, confirm};
use crate::wx::{Api, Args, Outcome, Param, Wx, WxError, ok, ok_with};
use serde_json::{Value, json};

const MENU: &str = "the state of the page's menu";

/// Rows of this family.
pub const APIS: &[Api] = &[
    Api::now(
        "showShareMenu",
        &[Param::optional("withShareTicket", "Boolean"), MENUS],
        show,
    )
    .since("1.1.0")
    .simulated(MENU),
    Api::now("hideShareMenu", &[MENUS], hide).since("1.1.0").simulated(MENU),
    Api::now(
        "updateShareMenu",
        &[
            Param::optional("withShareTicket", "Boolean"),
            Param::optional("isUpdatableMessage", "Boolean"),
            Param::optional("isPrivateMessage", "Boolean"),
        ],
        update,
    )
    .since("1.2.0")
    .simulated(MENU),
    Api::now("getShareInfo", &[Param::required("shareTicket", "String")], share_info)
        .since("1.1.0")
        .simulated("for the ticket of the launch; encryptedData and iv are empty, unless answered"),
    Api::now(
        "shareFileMessage",
        &[Param::required("filePath", "String")],
        |wx, args| handed_over(wx, "shareFileMessage", args.text("filePath")),
    )
    .since("2.16.1")
    .simulated("the person sends it, unless answered"),
    Api::now(
        "shareVideoMessage",
        &[Param::required("videoPath", "String")],
        |wx, args| handed_over(wx, "shareVideoMessage", args.text("videoPath")),
    )
    .since("2.16.1")
    .simulated("the person sends it, unless answered"),
    Api::now(
        "showShareImageMenu",
        &[Param::required("path", "String")],
        |wx, args| handed_over(wx, "showShareImageMenu", args.text("path")),
    )
    .since("2.14.3")
    .simulated("the person sends it, unless answered"),
];

const MENUS: Param = Param::optional("menus", "Array");

const KNOWN: [&str; 2] = ["shareAppMessage", "shareTimeline"];

fn named(args: &Args) -> Result<Vec<String>, WxError> {
    let Some(menus) = args.value.get("menus").and_then(Value::as_array) else {
        return Ok(vec![KNOWN[0].to_owned()]);
    };
    let names: Vec<&str> = menus.iter().filter_map(Value::as_str).collect();
    if names.len() < menus.len() || names.iter().any(|name| !KNOWN.contains(name)) {
        return Err(WxError::parameter("invalid menus"));
    }
    if names == [KNOWN[1]] {
        return Err(WxError::parameter("menus need shareAppMessage beside shareTimeline"));
    }
    Ok(names.into_iter().map(str::to_owned).collect())
}

fn show(wx: &mut Wx, args: &Args) -> Outcome {
    let menus = named(args)?;
    if let Some(page) = wx.ui_state.page_mut() {
        let shown = page.share_menu.get_or_insert_default();
        shown.extend(menus);
        shown.sort();
        shown.dedup();
    }
    ok()
}

/// Without names everything goes.
fn hide(wx: &mut Wx, args: &Args) -> Outcome {
    let gone = match args.value.get("menus") {
        Some(Value::Array(menus)) => menus.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => KNOWN.map(str::to_owned).to_vec(),
    };
    if let Some(page) = wx.ui_state.page_mut() {
        page.share_menu
            .get_or_insert_default()
            .retain(|menu| !gone.contains(menu));
    }
    ok()
}

fn update(wx: &mut Wx, args: &Args) -> Outcome {
    wx.outbox.note("shareMenu.update", args.value.clone());
    ok()
}

/// Only the ticket that the app was opened with is a ticket.
fn share_info(wx: &mut Wx, args: &Args) -> Outcome {
    let opened = [&wx.app.enter, &wx.app.launch].map(|options| options["shareTicket"].as_str().unwrap_or_default());
    if !opened.contains(&args.text("shareTicket")) || args.text("shareTicket").is_empty() {
        return Err(WxError::new("invalid shareTicket"));
    }
    ask(
        wx,
        "getShareInfo",
        "encryptedData",
        json!({ "encryptedData": "", "iv": "" }),
    )
    .and_then(ok_with)
}

/// The file has to be there.
pub(super) fn handed_over(wx: &mut Wx, api: &str, path: &str) -> Outcome {
    wx.files.read(path)?;
    wx.outbox
        .note("person.asked", json!({ "api": api, "for": { "path": path } }));
    confirm(wx, api)
}
