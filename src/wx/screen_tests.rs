//! The families that change the screen or read the device, called as the host calls them.

use super::*;
use crate::system::VirtualClock;
use futures_util::FutureExt;
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::sync::mpsc::UnboundedReceiver;

struct Device {
    wx: Wx,
    clock: VirtualClock,
    outgoing: UnboundedReceiver<Outgoing>,
}

impl Device {
    /// On page `path` of an app with two tabs, `a` and `b`, and a page `c`.
    fn on_page(path: &str) -> Self {
        let clock = VirtualClock::new(1_000_000.0);
        let (outbox, outgoing) = Outbox::new();
        let mut wx = Wx::new(outbox, Arc::new(clock.clone()));
        let tabs = [
            json!({ "pagePath": "a", "text": "A" }),
            json!({ "pagePath": "b", "text": "B" }),
        ];
        let window = json!({ "navigationBarTitleText": "App", "navigationBarTextStyle": "black" });
        wx.ui_state = UiState::new(&json!({ "tabBar": { "list": tabs }, "window": window }));
        wx.ui_state.open_page(7, path, &Value::Null);
        Self { wx, clock, outgoing }
    }

    fn call(&mut self, api: &str, options: Value) -> Result<Value, WxError> {
        let row = apis().find(|row| row.name == api).unwrap();
        let args = Wx::args(options);
        let outcome = match row.run {
            Run::Now(run) => run(&mut self.wx, &args),
            Run::Later(run) => run(&mut self.wx, args).now_or_never().unwrap(),
            Run::Js => panic!("{api} does not ask the host"),
        };
        outcome.map(|payload| payload.value())
    }

    fn page(&self) -> &PageSurface {
        self.wx.ui_state.page().unwrap()
    }

    fn toast(&self) -> Option<String> {
        let toast = self.wx.ui_state.toast_at(crate::system::Clock::now_ms(&self.clock));
        toast.map(|toast| toast.title.clone())
    }

    fn sent(&mut self) -> Vec<String> {
        std::iter::from_fn(|| self.outgoing.try_recv().ok())
            .map(|outgoing| match outgoing {
                Outgoing::Event(event) => format!("event {}", event.name),
                Outgoing::Note(kind, _) => kind,
                Outgoing::Command(_) => "command".to_owned(),
            })
            .collect()
    }
}

fn fails(api: &str, options: Value, page: &str, reason: &str) {
    let error = Device::on_page(page).call(api, options).unwrap_err();
    assert_eq!(error.reason, reason, "{api} on {page}");
}

#[test]
fn a_toast_goes_after_its_duration() {
    let rows = [
        (json!({ "title": "t" }), 1500.0),
        (json!({ "title": "t", "duration": 300 }), 300.0),
    ];
    for (options, duration) in rows {
        let mut device = Device::on_page("a");
        device.call("showToast", options).unwrap();
        device.clock.advance_to(1_000_000.0 + duration - 1.0);
        assert_eq!(device.toast().as_deref(), Some("t"));
        device.clock.advance_to(1_000_000.0 + duration);
        assert_eq!(device.toast(), None);
    }
}

#[test]
fn toast_and_loading_replace_each_other() {
    let mut device = Device::on_page("a");
    device.call("showLoading", json!({ "title": "loading" })).unwrap();
    device.clock.advance_to(9e12);
    assert_eq!(device.toast().as_deref(), Some("loading"), "a loading sign stays");
    device.call("showToast", json!({ "title": "toast" })).unwrap();
    assert_eq!(device.toast().as_deref(), Some("toast"));
    device.call("hideLoading", json!({})).unwrap();
    assert_eq!(device.toast(), None, "hideLoading takes a toast away too");
}

#[test]
fn no_conflict_leaves_the_other_kind_alone() {
    let mut device = Device::on_page("a");
    device.call("showToast", json!({ "title": "toast" })).unwrap();
    device.call("hideLoading", json!({ "noConflict": true })).unwrap();
    assert_eq!(device.toast().as_deref(), Some("toast"));
    device.call("hideToast", json!({ "noConflict": true })).unwrap();
    assert_eq!(device.toast(), None);
    device.call("hideToast", json!({})).unwrap();
    assert_eq!(device.sent(), ["toast.show", "toast.hide"]);
}

#[test]
fn an_unknown_icon_is_success() {
    let mut device = Device::on_page("a");
    for (icon, shown) in [("error", "error"), ("none", "none"), ("sad", "success")] {
        device.call("showToast", json!({ "icon": icon })).unwrap();
        assert_eq!(device.wx.ui_state.toast.as_ref().unwrap().icon, shown);
    }
}

