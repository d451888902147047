//! Exports of an ES module, as assignments to `exports`.

use super::module::{Edit, name_of, offset, quoted};
use swc_core::common::{BytePos, SourceFile, Span, Spanned};
use swc_core::ecma::ast::{
    BindingIdent, Decl, DefaultDecl, ExportDecl, ExportDefaultDecl, ExportSpecifier, Expr, ModuleDecl,
    ModuleExportName, NamedExport, Pat, VarDecl,
};
use swc_core::ecma::visit::{Visit, VisitWith};

const MARK: &str = "if (!exports.__esModule) Object.defineProperty(exports, \"__esModule\", { value: true });";

/// The changes that exports need.
pub(super) struct Exports<'s> {
    file: &'s SourceFile,
    pub(super) edits: Vec<Edit>,
}

impl<'s> Exports<'s> {
    pub(super) fn new(file: &'s SourceFile) -> Self {
        let edits = Vec::new();
        Self { file, edits }
    }

    /// Takes in one declaration that exports names of this module.
    pub(super) fn add(&mut self, declaration: &ModuleDecl) {
        match declaration {
            ModuleDecl::ExportDecl(export) => self.declaration(export),
            ModuleDecl::ExportDefaultDecl(export) => self.default_declaration(export),
            ModuleDecl::ExportDefaultExpr(export) => {
                let value = export.expr.span();
                self.between(export.span.lo, value.lo, format!("{MARK}exports.default = "));
                self.between(value.hi, export.span.hi, ";".to_owned());
            }
            ModuleDecl::ExportNamed(named) => {
                let text = format!("{MARK}{}", getters(named, ""));
                self.between(named.span.lo, named.span.hi, text);
            }
            _ => {}
        }
    }

    fn between(&mut self, from: BytePos, to: BytePos, text: String) {
        if let Some((at, end)) = offset(self.file, Span::new(from, to)) {
            self.edits.push(Edit::new(at, end, text));
        }
    }

    fn declaration(&mut self, export: &ExportDecl) {
        let name = match &export.decl {
            Decl::Var(variables) => return self.variables(export.span, variables),
            Decl::Fn(function) => &function.ident,
            Decl::Class(class) => &class.ident,
            _ => return,
        };
        let text = format!(";exports.{0} = {0};", name.sym);
        self.around(export.span, export.decl.span(), text);
    }

    fn default_declaration(&mut self, export: &ExportDefaultDecl) {
        let name = match &export.decl {
            DefaultDecl::Fn(function) => function.ident.as_ref(),
            DefaultDecl::Class(class) => class.ident.as_ref(),
            DefaultDecl::TsInterfaceDecl(_) => None,
        };
        let value = export.decl.span();
        if let Some(name) = name {
            return self.around(export.span, value, format!(";exports.default = {};", name.sym));
        }
        self.between(export.span.lo, value.lo, format!("{MARK}exports.default = "));
        self.between(value.hi, export.span.hi, ";".to_owned());
    }

    /// The declaration stays, without `export` before it, and `after` comes behind it.
    fn around(&mut self, export: Span, kept: Span, after: String) {
        self.between(export.lo, kept.lo, MARK.to_owned());
        self.between(kept.hi, export.hi, after);
    }

    /// Each variable becomes one statement. A pattern has its names exported behind the declaration.
    fn variables(&mut self, export: Span, variables: &VarDecl) {
        let mut at = export.lo;
        let mut text = MARK.to_owned();
        let mut after = String::new();
        for variable in &variables.decls {
            match &variable.name {
                Pat::Ident(name) => text.push_str(&format!("var {0} = exports.{0} = ", name.id.sym)),
                pattern => {
                    self.between(at, pattern.span().lo, format!("{text}var "));
                    let names = names_in(pattern);
                    after.extend(names.iter().map(|name| format!("exports.{name} = {name};")));
                    (at, text) = (pattern.span().hi, " = ".to_owned());
                }
            }
            match &variable.init {
                Some(value) => {
                    self.between(at, value.span().lo, text);
                    (at, text) = (value.span().hi, ";".to_owned());
                }
                None => text.push_str("undefined;"),
            }
        }
        self.between(at, export.hi, text + &after);
    }
}

/// The variables that a pattern makes.
fn names_in(pattern: &Pat) -> Vec<String> {
    struct Names(Vec<String>);
    impl Visit for Names {
        fn visit_binding_ident(&mut self, name: &BindingIdent) {
            self.0.push(name.id.sym.to_string());
        }
        // A default value may have functions in it, whose parameters are none of these.
        fn visit_expr(&mut self, _: &Expr) {}
    }
    let mut names = Names(Vec::new());
    pattern.visit_with(&mut names);
    names.0
}

/// The text of `export … from`; what was required is kept under a name that nobody else uses.
pub(super) fn reexport(declaration: &ModuleDecl, source: &str, number: usize) -> String {
    let kept = match number {
        1 => "__TEMP_FROM__".to_owned(),
        number => format!("__TEMP_FROM_{number}__"),
    };
    let required = format!("{MARK}var {kept} = require({});", quoted(source));
    match declaration {
        ModuleDecl::ExportNamed(named) => format!("{required}{}", getters(named, &kept)),
        _ => format!(
            "{required}Object.keys({kept}).forEach(function(k) {{ if (k === \"default\" || k === \"__esModule\") \
             return; Object.defineProperty(exports, k, {{ enumerable: true, configurable: true, get: function() {{ \
             return {kept}[k]; }} }}); }});"
        ),
    }
}

/// A property for each name, which are those of the object `of`, or variables of this module where that is empty.
fn getters(named: &NamedExport, of: &str) -> String {
    let property = |name: String, value: String| {
        format!(
            "Object.defineProperty(exports, {}, {{ enumerable: true, configurable: true, get: function() {{ return \
             {value}; }} }});",
            quoted(&name)
        )
    };
    let specifier = |specifier: &ExportSpecifier| match specifier {
        ExportSpecifier::Named(named) => {
            let value = match (of, name_of(&named.orig)) {
                ("", name) => name,
                (of, name) if name == "default" => format!("__REQUIRE_DEFAULT__({of})"),
                (of, name) => match &named.orig {
                    ModuleExportName::Ident(_) => format!("{of}.{name}"),
                    ModuleExportName::Str(_) => format!("{of}[{}]", quoted(&name)),
                },
            };
            property(name_of(named.exported.as_ref().unwrap_or(&named.orig)), value)
        }
        ExportSpecifier::Namespace(all) => property(name_of(&all.name), format!("__REQUIRE_WILDCARD__({of})")),
        ExportSpecifier::Default(default) => {
            property(default.exported.sym.to_string(), format!("__REQUIRE_DEFAULT__({of})"))
        }
    };
    named.specifiers.iter().map(specifier).collect()
}
