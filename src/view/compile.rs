//! Templates and WXS as one piece of JavaScript.

use super::dependencies;
use super::quiet;
use super::wxs;
use crate::package::{FileTree, Problem, Span, normalised};
use glass_easel_template_compiler::TmplGroup;
use glass_easel_template_compiler::parse::{ParseError, ParseErrorKind, ParseErrorLevel};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What templates compile to.
#[derive(Debug, Default)]
pub struct Compiled {
    /// An expression whose value has each template by its path without extension.
    pub code: String,
    /// What is wrong with them. A template with an error keeps what could be read of it.
    pub problems: Vec<Problem>,
}

/// Compiles these templates, named without extension, and what they import, include and require.
pub fn templates<'a>(files: &FileTree, roots: impl IntoIterator<Item = &'a str>) -> Compiled {
    let mut work = Work {
        files,
        group: TmplGroup::new(),
        seen: BTreeSet::new(),
        scripts: BTreeSet::new(),
        problems: Vec::new(),
    };
    for root in roots {
        work.template(root, &format!("{root}.wxml"), &mut Vec::new());
    }
    work.group.set_extra_runtime_script(wxs::GLOBALS);
    let code = match work.group.get_tmpl_gen_object_groups() {
        Ok(code) => quiet::marked(code),
        Err(error) => {
            work.problems.push(Problem::error("", error.message));
            "{}".to_owned()
        }
    };
    Compiled {
        code,
        problems: work.problems,
    }
}

struct Work<'a> {
    files: &'a FileTree,
    group: TmplGroup,
    seen: BTreeSet<String>,
    scripts: BTreeSet<String>,
    problems: Vec<Problem>,
}

impl Work<'_> {
    /// Adds a template under the name by which it is asked for. `above` are those that include it.
    fn template(&mut self, name: &str, user: &str, above: &mut Vec<String>) {
        if above.iter().any(|including| including == name) {
            let problem = Problem::error(user, format!("{name} includes itself"));
            self.problems
                .push(problem.help("a file that it includes leads back to it"));
            return;
        }
        if !self.seen.insert(name.to_owned()) {
            return;
        }
        let file = format!("{name}.wxml");
        let Some(text) = self.text(&file) else {
            if user != file {
                let problem = Problem::error(user, format!("no template {name} in the package"));
                self.problems.push(problem);
            }
            self.group.add_tmpl(name, "");
            return;
        };
        let said = self.group.add_tmpl(name, &text);
        self.problems
            .extend(said.iter().filter_map(|error| problem(&file, &text, error)));
        self.scripts(name, &file);
        above.push(name.to_owned());
        for (source, is_include) in dependencies::templates(&text) {
            let wanted = from(name, source.strip_suffix(".wxml").unwrap_or(&source));
            if is_include {
                self.template(&wanted, &file, above);
            } else if !self.seen.contains(&wanted) {
                self.template(&wanted, &file, &mut Vec::new());
            }
        }
        above.pop();
    }

    /// The WXS of a template: its own, and the files that it names.
    fn scripts(&mut self, name: &str, file: &str) {
        let inline: Vec<String> = match self.group.inline_script_module_names(name) {
            Ok(names) => names.map(str::to_owned).collect(),
            Err(_) => Vec::new(),
        };
        for module in inline {
            let Ok(source) = self.group.inline_script_content(name, &module) else {
                continue;
            };
            let source = source.to_owned();
            let code = wxs::to_javascript(&source);
            // It was found by this name, so it can be set by it.
            drop(self.group.set_inline_script_content(name, &module, &code));
            for wanted in dependencies::modules(&source) {
                self.script(&from(name, &wanted), file);
            }
        }
        let named: Vec<String> = match self.group.script_dependencies(name) {
            Ok(paths) => paths.collect(),
            Err(_) => Vec::new(),
        };
        for script in named {
            // The compiler drops the extension of a template's module; modules require each other with it.
            let module = format!("{script}.wxs");
            if self.scripts.insert(script.clone()) {
                let code = format!("module.exports = require('/{module}')");
                self.group.add_script(&script, &code);
            }
            self.script(&module, file);
        }
    }

    fn script(&mut self, path: &str, user: &str) {
        if !self.scripts.insert(path.to_owned()) {
            return;
        }
        let Some(text) = self.text(path) else {
            let problem = Problem::error(user, format!("no WXS module {path} in the package"));
            self.problems.push(problem);
            return;
        };
        self.group.add_script(path, &wxs::to_javascript(&text));
        for wanted in dependencies::modules(&text) {
            self.script(&from(path, &wanted), path);
        }
    }

    fn text(&self, file: &str) -> Option<Arc<str>> {
        let bytes = self.files.read(file)?;
        Some(String::from_utf8_lossy(bytes).trim_start_matches('\u{feff}').into())
    }
}

