//! What is wrong with a package: the rules of app.json that hold across its files.

use super::app_json::{APP_JSON, AppJson};
use super::file_tree::FileTree;
use super::json_text::{Step, find_key, find_value, parse_json};
use super::page_json::PageJson;
use super::part::MAIN_NAME;
use super::path::PackagePath;
use super::problem::{Problem, Span};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Keys of app.json that the platform documents.
const APP_KEYS: &[&str] = &[
    "entryPagePath",
    "pages",
    "window",
    "tabBar",
    "networkTimeout",
    "debug",
    "functionalPages",
    "subpackages",
    "subPackages",
    "workers",
    "requiredBackgroundModes",
    "requiredPrivateInfos",
    "plugins",
    "preloadRule",
    "resizable",
    "usingComponents",
    "permission",
    "sitemapLocation",
    "style",
    "useExtendedLib",
    "entranceDeclare",
    "darkmode",
    "themeLocation",
    "lazyCodeLoading",
    "singlePage",
    "supportedMaterials",
    "serviceProviderTicket",
    "embeddedAppIdList",
    "halfPage",
    "debugOptions",
    "enablePassiveEvent",
    "resolveAlias",
    "renderer",
    "rendererOptions",
    "componentFramework",
    "miniApp",
    "static",
    "convertRpxToVw",
    "appBar",
    "navigateToMiniProgramAppIdList",
    "cloud",
    "__usePrivacyCheck__",
    "componentPlaceholder",
    "widgets",
    "wxAppSecret",
    "openDataContext",
    "prefetches",
    "chatTools",
    "frameset",
    "multiSelectSupportedMaterials",
];

/// Keys of game.json that the platform documents, besides those that it shares with app.json.
const GAME_KEYS: &[&str] = &[
    "deviceOrientation",
    "showStatusBar",
    "openDataContext",
    "plugins",
    "iOSHighPerformance",
    "iOSHighPerformance+",
    "parallelPreloadSubpackages",
    "renderLevel",
    "isGameTourist",
    "navigateToMiniProgramAppIdList",
    "permission",
    "requiredPrivateInfos",
    "supportedMaterials",
    "cloud",
    "__usePrivacyCheck__",
];

/// Keys of a page's json that the platform documents.
const PAGE_KEYS: &[&str] = &[
    "navigationBarBackgroundColor",
    "navigationBarTextStyle",
    "navigationBarTitleText",
    "navigationStyle",
    "homeButton",
    "backgroundColor",
    "backgroundColorContent",
    "backgroundTextStyle",
    "backgroundColorTop",
    "backgroundColorBottom",
    "enablePullDownRefresh",
    "onReachBottomDistance",
    "pageOrientation",
    "disableScroll",
    "usingComponents",
    "initialRenderingCache",
    "style",
    "singlePage",
    "restartStrategy",
    "handleWebviewPreload",
    "visualEffectInBackground",
    "enablePassiveEvent",
    "renderer",
    "rendererOptions",
    "componentFramework",
    "component",
    "componentGenerics",
    "componentPlaceholder",
    "pureDataPattern",
    "styleIsolation",
    "options",
    "disableSwipeBack",
    "enableShareAppMessage",
    "enableShareTimeline",
    "navigationBarShadow",
    "transition",
    "convertRpxToVw",
];

/// Everything that is found wrong, errors and warnings, in the order of app.json.
pub(super) fn inspect(text: &Arc<str>, app: &AppJson, files: &FileTree) -> Vec<Problem> {
    let mut inspection = Inspection {
        text,
        app,
        files,
        problems: Vec::new(),
    };
    inspection.unknown_keys();
    if app.is_game {
        inspection.game_scripts();
        inspection.subpackages();
        return inspection.problems;
    }
    inspection.app_script();
    inspection.main_pages();
    inspection.entry_page();
    inspection.tab_bar();
    inspection.subpackages();
    inspection.preload_rules();
    inspection.aliases();
    inspection.page_files();
    inspection.problems
}

/// Whether a script exists for a module path without extension.
pub(super) fn has_script(files: &FileTree, path: &str) -> bool {
    [".js", ".ts"].iter().any(|ext| files.has(&format!("{path}{ext}")))
}

struct Inspection<'a> {
    text: &'a Arc<str>,
    app: &'a AppJson,
    files: &'a FileTree,
    problems: Vec<Problem>,
}

