//! `page-container`: while a page shows one, going back closes it and not the page.

use super::{Flow, Instance};
use crate::wx::{Outcome, Payload, ok};
use serde_json::json;

impl Instance {
    /// `$container`: whether a page shows one.
    pub(super) fn container(&mut self, args: &Payload) -> Outcome {
        let told = args.value();
        let page = told["page"].as_u64().unwrap_or_default();
        if told["shown"] == true {
            self.containers.insert(page);
        } else {
            self.containers.remove(&page);
        }
        ok()
    }

    /// Closes that of the page on the screen; whether there was one.
    pub(super) async fn close_container(&mut self) -> Flow<bool> {
        let page = self.pages.current().map(|page| page.id);
        let Some(page) = page.filter(|page| self.containers.remove(page)) else {
            return Ok(false);
        };
        self.event("container", &json!({ "page": page })).await?;
        Ok(true)
    }
}
