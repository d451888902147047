//! The open pages and how each of their moves looks as a step.

use super::plan::{OpenType, PageId, Query, Step};
use super::url::PageUrl;
use serde::Serialize;

/// An open page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OpenPage {
    /// Counted up from 1 within one app instance, never used again.
    pub id: PageId,
    /// Page path without a leading slash.
    pub path: String,
    /// The parameters that it was opened with.
    pub query: Query,
}

/// The stack, and beside it the tab pages that another tab covers.
#[derive(Debug, Clone, Default)]
pub struct PageStack {
    /// The top one last.
    pub pages: Vec<OpenPage>,
    hanging: Vec<OpenPage>,
    last_id: PageId,
    /// Nothing is shown or hidden while the app is in the background.
    pub background: bool,
}

impl PageStack {
    pub fn top(&self) -> Option<&OpenPage> {
        self.pages.last()
    }

    pub fn is_on_top(&self, path: &str) -> bool {
        self.top().is_some_and(|top| top.path == path)
    }

    /// A new page on top, not yet shown.
    pub fn open(&mut self, open_type: OpenType, target: PageUrl) -> Step {
        let PageUrl { path, query } = target;
        self.last_id += 1;
        let page = self.last_id;
        self.pages.push(OpenPage {
            id: page,
            path: path.clone(),
            query: query.clone(),
        });
        Step::Open {
            page,
            path,
            query,
            open_type,
        }
    }

    pub fn show_top(&self) -> Option<Step> {
        self.visible().map(|page| Step::Show { page })
    }

    pub fn hide_top(&self) -> Option<Step> {
        self.visible().map(|page| Step::Hide { page })
    }

    /// The page that a person sees; none in the background.
    fn visible(&self) -> Option<PageId> {
        self.top().filter(|_| !self.background).map(|top| top.id)
    }

    pub fn close_top(&mut self) -> Option<Step> {
        self.pages.pop().map(|page| Step::Unload { page: page.id })
    }

    /// From the top down until `keep` pages are left.
    pub fn close_above(&mut self, keep: usize) -> Vec<Step> {
        let closing = self.pages.split_off(keep.min(self.pages.len()));
        let steps = closing.iter().rev().map(|page| Step::Unload { page: page.id });
        steps.collect()
    }

    /// Every page from the top down, then the hanging tab pages.
    pub fn close_all(&mut self) -> Vec<Step> {
        let mut steps = self.close_above(0);
        steps.extend(self.hanging.drain(..).map(|tab| Step::Unload { page: tab.id }));
        steps
    }

    /// The tab page on top makes room for another.
    pub fn hang_top(&mut self) -> Option<Step> {
        let tab = self.pages.pop()?;
        let page = tab.id;
        self.hanging.push(tab);
        Some(Step::Hang { page })
    }

    /// The hanging tab page with this path comes back on top, not yet shown.
    pub fn unhang(&mut self, path: &str) -> Option<Step> {
        let at = self.hanging.iter().position(|tab| tab.path == path)?;
        let tab = self.hanging.remove(at);
        let page = tab.id;
        self.pages.push(tab);
        Some(Step::Unhang { page })
    }
}
