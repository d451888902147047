//! The navigation bar of the page on the screen. Without a page there is nothing to change, which is no failure.

use super::{Api, Args, Outcome, Param, Wx, WxError, ok};
use serde_json::json;

/// Rows of this family.
pub const APIS: &[Api] = &[
    Api::now(
        "setNavigationBarTitle",
        &[Param::required("title", "String")],
        set_title,
    ),
    Api::now(
        "setNavigationBarColor",
        &[
            Param::required("frontColor", "String"),
            Param::required("backgroundColor", "String"),
            Param::optional("animation", "*"),
        ],
        set_color,
    )
    .since("1.4.0"),
    Api::now("showNavigationBarLoading", &[], |wx, _| set_loading(wx, true)),
    Api::now("hideNavigationBarLoading", &[], |wx, _| set_loading(wx, false)),
    Api::now("hideHomeButton", &[], hide_home_button).since("2.8.3"),
];

fn set_title(wx: &mut Wx, args: &Args) -> Outcome {
    let title = args.text("title");
    if let Some(page) = wx.ui_state.page_mut() {
        page.title = title.to_owned();
        wx.outbox
            .note("navigationBar.title", json!({ "path": page.path, "title": title }));
    }
    ok()
}

/// Only white and black are front colours; the background is `#` and 3, 6 or 8 hex digits.
fn set_color(wx: &mut Wx, args: &Args) -> Outcome {
    let (front, background) = (args.text("frontColor"), args.text("backgroundColor"));
    if !["#ffffff", "#000000"].contains(&front.to_ascii_lowercase().as_str()) {
        return Err(WxError::parameter(format!("invalid color \"{front}\"")));
    }
    if !is_hex_color(background) {
        return Err(WxError::parameter(format!("invalid color \"{background}\"")));
    }
    if let Some(page) = wx.ui_state.page_mut() {
        page.front_color = front.to_ascii_lowercase();
        page.navigation_background = background.to_owned();
        let changed = json!({ "path": page.path, "frontColor": front, "backgroundColor": background });
        wx.outbox.note("navigationBar.color", changed);
    }
    ok()
}

/// `#rgb`, `#rrggbb` or `#rrggbbaa`.
pub(super) fn is_hex_color(text: &str) -> bool {
    let Some(digits) = text.strip_prefix('#') else {
        return false;
    };
    matches!(digits.len(), 3 | 6 | 8) && digits.bytes().all(|b| b.is_ascii_hexdigit())
}

fn set_loading(wx: &mut Wx, loading: bool) -> Outcome {
    if let Some(page) = wx.ui_state.page_mut() {
        page.navigation_loading = loading;
    }
    ok()
}

fn hide_home_button(wx: &mut Wx, _: &Args) -> Outcome {
    if let Some(page) = wx.ui_state.page_mut() {
        page.home_button_hidden = true;
    }
    ok()
}
