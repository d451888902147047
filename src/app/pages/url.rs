//! Page urls: `../c/c?a=1`, relative to the current page or absolute.

use super::plan::Query;
use serde_json::Value;

/// A page and its parameters.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PageUrl {
    /// Page path without a leading slash.
    pub path: String,
    /// Its parameters.
    pub query: Query,
}

/// Who wrote the url: the two differ in what a name without `=` means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caller {
    /// A route API of the app: the text `undefined`.
    App,
    /// The host, which opens the app: empty.
    Host,
}

/// Resolves `url` against the path of the page that uses it (empty: the package root).
///
/// The query follows the platform, not the URL standard: values are not decoded (an app
/// decodes what it encoded), a value ends at its second `=`, and everything from a second
/// `?` on is dropped; all three are known from the platform's forum and left as they are
/// there, because apps depend on them.
pub fn resolve(base: &str, url: &str, caller: Caller) -> PageUrl {
    let mut parts = url.split('?');
    let path = parts.next().unwrap_or_default();
    let query = parts.next().unwrap_or_default();
    PageUrl {
        path: absolute(base, path),
        query: parse_query(query, caller),
    }
}

fn absolute(base: &str, path: &str) -> String {
    let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
    let joined = if path.starts_with('/') {
        path.to_owned()
    } else {
        format!("{folder}/{path}")
    };
    let mut out: Vec<&str> = Vec::new();
    for part in joined.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                out.pop();
            }
            name => out.push(name),
        }
    }
    out.join("/")
}

fn parse_query(text: &str, caller: Caller) -> Query {
    let missing = if caller == Caller::App { "undefined" } else { "" };
    let mut query = Query::new();
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        let mut sides = pair.split('=');
        let name = sides.next().unwrap_or_default();
        let value = sides.next().unwrap_or(missing);
        query.insert(name.to_owned(), Value::from(value));
    }
    query
}
