//! Components and templates as the command line shows them: trees, and what is wrong with a template.

use crate::program::{Dir, setup};

/// An app whose page is this template, with components of this template and script.
fn app(dir: &Dir, page: &str, components: &[(&str, &str, &str)]) -> String {
    let app = dir.app("app", "App({})", "Page({ data: { n: 1, list: ['a', 'b'] } })");
    dir.write("app/pages/index/index.wxml", page);
    let using = |except: &str| {
        let names = components.iter().filter(|(name, ..)| *name != except);
        let names: Vec<_> = names
            .map(|(name, ..)| format!("\"{name}\": \"/components/{name}\""))
            .collect();
        names.join(", ")
    };
    dir.write(
        "app/pages/index/index.json",
        &format!("{{ \"usingComponents\": {{ {} }} }}", using("")),
    );
    for (name, wxml, script) in components {
        dir.write(&format!("app/components/{name}.wxml"), wxml);
        dir.write(&format!("app/components/{name}.js"), script);
        let own = format!("{{ \"component\": true, \"usingComponents\": {{ {} }} }}", using(""));
        dir.write(&format!("app/components/{name}.json"), &own);
    }
    app
}

#[test]
fn the_tree_of_the_page_is_printed_and_written() {
    let (dir, cmd) = setup();
    let card = (
        "card",
        "<view class=\"custom-class\"><slot/></view>",
        "Component({ externalClasses: ['custom-class'], properties: { size: Number } })",
    );
    let page = "<card size=\"2\" custom-class=\"big wide\" style=\"top:0 ; left : 1px\"><text wx:for=\"{{list}}\" wx:key=\"*this\" data-at=\"{{index}}\">{{item}}</text></card>";
    let app = app(&dir, page, &[card]);
    let file = dir.at("tree.txt");
    let ran = cmd.ok(&[
        "run",
        &app,
        "--clock",
        "virtual",
        "--print-tree",
        "--tree-at-end",
        &file,
    ]);
    let tree = "\
<card style=\"top:0;left : 1px\" size=2>
  #shadow
    <view class=\"big wide\">
      <slot>
  <text data:at=0>
    \"a\"
  <text data:at=1>
    \"b\"
";
    assert!(ran.out.ends_with(tree), "{ran}");
    assert_eq!(std::fs::read_to_string(file).unwrap(), tree);
}

#[test]
fn a_page_without_components_has_a_tree_of_its_current_data() {
    let (dir, cmd) = setup();
    let app = dir.app(
        "app",
        "App({})",
        "Page({ data: { n: 1 }, onReady() { this.setData({ n: 2 }) } })",
    );
    dir.write(
        "app/pages/index/index.wxml",
        "<view id=\"{{'x' + n}}\" hidden=\"{{false}}\">{{n}}</view>",
    );
    let ran = cmd.ok(&["run", &app, "--clock", "virtual", "--print-tree"]);
    assert!(ran.out.ends_with("<view id=\"x2\" hidden=false>\n  \"2\"\n"), "{ran}");
}

#[test]
fn without_a_view_no_component_runs_and_no_tree_can_be_asked_for() {
    let (dir, cmd) = setup();
    let app = app(
        &dir,
        "<card/>",
        &[("card", "<view/>", "console.log('ran')\nComponent({})")],
    );
    let (timeline, ran) = cmd.timeline(&app, &["--no-view"]);
    assert!(timeline.console().is_empty(), "{ran}");
    let (timeline, ran) = cmd.timeline(&app, &[]);
    assert_eq!(timeline.console(), ["ran"], "{ran}");
    let ran = cmd.run(&["run", &app, "--no-view", "--print-tree"]).code(2);
    assert!(ran.err.contains("--no-view"), "{ran}");
}

#[test]
fn a_template_error_names_file_line_and_column() {
    let (dir, cmd) = setup();
    let app = app(
        &dir,
        "<view/>\n<card n=\"{{ n + }}\"/>",
        &[("card", "<view/>", "Component({})")],
    );
    let (timeline, ran) = cmd.timeline(&app, &[]);
    let ran = ran.code(1);
    let error = timeline
        .all("error")
        .next()
        .unwrap_or_else(|| panic!("no error\n{ran}"));
    assert_eq!(error.rest["file"], "pages/index/index.wxml", "{ran}");
    assert_eq!(error.rest["line"], 2, "{ran}");
    assert!(error.rest["column"].as_u64().unwrap() > 9, "{ran}");
    // The page itself goes on.
    assert!(timeline.has("page.ready"), "{ran}");
}

