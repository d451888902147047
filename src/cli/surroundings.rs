//! What an app finds around it that is not of the device: its cloud environment, and plugins.

use super::failure::Failure;
use crate::app::plugins::{plugin_of_project, read_plugin};
use crate::package::Plugin;
use clap::Args;
use std::path::{Path, PathBuf};

/// What an app finds around it.
#[derive(Debug, Clone, Default, Args)]
pub struct SurroundingsArgs {
    /// A folder that answers for wx.cloud: functions/<name>.json, containers.json, database/<collection>.json, storage/...
    #[arg(long, value_name = "DIR")]
    cloud_fixtures: Option<PathBuf>,
    /// The folder of a plugin that the app declares, by the app's name for it or by its provider. Can be given several times.
    #[arg(long, value_name = "NAME=DIR", value_parser = named)]
    plugin: Vec<(String, PathBuf)>,
}

/// `myPlugin=../plugin`.
fn named(text: &str) -> Result<(String, PathBuf), String> {
    match text.split_once('=') {
        Some((name, folder)) if !name.is_empty() && !folder.is_empty() => Ok((name.to_owned(), folder.into())),
        _ => Err("expected a name and a folder, such as myPlugin=../plugin".into()),
    }
}

impl SurroundingsArgs {
    /// The plugins that are named, and the one that is developed in the app's own project.
    ///
    /// # Errors
    /// One cannot be read.
    pub fn plugins(&self, app: Option<&Path>) -> Result<Vec<Plugin>, Failure> {
        let help = "name the folder that plugin.json is in";
        let named = self.plugin.iter().map(|(name, folder)| read_plugin(name, folder));
        let developed = app.map_or(Ok(None), plugin_of_project);
        let all: Result<Vec<Plugin>, String> = named.chain(developed.transpose()).collect();
        all.map_err(|error| Failure::input("--plugin", error, help))
    }

    /// The folder of the cloud fixtures.
    ///
    /// # Errors
    /// There is no such folder.
    pub fn cloud_fixtures(&self) -> Result<Option<PathBuf>, Failure> {
        match &self.cloud_fixtures {
            Some(folder) if !folder.is_dir() => Err(Failure::input(
                "--cloud-fixtures",
                format!("{} is no folder", folder.display()),
                "name a folder; functions/login.json in it would answer the cloud function login",
            )),
            folder => Ok(folder.clone()),
        }
    }
}
