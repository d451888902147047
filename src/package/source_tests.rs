//! The rules of app.json, one row each, and what becomes part of a package.

use super::*;
use bytes::Bytes;

const GOOD: &[&str] = &["app.js", "pages/a/a.js", "pages/b/b.ts", "sub/pages/x/x.js"];

fn open(app_json: &str, files: &[(&str, &str)]) -> Result<SourcePackage, Problems> {
    let scripts = GOOD.iter().map(|name| (*name, ""));
    let all = scripts.chain([(APP_JSON, app_json)]).chain(files.iter().copied());
    let all: std::collections::BTreeMap<_, _> = all.collect();
    SourcePackage::open(all.into_iter().map(|(name, text)| (name, Bytes::from(text.to_owned()))))
}

#[test]
fn broken_app_json_is_refused_with_its_place() {
    let table = [
        ("{", "app.json:1:1: EOF while parsing an object"),
        (
            "{\n \"pages\": [\"a\"]\n \"debug\": true}",
            "app.json:3:2: expected `,` or `}`",
        ),
        (
            "{\"pages\": \"pages/a/a\"}",
            "app.json:1:21: invalid type: string \"pages/a/a\", expected a sequence",
        ),
        ("{}", "app.json: pages is empty or missing"),
        ("{\n\"pages\": []}", "app.json:2:10: pages is empty or missing"),
        (
            "{\"pages\": [\n \"pages/a/a\",\n \"pages/z/z\"]}",
            "app.json:3:2: page \"pages/z/z\" has no script",
        ),
        (
            "{\"pages\": [\"../a\"]}",
            "app.json:1:12: path \"../a\" has a dot segment",
        ),
        (
            "{\"pages\": [\"pages/a/a\"], \"entryPagePath\": \"x\"}",
            "app.json:1:43: entryPagePath \"x\" is not in pages",
        ),
        (
            "{\"pages\": [\"pages/a/a\"],\n \"tabBar\": {\"list\": [{\"pagePath\": \"pages/a/a\"}]}}",
            "app.json:2:21: tabBar has 1 tabs",
        ),
        (
            "{\"pages\": [\"pages/a/a\"],\n \"tabBar\": {\"list\": [{\"pagePath\": \"pages/a/a\"}, {\"pagePath\": \"pages/b/b\"}]}}",
            "app.json:2:62: page \"pages/b/b\" of tabBar is not in pages",
        ),
        (
            "{\"pages\": [\"pages/a/a\"],\n \"subpackages\": [{\"root\": \"sub\", \"pages\": [\"pages/y/y\"]}]}",
            "app.json:2:44: page \"sub/pages/y/y\" has no script",
        ),
        (
            "{\"pages\": [\"pages/a/a\"],\n \"subPackages\": [{\"root\": \"sub\"}, {\"root\": \"sub/pages\"}]}",
            "app.json:2:44: subpackage roots \"sub\" and \"sub/pages\" overlap",
        ),
        (
            "{\"pages\": [\"pages/a/a\", \"sub/pages/x/x\"],\n \"subPackages\": [{\"root\": \"sub\"}]}",
            "app.json:1:25: page \"sub/pages/x/x\" lies in the root of subpackage \"sub\"",
        ),
        (
            "{\"pages\": [\"pages/a/a\"],\n \"subPackages\": [{\"root\": \"sub\", \"entry\": \"e.js\"}]}",
            "app.json:2:43: entry \"sub/e.js\" does not exist",
        ),
        (
            "{\"pages\": [\"pages/a/a\"],\n \"subPackages\": [{\"pages\": [\"x\"]}]}",
            "app.json:2:18: root of the subpackage: path \"\" has an empty segment",
        ),
    ];
    for (text, expected) in table {
        let problems = open(text, &[]).unwrap_err();
        assert_eq!(problems.to_string(), expected, "{text}");
    }
}

