//! The timeline's entries as types: one variant for each kind that the README documents.

use super::launch::LaunchOptions;
use super::source::Boot;
use super::timeline::Entry;
use crate::update::DownloadKind;
use crate::update::explain::Explanation;
use crate::wx::{ActionSheet, Modal};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What an entry says. As JSON it is the entry without its time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all_fields = "camelCase")]
#[allow(
    missing_docs,
    reason = "the README's table of the timeline says what each property is"
)]
pub enum Event {
    #[serde(rename = "boot")]
    Boot(Boot),
    #[serde(rename = "app.launch")]
    AppLaunch { options: LaunchOptions },
    #[serde(rename = "app.show")]
    AppShow { options: LaunchOptions },
    #[serde(rename = "app.hide")]
    AppHide,
    #[serde(rename = "app.pageNotFound")]
    AppPageNotFound {
        path: String,
        query: Map<String, Value>,
        is_entry_page: bool,
    },
    #[serde(rename = "app.destroy")]
    AppDestroy { reason: String },
    #[serde(rename = "page.load")]
    PageLoad {
        path: String,
        query: Map<String, Value>,
        id: u64,
        open_type: String,
    },
    #[serde(rename = "page.show")]
    PageShow { path: String, id: u64 },
    #[serde(rename = "page.ready")]
    PageReady { path: String, id: u64 },
    #[serde(rename = "page.hide")]
    PageHide { path: String, id: u64 },
    #[serde(rename = "page.unload")]
    PageUnload { path: String, id: u64 },
    #[serde(rename = "page.notFound")]
    PageNotFound { path: String },
    #[serde(rename = "console")]
    Console { level: String, text: String },
    #[serde(rename = "log")]
    Log {
        level: String,
        text: String,
        #[serde(flatten)]
        more: Map<String, Value>,
    },
    #[serde(rename = "cloud.call")]
    CloudCall { api: String, name: String },
    #[serde(rename = "plugin.missing")]
    PluginMissing { name: String, help: String },
    #[serde(rename = "cloud.missing")]
    CloudMissing { api: String, name: String, help: String },
    #[serde(rename = "error")]
    Error {
        message: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        file: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        line: Option<u32>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        column: Option<u32>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stack: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        origin: Option<String>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        fatal: bool,
    },
    #[serde(rename = "open.failed")]
    OpenFailed { reason: String, retry_ms: u64 },
    #[serde(rename = "update.decision")]
    UpdateDecision(Box<Explanation>),
    #[serde(rename = "update.check")]
    UpdateCheck {
        has_update: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        version: Option<String>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        forced: bool,
    },
    #[serde(rename = "update.check.failed")]
    UpdateCheckFailed { reason: String },
    #[serde(rename = "update.silent")]
    UpdateSilent {
        has_update: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        version: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    #[serde(rename = "update.download")]
    UpdateDownload {
        transport: DownloadKind,
        part: String,
        bytes: u64,
    },
    #[serde(rename = "update.ready")]
    UpdateReady {
        version: String,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        forced: bool,
    },
    #[serde(rename = "update.failed")]
    UpdateFailed {
        reason: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        version: Option<String>,
    },
    #[serde(rename = "preload")]
    Preload { path: String, part: String },
    #[serde(rename = "preload.skipped")]
    PreloadSkipped { path: String, part: String, reason: String },
    #[serde(rename = "subpackage.failed")]
    SubpackageFailed { part: String, reason: String },
    #[serde(rename = "update.apply")]
    UpdateApply,
    #[serde(rename = "restart")]
    Restart { from: String, to: String },
    #[serde(rename = "rollback")]
    Rollback { from: String, to: String, reason: String },
    #[serde(rename = "modal.show")]
    ModalShow(Modal),
    #[serde(rename = "modal.open")]
    ModalOpen(Modal),
    #[serde(rename = "modal.answer")]
    ModalAnswer {
        confirm: bool,
        cancel: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        content: Option<String>,
    },
    #[serde(rename = "actionSheet.show")]
    ActionSheetShow(ActionSheet),
    #[serde(rename = "actionSheet.open")]
    ActionSheetOpen(ActionSheet),
    #[serde(rename = "actionSheet.answer")]
    ActionSheetAnswer {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tap_index: Option<usize>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        cancel: bool,
    },
    #[serde(rename = "toast.show")]
    ToastShow {
        title: String,
        #[serde(flatten)]
        more: Map<String, Value>,
    },
    #[serde(rename = "toast.hide")]
    ToastHide { title: String },
    #[serde(rename = "loading.show")]
    LoadingShow {
        title: String,
        #[serde(flatten)]
        more: Map<String, Value>,
    },
    #[serde(rename = "loading.hide")]
    LoadingHide { title: String },
    #[serde(rename = "navigationBar.title")]
    NavigationBarTitle { path: String, title: String },
    #[serde(rename = "navigationBar.color")]
    NavigationBarColor {
        path: String,
        #[serde(flatten)]
        more: Map<String, Value>,
    },
    #[serde(rename = "pullDownRefresh.start")]
    PullDownRefreshStart { path: String },
    #[serde(rename = "pullDownRefresh.stop")]
    PullDownRefreshStop { path: String },
    #[serde(rename = "network.change")]
    NetworkChange { is_connected: bool, network_type: String },
    #[serde(rename = "device.change")]
    DeviceChange {
        #[serde(flatten)]
        words: Map<String, Value>,
    },
    #[serde(rename = "device.event")]
    DeviceEvent {
        #[serde(flatten)]
        words: Map<String, Value>,
    },
    #[serde(rename = "permission.ask")]
    PermissionAsk { scope: String, allow: bool },
    #[serde(rename = "person.asked")]
    PersonAsked {
        api: String,
        #[serde(flatten)]
        wanted: Map<String, Value>,
    },
    #[serde(rename = "person.answer")]
    PersonAnswer { api: String, answer: String },
    #[serde(rename = "audio.option")]
    AudioOption {
        #[serde(flatten)]
        option: Map<String, Value>,
    },
    #[serde(rename = "ad.show")]
    AdShow { object: String, ad_unit_id: String },
    #[serde(rename = "ad.close")]
    AdClose {
        object: String,
        ad_unit_id: String,
        is_ended: bool,
    },
    #[serde(rename = "media.command")]
    MediaCommand {
        object: String,
        id: String,
        method: String,
        args: Value,
    },
    #[serde(rename = "canvas.draw")]
    CanvasDraw {
        id: String,
        reserve: bool,
        steps: Vec<String>,
    },
    #[serde(rename = "bluetooth.advertise")]
    BluetoothAdvertise { on: bool, request: Value },
    #[serde(rename = "page.share")]
    PageShare {
        page: String,
        id: u64,
        item: String,
        #[serde(flatten)]
        card: Map<String, Value>,
    },
    #[serde(rename = "game.share")]
    GameShare {
        item: String,
        handled: bool,
        #[serde(flatten)]
        card: Map<String, Value>,
    },
    #[serde(rename = "album.save")]
    AlbumSave { name: String, size: u64 },
    #[serde(rename = "shareMenu.update")]
    ShareMenuUpdate {
        #[serde(flatten)]
        how: Map<String, Value>,
    },
    #[serde(rename = "bluetooth.write")]
    BluetoothWrite {
        device_id: String,
        service_id: String,
        characteristic_id: String,
        value: String,
    },
    #[serde(rename = "login")]
    Login { code: String },
    #[serde(rename = "analytics")]
    Analytics { event: Value, data: Value },
    #[serde(rename = "vibrate")]
    Vibrate {
        #[serde(flatten)]
        how: Map<String, Value>,
    },
    #[serde(rename = "wx")]
    Wx {
        name: String,
        #[serde(flatten)]
        more: Map<String, Value>,
    },
    #[serde(rename = "wx.call")]
    WxCall {
        name: String,
        #[serde(flatten)]
        more: Map<String, Value>,
    },
    #[serde(rename = "tree")]
    Tree { text: String },
    #[serde(rename = "exit")]
    Exit { reason: String },
    /// A kind that this version of the types does not know.
    #[serde(skip)]
    Other(Entry),
}

impl Event {
    /// What `entry` says.
    pub fn of(entry: &Entry) -> Self {
        let mut object = entry.properties.clone();
        object.insert("kind".to_owned(), entry.kind.clone().into());
        serde_json::from_value(Value::Object(object)).unwrap_or_else(|_| Self::Other(entry.clone()))
    }
}

impl Entry {
    /// What the entry says.
    pub fn event(&self) -> Event {
        Event::of(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table in the README, from its kinds to its properties.
    fn documented() -> Vec<String> {
        let readme = include_str!("../../README.md");
        let table = readme
            .split("## Timeline")
            .nth(1)
            .unwrap()
            .split("## What an app gets")
            .next()
            .unwrap();
        let rows = table.lines().filter(|line| line.starts_with("| `"));
        let first_cells = rows.filter_map(|line| line.split('|').nth(1));
        first_cells.flat_map(kinds).collect()
    }

    /// `page.show`, `.ready`: a kind that begins with a dot shares the first word of the one before.
    fn kinds(cell: &str) -> Vec<String> {
        let mut kinds: Vec<String> = Vec::new();
        for name in cell.split('`').skip(1).step_by(2) {
            let room = kinds.last().and_then(|last| last.split('.').next()).unwrap_or_default();
            kinds.push(if name.starts_with('.') {
                format!("{room}{name}")
            } else {
                name.to_owned()
            });
        }
        kinds
    }

    /// The names that the enum gives its kinds.
    fn typed() -> Vec<&'static str> {
        let source = include_str!("event.rs").split("impl Event").next().unwrap();
        source
            .split("#[serde(rename = \"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect()
    }

    #[test]
    fn every_documented_kind_has_a_type_and_every_type_is_documented() {
        let mut documented = documented();
        let mut typed = typed();
        documented.retain(|kind| !kind.starts_with("--"));
        documented.sort();
        typed.sort_unstable();
        assert_eq!(documented, typed);
    }

    #[test]
    fn an_unknown_kind_is_kept_as_it_came() {
        let entry = Entry {
            at: 3,
            kind: "weather".into(),
            properties: Map::new(),
        };
        assert_eq!(entry.event(), Event::Other(entry.clone()));
    }
}
