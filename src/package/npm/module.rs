//! One script of a package, as it stands in a bundle: what it requires, and its text, in which ES modules are CommonJS.
//!
//! The text is changed as little as possible and keeps its lines, as the developer tools do it: imports become variables,
//! exports become properties, and directives of strict mode go.

use super::exports::{Exports, reexport};
use crate::package::problem::{Problem, Span as Place};
use std::sync::Arc;
use swc_core::common::{FileName, SourceFile, SourceMap, Span, Spanned, sync::Lrc};
use swc_core::ecma::ast::{
    AssignExpr, CallExpr, Callee, EsVersion, Expr, ExprStmt, ImportDecl, ImportSpecifier, Lit, ModuleDecl,
    ModuleExportName, Str, VarDeclarator,
};
use swc_core::ecma::parser::{EsSyntax, Syntax, parse_file_as_program};
use swc_core::ecma::visit::{Visit, VisitWith};

/// A script that was read.
pub(super) struct Module {
    pub(super) code: String,
    /// Every literal that it requires or imports, in order, as often as it does.
    pub(super) requires: Vec<String>,
    /// Calls that no bundle can follow.
    pub(super) warnings: Vec<Problem>,
}

/// Reads a script.
///
/// # Errors
/// It does not parse.
pub(super) fn read_module(path: &str, text: &Arc<str>) -> Result<Module, Box<Problem>> {
    let sources: Lrc<SourceMap> = Lrc::default();
    let file = sources.new_source_file(FileName::Custom(path.to_owned()).into(), text.to_string());
    let syntax = Syntax::Es(EsSyntax {
        allow_return_outside_function: true,
        import_attributes: true,
        ..EsSyntax::default()
    });
    let program = parse_file_as_program(&file, syntax, EsVersion::EsNext, None, &mut Vec::new()).map_err(|error| {
        let place = offset(&file, error.span()).map(|(at, end)| Place::at(text, at, end - at));
        Box::new(Problem::error(path, error.kind().msg().into_owned()).at(text, place))
    })?;
    let mut reader = Reader {
        file: &file,
        path,
        text,
        edits: Vec::new(),
        requires: Vec::new(),
        warnings: Vec::new(),
        reexports: 0,
    };
    if text.starts_with("#!") {
        let end = text.find('\n').unwrap_or(text.len());
        reader.edits.push(Edit::new(0, end, String::new()));
    }
    program.visit_with(&mut reader);
    Ok(Module {
        code: apply(text, reader.edits),
        requires: reader.requires,
        warnings: reader.warnings,
    })
}

/// A piece of the text that becomes another one.
pub(super) struct Edit {
    at: usize,
    end: usize,
    text: String,
}

impl Edit {
    pub(super) fn new(at: usize, end: usize, text: String) -> Self {
        Self { at, end, text }
    }
}

/// Byte offsets of a span in the file.
pub(super) fn offset(file: &SourceFile, span: Span) -> Option<(usize, usize)> {
    let at = span.lo.0.checked_sub(file.start_pos.0)?;
    let end = span.hi.0.checked_sub(file.start_pos.0)?;
    (at <= end && end as usize <= file.src.len()).then_some((at as usize, end as usize))
}

/// The changed text. Line breaks of what goes stay, so that lines keep their numbers.
fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| edit.at);
    let mut code = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        let (Some(kept), Some(gone)) = (text.get(done..edit.at), text.get(edit.at..edit.end)) else {
            continue;
        };
        code.push_str(kept);
        code.push_str(&edit.text);
        code.extend(gone.matches('\n'));
        done = edit.end;
    }
    code.push_str(&text[done..]);
    code
}

struct Reader<'s> {
    file: &'s SourceFile,
    path: &'s str,
    text: &'s Arc<str>,
    edits: Vec<Edit>,
    requires: Vec<String>,
    warnings: Vec<Problem>,
    /// How many exports of other modules there are; each keeps what it requires in a variable of its own.
    reexports: usize,
}

