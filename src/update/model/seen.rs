//! What the real updater works on and what is seen of it.

use super::expected::Expected;
use super::history::Net;
use super::operator::{Kind, Rel};
use crate::package::FileTree;
use crate::release::Release;
use crate::system::{FaultyHttp, Get, Http, HttpError, NetFault, Response};
use crate::update::UpdateEvent;
use crate::update::state::AppState;
use async_trait::async_trait;
use bytes::Bytes;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

/// The way to the registry, as the history has it.
pub struct Road {
    pub inner: Arc<dyn Http>,
    pub net: Arc<Mutex<Net>>,
}

#[async_trait]
impl Http for Road {
    async fn get(&self, request: Get) -> Result<Response, HttpError> {
        let is_package = request.url.contains("/packages/");
        let net = *self.net.lock().unwrap();
        let faulty = FaultyHttp::new(Arc::clone(&self.inner));
        match net {
            // Not to be tried again: what waiting brings is shown elsewhere.
            Net::Down | Net::NoPackages if is_package => faulty.plan("", [NetFault::Status(404, Vec::new())]),
            Net::Down => faulty.plan("", [NetFault::Offline]),
            Net::FlippedPackages if is_package => faulty.plan("", [NetFault::Flip(3)]),
            _ => {}
        }
        faulty.get(request).await
    }
}

/// What is compared of a record.
#[derive(Debug, PartialEq, Eq)]
pub struct Recorded {
    active: Option<u64>,
    pending: Option<u64>,
    previous: Option<u64>,
    attempts: Option<u32>,
    bad: BTreeSet<u64>,
    floor: u64,
    found: Option<u64>,
}

impl Recorded {
    pub fn of(state: &AppState) -> Self {
        let id = |release: &Option<Release>| release.as_ref().map(|release| release.id.0);
        Self {
            active: id(&state.active),
            pending: id(&state.pending),
            previous: id(&state.previous),
            attempts: state.trial.map(|trial| trial.attempts),
            bad: state.bad.iter().map(|id| id.0).collect(),
            floor: state.floor,
            found: state.found.map(|id| id.0),
        }
    }

    pub fn of_model(state: &Expected) -> Self {
        let id = |rel: &Option<Rel>| rel.as_ref().map(|rel| rel.id);
        Self {
            active: id(&state.active),
            pending: id(&state.pending),
            previous: id(&state.previous),
            attempts: state.attempts,
            bad: state.bad.clone(),
            floor: state.floor,
            found: state.found,
        }
    }
}

/// The files of a release's package.
pub fn tree(rel: &Rel) -> FileTree {
    let file = |text: &str| Bytes::copy_from_slice(text.as_bytes());
    let mut files = vec![
        ("app.js", file(&format!("App({{}}) // version {}", rel.version))),
        ("pages/a/a.js", file("Page({})")),
    ];
    if rel.kind != Kind::NoApp {
        files.push(("app.json", file(r#"{"pages":["pages/a/a"]}"#)));
    }
    FileTree::from_names(files).unwrap()
}

/// What the app and the log are told, but for the downloads.
#[derive(Default)]
pub struct Told(Arc<Mutex<Vec<String>>>);

impl Told {
    pub fn teller(&self) -> impl Fn(UpdateEvent) + Send + Sync + use<> {
        let told = Arc::clone(&self.0);
        move |event| {
            let text = match event {
                UpdateEvent::Check { has_update, forced, .. } => {
                    format!("check {has_update}{}", if forced { " forced" } else { "" })
                }
                UpdateEvent::Download { .. } | UpdateEvent::Transfer { .. } => return,
                UpdateEvent::Ready { .. } => "ready".to_owned(),
                UpdateEvent::Failed { .. } => "failed".to_owned(),
                UpdateEvent::CheckFailed { .. } => "check failed".to_owned(),
            };
            told.lock().unwrap().push(text);
        }
    }

    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}
