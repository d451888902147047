//! Table tests: each row is a history of routes, and what the last one makes the pages do.

use super::*;
use serde_json::json;

fn pages() -> Pages {
    Pages::new(RouteTable::from_app_json(&json!({
        "pages": ["pages/a/a", "pages/b/b", "pages/c/c", "pages/d/d"],
        "subPackages": [
            { "root": "/shop/", "pages": ["item/item"] },
            { "root": "shopping", "independent": true, "pages": ["x"] },
        ],
        "tabBar": { "list": [{ "pagePath": "pages/a/a" }, { "pagePath": "pages/b/b" }] },
    })))
}

fn launched(path: &str) -> Pages {
    let mut pages = pages();
    pages.launch(path, Query::new()).unwrap();
    pages
}

fn route(pages: &mut Pages, name: &str, url: &str) -> Result<Plan, WxError> {
    pages.plan(OpenType::of_api(name).unwrap(), url, None)
}

/// `open 2 pages/b/b, show 2`.
fn text(plan: &Plan) -> String {
    let line = |step: &Step| match step {
        Step::Hide { page } => format!("hide {page}"),
        Step::Unload { page } => format!("unload {page}"),
        Step::Open { page, path, .. } => format!("open {page} {path}"),
        Step::Show { page } => format!("show {page}"),
        Step::Hang { page } => format!("hang {page}"),
        Step::Unhang { page } => format!("unhang {page}"),
        Step::AppHide => "app hide".into(),
        Step::AppShow { .. } => "app show".into(),
        Step::NotFound { path } => format!("not found {path}"),
        Step::Warn { .. } => "warn".into(),
    };
    plan.steps.iter().map(line).collect::<Vec<_>>().join(", ")
}

fn ids(pages: &Pages) -> Vec<PageId> {
    pages.stack().iter().map(|page| page.id).collect()
}

/// Runs `name url` lines over an app that was launched at `entry`, and checks the last one.
fn check(entry: &str, routes: &[&str], expected: &str, stack: &[PageId]) {
    let mut pages = launched(entry);
    let mut last = Plan::default();
    for line in routes {
        let (name, url) = line.split_once(' ').unwrap_or((line, ""));
        last = route(&mut pages, name, url).unwrap();
    }
    assert_eq!(text(&last), expected, "{routes:?}");
    assert_eq!(ids(&pages), stack, "{routes:?}");
}

#[test]
fn launch_opens_the_entry_page_or_the_one_that_the_host_names() {
    let mut at_entry = pages();
    let plan = at_entry.launch("", Query::new()).unwrap();
    assert_eq!(text(&plan), "open 1 pages/a/a, show 1");
    assert_eq!(plan.ready, Some(1));
    let mut named = pages();
    named.launch("/shop/item/item?id=7&flag", Query::new()).unwrap();
    let page = named.current().unwrap();
    assert_eq!(page.path, "shop/item/item");
    assert_eq!(Value::Object(page.query.clone()), json!({ "id": "7", "flag": "" }));
    let entry = json!({ "pages": ["p/p", "q/q"], "entryPagePath": "q/q" });
    assert_eq!(RouteTable::from_app_json(&entry).entry, "q/q");
}

#[test]
fn a_launch_in_the_background_loads_without_showing() {
    let mut pages = pages();
    pages.start_in_background();
    assert_eq!(text(&pages.launch("", Query::new()).unwrap()), "open 1 pages/a/a");
    assert_eq!(text(&pages.to_foreground(json!({}))), "app show, show 1");
}

