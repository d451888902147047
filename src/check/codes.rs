//! The codes of findings. A code keeps its meaning; what it is about may become more exact.

/// A kind of finding.
#[derive(Debug, Clone, Copy)]
pub struct Code {
    /// Its name.
    pub name: &'static str,
    /// What it is about, in a few words.
    pub about: &'static str,
}

const fn code(name: &'static str, about: &'static str) -> Code {
    Code { name, about }
}

/// Every code, by subject.
pub const CODES: &[Code] = &[
    // The package.
    code("app-json-missing", "there is no app.json"),
    code("json", "a json file cannot be read"),
    code("project-json", "project.config.json has a bad value"),
    code("pack-options", "a rule of packOptions is not understood"),
    code("file-names", "names of files clash, or cannot be in a package"),
    code("package-size", "a package, or all together, are too large"),
    code("stays-behind", "files of a kind that is not uploaded"),
    code("not-uploaded", "a file is used and is of a kind that is not uploaded"),
    // app.json.
    code("app-json-key", "an unknown key of app.json"),
    code("app-json-word", "a field of app.json has a word that it does not take"),
    code("app-json-file", "a file that app.json names does not exist"),
    code("app-script-missing", "app.js or game.js is missing"),
    code("no-pages", "there are no pages"),
    code("page-path", "the path of a page cannot be one"),
    code("page-twice", "a page is listed twice"),
    code("page-missing", "a page has no script"),
    code("page-in-subpackage", "a page of the main package lies in a subpackage"),
    code("entry-page", "entryPagePath is no page"),
    code("tabbar-count", "a tab bar has too few or too many tabs"),
    code("tabbar-page", "a tab opens no page of the main package"),
    code("tabbar-text", "a tab has no text"),
    code("tabbar-icon", "an icon of a tab is missing or too large"),
    code("tabbar-custom", "the app's own tab bar is missing"),
    code("subpackage-root", "the root of a subpackage cannot be one"),
    code("subpackage-overlap", "a subpackage lies in another one"),
    code("subpackage-entry", "the entry of a subpackage does not exist"),
    code("preload-rule", "preloadRule is about what is not there"),
    code("resolve-alias", "an alias is ignored"),
    code("workers-folder", "the folder of the workers is empty"),
    code(
        "private-info",
        "a location function is not declared in requiredPrivateInfos",
    ),
    code("private-info-unknown", "requiredPrivateInfos has what it does not take"),
    // Pages and components.
    code("page-json", "a page's json cannot be read"),
    code("page-json-key", "an unknown key of a page's json"),
    code("page-wxml", "a page has no template"),
    code("component-missing", "a component does not exist"),
    code(
        "component-out-of-reach",
        "a component lies in another subpackage, and nothing stands for it",
    ),
    code("component-json", "a component does not say that it is one"),
    code("component-wxml", "a component has no template"),
    code("file-missing", "a template or style takes in what does not exist"),
    code("circular-include", "files take in each other"),
    // Scripts.
    code("syntax", "a script cannot be parsed"),
    code("module-missing", "a required module does not exist"),
    code("module-out-of-reach", "a required module lies in another subpackage"),
    code("npm-missing", "an npm package has not been built"),
    code("eval", "eval"),
    code("new-function", "functions from text"),
    code("string-timer", "a timer with a text"),
    code("route-missing", "an address is no page"),
    code("route-to-tab", "navigateTo or redirectTo to a tab"),
    code("route-no-tab", "switchTab to what is no tab"),
    code("route-tab-query", "switchTab with a query"),
    code("wx-unknown", "wx has no such function"),
    code("wx-too-new", "a function is newer than the project's base library"),
    code("wx-refused", "minirun refuses the function"),
    code(
        "promise-with-callbacks",
        "the promise of a call with callbacks, which gives none",
    ),
    code("modal-text", "a button's text is too long for the modal"),
    // Updates.
    code("update-no-ready", "nobody listens to onUpdateReady"),
    code("update-no-failed", "nobody listens to onUpdateFailed"),
    code("update-ready-late", "onUpdateReady may never be registered"),
    code("update-apply-early", "applyUpdate before the update is ready"),
    code("update-apply-failed", "applyUpdate in onUpdateFailed"),
    code("update-never-applied", "an update is told of and never applied"),
    code("update-confirm-inverted", "applyUpdate when the person has cancelled"),
    code("update-confirm-assigned", "a condition sets the answer"),
    code("update-confirm-text", "an answer is compared with a text"),
    code("update-confirm-unread", "applyUpdate whatever the person answers"),
    code("update-result-field", "a field that the result has not"),
    code("update-modal-cancel", "a forced update that can be cancelled"),
    code("update-modal-always", "a modal though there is no update"),
    code("update-listener-value", "a listener that is no function"),
    code("update-listener-assigned", "a listener is assigned and not registered"),
    code("update-listener-repeated", "a listener is registered at every show"),
    code("update-unknown-member", "the manager has no such method"),
    code("update-undeclared", "the manager's variable is not declared"),
    code("update-this-lost", "this is lost in a callback"),
    code("update-asks-twice", "two modals for one update"),
    code("update-asks-for-ever", "whoever says no is asked again"),
    code("update-restart-loop", "a restart in onUpdateFailed"),
    code(
        "update-guard-inverted",
        "getUpdateManager where the base library has none",
    ),
    code("update-storage-cleared", "the storage is cleared for an update"),
    code(
        "update-guard-bypassed",
        "getUpdateManager without the condition that it has elsewhere",
    ),
];
