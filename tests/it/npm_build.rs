//! `minirun npm-build`: what npm has installed, as the app can use it.

use crate::program::{Dir, setup};
use serde_json::{Value, json};

/// A project whose app requires packages of every kind; `print` is what its app.js says of them.
fn project(dir: &Dir, dependencies: &str, print: &str) -> String {
    let app = dir.app(
        "app",
        &format!("App({{}}); console.log(JSON.stringify({print}))"),
        "Page({})",
    );
    dir.write("app/package.json", &format!("{{\"dependencies\":{dependencies}}}"));
    app
}

fn install(dir: &Dir, package: &str, files: &[(&str, &str)]) {
    for (name, text) in files {
        dir.write(&format!("app/node_modules/{package}/{name}"), text);
    }
}

#[test]
fn the_app_can_require_what_was_built() {
    let (dir, cmd) = setup();
    let print = "[require('plain').name, require('es').all(), require('es').default, require('ring'), require('made')]";
    let app = project(&dir, r#"{"plain":"1","es":"1","ring":"1","made":"1"}"#, print);
    let nested = "exports.name = 'plain with ' + require('nested')";
    install(
        &dir,
        "plain",
        &[
            ("package.json", r#"{"main":"lib","dependencies":{"nested":"1"}}"#),
            ("lib.js", nested),
        ],
    );
    install(
        &dir,
        "plain/node_modules/nested",
        &[("package.json", "{}"), ("index.js", "module.exports = 'its own'")],
    );
    install(
        &dir,
        "es",
        &[
            ("package.json", r#"{"main":"es/index.js"}"#),
            (
                "es/index.js",
                "export * from './one'\nexport { two as all } from './two'\nexport default 'd'",
            ),
            ("es/one.js", "export const one = 1"),
            (
                "es/two.js",
                "import { one } from './one'\nimport plain from './plain'\nexport function two() { return one + plain }",
            ),
            ("es/plain.js", "module.exports = 2"),
        ],
    );
    install(
        &dir,
        "ring",
        &[
            ("package.json", "{}"),
            (
                "index.js",
                "var other = require('./other'); module.exports = { a: 1 }; exports.late = 1; module.exports.b = other()",
            ),
            (
                "other.js",
                "var early = require('./index'); module.exports = function () { return early.a }",
            ),
        ],
    );
    install(
        &dir,
        "made",
        &[
            ("package.json", "{}"),
            ("miniprogram_dist/index.js", "module.exports = 'copied'"),
        ],
    );

    let built = cmd.ok(&["npm-build", &app, "--json"]);
    let built: Value = serde_json::from_str(&built.out).unwrap();
    let how = |index: usize| {
        built["folders"][0]["packages"][index]["how"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!([how(0), how(1)], ["bundled", "copied"]);
    assert_eq!(built["warnings"], json!([]));
    let (timeline, _) = cmd.timeline(&app, &[]);
    let said = timeline.console();
    assert_eq!(said, [r#"["plain with its own",3,"d",{"a":1,"b":1},"copied"]"#]);
}

#[test]
fn a_second_build_leaves_nothing_of_the_first() {
    let (dir, cmd) = setup();
    let app = project(&dir, r#"{"a":"1"}"#, "1");
    install(&dir, "a", &[("package.json", "{}"), ("index.js", "")]);
    dir.write("app/miniprogram_npm/old/index.js", "");
    let ran = cmd.ok(&["npm-build", &app]);
    assert_eq!(dir.list("app/miniprogram_npm"), ["a"]);
    assert_eq!(dir.list("app/miniprogram_npm/a"), ["index.js", "index.js.map"]);
    let line = ran.out.lines().nth(1).unwrap();
    assert!(line.starts_with("  a    bundled      2 files"), "{ran}");
    assert_eq!(ran.err, "");
}

#[test]
fn what_is_not_installed_is_told_and_the_folder_stays_as_it_is() {
    let (dir, cmd) = setup();
    let app = project(&dir, r#"{"a":"1","b":"1"}"#, "1");
    install(&dir, "a", &[("package.json", "{}"), ("index.js", "")]);
    dir.write("app/miniprogram_npm/old/index.js", "");
    let ran = cmd.run(&["npm-build", &app]).code(2);
    assert!(ran.err.contains("dependency \"b\" is not installed"), "{ran}");
    assert!(ran.err.contains("run `npm install`"), "{ran}");
    assert_eq!(dir.list("app/miniprogram_npm"), ["old"]);
    let ran = cmd.run(&["npm-build", "nowhere"]).code(2);
    assert!(ran.err.contains("nowhere: there is no such folder"), "{ran}");
}
