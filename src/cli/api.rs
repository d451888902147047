//! `minirun api`: the table of every name that an app finds, and what stands behind it.

use super::exit_code::Code;
use crate::wx::{Name, Support, names};
use clap::{Args, ValueEnum};
use std::fmt::Write as _;

/// The arguments of `minirun api`.
#[derive(Debug, Args)]
pub struct ApiArgs {
    /// Only names or notes that contain this text.
    text: Option<String>,
    /// Only what does its work, what is simulated, or what is refused.
    #[arg(long, value_enum)]
    kind: Option<Kind>,
    /// One JSON object a line instead of a table.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    Real,
    Simulated,
    Refused,
}

impl From<Kind> for Support {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Real => Self::Real,
            Kind::Simulated => Self::Simulated,
            Kind::Refused => Self::Refused,
        }
    }
}

/// Runs the command.
pub fn run(args: &ApiArgs) -> Code {
    let chosen: Vec<Name> = names().into_iter().filter(|name| is_wanted(args, name)).collect();
    if args.json {
        chosen.iter().for_each(|name| println!("{}", as_json(name)));
    } else {
        print!("{}", as_text(&chosen));
    }
    Code::Done
}

fn is_wanted(args: &ApiArgs, name: &Name) -> bool {
    let text = args.text.as_deref().unwrap_or_default().to_lowercase();
    let found = [name.name.as_str(), name.api.note]
        .iter()
        .any(|place| place.to_lowercase().contains(&text));
    found && args.kind.is_none_or(|kind| Support::from(kind) == name.api.support)
}

fn as_json(name: &Name) -> serde_json::Value {
    let api = name.api;
    serde_json::json!({ "name": name.name, "kind": api.support, "since": name.since, "note": api.note })
}

fn as_text(names: &[Name]) -> String {
    let width = names.iter().map(|name| name.name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for Name { name, since, api } in names {
        let line = format!("{name:width$}  {:<9}  {:<7}  {}", word(api.support), since, api.note);
        text += line.trim_end();
        text.push('\n');
    }
    let count = |support| names.iter().filter(|name| name.api.support == support).count();
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "{} names: {} real, {} simulated, {} refused",
        names.len(),
        count(Support::Real),
        count(Support::Simulated),
        count(Support::Refused)
    );
    text
}

fn word(support: Support) -> &'static str {
    match support {
        Support::Real => "real",
        Support::Simulated => "simulated",
        Support::Refused => "refused",
    }
}
