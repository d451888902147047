//! What an app finds around it that is not of the device: its cloud environment.

use super::failure::Failure;
use clap::Args;
use std::path::PathBuf;

/// What an app finds around it.
#[derive(Debug, Clone, Default, Args)]
pub struct SurroundingsArgs {
    /// A folder that answers for wx.cloud: functions/<name>.json, containers.json, database/<collection>.json, storage/...
    #[arg(long, value_name = "DIR")]
    cloud_fixtures: Option<PathBuf>,
}

impl SurroundingsArgs {
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
