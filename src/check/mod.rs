//! What is wrong with an app, found without running it: files in, findings out.
//!
//! A `Subject` is the app with the scripts that it can reach, each parsed once and gone through once for its
//! `facts::Facts`. Each file of this room then looks at it for one kind of fault. Faults in the use of the update API
//! need more than a look: `update` follows the app's code from its entry points.

mod api_uses;
mod app_json;
mod codes;
mod components;
mod conditions;
mod facts;
mod forbidden;
mod markup;
mod mentions;
mod modules;
mod page_files;
mod private_infos;
mod reach;
mod references;
mod routes;
mod script;
mod update;
mod uploads;
mod written;

#[cfg(test)]
mod tests;

pub use codes::{CODES, Code};

use crate::package::{AppJson, FileTree, PackageLimits, Problem, Severity, Survey};
use components::Components;
use script::Script;
use std::sync::Arc;

/// What a check goes by.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// How large packages may be.
    pub limits: PackageLimits,
    /// The app is meant for updates that nobody may put off.
    pub forced: bool,
}

/// An app that is looked at.
struct Subject<'s> {
    survey: &'s Survey,
    options: &'s Options,
    components: Components,
    /// Path and text of the templates that can be reached.
    templates: Vec<(String, Arc<str>)>,
    /// The scripts that can be reached, by path.
    scripts: Vec<Script>,
}

impl Subject<'_> {
    fn app(&self) -> &AppJson {
        &self.survey.app_json
    }

    fn files(&self) -> &FileTree {
        &self.survey.files
    }
}

/// Everything that is found, by file and place.
pub fn check(survey: &Survey, options: &Options) -> Vec<Problem> {
    let components = Components::of(survey);
    let reached = reach::scripts(survey, &components);
    let subject = Subject {
        survey,
        options,
        templates: markup::reached(survey, &components),
        components,
        scripts: reached.scripts,
    };
    let mut found = survey.problems.clone();
    found.extend(reached.broken);
    let rules: [fn(&Subject<'_>) -> Vec<Problem>; 10] = [
        api_uses::check,
        app_json::check,
        components::check,
        forbidden::check,
        modules::check,
        page_files::check,
        private_infos::check,
        references::check,
        routes::check,
        uploads::check,
    ];
    rules.iter().for_each(|rule| found.extend(rule(&subject)));
    found.extend(update::check(&subject));
    sorted(found)
}

fn sorted(mut found: Vec<Problem>) -> Vec<Problem> {
    let place = |problem: &Problem| problem.span.map_or(0, |span| span.offset);
    found.sort_by(|a, b| {
        let key = |p: &Problem| (rank(p.severity), p.file.clone(), place(p), p.code);
        key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
    });
    found.dedup_by(|a, b| a.code == b.code && a.file == b.file && a.span == b.span && a.message == b.message);
    found
}

/// Errors come first.
fn rank(severity: Severity) -> u8 {
    match severity {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Note => 2,
    }
}
