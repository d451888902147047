//! The plugins that a host gives to the apps that declare them.

use super::source::{CannotOpen, News, Source, Start};
use crate::package::{CodePackage, DEV_VERSION, PLUGIN_JSON, PROJECT_JSON, PartName, PluggedPackage, Plugin, is_code};
use crate::system::read_source_folder;
use crate::update::{Progress, UpdateEvent};
use async_trait::async_trait;
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;
use tokio::sync::mpsc::UnboundedSender;

/// Reads a plugin from its folder, or from a project that has it in `plugin/`.
///
/// # Errors
/// What is wrong with it, in words that name it.
pub fn read_plugin(name: &str, folder: &Path) -> Result<Plugin, String> {
    let inner = folder.join("plugin");
    let is_project = !folder.join(PLUGIN_JSON).exists() && inner.join(PLUGIN_JSON).exists();
    let folder = if is_project { &inner } else { folder };
    let files = read_source_folder(folder, is_code).map_err(|error| error.to_string())?;
    Plugin::open(name, files).map_err(|problem| format!("{}: {problem}", folder.display()))
}

/// The plugin that is developed in an app's project: the `pluginRoot` of its project.config.json.
///
/// # Errors
/// It names a folder that is none of a plugin.
pub fn plugin_of_project(project: &Path) -> Result<Option<Plugin>, String> {
    let text = std::fs::read(project.join(PROJECT_JSON)).unwrap_or_default();
    // A project file that cannot be read is told when the app is opened.
    let json: Value = serde_json::from_slice(&text).unwrap_or_default();
    match json["pluginRoot"].as_str().filter(|root| !root.is_empty()) {
        Some(root) => read_plugin(DEV_VERSION, &project.join(root)).map(Some),
        None => Ok(None),
    }
}

/// A source whose packages have the plugins that they declare.
pub struct WithPlugins {
    source: Arc<dyn Source>,
    plugins: Vec<Plugin>,
}

impl WithPlugins {
    /// The source itself where there are no plugins.
    pub fn over(source: Arc<dyn Source>, plugins: &[Plugin]) -> Arc<dyn Source> {
        if plugins.is_empty() {
            return source;
        }
        Arc::new(Self {
            source,
            plugins: plugins.to_vec(),
        })
    }

    fn joined(&self, start: Start) -> Start {
        Start {
            package: PluggedPackage::over(start.package, &self.plugins),
            ..start
        }
    }
}

#[async_trait]
impl Source for WithPlugins {
    async fn start(
        &self,
        page: &str,
        seen: Progress<'_>,
        events: &UnboundedSender<UpdateEvent>,
    ) -> Result<Start, CannotOpen> {
        Ok(self.joined(self.source.start(page, seen, events).await?))
    }

    async fn part(&self, part: &PartName, progress: Progress<'_>) -> Result<Arc<dyn CodePackage>, String> {
        let package = self.source.part(part, progress).await?;
        Ok(PluggedPackage::over(package, &self.plugins))
    }

    async fn background(&self, events: &UnboundedSender<UpdateEvent>) {
        self.source.background(events).await;
    }

    fn news(&self) -> News {
        self.source.news()
    }

    async fn part_used(&self, part: &PartName, progress: Progress<'_>) {
        self.source.part_used(part, progress).await;
    }

    async fn staged(&self) -> Option<Start> {
        Some(self.joined(self.source.staged().await?))
    }

    async fn apply(&self) -> Result<Start, String> {
        Ok(self.joined(self.source.apply().await?))
    }

    async fn confirm(&self) {
        self.source.confirm().await;
    }

    async fn boot_failed(&self, reason: &str) -> Result<Option<Start>, CannotOpen> {
        Ok(self.source.boot_failed(reason).await?.map(|start| self.joined(start)))
    }

    async fn ended_before_ready(&self) {
        self.source.ended_before_ready().await;
    }
}