#[test]
fn what_only_deserves_a_look_is_a_warning() {
    let table = [
        (
            "{\"pages\": [\"pages/a/a\"],\n \"page\": 1}",
            "app.json:2:2: unknown key \"page\"",
        ),
        (
            "{\"pages\": [\"pages/a/a\", \"pages/a/a\"]}",
            "app.json:1:25: page \"pages/a/a\" is listed twice",
        ),
        (
            "{\"pages\": [\"pages/a/a\"], \"preloadRule\": {\"pages/z/z\": {\"packages\": [\"__APP__\"]}}}",
            "app.json:1:55: preloadRule for \"pages/z/z\", which is not a page",
        ),
        (
            "{\"pages\": [\"pages/a/a\"], \"preloadRule\": {\"pages/a/a\": {\"packages\": [\"z\"]}}}",
            "app.json:1:55: preloadRule loads \"z\", which is not a subpackage",
        ),
        (
            "{\"pages\": [\"pages/a/a\"], \"resolveAlias\": {\"~/*\": \"/\"}}",
            "app.json:1:50: alias \"~/*\" is ignored: it and its target must end in \"/*\"",
        ),
    ];
    for (text, expected) in table {
        let source = open(text, &[]).unwrap();
        let warnings: Vec<_> = source.warnings().iter().map(ToString::to_string).collect();
        assert_eq!(warnings, [expected], "{text}");
    }
}

#[test]
fn a_page_of_its_own_json_is_checked_too() {
    let app = "{\"pages\": [\"pages/a/a\"]}";
    let problems = open(app, &[("pages/a/a.json", "{\n \"usingComponents\": 1}")]).unwrap_err();
    assert!(problems.to_string().starts_with("pages/a/a.json:2:"), "{problems}");
    let source = open(app, &[("pages/a/a.json", "{\n \"navigationBarTitleTxt\": \"A\"}")]).unwrap();
    assert_eq!(
        source.warnings()[0].to_string(),
        "pages/a/a.json:2:2: unknown key \"navigationBarTitleTxt\""
    );
    assert!(open(app, &[("pages/a/a.json", "")]).unwrap().warnings().is_empty());
}

#[test]
fn a_full_app_json_is_understood() {
    let text = r#"{
        "pages": ["/pages/a/a", "pages/b/b"], "entryPagePath": "pages/b/b.html",
        "tabBar": {"color": "red", "list": [{"pagePath": "pages/a/a", "text": "A"}, {"pagePath": "pages/b/b"}]},
        "subPackages": [{"root": "/sub/", "name": "s", "pages": ["pages/x/x"], "independent": true}],
        "preloadRule": {"pages/a/a": {"network": "all", "packages": ["s"]}},
        "networkTimeout": {"request": 5000}, "window": {"navigationBarTitleText": "T"}
    }"#;
    let source = open(&format!("\u{feff}{text}"), &[]).unwrap();
    assert_eq!(source.warnings(), []);
    let app = source.app_json();
    assert_eq!(app.all_pages(), ["pages/a/a", "pages/b/b", "sub/pages/x/x"]);
    assert_eq!(app.home_page(), Some("pages/b/b"));
    assert!(app.is_tab_page("pages/a/a") && !app.is_tab_page("sub/pages/x/x"));
    assert_eq!(app.subpackage_of("sub/pages/x/x").unwrap().name.as_deref(), Some("s"));
    assert!(app.subpackage_of("subway/x").is_none());
    assert_eq!(
        (app.network_timeout.request, app.network_timeout.upload_file),
        (5000, 60_000)
    );
}

#[test]
fn a_missing_app_json_says_where_one_is() {
    let files = ["dist/app.json", "dist/app.js"].map(|name| (name, Bytes::new()));
    let problems = SourcePackage::open(files).unwrap_err();
    assert_eq!(problems.to_string(), "app.json: app.json is missing");
    assert!(problems.0[0].help.as_ref().unwrap().contains("found one in dist"));
}

#[test]
fn only_code_below_the_root_is_packed() {
    let files = [
        (
            "project.config.json",
            "{\"miniprogramRoot\": \"src/\", \"appid\": \"wx1\", \"packOptions\": {\"ignore\": [{\"type\": \"suffix\", \"value\": \".md\"}]}}",
        ),
        ("README.md", ""),
        ("readme.md", ""),
        ("node_modules/x/index.js", ""),
        (".git/config", ""),
        ("src/app.json", "{\"pages\": [\"p\"]}"),
        ("src/app.js", ""),
        ("src/p.js", ""),
        ("src/notes.md", ""),
        ("src/.DS_Store", ""),
        ("src/miniprogram_npm/x/index.js", ""),
    ];
    let source = SourcePackage::open(files.map(|(name, text)| (name, Bytes::from(text)))).unwrap();
    let paths: Vec<_> = source.files().paths().map(PackagePath::as_str).collect();
    assert_eq!(paths, ["app.js", "app.json", "miniprogram_npm/x/index.js", "p.js"]);
    assert_eq!(source.app_id().unwrap().as_str(), "wx1");
}

