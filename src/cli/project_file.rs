//! `minirun.json` in the working folder: options for commands, by their long names, so that a project's runs are all
//! alike. What is said on the command line counts more.

use super::failure::Failure;
use clap::parser::ValueSource;
use clap::{ArgAction, ArgMatches, Command, Error};
use serde_json::{Map, Value};
use std::ffi::OsString;
use std::path::Path;

/// The file's name.
pub const NAME: &str = "minirun.json";

/// Why the options are not known.
pub enum Refused {
    /// The command line is wrong, or asks for help.
    Usage(Error),
    /// The file is wrong.
    File(Failure),
}

/// The command line `args`, parsed, with the options of the file that it does not give itself.
///
/// # Errors
/// [`Refused`].
pub fn matches(command: &Command, mut args: Vec<OsString>, folder: &Path) -> Result<ArgMatches, Refused> {
    let parse = |args: &[OsString]| command.clone().try_get_matches_from(args).map_err(Refused::Usage);
    let given = parse(&args)?;
    let Some((name, of_command)) = given.subcommand() else {
        return Ok(given);
    };
    let options = read(&folder.join(NAME), name).map_err(Refused::File)?;
    let Some(known) = command.find_subcommand(name).filter(|_| !options.is_empty()) else {
        return Ok(given);
    };
    for (key, value) in &options {
        let more = arguments(known, of_command, key, value).map_err(|why| {
            let place = format!("{NAME}: {name}.{key}");
            Refused::File(Failure::input(
                &place,
                why,
                format!("`minirun {name} --help` lists the options"),
            ))
        })?;
        args.extend(more.into_iter().map(OsString::from));
    }
    parse(&args)
}

/// The options that the file has for a command; none where there is no file.
fn read(path: &Path, command: &str) -> Result<Map<String, Value>, Failure> {
    let bad = |why: String| {
        let help = "it holds an object of commands, each an object of options: { \"test\": { \"timeout\": 5000 } }";
        Failure::input(NAME, why, help)
    };
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Map::new()),
        Err(error) => return Err(bad(format!("cannot be read: {error}"))),
    };
    let mut commands: Map<String, Value> =
        serde_json::from_str(&text).map_err(|error| bad(format!("is not what it should be: {error}")))?;
    match commands.remove(command) {
        None => Ok(Map::new()),
        Some(Value::Object(options)) => Ok(options),
        Some(other) => Err(bad(format!("{command} is {other}, and should be an object"))),
    }
}

/// One option as arguments; none where the command line has it.
fn arguments(command: &Command, given: &ArgMatches, key: &str, value: &Value) -> Result<Vec<String>, String> {
    let arg = command.get_arguments().find(|arg| match arg.get_long() {
        Some(long) => long == key,
        None => arg.is_positional() && arg.get_id() == key,
    });
    let arg = arg.ok_or("there is no such option")?;
    if given.value_source(arg.get_id().as_str()) == Some(ValueSource::CommandLine) {
        return Ok(Vec::new());
    }
    if !matches!(arg.get_action(), ArgAction::Set | ArgAction::Append) {
        return match value {
            Value::Bool(true) => Ok(vec![format!("--{key}")]),
            Value::Bool(false) => Ok(Vec::new()),
            other => Err(format!("{other} should be true or false")),
        };
    }
    let values = match value {
        Value::Array(values) => values.iter().map(text).collect::<Result<Vec<_>, _>>()?,
        one => vec![text(one)?],
    };
    let written = |value: String| {
        if arg.is_positional() {
            value
        } else {
            format!("--{key}={value}")
        }
    };
    Ok(values.into_iter().map(written).collect())
}

fn text(value: &Value) -> Result<String, String> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        other => Err(format!("{other} should be a text or a number, or a list of them")),
    }
}
