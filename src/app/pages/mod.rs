//! The page stack as a pure state machine: a route in, a plan of lifecycles out.
//!
//! The world carries a plan out step by step (`js/route.js`); nothing here
//! waits, draws or calls. Which pages there are comes with the [`RouteTable`].
//!
//! ```text
//! stack     [ tab or plain page, plain, plain, ... top ]      at most ten
//! hanging   tab pages that another tab covers: alive, hidden, off the stack
//! ```

mod plan;
mod route_table;
mod stack;
mod url;

#[cfg(test)]
mod replay;
#[cfg(test)]
mod tests;

pub use plan::{OpenType, PageId, Plan, Query, Step};
pub use route_table::{RouteTable, SubpackageRoutes};
pub use stack::OpenPage;
pub use url::PageUrl;

use crate::wx::WxError;
use serde::Serialize;
use serde_json::Value;
use stack::PageStack;
use url::{Caller, resolve};

/// Pages that may be on the stack at once.
pub const MAX_PAGES: usize = 10;

/// The host entered the app at a page that is not there. The app's onPageNotFound may
/// route elsewhere, synchronously; if it does not, or misses too, see [`Pages::not_found`].
#[derive(Debug, Clone, PartialEq, Serialize, thiserror::Error)]
#[error("page \"{path}\" is not found")]
#[serde(rename_all = "camelCase")]
pub struct PageNotFound {
    /// The missing page's path.
    pub path: String,
    /// The parameters that it would have had.
    pub query: Query,
    /// It would have been the first page of this instance.
    pub is_entry_page: bool,
}

/// The pages of one app instance.
#[derive(Debug, Clone)]
pub struct Pages {
    routes: RouteTable,
    stack: PageStack,
    /// The last entry missed: relative urls count from the package root until a page is open again.
    lost: bool,
}

impl Pages {
    /// No page is open yet.
    pub fn new(routes: RouteTable) -> Self {
        Self {
            routes,
            stack: PageStack::default(),
            lost: false,
        }
    }

    /// The page on top.
    pub fn current(&self) -> Option<&OpenPage> {
        self.stack.top()
    }

    /// The pages as `getCurrentPages()` lists them, the top one last.
    pub fn stack(&self) -> &[OpenPage] {
        &self.stack.pages
    }

    /// The table that it was made with.
    pub fn routes(&self) -> &RouteTable {
        &self.routes
    }

    /// Whether the app is in the background.
    pub fn in_background(&self) -> bool {
        self.stack.background
    }

    /// Which page a url means when the current page uses it.
    pub fn resolve(&self, url: &str) -> PageUrl {
        let base = if self.lost { None } else { self.current() };
        let url = self.routes.unplugged(url);
        resolve(base.map_or("", |page| page.path.as_str()), &url, Caller::App)
    }

    /// One of the app's routes. The state moves on with the plan; an error changes nothing.
    /// `delta` counts for navigateBack only, `url` for all others.
    ///
    /// # Errors
    /// The platform's reasons: no such page, a tab page where none may be and the other
    /// way round, more than [`MAX_PAGES`] pages, nothing to go back to.
    pub fn plan(&mut self, kind: OpenType, url: &str, delta: Option<f64>) -> Result<Plan, WxError> {
        if kind == OpenType::NavigateBack {
            return self.navigate_back(delta);
        }
        let target = self.resolve(url);
        self.refuse(kind, &target)?;
        Ok(self.go(kind, target))
    }

    /// The page that one of the app's routes would open; none where the route would be refused or opens nothing.
    pub fn target(&self, kind: OpenType, url: &str) -> Option<PageUrl> {
        if kind == OpenType::NavigateBack {
            return None;
        }
        let target = self.resolve(url);
        self.refuse(kind, &target).is_ok().then_some(target)
    }

    /// The host opens the app, at `path` or, where that is empty, at its entry page.
    ///
    /// # Errors
    /// [`PageNotFound`]; the app may answer it with a route.
    pub fn launch(&mut self, path: &str, query: Query) -> Result<Plan, PageNotFound> {
        self.enter(OpenType::AppLaunch, path, query)
    }

    /// The host brings the app back at a page of its own choice: all others are closed.
    ///
    /// # Errors
    /// [`PageNotFound`]; the app may answer it with a route.
    pub fn auto_relaunch(&mut self, path: &str, query: Query) -> Result<Plan, PageNotFound> {
        self.enter(OpenType::AutoReLaunch, path, query)
    }

    /// The platform's own not-found page stands where the missing one should: none of the app's is left.
    pub fn not_found(&mut self, path: &str) -> Plan {
        let mut steps = self.stack.close_all();
        steps.push(Step::NotFound { path: path.to_owned() });
        self.lost = true;
        Plan { steps, ready: None }
    }

    /// The app starts in the background: its pages load without being shown.
    pub fn start_in_background(&mut self) {
        self.stack.background = true;
    }

    /// The top page hides, then the app.
    pub fn to_background(&mut self) -> Plan {
        if std::mem::replace(&mut self.stack.background, true) {
            return Plan::default();
        }
        let mut steps: Vec<Step> = self
            .current()
            .map(|top| Step::Hide { page: top.id })
            .into_iter()
            .collect();
        steps.push(Step::AppHide);
        Plan { steps, ready: None }
    }

