//! What is on the screen around the pages: navigation bars, tab bar, toast. Nothing is drawn; this is the state itself.

use serde::Serialize;
use serde_json::Value;

/// The screen of one app instance. The app's loop opens, shows and closes pages in it.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UiState {
    /// The open pages, in the order in which they were opened.
    pub pages: Vec<PageSurface>,
    /// Id of the page on the screen.
    pub current: Option<u64>,
    /// The tab bar, if app.json declares one.
    pub tab_bar: Option<TabBar>,
    /// The toast or loading sign; [`UiState::toast_at`] knows whether its time is over.
    pub toast: Option<Toast>,
    /// `wx.setKeepScreenOn`.
    pub keep_screen_on: bool,
    /// `window` of app.json.
    #[serde(skip)]
    window: Value,
}

/// What surrounds one page.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PageSurface {
    /// The app loop's name for the page instance.
    pub id: u64,
    /// Page path without a leading slash.
    pub path: String,
    /// Title in the navigation bar.
    pub title: String,
    /// `#ffffff` or `#000000`.
    pub front_color: String,
    /// Colour of the navigation bar.
    pub navigation_background: String,
    /// Whether the navigation bar shows the loading sign.
    pub navigation_loading: bool,
    /// Whether the page draws its navigation bar itself (`navigationStyle: custom`).
    pub custom_navigation: bool,
    /// Whether `wx.hideHomeButton` took the home button away.
    pub home_button_hidden: bool,
    /// Colour behind the page.
    pub background_color: String,
    /// The same above the page, seen when it is pulled down.
    pub background_color_top: String,
    /// The same below the page.
    pub background_color_bottom: String,
    /// `dark` or `light`: the loading sign of pull down refresh.
    pub background_text_style: String,
    /// Whether pull down refresh is under way.
    pub refreshing: bool,
    /// What the person is asked before going back from the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alert_before_unload: Option<String>,
    /// What the menu behind the capsule offers, once the app has said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share_menu: Option<Vec<String>>,
    /// How far the page is scrolled, in px.
    pub scroll_top: f64,
}

/// The tab bar.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TabBar {
    /// `wx.hideTabBar`.
    pub hidden: bool,
    /// Colour of a tab's text.
    pub color: String,
    /// The same of the chosen tab.
    pub selected_color: String,
    /// Colour behind the tabs.
    pub background_color: String,
    /// `black` or `white`.
    pub border_style: String,
    /// Two to five tabs.
    pub tabs: Vec<Tab>,
}

/// One tab.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Tab {
    /// Page path without a leading slash.
    pub page_path: String,
    /// The tab's text.
    pub text: String,
    /// Its picture.
    pub icon_path: String,
    /// Its picture when chosen.
    pub selected_icon_path: String,
    /// Text of the badge.
    pub badge: Option<String>,
    /// Whether it has a red dot.
    pub red_dot: bool,
}

/// A toast or a loading sign; there is one place for both.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Toast {
    /// The text.
    pub title: String,
    /// `success`, `error`, `loading` or `none`.
    pub icon: String,
    /// A picture in the icon's place, or empty.
    pub image: String,
    /// Whether it keeps touches from the page.
    pub mask: bool,
    /// Whether it came from `wx.showLoading`.
    pub loading: bool,
    /// When it goes by itself, in milliseconds since 1970.
    pub hide_at: Option<f64>,
}

impl UiState {
    /// The screen before the first page, by app.json.
    pub fn new(app_json: &Value) -> Self {
        Self {
            tab_bar: app_json.get("tabBar").filter(|bar| bar.is_object()).map(TabBar::new),
            window: app_json.get("window").cloned().unwrap_or_default(),
            ..Self::default()
        }
    }

    /// A page instance comes to be; `page_json` is the page's own json, or null.
    pub fn open_page(&mut self, id: u64, path: &str, page_json: &Value) {
        let page = PageSurface::new(id, path, page_json, &self.window);
        self.pages.push(page);
        self.current = Some(id);
    }

    /// The page instance `id` comes to the top.
    pub fn show_page(&mut self, id: u64) {
        self.current = Some(id);
    }

    /// The page instance `id` is gone.
    pub fn close_page(&mut self, id: u64) {
        self.pages.retain(|page| page.id != id);
        if self.current == Some(id) {
            self.current = None;
        }
    }

    /// The page on the screen.
    pub fn page(&self) -> Option<&PageSurface> {
        self.pages.iter().find(|page| Some(page.id) == self.current)
    }

    /// The page on the screen, to change it.
    pub fn page_mut(&mut self) -> Option<&mut PageSurface> {
        let current = self.current;
        self.pages.iter_mut().find(|page| Some(page.id) == current)
    }

    /// Whether the page on the screen is one of the tab bar's.
    pub fn on_tab_page(&self) -> bool {
        let (Some(bar), Some(page)) = (&self.tab_bar, self.page()) else {
            return false;
        };
        bar.tabs.iter().any(|tab| tab.page_path == page.path)
    }

    /// The toast that is on the screen at `now_ms`.
    pub fn toast_at(&self, now_ms: f64) -> Option<&Toast> {
        self.toast.as_ref().filter(|t| t.hide_at.is_none_or(|at| now_ms < at))
    }

    /// The state as a dump shows it at `now_ms`: without a toast whose time is over.
    #[must_use]
    pub fn at(&self, now_ms: f64) -> Self {
        Self {
            toast: self.toast_at(now_ms).cloned(),
            ..self.clone()
        }
    }
}

impl PageSurface {
    fn new(id: u64, path: &str, page_json: &Value, window: &Value) -> Self {
        let text = |name: &str, default: &str| {
            let value = page_json.get(name).or_else(|| window.get(name));
            value.and_then(Value::as_str).unwrap_or(default).to_owned()
        };
        let background_color = text("backgroundColor", "#ffffff");
        let front = if text("navigationBarTextStyle", "white") == "black" {
            "#000000"
        } else {
            "#ffffff"
        };
        Self {
            id,
            path: path.to_owned(),
            title: text("navigationBarTitleText", ""),
            front_color: front.to_owned(),
            navigation_background: text("navigationBarBackgroundColor", "#000000"),
            custom_navigation: text("navigationStyle", "default") == "custom",
            background_color_top: text("backgroundColorTop", &background_color),
            background_color_bottom: text("backgroundColorBottom", &background_color),
            background_color,
            background_text_style: text("backgroundTextStyle", "dark"),
            ..Self::default()
        }
    }
}

impl TabBar {
    fn new(json: &Value) -> Self {
        let list = json.get("list").and_then(Value::as_array);
        Self {
            hidden: false,
            color: string(json, "color"),
            selected_color: string(json, "selectedColor"),
            background_color: string(json, "backgroundColor"),
            border_style: Some(string(json, "borderStyle"))
                .filter(|s| !s.is_empty())
                .unwrap_or_else(|| "black".into()),
            tabs: list.into_iter().flatten().map(Tab::new).collect(),
        }
    }
}

impl Tab {
    fn new(json: &Value) -> Self {
        Self {
            page_path: string(json, "pagePath").trim_start_matches('/').to_owned(),
            text: string(json, "text"),
            icon_path: string(json, "iconPath"),
            selected_icon_path: string(json, "selectedIconPath"),
            badge: None,
            red_dot: false,
        }
    }
}

fn string(json: &Value, name: &str) -> String {
    json.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}