#[test]
fn routes_run_the_platforms_lifecycles_in_order() {
    let c = "pages/c/c";
    check(c, &["navigateTo ../d/d"], "hide 1, open 2 pages/d/d, show 2", &[1, 2]);
    check(c, &["redirectTo ../d/d"], "unload 1, open 2 pages/d/d, show 2", &[2]);
    check(
        c,
        &["navigateTo c", "navigateTo c", "redirectTo ../d/d"],
        "unload 3, open 4 pages/d/d, show 4",
        &[1, 2, 4],
    );
    check(
        c,
        &["navigateTo c", "navigateTo c", "navigateBack"],
        "unload 3, show 2",
        &[1, 2],
    );
    check(
        c,
        &["navigateTo c", "reLaunch ../a/a"],
        "unload 2, unload 1, open 3 pages/a/a, show 3",
        &[3],
    );
    check(
        "pages/a/a",
        &["switchTab ../b/b", "navigateTo ../c/c", "reLaunch ../d/d"],
        "unload 3, unload 2, unload 1, open 4 pages/d/d, show 4",
        &[4],
    );
}

/// The table of the platform's routing page: A and B are tabs, C is opened from A, D from C.
#[test]
fn switch_tab_does_what_the_eight_rows_say() {
    let (a, c, d) = ("pages/a/a", "navigateTo ../c/c", "navigateTo ../d/d");
    check(a, &["switchTab a"], "", &[1]);
    check(
        a,
        &["switchTab ../b/b"],
        "hide 1, hang 1, open 2 pages/b/b, show 2",
        &[2],
    );
    let again = &["switchTab ../b/b", "switchTab ../a/a", "switchTab ../b/b"];
    check(a, again, "hide 1, hang 1, unhang 2, show 2", &[2]);
    check(a, &[c, "switchTab ../a/a"], "unload 2, show 1", &[1]);
    check(
        a,
        &[c, "switchTab ../b/b"],
        "unload 2, hang 1, open 3 pages/b/b, show 3",
        &[3],
    );
    check(
        a,
        &[c, d, "switchTab ../b/b"],
        "unload 3, unload 2, hang 1, open 4 pages/b/b, show 4",
        &[4],
    );
    check(
        "pages/d/d",
        &["switchTab ../a/a"],
        "unload 1, open 2 pages/a/a, show 2",
        &[2],
    );
    check(
        "pages/d/d",
        &["switchTab ../b/b"],
        "unload 1, open 2 pages/b/b, show 2",
        &[2],
    );
}

#[test]
fn a_tab_that_was_redirected_away_loads_anew() {
    let routes = &["redirectTo ../c/c", "switchTab ../a/a"];
    check("pages/a/a", routes, "unload 2, open 3 pages/a/a, show 3", &[3]);
}

#[test]
fn a_hanging_tab_survives_under_plain_pages() {
    let routes = &["switchTab ../b/b", "navigateTo ../c/c", "switchTab ../a/a"];
    check("pages/a/a", routes, "unload 3, hang 2, unhang 1, show 1", &[1]);
}

#[test]
fn switch_tab_leaves_parameters_out_and_warns() {
    let mut pages = launched("pages/a/a");
    let plan = route(&mut pages, "switchTab", "/pages/b/b?x=1").unwrap();
    assert_eq!(text(&plan), "warn, hide 1, hang 1, open 2 pages/b/b, show 2");
    assert!(pages.current().unwrap().query.is_empty());
}

#[test]
fn refused_routes_say_why_and_change_nothing() {
    let rows = [
        (
            "navigateTo",
            "/pages/none/none?x=1",
            "page \"pages/none/none\" is not found",
        ),
        ("redirectTo", "nowhere", "page \"pages/c/nowhere\" is not found"),
        ("reLaunch", "", "page \"pages/c\" is not found"),
        ("switchTab", "/none", "page \"none\" is not found"),
        ("navigateTo", "pages/a/a", "page \"pages/c/pages/a/a\" is not found"),
        ("navigateTo", "/pages/a/a", "can not navigateTo a tabbar page"),
        ("redirectTo", "/pages/a/a", "can not redirectTo a tabbar page"),
        ("switchTab", "/pages/d/d", "can not switch to no-tabBar page"),
        ("navigateBack", "", "cannot navigate back at first page."),
    ];
    for (name, url, reason) in rows {
        let mut pages = launched("pages/c/c");
        let refused = route(&mut pages, name, url).unwrap_err();
        assert_eq!(refused, WxError::new(reason), "{name} {url}");
        assert_eq!(ids(&pages), [1]);
        assert_eq!(
            text(&route(&mut pages, "navigateTo", "c").unwrap()),
            "hide 1, open 2 pages/c/c, show 2"
        );
    }
}