impl Inspection<'_> {
    fn at(&mut self, problem: Problem, span: Option<Span>) {
        self.problems.push(problem.at(self.text, span));
    }

    fn error(&mut self, code: &'static str, steps: &[Step<'_>], message: String, help: &str) {
        let span = find_value(self.text, steps);
        self.at(Problem::error(self.app.file(), message).code(code).help(help), span);
    }

    fn warn(&mut self, code: &'static str, steps: &[Step<'_>], message: String) {
        let span = find_value(self.text, steps);
        self.at(Problem::warning(self.app.file(), message).code(code), span);
    }

    fn unknown_keys(&mut self) {
        let known = if self.app.is_game { GAME_KEYS } else { APP_KEYS };
        for key in self
            .app
            .other
            .keys()
            .filter(|key| !known.contains(&key.as_str()) && !key.starts_with("__"))
        {
            let span = find_key(self.text, &[], key);
            let problem = Problem::warning(self.app.file(), format!("unknown key {key:?}"));
            self.at(problem.code("app-json-key"), span);
        }
    }

    fn app_script(&mut self) {
        if !has_script(self.files, "app") {
            let problem = Problem::error("app.js", "app.js is missing").code("app-script-missing");
            self.problems
                .push(problem.help("every app needs app.js or app.ts, with a call of App({})"));
        }
    }

    /// A game starts at game.js, and so does each of its subpackages.
    fn game_scripts(&mut self) {
        if !has_script(self.files, "game") {
            let problem = Problem::error("game.js", "game.js is missing").code("app-script-missing");
            self.problems
                .push(problem.help("a mini game starts with game.js or game.ts"));
        }
        let roots = self.app.subpackages.iter().map(|sub| sub.root.as_str());
        let mute = roots.filter(|root| !has_script(self.files, &format!("{root}/game")));
        for root in mute.collect::<Vec<_>>() {
            let file = format!("{root}/game.js");
            let problem = Problem::error(&file, format!("{file} is missing")).code("app-script-missing");
            self.problems
                .push(problem.help("it runs when the subpackage is loaded"));
        }
    }

    fn main_pages(&mut self) {
        if self.app.pages.is_empty() {
            let span = find_value(self.text, &[Step::Key("pages")]);
            let problem = Problem::error(APP_JSON, "pages is empty or missing").code("no-pages");
            self.at(
                problem.help("list at least one page, such as \"pages/index/index\""),
                span,
            );
        }
        let mut seen = BTreeSet::new();
        for (index, page) in self.app.pages.iter().enumerate() {
            let steps = [Step::Key("pages"), Step::Index(index)];
            self.page(&steps, page, &mut seen);
            if let Some(sub) = self.app.subpackage_of(page) {
                let message = format!("page {page:?} lies in the root of subpackage {:?}", sub.root);
                self.error(
                    "page-in-subpackage",
                    &steps,
                    message,
                    "list it under the subpackage's pages instead",
                );
            }
        }
    }

    /// What every page must have, wherever it is listed.
    fn page(&mut self, steps: &[Step<'_>], path: &str, seen: &mut BTreeSet<String>) {
        if let Err(error) = PackagePath::parse(path) {
            return self.error(
                "page-path",
                steps,
                error.to_string(),
                "page paths are relative to the folder of app.json",
            );
        }
        if !seen.insert(path.to_owned()) {
            return self.warn("page-twice", steps, format!("page {path:?} is listed twice"));
        }
        if !has_script(self.files, path) {
            let help = format!("create {path}.js, or take the page out of app.json");
            self.error("page-missing", steps, format!("page {path:?} has no script"), &help);
        }
    }

    fn entry_page(&mut self) {
        let Some(entry) = self.app.entry_page_path.as_deref().filter(|path| !path.is_empty()) else {
            return;
        };
        if !self.app.all_pages().iter().any(|page| page == entry) {
            let message = format!("entryPagePath {entry:?} is not in pages");
            self.error(
                "entry-page",
                &[Step::Key("entryPagePath")],
                message,
                "it must name one of the app's pages",
            );
        }
    }

    fn tab_bar(&mut self) {
        let Some(bar) = &self.app.tab_bar else { return };
        let count = bar.list.len();
        let list = [Step::Key("tabBar"), Step::Key("list")];
        if !(2..=5).contains(&count) {
            let steps = if find_value(self.text, &list).is_some() {
                &list[..]
            } else {
                &list[..1]
            };
            self.error(
                "tabbar-count",
                steps,
                format!("tabBar has {count} tabs"),
                "a tab bar has 2 to 5 of them",
            );
        }
        for (index, tab) in bar.list.iter().enumerate() {
            if self.app.pages.contains(&tab.page_path) {
                continue;
            }
            let entry = [list[0], list[1], Step::Index(index), Step::Key("pagePath")];
            let steps = if find_value(self.text, &entry).is_some() {
                &entry[..]
            } else {
                &entry[..3]
            };
            let message = format!("page {:?} of tabBar is not in pages", tab.page_path);
            self.error(
                "tabbar-page",
                steps,
                message,
                "tabs open pages of the main package; add the page to pages",
            );
        }
    }

    fn subpackages(&mut self) {
        let list = ["subpackages", "subPackages"];
        let name = list
            .into_iter()
            .find(|name| find_key(self.text, &[], name).is_some())
            .unwrap_or(list[0]);
        let mut seen = BTreeSet::new();
        for (index, sub) in self.app.subpackages.iter().enumerate() {
            let here = [Step::Key(name), Step::Index(index)];
            let root = [here[0], here[1], Step::Key("root")];
            if let Err(error) = PackagePath::parse(&sub.root) {
                self.error(
                    "subpackage-root",
                    &here,
                    format!("root of the subpackage: {error}"),
                    "root is the subpackage's folder",
                );
                continue;
            }
            for other in &self.app.subpackages[..index] {
                let below = |a: &str, b: &str| format!("{a}/").starts_with(&format!("{b}/"));
                if below(&sub.root, &other.root) || below(&other.root, &sub.root) {
                    let message = format!("subpackage roots {:?} and {:?} overlap", other.root, sub.root);
                    self.error(
                        "subpackage-overlap",
                        &root,
                        message,
                        "a subpackage cannot lie inside another one",
                    );
                }
            }
            for (number, page) in sub.pages.iter().enumerate() {
                let steps = [here[0], here[1], Step::Key("pages"), Step::Index(number)];
                self.page(&steps, &format!("{}/{page}", sub.root), &mut seen);
            }
            if let Some(entry) = &sub.entry {
                let path = format!("{}/{entry}", sub.root);
                if !self.files.has(&path) && !has_script(self.files, &path) {
                    let steps = [here[0], here[1], Step::Key("entry")];
                    self.error(
                        "subpackage-entry",
                        &steps,
                        format!("entry {path:?} does not exist"),
                        "entry is a script below root",
                    );
                }
            }
        }
    }

    fn preload_rules(&mut self) {
        let pages = self.app.all_pages();
        let subpackages = &self.app.subpackages;
        for (page, rule) in &self.app.preload_rule {
            let steps = [Step::Key("preloadRule"), Step::Key(page)];
            if !pages.iter().any(|known| known == page.trim_start_matches('/')) {
                self.warn(
                    "preload-rule",
                    &steps,
                    format!("preloadRule for {page:?}, which is not a page"),
                );
            }
            for name in &rule.packages {
                let root = name.trim_matches('/');
                let known = |sub: &super::Subpackage| sub.root == root || sub.name.as_ref() == Some(name);
                if name != MAIN_NAME && !subpackages.iter().any(known) {
                    self.warn(
                        "preload-rule",
                        &steps,
                        format!("preloadRule loads {name:?}, which is not a subpackage"),
                    );
                }
            }
        }
    }

    fn aliases(&mut self) {
        for (alias, target) in &self.app.resolve_alias {
            if !alias.ends_with("/*") || !target.ends_with("/*") {
                let steps = [Step::Key("resolveAlias"), Step::Key(alias)];
                self.warn(
                    "resolve-alias",
                    &steps,
                    format!("alias {alias:?} is ignored: it and its target must end in \"/*\""),
                );
            }
        }
    }

    fn page_files(&mut self) {
        for page in self.app.all_pages() {
            let file = format!("{page}.json");
            let Some(bytes) = self.files.read(&file) else { continue };
            let text = super::json_text::text_of(bytes);
            // The platform takes an empty file for an empty object.
            if text.trim().is_empty() {
                continue;
            }
            if let Err(problem) = PageJson::parse(&file, bytes) {
                self.problems.push(problem.code("page-json"));
                continue;
            }
            let Ok(object) = parse_json::<Map<String, Value>>(&file, &text) else {
                continue;
            };
            for key in object.keys().filter(|key| !PAGE_KEYS.contains(&key.as_str())) {
                let problem = Problem::warning(&file, format!("unknown key {key:?}")).code("page-json-key");
                self.problems.push(problem.at(&text, find_key(&text, &[], key)));
            }
        }
    }
}