    /// The app shows with its new enter options, then the top page.
    pub fn to_foreground(&mut self, options: Value) -> Plan {
        if !std::mem::replace(&mut self.stack.background, false) {
            return Plan::default();
        }
        let mut steps = vec![Step::AppShow { options }];
        steps.extend(self.current().map(|top| Step::Show { page: top.id }));
        Plan { steps, ready: None }
    }

    /// As [`Pages::to_foreground`], at a page of the host's choice: the old top page is not shown again.
    /// Where that page is missing, the plan shows the app and its onPageNotFound comes next.
    pub fn to_foreground_at(&mut self, options: Value, path: &str, query: Query) -> (Plan, Option<PageNotFound>) {
        self.stack.background = false;
        let shown = Plan {
            steps: vec![Step::AppShow { options }],
            ready: None,
        };
        match self.auto_relaunch(path, query) {
            Ok(plan) => (shown.then(plan), None),
            Err(missing) => (shown, Some(missing)),
        }
    }

    fn enter(&mut self, kind: OpenType, path: &str, query: Query) -> Result<Plan, PageNotFound> {
        let mut target = resolve("", path, Caller::Host);
        if target.path.is_empty() {
            self.routes.entry.clone_into(&mut target.path);
        }
        target.query.extend(query);
        if self.routes.has(&target.path) {
            return Ok(self.go(kind, target));
        }
        self.lost = true;
        let PageUrl { path, query } = target;
        Err(PageNotFound {
            path,
            query,
            is_entry_page: kind == OpenType::AppLaunch,
        })
    }

    fn refuse(&self, kind: OpenType, target: &PageUrl) -> Result<(), WxError> {
        let path = &target.path;
        if !self.routes.has(path) {
            return Err(WxError::new(format!("page \"{path}\" is not found")));
        }
        let tab = self.routes.is_tab(path);
        match kind {
            OpenType::NavigateTo if tab => Err(WxError::new("can not navigateTo a tabbar page")),
            OpenType::RedirectTo if tab => Err(WxError::new("can not redirectTo a tabbar page")),
            OpenType::SwitchTab if !tab => Err(WxError::new("can not switch to no-tabBar page")),
            OpenType::NavigateTo if self.stack.pages.len() >= MAX_PAGES && !self.lost => {
                Err(WxError::new("webview count limit exceed"))
            }
            _ => Ok(()),
        }
    }

    fn go(&mut self, kind: OpenType, target: PageUrl) -> Plan {
        if kind == OpenType::SwitchTab {
            return self.switch_tab(target);
        }
        // What stands in for a missed entry takes the place of all pages, as the entry would have.
        let stands_in = std::mem::replace(&mut self.lost, false);
        let before = match kind {
            OpenType::NavigateTo if !stands_in => self.stack.hide_top().into_iter().collect(),
            OpenType::RedirectTo if !stands_in => self.stack.close_top().into_iter().collect(),
            _ => self.stack.close_all(),
        };
        self.open(kind, target, before)
    }

    /// Goes back `delta` pages, one where it makes no sense, and stops at the bottom.
    fn navigate_back(&mut self, delta: Option<f64>) -> Result<Plan, WxError> {
        let open = self.stack.pages.len();
        if open < 2 {
            return Err(WxError::new("cannot navigate back at first page."));
        }
        let delta = delta.filter(|d| *d >= 1.0).map_or(1, |d| d as usize);
        let closed = self.stack.close_above(open.saturating_sub(delta).max(1));
        Ok(self.shown(closed))
    }

    /// A tab page keeps no parameters, so those of the url are left out, with a warning.
    fn switch_tab(&mut self, target: PageUrl) -> Plan {
        let PageUrl { path, query } = target;
        let warning = (!query.is_empty()).then(|| Step::Warn {
            text: format!("switchTab: the parameters of the url of {path} are left out"),
        });
        let mut steps: Vec<Step> = warning.into_iter().collect();
        let tab = PageUrl {
            path,
            query: Query::new(),
        };
        if std::mem::replace(&mut self.lost, false) {
            steps.extend(self.stack.close_all());
            return self.open(OpenType::SwitchTab, tab, steps);
        }
        if self.stack.is_on_top(&tab.path) {
            return Plan { steps, ready: None };
        }
        steps.extend(self.uncover_bottom_tab());
        if self.stack.is_on_top(&tab.path) {
            return self.shown(steps);
        }
        steps.extend(self.stack.hang_top());
        match self.stack.unhang(&tab.path) {
            Some(step) => {
                steps.push(step);
                self.shown(steps)
            }
            None => self.open(OpenType::SwitchTab, tab, steps),
        }
    }

    /// Closes every page above the tab page at the bottom (all, where there is none). A tab
    /// page that nothing covers was visible and hides.
    fn uncover_bottom_tab(&mut self) -> Vec<Step> {
        let on_tab = self
            .stack
            .pages
            .first()
            .is_some_and(|page| self.routes.is_tab(&page.path));
        if on_tab && self.stack.pages.len() == 1 {
            return self.stack.hide_top().into_iter().collect();
        }
        self.stack.close_above(usize::from(on_tab))
    }

    fn open(&mut self, kind: OpenType, target: PageUrl, mut steps: Vec<Step>) -> Plan {
        steps.push(self.stack.open(kind, target));
        let ready = self.stack.top().map(|page| page.id);
        Plan {
            ready,
            ..self.shown(steps)
        }
    }

    /// These steps, and then the top page is shown.
    fn shown(&self, mut steps: Vec<Step>) -> Plan {
        steps.extend(self.stack.show_top());
        Plan { steps, ready: None }
    }
}