#[test]
fn the_eleventh_page_is_refused() {
    let mut pages = launched("pages/c/c");
    for _ in 1..MAX_PAGES {
        route(&mut pages, "navigateTo", "c").unwrap();
    }
    let refused = route(&mut pages, "navigateTo", "c").unwrap_err();
    assert_eq!(refused.reason, "webview count limit exceed");
    assert_eq!(pages.stack().len(), MAX_PAGES);
    route(&mut pages, "redirectTo", "../d/d").unwrap();
}

#[test]
fn navigate_back_takes_any_delta() {
    let rows = [
        (None, vec![1, 2]),
        (Some(1.0), vec![1, 2]),
        (Some(2.0), vec![1]),
        (Some(99.0), vec![1]),
        (Some(f64::INFINITY), vec![1]),
        (Some(0.0), vec![1, 2]),
        (Some(-3.0), vec![1, 2]),
        (Some(f64::NAN), vec![1, 2]),
        (Some(1.9), vec![1, 2]),
    ];
    for (delta, stack) in rows {
        let mut pages = launched("pages/c/c");
        route(&mut pages, "navigateTo", "c").unwrap();
        route(&mut pages, "navigateTo", "c").unwrap();
        pages.plan(OpenType::NavigateBack, "", delta).unwrap();
        assert_eq!(ids(&pages), stack, "{delta:?}");
    }
}

#[test]
fn page_ids_are_never_used_again() {
    let mut pages = launched("pages/c/c");
    for id in 2..20 {
        let plan = route(&mut pages, "navigateTo", "c").unwrap();
        assert_eq!(plan.ready, Some(id));
        route(&mut pages, "navigateBack", "").unwrap();
    }
}

#[test]
fn urls_are_relative_to_the_current_page() {
    let pages = launched("pages/c/c");
    let rows = [
        ("/pages/d/d", "pages/d/d"),
        ("../d/d", "pages/d/d"),
        ("./c", "pages/c/c"),
        ("c", "pages/c/c"),
        ("../../shop/item/item", "shop/item/item"),
        ("../../../../shop/item/item", "shop/item/item"),
        ("//pages//d/d", "pages/d/d"),
    ];
    for (url, path) in rows {
        assert_eq!(pages.resolve(url).path, path, "{url}");
    }
}

#[test]
fn queries_follow_the_platform_and_not_the_url_standard() {
    let pages = launched("pages/c/c");
    let rows = [
        ("c", json!({})),
        ("c?", json!({})),
        (
            "c?id=1&name=%E4%BD%A0&empty=",
            json!({ "id": "1", "name": "%E4%BD%A0", "empty": "" }),
        ),
        ("c?a=1+2&b=你", json!({ "a": "1+2", "b": "你" })),
        ("c?flag&&x=1", json!({ "flag": "undefined", "x": "1" })),
        ("c?code=3==qM&y=2", json!({ "code": "3", "y": "2" })),
        ("c?url=https://x.y/s?z=1&u=2", json!({ "url": "https://x.y/s" })),
        ("c?a=1&a=2", json!({ "a": "2" })),
    ];
    for (url, query) in rows {
        assert_eq!(Value::Object(pages.resolve(url).query), query, "{url}");
    }
}

#[test]
fn background_and_foreground_wrap_the_top_page() {
    let mut pages = launched("pages/a/a");
    assert_eq!(text(&pages.to_background()), "hide 1, app hide");
    assert_eq!(text(&pages.to_background()), "");
    assert!(pages.in_background());
    assert_eq!(text(&pages.to_foreground(json!({}))), "app show, show 1");
    assert_eq!(text(&pages.to_foreground(json!({}))), "");
}

