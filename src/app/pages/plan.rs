//! What the world is to do for a route, in order, as values.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Names a page within one app instance.
pub type PageId = u64;

/// The parameters of a page, all of them strings, in the order of its url.
pub type Query = serde_json::Map<String, Value>;

/// How a page came to be opened, as the platform names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum OpenType {
    /// The first page of an instance.
    AppLaunch,
    /// On top of the current page.
    NavigateTo,
    /// In the place of the current page.
    RedirectTo,
    /// Back to an earlier page.
    NavigateBack,
    /// In the place of all pages.
    ReLaunch,
    /// A tab page.
    SwitchTab,
    /// As `ReLaunch`, by the host that brings the app back at a page of its own choice.
    AutoReLaunch,
}

impl OpenType {
    /// The kind of the API with this name.
    pub fn of_api(name: &str) -> Option<Self> {
        match name {
            "navigateTo" => Some(Self::NavigateTo),
            "redirectTo" => Some(Self::RedirectTo),
            "navigateBack" => Some(Self::NavigateBack),
            "reLaunch" => Some(Self::ReLaunch),
            "switchTab" => Some(Self::SwitchTab),
            _ => None,
        }
    }
}

/// One thing to do in the world.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Step {
    /// onHide.
    Hide {
        /// The page.
        page: PageId,
    },
    /// onUnload; the page is gone.
    Unload {
        /// The page.
        page: PageId,
    },
    /// A new page on top of the stack: its script runs if it has not yet, then onLoad.
    Open {
        /// The page.
        page: PageId,
        /// Its path without a leading slash.
        path: String,
        /// Its parameters.
        query: Query,
        /// How it came.
        open_type: OpenType,
    },
    /// onShow.
    Show {
        /// The page.
        page: PageId,
    },
    /// A hidden tab page leaves the stack and lives on; no lifecycle runs.
    Hang {
        /// The page.
        page: PageId,
    },
    /// A hanging tab page is on the stack again; no lifecycle runs.
    Unhang {
        /// The page.
        page: PageId,
    },
    /// App.onHide.
    AppHide,
    /// App.onShow.
    AppShow {
        /// The enter options.
        options: Value,
    },
    /// The platform's own not-found page is shown.
    NotFound {
        /// The missing page's path.
        path: String,
    },
    /// A warning on the app's console.
    Warn {
        /// Its text.
        text: String,
    },
}

/// What the world is to do for one route.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// In this order.
    pub steps: Vec<Step>,
    /// The new page, whose onReady follows after the API's callbacks.
    pub ready: Option<PageId>,
}

impl Plan {
    /// This plan and then the other.
    #[must_use]
    pub fn then(mut self, next: Self) -> Self {
        self.steps.extend(next.steps);
        self.ready = next.ready.or(self.ready);
        self
    }
}
