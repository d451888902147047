//! What the world gets of the package for its pages' trees.

use super::{Flow, Instance};
use crate::app::pages::{Plan, Step};
#[cfg(feature = "view")]
pub(super) use crate::view::Views;
use crate::wx::{Outcome, Payload, WxError};
use serde_json::json;

impl Instance {
    /// A page that uses components has its tree from its first moment on; any other page gets one when somebody looks.
    pub(super) async fn open_views(&mut self, plan: &Plan) -> Flow {
        let opened = plan.steps.iter().filter_map(|step| match step {
            Step::Open { path, .. } => Some(path.clone()),
            _ => None,
        });
        let pages: Vec<String> = opened.filter(|path| self.uses_components(path)).collect();
        if pages.is_empty() {
            return Ok(());
        }
        self.event("view", &json!({ "pages": pages })).await
    }

    #[cfg(feature = "view")]
    fn has_views(&self) -> bool {
        self.spec.worlds.spec().view
    }

    #[cfg(feature = "view")]
    fn uses_components(&self, page: &str) -> bool {
        self.has_views() && crate::view::uses_components(self.spec.package.as_ref(), page)
    }

    #[cfg(not(feature = "view"))]
    fn uses_components(&self, _: &str) -> bool {
        false
    }

    /// `$view`: what the world does not have yet of a page's components and templates.
    #[cfg(feature = "view")]
    pub(super) fn view(&mut self, args: &Payload) -> Outcome {
        if !self.has_views() {
            return Err(WxError::new("pages have no view here"));
        }
        let page = args.value()["page"].as_str().unwrap_or_default().to_owned();
        let view = self.views.page(self.spec.package.as_ref(), &page);
        Ok(Payload::json(&view.into()))
    }

    /// `$view` in a build without components.
    #[cfg(not(feature = "view"))]
    pub(super) fn view(&mut self, _: &Payload) -> Outcome {
        Err(WxError::new("this build has no view"))
    }
}
