//! The tab bar. Each of these fails unless the page on the screen is one of its pages.

use super::ui_state::{Tab, TabBar};
use super::{Api, Args, Outcome, Param, Wx, WxError, ok};

const INDEX: &[Param] = &[Param::required("index", "Number")];
const ANIMATION: &[Param] = &[Param::default("animation", "*", "false")];

/// Rows of this family.
pub const APIS: &[Api] = &[
    Api::now(
        "setTabBarBadge",
        &[Param::required("index", "Number"), Param::required("text", "String")],
        set_badge,
    )
    .since("1.9.0"),
    Api::now("removeTabBarBadge", INDEX, remove_badge).since("1.9.0"),
    Api::now("showTabBarRedDot", INDEX, |wx, args| set_red_dot(wx, args, true)).since("1.9.0"),
    Api::now("hideTabBarRedDot", INDEX, |wx, args| set_red_dot(wx, args, false)).since("1.9.0"),
    Api::now("showTabBar", ANIMATION, |wx, _| set_hidden(wx, false)).since("1.9.0"),
    Api::now("hideTabBar", ANIMATION, |wx, _| set_hidden(wx, true)).since("1.9.0"),
    Api::now(
        "setTabBarItem",
        &[
            Param::required("index", "Number"),
            Param::optional("text", "String"),
            Param::optional("iconPath", "String"),
            Param::optional("selectedIconPath", "String"),
        ],
        set_item,
    )
    .since("1.9.0"),
    Api::now(
        "setTabBarStyle",
        &[
            Param::optional("color", "String"),
            Param::optional("selectedColor", "String"),
            Param::optional("backgroundColor", "String"),
            Param::optional("borderStyle", "String"),
        ],
        set_style,
    )
    .since("1.9.0"),
];

/// Characters of a badge that are shown; of a longer text only an ellipsis is.
const BADGE_CHARACTERS: usize = 4;

fn tab_bar(wx: &mut Wx) -> Result<&mut TabBar, WxError> {
    let on_tab_page = wx.ui_state.on_tab_page();
    let bar = wx.ui_state.tab_bar.as_mut().filter(|_| on_tab_page);
    bar.ok_or_else(|| WxError::new("not TabBar page"))
}

fn tab<'a>(wx: &'a mut Wx, args: &Args) -> Result<&'a mut Tab, WxError> {
    let index = args.number("index").unwrap_or(-1.0);
    let mut tabs = tab_bar(wx)?.tabs.iter_mut().enumerate();
    let found = tabs.find(|(i, _)| *i as f64 == index);
    found
        .map(|(_, tab)| tab)
        .ok_or_else(|| WxError::new("tabbar item not found"))
}

/// A badge takes the red dot's place.
fn set_badge(wx: &mut Wx, args: &Args) -> Outcome {
    let tab = tab(wx, args)?;
    let text = args.text("text");
    let shown = if text.chars().count() > BADGE_CHARACTERS {
        "..."
    } else {
        text
    };
    tab.badge = Some(shown.to_owned());
    tab.red_dot = false;
    ok()
}

fn remove_badge(wx: &mut Wx, args: &Args) -> Outcome {
    tab(wx, args)?.badge = None;
    ok()
}

fn set_red_dot(wx: &mut Wx, args: &Args, shown: bool) -> Outcome {
    let tab = tab(wx, args)?;
    tab.red_dot = shown;
    if shown {
        tab.badge = None;
    }
    ok()
}

fn set_hidden(wx: &mut Wx, hidden: bool) -> Outcome {
    tab_bar(wx)?.hidden = hidden;
    ok()
}

fn set_item(wx: &mut Wx, args: &Args) -> Outcome {
    let tab = tab(wx, args)?;
    replace(&mut tab.text, args, "text");
    replace(&mut tab.icon_path, args, "iconPath");
    replace(&mut tab.selected_icon_path, args, "selectedIconPath");
    ok()
}

fn set_style(wx: &mut Wx, args: &Args) -> Outcome {
    let bar = tab_bar(wx)?;
    replace(&mut bar.color, args, "color");
    replace(&mut bar.selected_color, args, "selectedColor");
    replace(&mut bar.background_color, args, "backgroundColor");
    replace(&mut bar.border_style, args, "borderStyle");
    ok()
}

fn replace(field: &mut String, args: &Args, name: &str) {
    if let Some(text) = args.text_opt(name) {
        text.clone_into(field);
    }
}
