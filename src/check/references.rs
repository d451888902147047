//! Files that templates and styles take in: whether they are there, and whether they take in each other for ever.

use super::Subject;
use super::markup::each_template;
use super::modules::join;
use crate::package::{FileTree, Problem, Span, text_of};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What is taken in and is not there, and circles.
pub(super) fn check(subject: &Subject<'_>) -> Vec<Problem> {
    let mut links = Links::default();
    each_template(subject, |file, text, tags| {
        for tag in tags
            .iter()
            .filter(|tag| ["include", "import", "wxs"].contains(&tag.name))
        {
            if let Some(src) = tag
                .attribute("src")
                .filter(|src| src.is_fixed() && !src.value.is_empty())
            {
                let end = if tag.name == "wxs" { "" } else { ".wxml" };
                links.add(subject, file, text, src.value, src.at, end);
            }
        }
    });
    styles(subject, &mut links);
    let circles = links.circles();
    links.missing.into_iter().chain(circles).collect()
}

/// The style sheets of the app, its pages and components, and what those take in.
fn styles(subject: &Subject<'_>, links: &mut Links) {
    let owners = subject.app().all_pages().into_iter();
    let owners = owners.chain(subject.components.paths().map(str::to_owned));
    let mut queue: Vec<String> = owners
        .chain(["app".to_owned()])
        .map(|owner| format!("{owner}.wxss"))
        .collect();
    let mut seen = BTreeSet::new();
    while let Some(file) = queue.pop() {
        let own = !file.contains("miniprogram_npm/") && seen.insert(file.clone());
        let Some(bytes) = subject.files().read(&file).filter(|_| own) else {
            continue;
        };
        let text = text_of(bytes);
        for (at, name) in style_imports(&text) {
            links.add(subject, &file, &text, name, at, ".wxss");
            queue.extend(target(subject.files(), &file, name, ".wxss"));
        }
    }
}

/// The file that another one names, from itself or from the root.
pub(super) fn target(files: &FileTree, file: &str, name: &str, end: &str) -> Option<String> {
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let places = [join(folder, name), join("", name)];
    let candidates = places.iter().flat_map(|place| [place.clone(), format!("{place}{end}")]);
    candidates.into_iter().find(|path| files.has(path))
}

#[derive(Debug, Clone)]
struct Link {
    target: String,
    text: Arc<str>,
    span: Span,
}

#[derive(Default)]
struct Links {
    by_file: BTreeMap<String, Vec<Link>>,
    missing: Vec<Problem>,
}

impl Links {
    fn add(&mut self, subject: &Subject<'_>, file: &str, text: &Arc<str>, name: &str, at: usize, end: &str) {
        let span = Span::at(text, at, name.len());
        match target(subject.files(), file, name, end) {
            Some(target) => {
                let link = Link {
                    target,
                    text: text.clone(),
                    span,
                };
                self.by_file.entry(file.to_owned()).or_default().push(link);
            }
            // What npm brings is reported once, for its scripts.
            None if is_unbuilt(name) => {}
            None => {
                let problem = Problem::error(file, format!("{name:?} does not exist")).code("file-missing");
                let help = "the path is from this file, or from the root with a slash before it";
                self.missing.push(problem.help(help).at(text, Some(span)));
            }
        }
    }

    /// Circles, each told at the link that closes it.
    fn circles(&self) -> Vec<Problem> {
        let mut done = Vec::new();
        let mut found = Vec::new();
        for file in self.by_file.keys() {
            self.follow(file, &mut vec![file.clone()], &mut done, &mut found);
        }
        found
    }

    fn follow(&self, file: &str, path: &mut Vec<String>, done: &mut Vec<String>, found: &mut Vec<Problem>) {
        if done.iter().any(|name| name == file) {
            return;
        }
        for link in self.by_file.get(file).into_iter().flatten() {
            if let Some(begin) = path.iter().position(|name| *name == link.target) {
                let circle = format!("{} -> {}", path[begin..].join(" -> "), link.target);
                let problem = Problem::error(file, format!("files take in each other: {circle}"));
                let problem = problem.code("circular-include").help("take one of the links out");
                found.push(problem.at(&link.text, Some(link.span)));
                continue;
            }
            path.push(link.target.clone());
            self.follow(&link.target, path, done, found);
            path.pop();
        }
        done.push(file.to_owned());
    }
}

fn is_unbuilt(target: &str) -> bool {
    target.contains("miniprogram_npm/") || target.contains("node_modules/")
}

/// The files of `@import "…"` and `@import url(…)`, with their places; comments are passed over.
fn style_imports(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        if rest.starts_with("/*") {
            at += rest.find("*/").map_or(rest.len(), |end| end + 2);
        } else if let Some(after) = rest.strip_prefix("@import") {
            let end = after.find([';', '\n']).unwrap_or(after.len());
            let statement = &after[..end];
            let open = statement.find(['"', '\'']);
            if let Some(open) = open {
                let inside = &statement[open + 1..];
                let close = inside.find(['"', '\'']).unwrap_or(inside.len());
                found.push((at + "@import".len() + open + 1, &inside[..close]));
            }
            at += "@import".len() + end;
        } else {
            let Some(first) = rest.chars().next() else { break };
            at += first.len_utf8();
        }
    }
    found.retain(|(_, target)| !target.is_empty() && !target.contains("://"));
    found
}

#[cfg(test)]
mod tests {
    use super::style_imports;

    #[test]
    fn imports_of_a_style_sheet_are_found() {
        let text = "/* @import 'no'; */ @import \"a.wxss\";\n@import url('./b');\n.x { color: red }";
        let found: Vec<_> = style_imports(text)
            .into_iter()
            .map(|(at, name)| (&text[at..at + name.len()], name))
            .collect();
        assert_eq!(found, [("a.wxss", "a.wxss"), ("./b", "./b")]);
    }
}
