//! The options that say who answers an app's network APIs, and what they may reach.

use super::failure::Failure;
use crate::app::traffic::Traffic;
use crate::system::{Fixtures, RealWeb, RecorderWeb};
use crate::wx::Domains;
use clap::Args;
use std::path::PathBuf;
use std::sync::Arc;

/// Where answers come from.
#[derive(Debug, Args)]
pub struct TrafficArgs {
    /// Answer requests and sockets from the .json files in this folder, and nothing else.
    #[arg(long, value_name = "DIR", conflicts_with = "record")]
    network_fixtures: Option<PathBuf>,
    /// Write real traffic into this folder, as --network-fixtures reads it.
    #[arg(long, value_name = "DIR")]
    record: Option<PathBuf>,
    /// The domains that apps may reach: a JSON file with requestDomain, uploadDomain, downloadDomain and
    /// wsRequestDomain. A project whose setting.urlCheck is false does not mind it.
    #[arg(long, value_name = "FILE")]
    domains: Option<PathBuf>,
}

impl TrafficArgs {
    /// Reads what the options name.
    ///
    /// # Errors
    /// A file cannot be read, or is not what it should be.
    pub fn open(&self) -> Result<Traffic, Failure> {
        let domains = self.domains()?.map(Arc::new);
        let real = Arc::new(RealWeb);
        if let Some(folder) = &self.network_fixtures {
            let fixtures = Fixtures::read(folder).map_err(|error| {
                let help = "the README says what a fixture looks like; --record DIR writes them";
                Failure::input("--network-fixtures", error.to_string(), help)
            })?;
            return Ok(Traffic::fixtures(Arc::new(fixtures), domains));
        }
        let Some(folder) = &self.record else {
            return Ok(Traffic::over(real, domains));
        };
        let recorder = RecorderWeb::new(real, folder).map_err(|error| {
            let problem = format!("failed to make {}: {error}", folder.display());
            Failure::input("--record", problem, "name a folder that can be written")
        })?;
        Ok(Traffic::over(Arc::new(recorder), domains))
    }

    fn domains(&self) -> Result<Option<Domains>, Failure> {
        let Some(file) = &self.domains else { return Ok(None) };
        let fault = |reason: String| {
            let help = "such as {\"requestDomain\": [\"https://api.example.com\"]}";
            Failure::input("--domains", format!("{}: {reason}", file.display()), help)
        };
        let text = std::fs::read_to_string(file).map_err(|error| fault(error.to_string()))?;
        Domains::parse(&text)
            .map(Some)
            .map_err(|error| fault(error.to_string()))
    }
}