/// The path that a file means by a source.
fn from(file: &str, source: &str) -> String {
    match source.strip_prefix('/') {
        Some(absolute) => normalised(absolute),
        None => normalised(&format!("{file}/../{source}")),
    }
}

/// What the compiler says of a template, with its place; `None` for what it only advises against.
fn problem(file: &str, text: &Arc<str>, error: &ParseError) -> Option<Problem> {
    // A lone ampersand is text on the platform.
    let level = match error.kind {
        ParseErrorKind::IllegalEntity => ParseErrorLevel::Note,
        // What stands in a slot for want of content is not shown there, and is no fault.
        ParseErrorKind::ChildNodesNotAllowed => ParseErrorLevel::Warn,
        _ => error.level(),
    };
    let message = error.kind.to_string();
    let problem = match level {
        ParseErrorLevel::Note => return None,
        ParseErrorLevel::Warn => Problem::warning(file, message),
        _ => Problem::error(file, message),
    };
    let start = error.location.start;
    let before: usize = text.split_inclusive('\n').take(start.line as usize).map(str::len).sum();
    let line = text[before..].split('\n').next().unwrap_or_default();
    let mut units = 0;
    let column = line.char_indices().find(|(_, char)| {
        units += char.len_utf16();
        units > start.utf16_col as usize
    });
    let offset = before + column.map_or(line.len(), |(at, _)| at);
    Some(problem.at(text, Some(Span::at(text, offset, 1))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;

    fn compiled(files: &[(&str, &str)]) -> Compiled {
        let tree = files
            .iter()
            .map(|(name, text)| (*name, Bytes::copy_from_slice(text.as_bytes())));
        templates(&FileTree::from_names(tree).unwrap(), files[0].0.strip_suffix(".wxml"))
    }

    #[test]
    fn an_error_names_file_line_and_column() {
        let made = compiled(&[("a.wxml", "<view>\n  <text>{{ a. }}</text>\n</view>")]);
        assert_eq!(made.problems.len(), 1, "{:?}", made.problems);
        let said = made.problems[0].to_string();
        assert!(made.problems[0].is_error() && said.starts_with("a.wxml:2:"), "{said}");
    }

    #[test]
    fn what_a_template_draws_in_is_compiled_with_it() {
        let made = compiled(&[
            (
                "p/a.wxml",
                "<import src='../t.wxml'/><include src='b'/><wxs src='./m.wxs' module='m'/>",
            ),
            ("p/b.wxml", "<view/>"),
            ("p/m.wxs", "var n = require('../n.wxs')"),
            ("n.wxs", "module.exports = { digit: '\\d' }"),
            ("t.wxml", "<template name='t'/>"),
        ]);
        assert!(made.problems.is_empty(), "{:?}", made.problems);
        for part in ["G[\"t\"]", "G[\"p/b\"]", "\"n.wxs\"", "'\\\\d'"] {
            assert!(made.code.contains(part), "{part} in {}", made.code);
        }
    }

    #[test]
    fn what_is_not_there_or_goes_round_is_said() {
        let made = compiled(&[
            ("a.wxml", "<include src='b.wxml'/>"),
            ("b.wxml", "<include src='a.wxml'/>"),
        ]);
        assert!(
            made.problems[0].message.contains("a includes itself"),
            "{:?}",
            made.problems
        );
        let made = compiled(&[("a.wxml", "<import src='none.wxml'/><wxs src='none.wxs' module='m'/>")]);
        assert_eq!(made.problems.len(), 2, "{:?}", made.problems);
    }
}