#[test]
fn a_route_in_the_background_shows_its_page_on_return() {
    let mut pages = launched("pages/c/c");
    pages.to_background();
    assert_eq!(text(&route(&mut pages, "navigateTo", "c").unwrap()), "open 2 pages/c/c");
    assert_eq!(text(&pages.to_foreground(json!({}))), "app show, show 2");
}

#[test]
fn a_hot_start_at_a_page_relaunches_and_never_shows_the_old_one() {
    let mut pages = launched("pages/a/a");
    route(&mut pages, "switchTab", "/pages/b/b").unwrap();
    pages.to_background();
    let (plan, missing) = pages.to_foreground_at(json!({}), "pages/c/c", Query::new());
    assert_eq!(missing, None);
    assert_eq!(text(&plan), "app show, unload 2, unload 1, open 3 pages/c/c, show 3");
    assert_eq!(plan.ready, Some(3));
    let opened = serde_json::to_value(&plan.steps[3]).unwrap();
    assert_eq!(opened["openType"], "autoReLaunch");
}

#[test]
fn a_missing_entry_page_can_be_answered_with_a_route_from_the_root() {
    let mut pages = pages();
    let missing = pages.launch("pages/gone/gone?x=1", Query::new()).unwrap_err();
    let told = json!({ "path": "pages/gone/gone", "query": { "x": "1" }, "isEntryPage": true });
    assert_eq!(serde_json::to_value(&missing).unwrap(), told);
    let plan = route(&mut pages, "redirectTo", "pages/c/c").unwrap();
    assert_eq!(text(&plan), "open 1 pages/c/c, show 1");
    assert_eq!(
        text(&route(&mut pages, "navigateTo", "c").unwrap()),
        "hide 1, open 2 pages/c/c, show 2"
    );
}

#[test]
fn a_missing_page_on_a_hot_start_gives_its_place_to_the_answer() {
    let mut pages = launched("pages/a/a");
    pages.to_background();
    let (shown, missing) = pages.to_foreground_at(json!({}), "gone", Query::new());
    assert_eq!(text(&shown), "app show");
    assert!(!missing.unwrap().is_entry_page);
    let plan = route(&mut pages, "switchTab", "pages/b/b").unwrap();
    assert_eq!(text(&plan), "unload 1, open 2 pages/b/b, show 2");
}

#[test]
fn without_an_answer_the_not_found_page_stands_alone() {
    let mut pages = launched("pages/a/a");
    pages.auto_relaunch("gone", Query::new()).unwrap_err();
    assert_eq!(text(&pages.not_found("gone")), "unload 1, not found gone");
    assert!(pages.current().is_none());
    assert_eq!(
        text(&route(&mut pages, "reLaunch", "pages/a/a").unwrap()),
        "open 2 pages/a/a, show 2"
    );
}

#[test]
fn subpackages_are_found_by_their_folder() {
    let pages = pages();
    let root = |path| pages.routes().subpackage_of(path).map(|package| package.root.as_str());
    assert_eq!(root("shop/item/item"), Some("shop"));
    assert_eq!(root("shopping/x"), Some("shopping"));
    assert_eq!(root("pages/a/a"), None);
    assert!(pages.routes().has("shopping/x"));
}

#[test]
fn steps_are_written_as_the_world_reads_them() {
    let mut pages = pages();
    let mut query = Query::new();
    query.insert("a".into(), "1".into());
    let plan = pages.launch("", query).unwrap();
    let expected = json!({
        "steps": [
            { "do": "open", "page": 1, "path": "pages/a/a", "query": { "a": "1" }, "openType": "appLaunch" },
            { "do": "show", "page": 1 },
        ],
        "ready": 1,
    });
    assert_eq!(serde_json::to_value(&plan).unwrap(), expected);
}
