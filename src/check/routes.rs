//! Addresses of pages in `wx.navigateTo` and its like, and in `<navigator>`.

use super::Subject;
use super::markup::each_template;
use super::modules::join;
use crate::package::{Problem, Span};

/// Addresses that lead nowhere.
pub(super) fn check(subject: &Subject<'_>) -> Vec<Problem> {
    if subject.app().is_game {
        return Vec::new();
    }
    let mut found = Vec::new();
    for script in &subject.scripts {
        for route in script.facts.route_calls.iter().filter(|route| route.whole) {
            let wrong = fault(subject, &route.method, &route.url, &script.path);
            found.extend(wrong.map(|(code, message, help)| script.warning(code, route.span, message).help(help)));
        }
    }
    each_template(subject, |file, text, tags| {
        for tag in tags.iter().filter(|tag| tag.name == "navigator") {
            let value = |name: &str| tag.attribute(name).map(|attribute| attribute.value);
            let elsewhere = value("target").is_some_and(|target| target == "miniProgram");
            let Some(url) = tag.attribute("url").filter(|url| !elsewhere && url.is_fixed()) else {
                continue;
            };
            let method = match value("open-type").or(value("openType")).unwrap_or("navigate") {
                "navigate" => "navigateTo",
                "redirect" => "redirectTo",
                other => other,
            };
            if let Some((code, message, help)) = fault(subject, method, url.value, file) {
                let problem = Problem::warning(file, message).code(code).help(help);
                found.push(problem.at(text, Some(Span::at(text, url.at, url.value.len()))));
            }
        }
    });
    found
}

type Fault = (&'static str, String, &'static str);

fn fault(subject: &Subject<'_>, method: &str, url: &str, from: &str) -> Option<Fault> {
    let (path, query) = url
        .split_once('?')
        .map_or((url, None), |(path, query)| (path, Some(query)));
    if path.is_empty() || path.contains(':') || !["navigateTo", "redirectTo", "reLaunch", "switchTab"].contains(&method)
    {
        return None;
    }
    let app = subject.app();
    let pages = app.all_pages();
    let page = page_of(subject, path, from)?;
    if !pages.contains(&page) {
        let message = format!("{method} goes to {page:?}, which is no page of app.json");
        return Some((
            "route-missing",
            message,
            "the call fails with 'page \"…\" is not found'",
        ));
    }
    let is_tab = app.is_tab_page(&page);
    match method {
        "navigateTo" | "redirectTo" if is_tab => {
            let message = format!("{method} cannot open {page:?}, which is a tab");
            Some(("route-to-tab", message, "use switchTab, or reLaunch"))
        }
        "switchTab" if !is_tab => {
            let message = format!("switchTab cannot open {page:?}, which is no tab");
            Some(("route-no-tab", message, "use navigateTo, or put the page into tabBar"))
        }
        "switchTab" if query.is_some() => {
            let message = "switchTab takes the query off the address".to_owned();
            Some((
                "route-tab-query",
                message,
                "keep what the tab needs in getApp() or in storage",
            ))
        }
        _ => None,
    }
}

/// The page that an address means. One that is not from the root is from the page that calls, which a script that is
/// no page does not know.
fn page_of(subject: &Subject<'_>, path: &str, from: &str) -> Option<String> {
    if let Some(path) = path.strip_prefix('/') {
        return Some(path.trim_end_matches(".html").to_owned());
    }
    let pages = subject.app().all_pages();
    let own = from.rsplit_once('.').map_or(from, |(own, _)| own).to_owned();
    let folder = own.rsplit_once('/').map_or("", |(folder, _)| folder);
    if !pages.contains(&own) {
        return None;
    }
    let relative = join(folder, path);
    // Some versions of the platform take such an address from the root.
    let from_root = join("", path);
    Some(if pages.contains(&from_root) {
        from_root
    } else {
        relative
    })
}
