//! `wx.cloud`: an app's cloud environment, played from fixtures.
//!
//! The fixtures are a folder of files that a person writes: what cloud functions
//! and containers answer, the collections of the database, the stored files. What
//! the app changes stays beside them, in memory or with the device. Queries run in
//! the world, where the app's regular expressions and dates are.

mod answers;
mod environment;
mod storage;

pub use environment::Cloud;

use super::{Api, Args, Form, Outcome, Run, Wx, WxError, ok, ok_with};
use serde_json::{Value, json};

/// Rows of this family.
pub const APIS: &[Api] = &[
    named("cloud"),
    named("cloud.CloudID"),
    named("cloud.callContainer"),
    named("cloud.callFunction"),
    named("cloud.database"),
    named("cloud.deleteFile"),
    named("cloud.downloadFile"),
    named("cloud.getTempFileURL"),
    named("cloud.init"),
    named("cloud.uploadFile"),
    inner("$cloud.collection", collection),
    inner("$cloud.container", answers::container),
    inner("$cloud.download", storage::download),
    inner("$cloud.function", answers::function),
    inner("$cloud.keep", keep),
    inner("$cloud.remove", storage::remove),
    inner("$cloud.settings", settings),
    inner("$cloud.turn", turn),
    inner("$cloud.upload", storage::upload),
    inner("$cloud.urls", storage::urls),
];

const fn named(name: &'static str) -> Api {
    Api::row(name, Form::Js, &[], Run::Js).simulated("answered from --cloud-fixtures; no watch, no aggregate")
}

/// What the JS half asks the host for.
const fn inner(name: &'static str, run: fn(&mut Wx, &Args) -> Outcome) -> Api {
    Api::now(name, &[], run).form(Form::Js)
}

/// Something that the environment does not have: told on the timeline with what would help.
fn missing(wx: &Wx, api: &str, name: &str, help: &str) {
    let folder = wx.cloud.folder();
    let help = if folder.is_empty() {
        format!("name a folder with --cloud-fixtures DIR; in it, {help}")
    } else {
        format!("in {folder}, {help}")
    };
    wx.outbox
        .note("cloud.missing", json!({ "api": api, "name": name, "help": help }));
}

/// A fixture that is there and cannot be used.
fn unusable(wx: &Wx, api: &str, name: &str, reason: &str) -> WxError {
    wx.outbox
        .note("cloud.missing", json!({ "api": api, "name": name, "help": reason }));
    WxError::new(format!("Error: errCode: -1 | errMsg: {reason}")).with_code(-1)
}

/// A call's way to the environment and back: there has to be a network.
fn turn(wx: &mut Wx, _: &Args) -> Outcome {
    if wx.network.network.conditions().offline {
        return Err(WxError::new("Error: errCode: -1 | errMsg: request:fail").with_code(-1));
    }
    ok()
}

/// `{openid, env}` of the environment.
fn settings(wx: &mut Wx, _: &Args) -> Outcome {
    match wx.cloud.settings() {
        Ok(settings) => ok_with(json!(settings)),
        Err(reason) => Err(unusable(wx, "init", "cloud.json", &reason)),
    }
}

/// The documents of a collection: `{name}` to `{docs}`.
fn collection(wx: &mut Wx, args: &Args) -> Outcome {
    let name = args.text("name");
    match wx.cloud.collection(name) {
        Ok(Some(docs)) => ok_with(json!({ "docs": docs })),
        Ok(None) => {
            let help = format!("add database/{name}.json: a list of documents, [] for an empty collection");
            missing(wx, "database", name, &help);
            let text = "-502005 database collection not exists. [ResourceNotFound] Db or Table not exist. Please check \
                        your request, but if the problem cannot be solved, contact us.";
            Err(WxError::new(text).with_code(-502_005))
        }
        Err(reason) => Err(unusable(wx, "database", name, &reason)),
    }
}

/// The documents of a collection after a change: `{name, docs}`.
fn keep(wx: &mut Wx, args: &Args) -> Outcome {
    let docs = args.value.get("docs").unwrap_or(&Value::Null);
    match wx.cloud.keep_collection(args.text("name"), docs) {
        Ok(()) => ok(),
        Err(reason) => Err(unusable(wx, "database", args.text("name"), &reason)),
    }
}

#[cfg(test)]
mod tests;
