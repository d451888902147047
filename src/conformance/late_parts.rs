//! The app of a test, some of whose subpackages may come only when they are used.

use crate::package::{AppJson, CodePackage, FileTree, PartName, split};
use crate::update::{DownloadKind, Progress, UpdateEvent};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// An app with the test file among its modules.
#[derive(Debug, Clone)]
pub struct Tested {
    files: FileTree,
    app_json: AppJson,
    away: BTreeMap<PartName, FileTree>,
    checks_domains: bool,
}

impl Tested {
    /// An app that has all its files, and may be limited to registered domains.
    pub fn whole(files: FileTree, app_json: AppJson, checks_domains: bool) -> Self {
        Self {
            files,
            app_json,
            away: BTreeMap::new(),
            checks_domains,
        }
    }

    /// The same app before any subpackage was used.
    pub fn without_subpackages(self) -> Self {
        let mut away: BTreeMap<_, _> = split(&self.app_json, self.files).into_iter().collect();
        Self {
            files: away.remove(&PartName::Main).unwrap_or_default(),
            app_json: self.app_json,
            away,
            checks_domains: self.checks_domains,
        }
    }
}

impl CodePackage for Tested {
    fn files(&self) -> &FileTree {
        &self.files
    }

    fn app_json(&self) -> &AppJson {
        &self.app_json
    }

    fn checks_domains(&self) -> bool {
        self.checks_domains
    }

    fn has(&self, part: &PartName) -> bool {
        !self.away.contains_key(part)
    }

    fn size_of(&self, part: &PartName) -> u64 {
        self.away.get(part).map_or(0, FileTree::total_bytes)
    }
}

/// The app as it now is.
pub struct LateParts(Mutex<Tested>);

impl LateParts {
    /// At the start of a test.
    pub fn of(app: Tested) -> Self {
        Self(Mutex::new(app))
    }

    /// The app with this part.
    ///
    /// # Errors
    /// The part cannot be laid over the others.
    pub fn with(&self, part: &PartName, progress: Progress<'_>) -> Result<Arc<dyn CodePackage>, String> {
        let mut app = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(files) = app.away.remove(part) {
            let (name, bytes) = (part.to_string(), files.total_bytes());
            progress(UpdateEvent::Transfer {
                part: name.clone(),
                done: bytes,
                total: bytes,
            });
            app.files = app.files.clone().merge(files).map_err(|clash| clash.to_string())?;
            progress(UpdateEvent::Download {
                kind: DownloadKind::Whole,
                part: name,
                bytes,
            });
        }
        Ok(Arc::new(app.clone()))
    }
}