impl Reader<'_> {
    fn replace(&mut self, span: Span, text: String) {
        if let Some((at, end)) = offset(self.file, span) {
            self.edits.push(Edit::new(at, end, text));
        }
    }

    fn warn(&mut self, span: Span, message: &str) {
        let place = offset(self.file, span).map(|(at, end)| Place::at(self.text, at, end - at));
        let problem = Problem::warning(self.path, message).at(self.text, place);
        self.warnings
            .push(problem.help("a package is found only where require(\"its name\") is written out"));
    }

    fn import(&mut self, import: &ImportDecl) {
        let source = text_of(&import.src);
        let mut text = format!("var __TEMP__ = require({});", quoted(&source));
        for specifier in &import.specifiers {
            let (local, value) = match specifier {
                ImportSpecifier::Named(named) => {
                    let name = named
                        .imported
                        .as_ref()
                        .map_or_else(|| named.local.sym.to_string(), name_of);
                    (&named.local, format!("__TEMP__[{}]", quoted(&name)))
                }
                ImportSpecifier::Default(default) => (&default.local, "__REQUIRE_DEFAULT__(__TEMP__)".to_owned()),
                ImportSpecifier::Namespace(all) => (&all.local, "__REQUIRE_WILDCARD__(__TEMP__)".to_owned()),
            };
            text.push_str(&format!("var {} = {value};", local.sym));
        }
        self.requires.push(source);
        self.replace(import.span, text);
    }

    /// An export of another module's names.
    fn reexport(&mut self, declaration: &ModuleDecl, source: &Str) {
        let source = text_of(source);
        self.reexports += 1;
        let text = reexport(declaration, &source, self.reexports);
        self.requires.push(source);
        self.replace(declaration.span(), text);
    }
}

impl Visit for Reader<'_> {
    fn visit_call_expr(&mut self, call: &CallExpr) {
        let is_require = matches!(&call.callee, Callee::Expr(callee) if is_require(callee));
        if let ([argument], true) = (&call.args[..], is_require) {
            match &*argument.expr {
                Expr::Lit(Lit::Str(name)) => self.requires.push(text_of(name)),
                Expr::Lit(_) => {}
                _ => self.warn(
                    call.span,
                    "require of something that is not written out is not followed",
                ),
            }
        }
        call.visit_children_with(self);
    }

    fn visit_expr_stmt(&mut self, statement: &ExprStmt) {
        if matches!(&*statement.expr, Expr::Lit(Lit::Str(text)) if &*text.value == "use strict") {
            self.replace(statement.span, String::new());
        }
        statement.visit_children_with(self);
    }

    fn visit_assign_expr(&mut self, assignment: &AssignExpr) {
        if is_require(&assignment.right) {
            self.warn(assignment.span, "require under another name is not followed");
        }
        assignment.visit_children_with(self);
    }

    fn visit_var_declarator(&mut self, declarator: &VarDeclarator) {
        if declarator.init.as_deref().is_some_and(is_require) {
            self.warn(declarator.span, "require under another name is not followed");
        }
        declarator.visit_children_with(self);
    }

    fn visit_module_decl(&mut self, declaration: &ModuleDecl) {
        match declaration {
            ModuleDecl::Import(import) => self.import(import),
            ModuleDecl::ExportAll(all) => self.reexport(declaration, &all.src),
            ModuleDecl::ExportNamed(named) if named.src.is_some() => {
                if let Some(source) = &named.src {
                    self.reexport(declaration, source);
                }
            }
            _ => {
                let mut exports = Exports::new(self.file);
                exports.add(declaration);
                self.edits.extend(exports.edits);
                declaration.visit_children_with(self);
            }
        }
    }
}

fn is_require(expression: &Expr) -> bool {
    matches!(expression, Expr::Ident(name) if name.sym == "require")
}

fn text_of(text: &Str) -> String {
    text.value.to_string_lossy().into_owned()
}

/// A string of JavaScript.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// A name that a module exports, which may be a string.
pub(super) fn name_of(name: &ModuleExportName) -> String {
    match name {
        ModuleExportName::Ident(name) => name.sym.to_string(),
        ModuleExportName::Str(name) => text_of(name),
    }
}