#[test]
fn an_error_in_a_component_is_the_apps_and_names_its_file() {
    let (dir, cmd) = setup();
    let script = "Component({\n  lifetimes: {\n    attached() { throw new Error('broken') },\n  },\n})";
    let app = app(&dir, "<card/><card/>", &[("card", "<view/>", script)]);
    let (timeline, ran) = cmd.timeline(&app, &[]);
    let ran = ran.code(1);
    let errors: Vec<_> = timeline.all("error").collect();
    assert_eq!(errors.len(), 2, "{ran}");
    assert_eq!(errors[0].rest["file"], "components/card.js", "{ran}");
    assert_eq!(errors[0].rest["line"], 3, "{ran}");
}

#[test]
fn an_unknown_component_is_told_once_with_its_name() {
    let (dir, cmd) = setup();
    let app = app(
        &dir,
        "<card/><card/><none/><none/>",
        &[("card", "<none/>", "Component({})")],
    );
    let using = "{ \"usingComponents\": { \"card\": \"/components/card\", \"none\": \"/components/none\" } }";
    dir.write("app/pages/index/index.json", using);
    dir.write("app/components/card.json", using);
    let (timeline, ran) = cmd.timeline(&app, &["--print-tree"]);
    let told: Vec<_> = timeline
        .console()
        .into_iter()
        .filter(|line| line.contains("none"))
        .collect();
    assert_eq!(told.len(), 1, "{ran}");
    assert!(
        told[0].contains("/components/none") && told[0].contains("<none>"),
        "{ran}"
    );
    // Its node is there as a plain one.
    let tree = timeline.all("tree").next().unwrap_or_else(|| panic!("no tree\n{ran}"));
    assert!(tree.text("text").contains("<none>\n"), "{ran}");
}

#[test]
fn a_component_without_end_is_an_error_and_no_hang() {
    let (dir, cmd) = setup();
    let round = [
        ("round", "<other/>", "Component({})"),
        ("other", "<view><round/><round/></view>", "Component({})"),
    ];
    let app = app(&dir, "<round/>", &round);
    let (timeline, ran) = cmd.timeline(&app, &[]);
    let ran = ran.code(1);
    let error = timeline
        .all("error")
        .next()
        .unwrap_or_else(|| panic!("no error\n{ran}"));
    assert!(error.text("message").contains("contains itself without end"), "{ran}");
    assert!(timeline.has("page.ready") && timeline.has("exit"), "{ran}");
}

#[test]
fn a_component_that_contains_itself_as_often_as_its_data_says_is_a_tree() {
    let (dir, cmd) = setup();
    let branch = (
        "branch",
        "<text>{{n}}</text><branch wx:if=\"{{n > 0}}\" n=\"{{n - 1}}\"/>",
        "Component({ properties: { n: Number } })",
    );
    let app = app(&dir, "<branch n=\"{{3}}\"/>", &[branch]);
    let ran = cmd.ok(&["run", &app, "--clock", "virtual", "--print-tree"]);
    assert_eq!(ran.out.matches("<branch").count(), 4, "{ran}");
}

#[test]
fn the_apps_own_tab_bar_stands_at_the_end_of_the_tree_and_needs_the_view() {
    let (dir, cmd) = setup();
    let page = "Page({ onShow() { console.log(String(this.getTabBar())) } })";
    let app = dir.app("app", "App({})", page);
    let tabs = r#"[{"pagePath":"pages/index/index","text":"A"},{"pagePath":"pages/b/b","text":"B"}]"#;
    let json = format!(r#"{{"pages":["pages/index/index","pages/b/b"],"tabBar":{{"custom":true,"list":{tabs}}}}}"#);
    for (name, text) in [
        ("app.json", json.as_str()),
        ("pages/index/index.wxml", "<view/>"),
        ("pages/b/b.js", "Page({})"),
        ("pages/b/b.wxml", ""),
        ("custom-tab-bar/index.js", "Component({ data: { n: 2 } })"),
        ("custom-tab-bar/index.json", r#"{"component":true}"#),
        (
            "custom-tab-bar/index.wxml",
            "<cover-view wx:for=\"{{n}}\" wx:key=\"*this\">{{item}}</cover-view>",
        ),
    ] {
        dir.write(&format!("app/{name}"), text);
    }
    let ran = cmd.ok(&["run", &app, "--clock", "virtual", "--print-tree"]);
    let tree = "<view>\n<custom-tab-bar>\n  #shadow\n    <cover-view>\n      \"0\"\n    <cover-view>\n      \"1\"\n";
    assert!(ran.out.ends_with(tree), "{ran}");
    let (timeline, ran) = cmd.timeline(&app, &["--no-view"]);
    assert_eq!(timeline.console(), ["null"], "{ran}");
}

#[test]
fn pages_behave_the_same_without_a_view() {
    let root = env!("CARGO_MANIFEST_DIR");
    let (_dir, cmd) = setup();
    let [component, page, route] =
        &["component", "page", "route"].map(|name| format!("{root}/tests/conformance/{name}"));
    for view in [&[][..], &["--no-view"]] {
        cmd.ok(&[&["test", component, page, route][..], view].concat());
    }
}
