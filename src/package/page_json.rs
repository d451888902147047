//! The json file of a page or a component.

use super::json_text::{parse_json, text_of};
use super::problem::Problem;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What a page's own json says; it overrides `window` of app.json.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PageJson {
    /// Components known on this page, name to path.
    pub using_components: BTreeMap<String, String>,
    /// Whether it is a component.
    pub component: bool,
    /// Title of the navigation bar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub navigation_bar_title_text: Option<String>,
    /// Everything else, as it was written.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl PageJson {
    /// Reads a page's json; `file` is its path, for the error.
    pub fn parse(file: &str, bytes: &[u8]) -> Result<Self, Box<Problem>> {
        parse_json(file, &text_of(bytes))
    }
}
