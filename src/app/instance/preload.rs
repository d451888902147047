//! `preloadRule`: a page that is entered has subpackages fetched ahead.
//!
//! Source: the platform's page on loading subpackages ahead (wx-semantics, section 6).

use super::Instance;
use super::parts::{named_part, part_of};
use crate::package::PartName;
use crate::wx::NetworkType;
use serde_json::json;

/// Bytes that the pages of one part may have fetched ahead, all together.
const LIMIT: u64 = 2 << 20;

impl Instance {
    /// Sets off what the rule of the page says, as far as network and limit allow.
    pub(super) fn preload(&mut self) {
        let Some(path) = self.pages.current().map(|page| page.path.clone()) else {
            return;
        };
        let app = self.spec.package.app_json();
        let Some(rule) = app.preload_rule.get(&path) else {
            return;
        };
        let wifi_only = rule.network.as_deref() != Some("all");
        let named: Vec<_> = rule.packages.iter().filter_map(|name| named_part(app, name)).collect();
        let owner = part_of(app, &path);
        for part in named {
            match self.preloads(&owner, &part, wifi_only) {
                Some(reason) => {
                    self.note(
                        "preload.skipped",
                        json!({ "path": path, "part": part, "reason": reason }),
                    );
                }
                None if self.spec.package.has(&part) => {}
                None => {
                    self.note("preload", json!({ "path": path, "part": part }));
                    self.want(&part);
                }
            }
        }
    }

    /// Why a part is not fetched ahead. What is at hand counts for the limit all the same.
    fn preloads(&mut self, owner: &PartName, part: &PartName, wifi_only: bool) -> Option<String> {
        let package = &self.spec.package;
        let ahead = self.parts.ahead.entry(owner.clone()).or_default();
        let others: u64 = ahead
            .iter()
            .filter(|other| *other != part)
            .map(|part| package.size_of(part))
            .sum();
        let size = package.size_of(part);
        if others + size > LIMIT {
            return Some(format!(
                "{} bytes are more than the pages of {owner} may load ahead",
                others + size
            ));
        }
        ahead.insert(part.clone());
        if package.has(part) {
            return None;
        }
        match self.wx.profile.network {
            NetworkType::None => Some("there is no network".into()),
            NetworkType::Wifi => None,
            other if wifi_only => Some(format!(
                "the network is {}, not wifi",
                json!(other).as_str().unwrap_or("another")
            )),
            _ => None,
        }
    }
}
