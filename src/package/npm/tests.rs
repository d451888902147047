//! What is built from which installed packages.

use super::*;
use crate::package::problem::Problems;
use crate::package::project::ProjectConfig;
use std::collections::BTreeMap;

/// Files in memory.
struct Files(BTreeMap<String, Bytes>);

impl Installed for Files {
    fn is_file(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    fn is_folder(&self, path: &str) -> bool {
        path.is_empty() || self.0.keys().any(|file| file.starts_with(&format!("{path}/")))
    }

    fn read(&self, path: &str) -> Result<Bytes, Box<Problem>> {
        self.0
            .get(path)
            .cloned()
            .ok_or_else(|| Box::new(Problem::error(path, "gone")))
    }

    fn files_below(&self, folder: &str) -> Result<Vec<String>, Box<Problem>> {
        let start = if folder.is_empty() {
            String::new()
        } else {
            format!("{folder}/")
        };
        let below = self.0.keys().filter_map(|file| file.strip_prefix(&start));
        let own = below.filter(|file| !file.split('/').any(|part| part == "node_modules"));
        Ok(own.map(str::to_owned).collect())
    }
}

fn build(project: &str, files: &[(&str, &str)]) -> Result<NpmBuild, Problems> {
    let files = files
        .iter()
        .map(|(name, text)| ((*name).to_owned(), Bytes::from((*text).to_owned())));
    let project = ProjectConfig::parse(Some(project.as_bytes()), None)?;
    build_npm(&project, &Files(files.collect()), &mut |_| {})
}

fn built_files(build: &NpmBuild) -> Vec<String> {
    let of = |folder: &BuiltFolder| {
        let path = folder.path.clone();
        folder
            .files
            .keys()
            .map(move |file| format!("{path}/{file}"))
            .collect::<Vec<_>>()
    };
    build.folders.iter().flat_map(of).collect()
}

/// The bundle of one script, with what is around the files left out.
fn bundled(files: &[(&str, &str)]) -> String {
    let mut all = vec![("package.json", r#"{"dependencies":{"a":"1"}}"#)];
    let named: Vec<_> = files
        .iter()
        .map(|(name, text)| (format!("node_modules/a/{name}"), *text))
        .collect();
    all.extend(named.iter().map(|(name, text)| (name.as_str(), *text)));
    if !files.iter().any(|(name, _)| *name == "package.json") {
        all.push(("node_modules/a/package.json", "{}"));
    }
    let build = build("{}", &all).unwrap();
    let text = String::from_utf8(build.folders[0].files["a/index.js"].to_vec()).unwrap();
    text.split_once("__DEFINE__(1").unwrap().1.to_owned()
}

#[test]
fn dependencies_are_built_and_development_dependencies_are_not() {
    let build = build(
        "{}",
        &[
            (
                "package.json",
                r#"{"dependencies":{"@s/ui":"1"},"devDependencies":{"dev":"1"},"optionalDependencies":{"opt":"1","none":"1"}}"#,
            ),
            ("node_modules/@s/ui/package.json", r#"{"miniprogram":"lib","version":"1.2.3"}"#),
            ("node_modules/@s/ui/lib/.keep", ""),
            ("node_modules/@s/ui/lib/b/index.wxml", ""),
            ("node_modules/@s/ui/lib/node_modules/x/index.js", ""),
            ("node_modules/@s/ui/src/index.js", ""),
            ("node_modules/opt/package.json", "{}"),
            ("node_modules/opt/miniprogram_dist/index.js", ""),
            ("node_modules/dev/package.json", "{}"),
            ("node_modules/dev/index.js", ""),
        ],
    )
    .unwrap();
    assert_eq!(
        built_files(&build),
        [
            "miniprogram_npm/@s/ui/.keep",
            "miniprogram_npm/@s/ui/b/index.wxml",
            "miniprogram_npm/opt/index.js"
        ]
    );
    assert_eq!(build.warnings, []);
    let first = &build.folders[0].packages[0];
    assert_eq!(
        (first.version.as_deref(), &first.how),
        (Some("1.2.3"), &How::Copied("lib".to_owned()))
    );
}

#[test]
fn dependencies_of_dependencies_keep_their_place() {
    let build = build(
        "{}",
        &[
            ("package.json", r#"{"dependencies":{"a":"1","b":"1"}}"#),
            ("node_modules/a/package.json", r#"{"dependencies":{"b":"2","c":"1"}}"#),
            ("node_modules/a/index.js", "require('b')"),
            (
                "node_modules/a/node_modules/b/package.json",
                r#"{"dependencies":{"a":"1"}}"#,
            ),
            ("node_modules/a/node_modules/b/index.js", ""),
            ("node_modules/b/package.json", "{}"),
            ("node_modules/b/index.js", ""),
            ("node_modules/c/package.json", "{}"),
            ("node_modules/c/index.js", ""),
            ("node_modules/unwanted/package.json", "{}"),
            ("node_modules/unwanted/index.js", ""),
        ],
    )
    .unwrap();
    let paths: Vec<_> = build.folders[0]
        .packages
        .iter()
        .map(|package| package.path.as_str())
        .collect();
    assert_eq!(paths, ["a", "a/miniprogram_npm/b", "b", "c"]);
}

#[test]
fn each_package_json_of_the_code_has_its_own_folder() {
    let build = build(
        r#"{"miniprogramRoot":"src/"}"#,
        &[
            ("package.json", r#"{"dependencies":{"a":"1"}}"#),
            ("src/package.json", r#"{"dependencies":{"a":"1"}}"#),
            ("src/node_modules/a/package.json", "{}"),
            ("src/node_modules/a/index.js", ""),
            ("src/sub/package.json", r#"{"dependencies":{"b":"1"}}"#),
            ("src/sub/node_modules/b/package.json", "{}"),
            ("src/sub/node_modules/b/index.js", ""),
            (
                "src/miniprogram_npm/old/package.json",
                r#"{"dependencies":{"gone":"1"}}"#,
            ),
        ],
    )
    .unwrap();
    assert_eq!(
        built_files(&build),
        [
            "src/miniprogram_npm/a/index.js",
            "src/miniprogram_npm/a/index.js.map",
            "src/sub/miniprogram_npm/b/index.js",
            "src/sub/miniprogram_npm/b/index.js.map"
        ]
    );
}

#[test]
fn listed_package_json_files_are_built_where_the_list_says() {
    let project = r#"{"miniprogramRoot":"src/","setting":{"packNpmManually":true,"packNpmRelationList":[
        {"packageJsonPath":"./package.json","miniprogramNpmDistDir":"./src/"},
        {"packageJsonPath":"../other/package.json","miniprogramNpmDistDir":"src"}]}}"#;
    let build = build(
        project,
        &[
            ("package.json", r#"{"dependencies":{"a":"1"}}"#),
            (
                "node_modules/a/package.json",
                r#"{"main":"m","dependencies":{"b":"1"}}"#,
            ),
            ("node_modules/a/m.js", ""),
            ("node_modules/a/node_modules/b/package.json", "{}"),
            ("node_modules/a/node_modules/b/index.js", ""),
            ("../other/package.json", r#"{"dependencies":{"c":"1"}}"#),
            ("../other/node_modules/c/package.json", "{}"),
            ("../other/node_modules/c/miniprogram_dist/c.js", ""),
        ],
    )
    .unwrap();
    assert_eq!(
        built_files(&build),
        [
            "src/miniprogram_npm/a/index.js",
            "src/miniprogram_npm/a/index.js.map",
            "src/miniprogram_npm/a/miniprogram_npm/b/index.js",
            "src/miniprogram_npm/a/miniprogram_npm/b/index.js.map",
            "src/miniprogram_npm/c/c.js"
        ]
    );
}

#[test]
fn what_is_missing_is_named_with_what_to_do() {
    let said = |project: &str, files: &[(&str, &str)]| {
        let problems = build(project, files).unwrap_err();
        let all = problems
            .0
            .iter()
            .map(|problem| format!("{problem}; {}", problem.help.as_deref().unwrap_or_default()));
        all.collect::<Vec<_>>().join("\n")
    };
    let manually = |list: &str| format!(r#"{{"setting":{{"packNpmManually":true,"packNpmRelationList":[{list}]}}}}"#);
    assert_eq!(
        said("{}", &[("app.json", "{}")]),
        "package.json: there is no package.json, so there is nothing to build; run `npm init`, then `npm install` what \
         the app needs"
    );
    let outside = said(
        r#"{"miniprogramRoot":"src"}"#,
        &[("package.json", "{}"), ("src/app.json", "{}")],
    );
    assert!(
        outside.starts_with("src/package.json: there is none in src"),
        "{outside}"
    );
    assert!(outside.contains(r#""packNpmManually": true"#), "{outside}");
    assert_eq!(
        said("{}", &[("package.json", r#"{"devDependencies":{"a":"1"}}"#)]),
        "package.json: it has no dependencies, so there is nothing to build; `npm install NAME` adds one; those of \
         devDependencies are not built"
    );
    assert_eq!(
        said("{}", &[("package.json", r#"{"dependencies":{"a":"1"}}"#)]),
        "package.json: its dependencies are not installed: there is no node_modules; run `npm install` in the \
         project's folder"
    );
    let two = [
        (
            "sub/package.json",
            "{\n\"dependencies\":{\"a\":\"1\",\n\"b\":\"1\",\"c\":\"1\"}}",
        ),
        ("sub/node_modules/a/package.json", "{}"),
    ];
    assert_eq!(
        said("{}", &two),
        "sub/package.json:3:1: dependency \"b\" is not installed; run `npm install` in sub\n\
         sub/package.json:3:9: dependency \"c\" is not installed; run `npm install` in sub"
    );
    assert!(said(&manually(""), &two).starts_with("project.config.json: setting.packNpmManually is on"));
    let wrong = said(&manually(r#"{"packageJsonPath":"./a/package.json"}"#), &two);
    assert!(
        wrong.contains("\"./a/package.json\", which is no package.json"),
        "{wrong}"
    );
}

#[test]
fn a_package_that_lacks_something_is_built_with_a_warning() {
    let build = build(
        "{}",
        &[
            ("package.json", r#"{"dependencies":{"a":"1","types":"1"}}"#),
            ("node_modules/a/package.json", r#"{"dependencies":{"gone":"1"}}"#),
            (
                "node_modules/a/index.js",
                "require('./broken');\nvar r = require; require(name)",
            ),
            ("node_modules/a/broken.js", "var ="),
            ("node_modules/types/package.json", r#"{"main":"x.cjs"}"#),
            ("node_modules/types/x.cjs", ""),
        ],
    )
    .unwrap();
    let warnings: Vec<_> = build.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(warnings.len(), 5, "{warnings:#?}");
    assert_eq!(
        warnings[0],
        "node_modules/a/package.json:1:18: dependency \"gone\" is not installed"
    );
    assert!(
        warnings[1].starts_with("node_modules/a/index.js:2:5: require under another name"),
        "{warnings:?}"
    );
    assert!(
        warnings[2].starts_with("node_modules/a/index.js:2:18: require of something"),
        "{warnings:?}"
    );
    assert!(warnings[3].starts_with("node_modules/a/broken.js:1:"), "{warnings:?}");
    assert!(warnings[4].contains("there is no x.cjs"), "{warnings:?}");
    assert_eq!(build.folders[0].packages[1].how, How::Skipped("x.cjs".to_owned()));
}

#[test]
fn a_main_script_that_does_not_parse_is_an_error_with_its_place() {
    let problems = build(
        "{}",
        &[
            ("package.json", r#"{"dependencies":{"a":"1"}}"#),
            ("node_modules/a/package.json", "{}"),
            ("node_modules/a/index.js", "1;\nvar = 2"),
        ],
    )
    .unwrap_err();
    assert!(
        problems.to_string().starts_with("node_modules/a/index.js:2:"),
        "{problems}"
    );
}

#[test]
fn a_bundle_has_the_files_that_are_required_and_names_the_rest() {
    let text = bundled(&[
        ("package.json", r#"{"main":"./dist"}"#),
        (
            "dist/index.js",
            "#!/usr/bin/env node\n'use strict'\nrequire('./b'); require('../data.json'); require('out'); require('beside')",
        ),
        ("dist/b/index.js", "require('..'); require('./none')"),
        ("dist/beside.js", "function f() { \"use strict\"; return `use strict` }"),
        ("data.json", "{\"a\": 1}"),
        ("unused.js", ""),
    ]);
    insta::assert_snapshot!(text, @r#"
    , function(require, module, exports) {


    require('./b'); require('../data.json'); require('out'); require('beside')
    }, function(modId) { var map = {"./b":2,"../data.json":3,"beside":4}; return __REQUIRE__(map[modId], modId); })
    __DEFINE__(2, function(require, module, exports) {
    require('..'); require('./none')
    }, function(modId) { var map = {"..":1}; return __REQUIRE__(map[modId], modId); })
    __DEFINE__(3, function(require, module, exports) {
    module.exports = {"a": 1}
    }, function(modId) { var map = {}; return __REQUIRE__(map[modId], modId); })
    __DEFINE__(4, function(require, module, exports) {
    function f() {  return `use strict` }
    }, function(modId) { var map = {}; return __REQUIRE__(map[modId], modId); })
    return __REQUIRE__(1);
    })()
    //miniprogram-npm-outsideDeps=["out","./none"]
    //# sourceMappingURL=index.js.map
    "#);
}

#[test]
fn es_modules_become_commonjs_line_by_line() {
    let source = "\
import a, { b as c } from 'x';
import * as all from \"y\"; import 'z';
export const one = 1, two = (2, 3);
export let { three, in: [four = (q) => q] } = c, five;
export function six() { 'use strict'; }
export default class Seven {}
export { one as eight, a as default };
export { nine, default as ten } from 'n';
export * from 'all'; export * as eleven from 'e';
";
    let text = bundled(&[("index.js", source)]);
    let lines: Vec<_> = text.lines().skip(1).take(9).collect();
    let mark = "if (!exports.__esModule) Object.defineProperty(exports, \"__esModule\", { value: true });";
    let lines = lines
        .join("\n")
        .replace(mark, "MARK;")
        .replace("enumerable: true, configurable: true, ", "");
    insta::assert_snapshot!(lines, @r#"
    var __TEMP__ = require('x');var a = __REQUIRE_DEFAULT__(__TEMP__);var c = __TEMP__['b'];
    var __TEMP__ = require('y');var all = __REQUIRE_WILDCARD__(__TEMP__); var __TEMP__ = require('z');
    MARK;var one = exports.one = 1;var two = exports.two = (2, 3);
    MARK;var { three, in: [four = (q) => q] } = c;var five = exports.five = undefined;exports.three = three;exports.four = four;
    MARK;function six() {  };exports.six = six;
    MARK;class Seven {};exports.default = Seven;
    MARK;Object.defineProperty(exports, 'eight', { get: function() { return one; } });Object.defineProperty(exports, 'default', { get: function() { return a; } });
    MARK;var __TEMP_FROM__ = require('n');Object.defineProperty(exports, 'nine', { get: function() { return __TEMP_FROM__.nine; } });Object.defineProperty(exports, 'ten', { get: function() { return __REQUIRE_DEFAULT__(__TEMP_FROM__); } });
    MARK;var __TEMP_FROM_2__ = require('all');Object.keys(__TEMP_FROM_2__).forEach(function(k) { if (k === "default" || k === "__esModule") return; Object.defineProperty(exports, k, { get: function() { return __TEMP_FROM_2__[k]; } }); }); MARK;var __TEMP_FROM_3__ = require('e');Object.defineProperty(exports, 'eleven', { get: function() { return __REQUIRE_WILDCARD__(__TEMP_FROM_3__); } });
    "#);
    assert!(
        text.contains("//miniprogram-npm-outsideDeps=[\"x\",\"y\",\"z\",\"n\",\"all\",\"e\"]"),
        "{text}"
    );
}
