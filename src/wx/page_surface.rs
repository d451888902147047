//! What surrounds a page's content: background, pull down refresh, scrolling.

use super::{Api, Args, Outcome, Param, Payload, Wx, WxError, ok};
use serde_json::json;

/// Rows of this family.
pub const APIS: &[Api] = &[
    Api::now(
        "setBackgroundColor",
        &[
            Param::optional("backgroundColor", "String"),
            Param::optional("backgroundColorTop", "String"),
            Param::optional("backgroundColorBottom", "String"),
        ],
        set_background_color,
    )
    .since("2.1.0"),
    Api::now(
        "setBackgroundTextStyle",
        &[Param::required("textStyle", "String")],
        set_background_text_style,
    )
    .since("2.1.0"),
    Api::now("startPullDownRefresh", &[], start_pull_down_refresh).since("1.5.0"),
    Api::now("stopPullDownRefresh", &[], stop_pull_down_refresh).since("1.5.0"),
    Api::now(
        "pageScrollTo",
        &[
            Param::optional("scrollTop", "Number"),
            Param::default("duration", "Number", "300"),
            Param::optional("selector", "String"),
            Param::default("offsetTop", "Number", "0"),
        ],
        page_scroll_to,
    )
    .since("1.4.0"),
];

fn set_background_color(wx: &mut Wx, args: &Args) -> Outcome {
    let Some(page) = wx.ui_state.page_mut() else {
        return ok();
    };
    if let Some(color) = args.text_opt("backgroundColor") {
        color.clone_into(&mut page.background_color);
    }
    if let Some(color) = args.text_opt("backgroundColorTop") {
        color.clone_into(&mut page.background_color_top);
    }
    if let Some(color) = args.text_opt("backgroundColorBottom") {
        color.clone_into(&mut page.background_color_bottom);
    }
    ok()
}

fn set_background_text_style(wx: &mut Wx, args: &Args) -> Outcome {
    let style = args.text("textStyle");
    if !["dark", "light"].contains(&style) {
        return Err(WxError::parameter(format!("invalid textStyle \"{style}\"")));
    }
    if let Some(page) = wx.ui_state.page_mut() {
        style.clone_into(&mut page.background_text_style);
    }
    ok()
}

/// As if the person had pulled: the page gets `onPullDownRefresh` through the event `"pullDownRefresh"`.
fn start_pull_down_refresh(wx: &mut Wx, _: &Args) -> Outcome {
    if let Some(page) = wx.ui_state.page_mut().filter(|page| !page.refreshing) {
        page.refreshing = true;
        wx.outbox.note("pullDownRefresh.start", json!({ "path": page.path }));
        wx.outbox
            .emit("pullDownRefresh", Payload::json(&json!({ "pageId": page.id })));
    }
    ok()
}

fn stop_pull_down_refresh(wx: &mut Wx, _: &Args) -> Outcome {
    if let Some(page) = wx.ui_state.page_mut().filter(|page| page.refreshing) {
        page.refreshing = false;
        wx.outbox.note("pullDownRefresh.stop", json!({ "path": page.path }));
    }
    ok()
}

/// There is no layout, so a selector's place is not known: it moves nothing.
fn page_scroll_to(wx: &mut Wx, args: &Args) -> Outcome {
    if let (Some(page), Some(top)) = (wx.ui_state.page_mut(), args.number("scrollTop")) {
        page.scroll_top = top.max(0.0);
    }
    ok()
}