#[test]
fn the_navigation_bar_follows_the_page() {
    let mut device = Device::on_page("c");
    assert_eq!(
        (device.page().title.as_str(), device.page().front_color.as_str()),
        ("App", "#000000")
    );
    device.call("setNavigationBarTitle", json!({ "title": "C" })).unwrap();
    let colors = json!({ "frontColor": "#FFFFFF", "backgroundColor": "#12ab34" });
    device.call("setNavigationBarColor", colors).unwrap();
    device.call("showNavigationBarLoading", json!({})).unwrap();
    device.call("hideHomeButton", json!({})).unwrap();
    let page = device.page();
    assert_eq!((page.title.as_str(), page.front_color.as_str()), ("C", "#ffffff"));
    assert_eq!(page.navigation_background, "#12ab34");
    assert!(page.navigation_loading && page.home_button_hidden);
    let own = json!({ "navigationBarTitleText": "Own" });
    device.wx.ui_state.open_page(8, "d", &own);
    assert_eq!(device.page().title, "Own");
    device.wx.ui_state.close_page(8);
    device.wx.ui_state.show_page(7);
    assert_eq!(device.page().title, "C");
}

#[test]
fn navigation_bar_colors_that_are_refused() {
    for (front, background, wrong) in [
        ("#fff", "#000000", "#fff"),
        ("red", "#000000", "red"),
        ("#ffffff", "blue", "blue"),
    ] {
        let options = json!({ "frontColor": front, "backgroundColor": background });
        fails(
            "setNavigationBarColor",
            options,
            "c",
            &format!("invalid color \"{wrong}\""),
        );
    }
}

#[test]
fn the_tab_bar_is_for_tab_pages() {
    let rows = [
        ("setTabBarBadge", json!({ "index": 0, "text": "1" })),
        ("removeTabBarBadge", json!({ "index": 0 })),
        ("showTabBarRedDot", json!({ "index": 0 })),
        ("hideTabBarRedDot", json!({ "index": 0 })),
        ("showTabBar", json!({})),
        ("hideTabBar", json!({})),
        ("setTabBarItem", json!({ "index": 0 })),
        ("setTabBarStyle", json!({})),
    ];
    for (api, options) in rows {
        fails(api, options.clone(), "c", "not TabBar page");
        assert!(Device::on_page("b").call(api, options).is_ok(), "{api}");
    }
    for index in [json!(2), json!(-1), json!(0.5)] {
        fails(
            "setTabBarBadge",
            json!({ "index": index, "text": "" }),
            "a",
            "tabbar item not found",
        );
    }
}

#[test]
fn badges_and_red_dots() {
    let mut device = Device::on_page("a");
    let tab = |device: &Device| {
        let tab = device.wx.ui_state.tab_bar.as_ref().unwrap().tabs[1].clone();
        (tab.badge, tab.red_dot)
    };
    device.call("showTabBarRedDot", json!({ "index": 1 })).unwrap();
    assert_eq!(tab(&device), (None, true));
    for (text, shown) in [("12", "12"), ("1234", "1234"), ("12345", "...")] {
        device
            .call("setTabBarBadge", json!({ "index": 1, "text": text }))
            .unwrap();
        assert_eq!(tab(&device), (Some(shown.into()), false));
    }
    device.call("removeTabBarBadge", json!({ "index": 1 })).unwrap();
    assert_eq!(tab(&device), (None, false));
}

#[test]
fn the_window_is_what_the_bars_leave() {
    let rows = [("a", 844 - 80 - 56), ("c", 844 - 80)];
    for (page, height) in rows {
        let mut device = Device::on_page(page);
        let info = device.call("getSystemInfo", json!({})).unwrap();
        assert_eq!(info["windowHeight"], height, "{page}");
        assert_eq!(device.call("getWindowInfo", json!({})).unwrap()["windowHeight"], height);
    }
    let mut device = Device::on_page("c");
    device
        .wx
        .ui_state
        .open_page(8, "d", &json!({ "navigationStyle": "custom" }));
    assert_eq!(device.call("getWindowInfo", json!({})).unwrap()["windowHeight"], 844);
}

#[test]
fn system_info_has_all_parts_and_is_no_devtools() {
    let mut device = Device::on_page("a");
    let all = device.call("getSystemInfo", json!({})).unwrap();
    for part in ["getAppBaseInfo", "getWindowInfo", "getDeviceInfo", "getSystemSetting"] {
        for (key, value) in device.call(part, json!({})).unwrap().as_object().unwrap() {
            assert_eq!(&all[key], value, "{part} {key}");
        }
    }
    assert_eq!(
        (&all["platform"], &all["albumAuthorized"]),
        (&json!("android"), &json!(true))
    );
    let authorized = device.call("getAppAuthorizeSetting", json!({})).unwrap();
    assert_eq!(authorized["albumAuthorized"], "authorized");
}