#[test]
fn hostile_names_in_a_source_tree_are_refused() {
    for names in [["../x.js", "app.js"], ["App.js", "app.js"], ["/app.js", "x.js"]] {
        assert!(
            SourcePackage::open(names.map(|name| (name, Bytes::new()))).is_err(),
            "{names:?}"
        );
    }
}

const WITH_SUB: &str =
    "{\"pages\": [\"pages/a/a\"], \"subPackages\": [{\"root\": \"sub\", \"pages\": [\"pages/x/x\"]}]}";

#[test]
fn files_go_to_the_part_that_they_belong_to() {
    let source = open(WITH_SUB, &[("subway/y.js", "")]).unwrap();
    let parts = split(source.app_json(), source.files().clone());
    let names = |index: usize| parts[index].1.paths().map(PackagePath::as_str).collect::<Vec<_>>();
    assert_eq!(parts[0].0, PartName::Main);
    assert_eq!(
        names(0),
        ["app.js", "app.json", "pages/a/a.js", "pages/b/b.ts", "subway/y.js"]
    );
    assert_eq!(parts[1].0.to_string(), "sub");
    assert_eq!(names(1), ["sub/pages/x/x.js"]);
}

#[test]
fn too_large_packages_are_refused() {
    let source = open(
        WITH_SUB,
        &[("data.js", &"x".repeat(3000)), ("sub/data.js", &"x".repeat(2000))],
    )
    .unwrap();
    let limits = PackageLimits {
        package_bytes: 4096,
        total_bytes: 8192,
        files: 100,
    };
    let check = |limits: PackageLimits| match pack(&source, &limits) {
        Ok(parts) => parts
            .iter()
            .map(|part| part.name.to_string())
            .collect::<Vec<_>>()
            .join(" "),
        Err(problems) => problems.to_string(),
    };
    assert_eq!(check(limits), "__APP__ sub");
    let small = PackageLimits {
        package_bytes: 2048,
        ..limits
    };
    assert_eq!(
        check(small),
        "app.json: the main package has 4 KB, over the limit of 2 KB"
    );
    let small = PackageLimits {
        total_bytes: 4096,
        ..limits
    };
    assert_eq!(
        check(small),
        "app.json: all packages together have 5 KB, over the limit of 4 KB"
    );
    let few = PackageLimits { files: 3, ..limits };
    assert_eq!(check(few), "app.json: 7 files are over the limit of 3");
}

#[test]
fn only_types_that_the_platform_takes_are_packed() {
    let table = [
        ("app.js", true),
        ("a/b.TS", true),
        ("typings/wx.d.ts", false),
        ("a.wxml", true),
        ("a.PNG", true),
        ("README.md", false),
        ("font.ttf", false),
        ("LICENSE", false),
        ("js", false),
        ("app.js.map", false),
    ];
    for (path, expected) in table {
        assert_eq!(is_packed(&PackagePath::parse(path).unwrap()), expected, "{path}");
    }
}

#[test]
fn a_packed_file_opens_as_the_same_app() {
    let source = open(WITH_SUB, &[(PROJECT_JSON, "{\"appid\": \"wx1\"}")]).unwrap();
    let limits = PackageLimits::default();
    let parts = pack(&source, &limits).unwrap();
    let bundle = write_bundle(source.app_id(), &parts).unwrap();
    assert_eq!(bundle, write_bundle(source.app_id(), &parts).unwrap());
    let again = SourcePackage::from_bundle(&bundle, &limits).unwrap();
    assert_eq!((again.files(), again.app_id()), (source.files(), source.app_id()));
    assert!(SourcePackage::from_bundle(&bundle.slice(..bundle.len() - 600), &limits).is_err());
}
