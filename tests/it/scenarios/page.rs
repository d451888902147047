//! `--html`: one well-formed page that needs nothing else.

use super::explored;
use crate::program::setup;
use std::collections::BTreeSet;

/// Elements without an end.
const EMPTY: [&str; 2] = ["meta", "br"];

/// The elements of a page, each closed where it must be; attributes as written.
fn elements(page: &str) -> Vec<(String, String)> {
    let (mut open, mut all) = (Vec::<String>::new(), Vec::new());
    let body = page.strip_prefix("<!DOCTYPE html>\n").unwrap();
    for piece in body.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap_or_else(|| panic!("{piece}"));
        assert!(
            !text.contains('>')
                || open
                    .last()
                    .is_some_and(|name| name == "style" || name == "title" || name == "h1"),
            "{piece}"
        );
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "{piece}");
            continue;
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag.trim_end_matches('/'), ""));
        if EMPTY.contains(&name) {
            assert!(tag.ends_with('/'), "{tag}");
        } else {
            open.push(name.to_owned());
        }
        all.push((name.to_owned(), attributes.to_owned()));
    }
    assert!(open.is_empty(), "{open:?}");
    all
}

/// The values of an attribute.
fn values<'e>(elements: &'e [(String, String)], name: &str) -> Vec<&'e str> {
    let start = format!("{name}=\"");
    let mut found = Vec::new();
    for (_, attributes) in elements {
        let mut rest = attributes.as_str();
        while let Some(at) = rest.find(&start) {
            rest = &rest[at + start.len()..];
            let end = rest.find('"').unwrap();
            found.push(&rest[..end]);
            rest = &rest[end..];
        }
    }
    found
}

#[test]
fn the_page_is_well_formed_and_whole_by_itself() {
    let (dir, _cmd) = setup();
    // An app whose words would break a page that does not mind them.
    let app = dir.app(
        "app",
        r#"App({ onLaunch() {
          const manager = wx.getUpdateManager()
          manager.onUpdateReady(() => {
            console.log('<script>"&\u0007')
            wx.showModal({ title: '<b>', content: '&amp;', success: () => manager.applyUpdate() })
          })
        } })"#,
        "Page({ onLoad() { throw new Error('<i>') } })",
    );
    let next = dir.app("next", "App({ a: 1 })", "Page({})");
    let file = dir.at("page.html");
    let (_other, cmd) = setup();
    let ran = cmd.run(&[
        "scenarios",
        &app,
        "--next",
        &next,
        "--html",
        &file,
        "--only",
        "default/first-page",
    ]);
    let ran = ran.code(1);
    let page = std::fs::read_to_string(&file).unwrap();
    let elements = elements(&page);
    let ids = values(&elements, "id");
    let known: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), known.len(), "two elements have one id");
    for link in values(&elements, "href") {
        assert!(known.contains(link.trim_start_matches('#')), "{link}\n{ran}");
    }
    assert!(
        known.contains("default/ready/first-page/cancels") && known.contains("finding-A"),
        "{known:?}"
    );
    for outside in ["<script", "url(", "@import"] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(values(&elements, "href").iter().all(|link| link.starts_with('#')));
    assert!(values(&elements, "src").is_empty());
    assert!(
        page.contains("&lt;script&gt;&quot;&amp;\u{fffd}"),
        "what the app says is shown as it says it"
    );
    assert!(
        elements
            .iter()
            .any(|(name, attributes)| name == "table" && attributes.contains("lanes"))
    );
}

#[test]
fn a_page_that_cannot_be_written_is_an_error() {
    let args = ["--only", "gray-out", "--html", "/nowhere/page.html"];
    let ran = explored("planted/applies-on-cancel", "planted/next", &args).code(2);
    assert!(ran.err.contains("failed to write /nowhere/page.html"), "{ran}");
}
