//! What the world gets of the package for its pages' trees.

use super::{Flow, Instance, InstanceSpec};
use crate::app::pages::{Plan, Step};
#[cfg(feature = "view")]
pub(super) use crate::view::Views;
use crate::wx::{Outcome, Payload, WxError};
use serde_json::json;

/// A world that will need the framework loads it while it is made, as do those that come after it.
pub(super) fn expect_components(spec: &InstanceSpec) {
    let app_json = spec.package.app_json();
    let page = match spec.launch.path.as_str() {
        "" => app_json.home_page().unwrap_or_default(),
        path => path,
    };
    if uses_components(spec, page) {
        spec.worlds.use_framework();
    }
}

#[cfg(feature = "view")]
fn uses_components(spec: &InstanceSpec, page: &str) -> bool {
    spec.worlds.spec().view && crate::view::uses_components(spec.package.as_ref(), page)
}

#[cfg(not(feature = "view"))]
fn uses_components(_: &InstanceSpec, _: &str) -> bool {
    false
}

impl Instance {
    /// A page that uses components has its tree from its first moment on; any other page gets one when somebody looks.
    pub(super) async fn open_views(&mut self, plan: &Plan) -> Flow {
        let opened = plan.steps.iter().filter_map(|step| match step {
            Step::Open { path, .. } => Some(path.clone()),
            _ => None,
        });
        let opened: Vec<String> = opened.collect();
        for path in &opened {
            self.part_runs(path);
        }
        let opened = opened.into_iter();
        let pages: Vec<String> = opened.filter(|path| uses_components(&self.spec, path)).collect();
        if pages.is_empty() {
            return Ok(());
        }
        self.event("view", &json!({ "pages": pages })).await
    }

    /// `$view`: what the world does not have yet of a page's components and templates.
    #[cfg(feature = "view")]
    pub(super) fn view(&mut self, args: &Payload) -> Outcome {
        if !self.spec.worlds.spec().view {
            return Err(WxError::new("pages have no view here"));
        }
        self.spec.worlds.use_framework();
        let page = args.value()["page"].as_str().unwrap_or_default().to_owned();
        let view = self.views.page(self.spec.package.as_ref(), &page);
        Ok(Payload::json(&view.into()))
    }

    /// The code of the subpackage that this file lies in runs from now on; components in it need nobody to stand in.
    #[cfg(feature = "view")]
    pub(super) fn part_runs(&mut self, path: &str) {
        self.views.runs(self.spec.package.as_ref(), path);
    }

    /// The same in a build without components.
    #[cfg(not(feature = "view"))]
    pub(super) fn part_runs(&mut self, _: &str) {}

    /// `$view` in a build without components.
    #[cfg(not(feature = "view"))]
    pub(super) fn view(&mut self, _: &Payload) -> Outcome {
        Err(WxError::new("this build has no view"))
    }
}
