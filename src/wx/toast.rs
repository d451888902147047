//! `wx.showToast`, `wx.showLoading` and what takes them away.
//!
//! Toast and loading share one place: the later replaces the earlier, and each
//! `hide` takes away either, unless `noConflict` is set.

use super::ui_state::Toast;
use super::{Api, Args, Outcome, Param, Wx, ok};
use serde_json::json;

const NO_CONFLICT: &[Param] = &[Param::default("noConflict", "*", "false")];

/// Rows of this family.
pub const APIS: &[Api] = &[
    Api::now(
        "showToast",
        &[
            Param::default("title", "String", "\"\""),
            Param::default("icon", "*", "\"success\""),
            Param::default("image", "*", "\"\""),
            Param::default("duration", "Number", "1500"),
            Param::default("mask", "*", "false"),
        ],
        show_toast,
    ),
    Api::now("hideToast", NO_CONFLICT, hide_toast),
    Api::now(
        "showLoading",
        &[
            Param::default("title", "String", "\"\""),
            Param::default("mask", "*", "false"),
        ],
        show_loading,
    )
    .since("1.1.0"),
    Api::now("hideLoading", NO_CONFLICT, hide_loading).since("1.1.0"),
];

/// How long a toast stays when the app does not say, in milliseconds.
const DURATION_MS: f64 = 1500.0;

fn show_toast(wx: &mut Wx, args: &Args) -> Outcome {
    let icon = match args.text("icon") {
        icon @ ("success" | "error" | "loading" | "none") => icon,
        _ => "success",
    };
    let duration = args.number("duration").unwrap_or(DURATION_MS);
    let toast = Toast {
        title: args.text("title").to_owned(),
        icon: icon.to_owned(),
        image: args.text("image").to_owned(),
        mask: args.truthy("mask"),
        loading: false,
        hide_at: Some(wx.clock.now_ms() + duration),
    };
    pop_up(wx, toast, duration);
    ok()
}

/// Puts a toast on the screen for `duration` milliseconds, in place of the one before.
pub(super) fn pop_up(wx: &mut Wx, toast: Toast, duration: f64) {
    let shown = json!({
        "title": toast.title, "icon": toast.icon, "image": toast.image, "duration": duration, "mask": toast.mask,
    });
    wx.outbox.note("toast.show", shown);
    wx.ui_state.toast = Some(toast);
}

fn show_loading(wx: &mut Wx, args: &Args) -> Outcome {
    let toast = Toast {
        title: args.text("title").to_owned(),
        icon: "loading".to_owned(),
        mask: args.truthy("mask"),
        loading: true,
        ..Toast::default()
    };
    let shown = json!({ "title": toast.title, "mask": toast.mask });
    wx.outbox.note("loading.show", shown);
    wx.ui_state.toast = Some(toast);
    ok()
}

fn hide_toast(wx: &mut Wx, args: &Args) -> Outcome {
    hide(wx, args, false)
}

fn hide_loading(wx: &mut Wx, args: &Args) -> Outcome {
    hide(wx, args, true)
}

/// Taking away what is not there is no failure.
fn hide(wx: &mut Wx, args: &Args, loading: bool) -> Outcome {
    let Some(shown) = wx.ui_state.toast_at(wx.clock.now_ms()) else {
        wx.ui_state.toast = None;
        return ok();
    };
    if args.truthy("noConflict") && shown.loading != loading {
        return ok();
    }
    let kind = if shown.loading { "loading.hide" } else { "toast.hide" };
    wx.outbox.note(kind, json!({ "title": shown.title }));
    wx.ui_state.toast = None;
    ok()
}