#[test]
fn the_network_changes_once() {
    let mut device = Device::on_page("a");
    change(&mut device.wx, &json!({ "network": "none" })).unwrap();
    change(&mut device.wx, &json!({ "network": "none" })).unwrap();
    assert_eq!(device.call("getNetworkType", json!({})).unwrap()["networkType"], "none");
    assert_eq!(device.sent(), ["network.change", "event networkStatusChange"]);
}

#[test]
fn the_clipboard_says_that_it_has_copied() {
    let mut device = Device::on_page("a");
    device.call("setClipboardData", json!({ "data": "x" })).unwrap();
    assert_eq!(
        device.call("getClipboardData", json!({})).unwrap(),
        json!({ "data": "x" })
    );
    assert_eq!(device.toast().as_deref(), Some("内容已复制"));
}

#[test]
fn pull_down_refresh_reaches_the_page_once() {
    let mut device = Device::on_page("a");
    device.call("startPullDownRefresh", json!({})).unwrap();
    device.call("startPullDownRefresh", json!({})).unwrap();
    assert!(device.page().refreshing);
    device.call("stopPullDownRefresh", json!({})).unwrap();
    assert!(!device.page().refreshing);
    assert_eq!(
        device.sent(),
        ["pullDownRefresh.start", "event pullDownRefresh", "pullDownRefresh.stop"]
    );
}

#[test]
fn page_surface() {
    let mut device = Device::on_page("a");
    device.call("pageScrollTo", json!({ "scrollTop": 120 })).unwrap();
    device
        .call("setBackgroundColor", json!({ "backgroundColorTop": "#111111" }))
        .unwrap();
    device
        .call("setBackgroundTextStyle", json!({ "textStyle": "light" }))
        .unwrap();
    let page = device.page();
    assert_eq!(page.scroll_top, 120.0);
    assert_eq!(
        (page.background_color.as_str(), page.background_color_top.as_str()),
        ("#ffffff", "#111111")
    );
    assert_eq!(page.background_text_style, "light");
    fails(
        "setBackgroundTextStyle",
        json!({ "textStyle": "grey" }),
        "a",
        "invalid textStyle \"grey\"",
    );
}

#[test]
fn routes_and_restarts_leave_as_commands() {
    let rows = [
        ("navigateTo", json!({ "url": "b?x=1" })),
        ("redirectTo", json!({ "url": "b" })),
        ("reLaunch", json!({ "url": "b" })),
        ("switchTab", json!({ "url": "b" })),
        ("navigateBack", json!({ "delta": 1 })),
        ("restartMiniProgram", json!({ "path": "b?x=1" })),
        ("applyUpdate", json!({})),
    ];
    for (api, options) in rows {
        let mut device = Device::on_page("a");
        let row = apis().find(|row| row.name == api).unwrap();
        let Run::Later(run) = row.run else {
            panic!("{api} answers later");
        };
        let outcome = run(&mut device.wx, Wx::args(options.clone()));
        let Ok(Outgoing::Command(cell)) = device.outgoing.try_recv() else {
            panic!("{api} sends a command");
        };
        let command = cell.lock().unwrap().take().unwrap();
        let reply = match command {
            HostCommand::Route {
                kind, params, reply, ..
            } => {
                assert_eq!((kind.as_str(), params), (api, options));
                reply
            }
            HostCommand::Restart { path, reply } => {
                assert_eq!(path, "b?x=1");
                reply
            }
            HostCommand::ApplyUpdate { reply } => reply,
            HostCommand::OtherApp { .. }
            | HostCommand::Exit
            | HostCommand::Back
            | HostCommand::Subpackage { .. }
            | HostCommand::At { .. } => {
                panic!("{api} asks for none of these")
            }
        };
        reply.send(Err(WxError::coded("refused", 7))).unwrap();
        assert_eq!(
            outcome.now_or_never().unwrap(),
            Err(WxError::coded("refused", 7)),
            "{api}"
        );
        assert!(!device.wx.outbox.is_busy());
    }
    let mut device = Device::on_page("a");
    device.call("exitMiniProgram", json!({})).unwrap();
    assert_eq!(device.sent(), ["command"]);
}

#[test]
fn defaults_of_the_table_are_json() {
    for row in apis() {
        for param in row.params.iter().filter(|param| !param.default.is_empty()) {
            assert!(
                serde_json::from_str::<Value>(param.default).is_ok(),
                "{} {}",
                row.name,
                param.name
            );
        }
    }
}
