//! `minirun release whitelist`.

use super::desk::DeskArgs;
use super::list::{AppArgs, state_of};
use std::process::ExitCode;

/// Name users who get gray releases first
#[derive(Debug, clap::Subcommand)]
pub enum WhitelistCommand {
    /// These users get every gray release at once, whatever its share
    Add(WhitelistArgs),
    /// These users get gray releases like everyone else again; one that they have got stays with them
    Remove(WhitelistArgs),
    /// Show who is on it
    List(AppArgs),
}

/// Names users. The manifest carries hashes of their ids only; the log has the ids.
#[derive(Debug, clap::Args)]
pub struct WhitelistArgs {
    /// The app, its registry and the key
    #[command(flatten)]
    pub desk: DeskArgs,
    /// User ids, as devices know them
    #[arg(required = true)]
    pub users: Vec<String>,
}

pub async fn run(command: WhitelistCommand) -> anyhow::Result<ExitCode> {
    match command {
        WhitelistCommand::Add(args) => match args.desk.open(None).await? {
            Ok(desk) => desk.tell(desk.operator().whitelist_add(&args.users).await),
            Err(code) => Ok(code),
        },
        WhitelistCommand::Remove(args) => match args.desk.open(None).await? {
            Ok(desk) => desk.tell(desk.operator().whitelist_remove(&args.users).await),
            Err(code) => Ok(code),
        },
        WhitelistCommand::List(args) => {
            let Some(state) = state_of(&args.app_id, &args.store).await? else {
                return Ok(ExitCode::from(2));
            };
            for user in &state.whitelist {
                if args.json {
                    println!("{}", serde_json::to_string(user)?);
                } else {
                    println!("{user}");
                }
            }
            Ok(ExitCode::SUCCESS)
        }
    }
}
