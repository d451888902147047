//! What is found in small apps, and what is not.

use super::{CODES, Options, check};
use crate::package::{Severity, Survey};
use bytes::Bytes;

/// Code, file and line of the errors and warnings in an app of these files; what an app needs besides is added.
fn found(files: &[(&str, &str)]) -> Vec<(&'static str, String, usize)> {
    let mut all = vec![
        ("app.json", r#"{ "pages": ["pages/a/a"] }"#),
        ("app.js", "App({})"),
        ("pages/a/a.js", "Page({})"),
        ("pages/a/a.wxml", ""),
    ];
    all.retain(|(name, _)| !files.iter().any(|(own, _)| own == name));
    all.extend(files);
    let bytes = |text: &str| Bytes::copy_from_slice(text.as_bytes());
    let survey = Survey::open(all.into_iter().map(|(name, text)| (name, bytes(text)))).unwrap();
    let problems = check(&survey, &Options::default());
    assert!(
        problems
            .iter()
            .all(|problem| CODES.iter().any(|code| code.name == problem.code)),
        "{problems:#?}"
    );
    let told = problems
        .into_iter()
        .filter(|problem| problem.severity != Severity::Note);
    told.map(|problem| (problem.code, problem.file, problem.span.map_or(0, |span| span.line)))
        .collect()
}

#[track_caller]
fn finds(files: &[(&str, &str)], wanted: &[(&str, &str, usize)]) {
    let found = found(files);
    let found: Vec<_> = found
        .iter()
        .map(|(code, file, line)| (*code, file.as_str(), *line))
        .collect();
    assert_eq!(found, wanted);
}

/// An app whose `onLaunch` is this; `m` is the update manager, and somebody listens to failures.
fn launch(body: &str) -> String {
    format!("App({{ onLaunch() {{\nconst m = wx.getUpdateManager(); m.onUpdateFailed(() => {{}})\n{body}\n}} }})")
}

const ASK: &str = "wx.showModal({ title: 'Update', success: (res) => { if (res.confirm) m.applyUpdate() } })";

#[test]
fn ways_to_update_that_work_are_no_findings() {
    let ask = format!("m.onUpdateReady(() => {ASK})");
    let bodies = [
        ask.clone(),
        format!("m.onCheckForUpdate((res) => {{ if (res.hasUpdate) {{ {ask} }} }})"),
        "m.onUpdateReady(() => m.applyUpdate())".to_owned(),
        "m.onUpdateReady(async () => { const { confirm } = await wx.showModal({}); if (confirm) m.applyUpdate() })".into(),
        "m.onUpdateReady(async () => { const { confirm } = await wx.showModal({}); if (!confirm) return; m.applyUpdate() })".into(),
        "m.onUpdateReady(() => wx.showModal({}).then((res) => res.confirm && m.applyUpdate()))".into(),
        "m.onUpdateReady(() => wx.showModal({ showCancel: false, success() { m.applyUpdate() } }))".into(),
        "m.onUpdateReady(() => wx.showModal({ success(r) { if (r.cancel) { return } m.applyUpdate() } }))".into(),
        "m.onUpdateReady(() => wx.showModal({ success(r) { r.cancel ? 0 : m.applyUpdate() } }))".into(),
        "m.onUpdateReady(() => wx.showModal({ success(r) { if (r.confirm === true) m.applyUpdate() } }))".into(),
        "const { onUpdateReady, applyUpdate } = m; onUpdateReady(() => applyUpdate())".into(),
        "m.onUpdateReady(m.applyUpdate)".into(),
        "wx.getUpdateManager().onUpdateReady(() => wx.getUpdateManager().applyUpdate())".into(),
        "new Promise((resolve) => m.onUpdateReady(resolve)).then(() => m.applyUpdate())".into(),
        "const ready = () => new Promise((ok, no) => { m.onUpdateReady(ok) }); (async () => { await ready(); m.applyUpdate() })()".into(),
        "const that = this; m.onUpdateReady(function () { that.done = true; m.applyUpdate() })".into(),
        "m.onUpdateReady(function () { this.done = true; m.applyUpdate() }.bind(this))".into(),
    ];
    for body in bodies {
        assert_eq!(found(&[("app.js", &launch(&body))]), [], "{body}");
    }
}

#[test]
fn ways_to_update_that_do_not_work_are_findings() {
    let cases = [
        ("m.onUpdateReady(() => {}); m.applyUpdate()", "update-apply-early"),
        (
            "m.onUpdateReady(() => {}); m.onCheckForUpdate(r => r.hasUpdate && m.applyUpdate())",
            "update-apply-early",
        ),
        (
            "m.onUpdateReady(() => {}); wx.showModal({ success: (r) => { if (r.confirm) m.applyUpdate() } })",
            "update-apply-early",
        ),
        (
            "m.onUpdateReady(async () => { const { cancel } = await wx.showModal({}); if (cancel) m.applyUpdate() })",
            "update-confirm-inverted",
        ),
        (
            "m.onUpdateReady(async () => { await wx.showModal({}); m.applyUpdate() })",
            "update-confirm-unread",
        ),
        (
            "m.onUpdateReady(() => wx.showModal({}).then(() => m.applyUpdate()))",
            "update-confirm-unread",
        ),
        (
            "m.onUpdateReady((r) => wx.showModal({ success() { if (r.confirm) m.applyUpdate() } }))",
            "update-result-field",
        ),
        (
            "m.onCheckForUpdate((r) => { if (!r.hasUpdate) m.onUpdateReady(() => m.applyUpdate()) })",
            "update-ready-late",
        ),
        (
            "m.onUpdateFailed(() => m.onUpdateReady(() => m.applyUpdate()))",
            "update-ready-late",
        ),
        (
            "setTimeout(() => m.onUpdateReady(() => m.applyUpdate()), 60000)",
            "update-ready-late",
        ),
        ("m.onUpdateReady()", "update-listener-value"),
        (
            "m.onUpdateReady(() => wx.showModal({ confirmText: '立即更新应用', success: (r) => r.confirm && m.applyUpdate() }))",
            "modal-text",
        ),
    ];
    for (body, code) in cases {
        let found = found(&[("app.js", &launch(body))]);
        assert_eq!(found, [(code, "app.js".to_owned(), 3)], "{body}");
    }
}

#[test]
fn the_manager_is_followed_through_modules_classes_and_compilers() {
    let wrong = "manager.onCheckForUpdate(() => manager.applyUpdate())";
    let shapes = [
        (
            "import { watch } from './u'; App({ onLaunch() { watch() } })",
            format!(
                "export const watch = () => {{ const manager = wx.getUpdateManager()\n{wrong} }}; export const x = (m) => m.onUpdateReady(() => {{}})"
            ),
        ),
        (
            "const u = require('./u'); App({ onLaunch: function () { u.watch() } })",
            format!(
                "exports.watch = function () {{ var manager = wx.getUpdateManager();\n{wrong} }}; exports.x = (m) => m.onUpdateReady(() => {{}})"
            ),
        ),
        (
            "import u from './u'; App({ onLaunch() { u(this) } })",
            format!(
                "const {{ getUpdateManager: get }} = wx; export default function (app) {{ app.manager = get(); const {{ manager }} = app\n{wrong} }} export const x = (m) => m.onUpdateReady(() => {{}})"
            ),
        ),
        (
            "var U = require('./u').default; App({ onLaunch() { new U().start() } })",
            format!(
                "exports.default = class {{ start() {{ const manager = this.manager = uni.getUpdateManager()\n{wrong} }} x(m) {{ m.onUpdateReady(() => {{}}) }} }}"
            ),
        ),
        (
            "const v = require('./u'); App({ onLaunch() {} })",
            format!(
                "const e = {{ createApp(o) {{ return o }} }}; const f = (c, t) => c; f({{ onLaunch: function () {{ const manager = e.index.getUpdateManager()\n{wrong} }}, x: (m) => m.onUpdateReady(() => {{}}) }}, [])"
            ),
        ),
    ];
    for (app, module) in shapes {
        let found = found(&[("app.js", app), ("u.js", &module)]);
        let codes: Vec<_> = found
            .iter()
            .map(|(code, file, line)| (*code, file.as_str(), *line))
            .collect();
        assert!(
            codes.contains(&("update-apply-early", "u.js", 2)),
            "{module}: {codes:?}"
        );
    }
}

#[test]
fn a_typescript_app_is_read_as_what_it_becomes() {
    let app = "import { Kind } from './types'\nlet k: Kind = 1\nApp<any>({ onLaunch(): void {\nwx.getUpdateManager().onUpdateReady((): void => { (wx as any).getUpdateManager()!.applyUpdate() }) } })";
    finds(
        &[
            ("app.json", r#"{ "pages": ["pages/a/a"] }"#),
            ("app.js", "App({})"),
            ("pages/a/a.js", "require('../../b')"),
            ("b.ts", app),
        ],
        &[],
    );
    let wrong = "export const f = (a: string): string => a\nwx.getUpdateManager().applyUpdate()";
    finds(
        &[("pages/a/a.js", "require('../../b')"), ("b.ts", wrong)],
        &[("update-apply-early", "b.ts", 2), ("update-no-ready", "b.ts", 2)],
    );
}

#[test]
fn a_look_before_the_call_is_understood() {
    let project = ("project.config.json", r#"{ "libVersion": "2.10.0" }"#);
    for look in [
        "if (wx.getWindowInfo) wx.getWindowInfo()",
        "if (!wx.canIUse('getWindowInfo')) return\nwx.getWindowInfo()",
        "const info = wx.getWindowInfo ? wx.getWindowInfo() : wx.getSystemInfoSync()",
        "wx.getWindowInfo?.()",
        "try { wx.getWindowInfo() } catch (e) {}",
        "const can = wx.canIUse('getWindowInfo')\nif (can) wx.getWindowInfo()",
        "if (compareVersion(wx.getSystemInfoSync().SDKVersion, '2.20.1') >= 0) wx.getWindowInfo()",
        "typeof wx.getWindowInfo === 'function' && wx.getWindowInfo()",
    ] {
        let app = format!("App({{ onLaunch() {{\n{look} }} }})");
        finds(&[project, ("app.js", &app)], &[]);
    }
    finds(
        &[project, ("app.js", "wx.getWindowInfo()")],
        &[("wx-too-new", "app.js", 1)],
    );
    finds(&[("app.js", "wx.getWindowInfo()")], &[]);
}

#[test]
fn names_that_the_app_gives_to_wx_are_known() {
    finds(&[("app.js", "wx.ownThing = () => 1\nwx.ownThing()")], &[]);
    finds(
        &[("app.js", "Object.assign(wx, { ownThing() {} })\nwx.ownThing()")],
        &[],
    );
    finds(&[("app.js", "wx.ownThing()")], &[("wx-unknown", "app.js", 1)]);
    finds(&[("app.js", "const wx = { ownThing() {} }\nwx.ownThing()")], &[]);
}

#[test]
fn modules_that_a_script_can_do_without_are_no_findings() {
    finds(&[("app.js", "try { require('./gone') } catch (e) {}")], &[]);
    finds(
        &[("app.js", "const x = typeof require === 'function' && require('./gone')")],
        &[],
    );
    finds(&[("app.js", "(function (require) { require('./gone') })()")], &[]);
    finds(&[("app.js", "require('./gone')")], &[("module-missing", "app.js", 1)]);
    finds(&[("app.js", "\nrequire('own-lib')")], &[("npm-missing", "app.js", 2)]);
}

#[test]
fn scripts_that_nobody_loads_are_not_looked_at() {
    finds(
        &[("gulpfile.js", "require('gulp'); eval('x')"), ("tools/x.js", "a b c")],
        &[],
    );
    finds(&[("pages/a/a.js", "a b c")], &[("syntax", "pages/a/a.js", 1)]);
}

#[test]
fn files_that_are_named_and_missing_are_findings() {
    let json = r#"{ "pages": ["pages/a/a"],
        "tabBar": { "custom": true, "list": [{ "pagePath": "pages/a/a", "text": "A", "iconPath": "a.png" }, { "pagePath": "pages/a/a", "text": "B" }] },
        "window": { "navigationBarTextStyle": "grey" },
        "sitemapLocation": "sitemap.json",
        "workers": "workers" }"#;
    finds(
        &[
            ("app.json", json),
            (
                "pages/a/a.wxml",
                "<import src=\"b.wxml\"/>\n<wxs src=\"c.wxs\" module=\"c\"/>",
            ),
            ("app.wxss", "@import 'd.wxss';"),
        ],
        &[
            ("tabbar-custom", "app.json", 2),
            ("tabbar-icon", "app.json", 2),
            ("workers-folder", "app.json", 5),
            ("file-missing", "app.wxss", 1),
            ("file-missing", "pages/a/a.wxml", 1),
            ("file-missing", "pages/a/a.wxml", 2),
            ("app-json-word", "app.json", 3),
            ("app-json-file", "app.json", 4),
        ],
    );
}

#[test]
fn a_component_of_another_subpackage_needs_a_placeholder() {
    let app = r#"{ "pages": ["pages/a/a"], "subPackages": [{ "root": "goods", "pages": ["p/p"] }] }"#;
    let component = [("goods/c/c.json", r#"{ "component": true }"#), ("goods/c/c.wxml", "")];
    let using = "{\n\"usingComponents\": { \"c\": \"/goods/c/c\" }";
    let bare = format!("{using} }}");
    let replaced = format!("{using}, \"componentPlaceholder\": {{ \"c\": \"view\" }} }}");
    let files = |page: &'static str, own: &'static str| {
        let all = [
            ("app.json", app),
            ("goods/c/c.js", "Component({})"),
            ("goods/p/p.js", "Page({})"),
            ("goods/p/p.wxml", ""),
        ];
        [
            &all[..],
            &component,
            &[("pages/a/a.json", page), ("goods/p/p.json", own)],
        ]
        .concat()
    };
    let (bare, replaced): (&'static str, &'static str) = (bare.leak(), replaced.leak());
    finds(&files(bare, bare), &[("component-out-of-reach", "pages/a/a.json", 2)]);
    finds(&files(replaced, "{}"), &[]);
}

#[test]
fn a_component_says_that_it_is_one_and_has_a_template() {
    let page = (
        "pages/a/a.json",
        r#"{ "usingComponents": { "b": "/b/b", "c": "plugin://x/c", "d": "lib/d" } }"#,
    );
    finds(
        &[page, ("b/b.js", "Component({})"), ("b/b.json", "{}")],
        &[
            ("component-json", "b/b.json", 1),
            ("component-wxml", "b/b.wxml", 0),
            ("npm-missing", "pages/a/a.json", 1),
        ],
    );
}
