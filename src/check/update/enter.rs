//! Where the platform enters the app: scripts as they are loaded, then App, pages and components.

use super::value::{ClassValue, Entry, Value};
use super::walk::{Given, Walk};
use crate::check::written::key_name;
use std::rc::Rc;
use swc_core::atoms::Atom;
use swc_core::ecma::ast::{
    ClassMember, DefaultDecl, ExportSpecifier, ImportSpecifier, ModuleDecl, ModuleExportName, ModuleItem, Program, Stmt,
};

use super::value::Code;

/// The functions of a page that run without a person's doing.
const PAGE: [&str; 12] = [
    "onLoad",
    "onReady",
    "attached",
    "ready",
    "created",
    "mounted",
    "beforeMount",
    "componentDidMount",
    "componentWillMount",
    "componentDidShow",
    "useLoad",
    "onInit",
];

impl<'a> Walk<'a> {
    /// Goes through everything: first what the platform enters, then what nobody is known to call.
    pub(super) fn run(&mut self, first: &str) {
        let mut order: Vec<usize> = (0..self.scripts.len())
            .filter(|index| self.relevant.contains(index))
            .collect();
        order.sort_by_key(|index| self.scripts[*index].path != first);
        for script in order {
            self.exports_of(script);
            self.enter_given();
        }
        self.enter_classes();
        self.enter_rest();
    }

    /// What a script exports; it is gone through the first time.
    pub(super) fn exports_of(&mut self, script: usize) -> Value<'a> {
        if let Some(exports) = self.exports.get(&script) {
            return exports.clone();
        }
        let object = self.object();
        self.exports.insert(script, Value::Object(object));
        if self.relevant.contains(&script) {
            self.load(script);
        }
        self.exports.get(&script).cloned().unwrap_or_default()
    }

    /// Loading is no part of what asks for it: it begins anew, as at the start of the app.
    fn load(&mut self, script: usize) {
        let outer = (
            std::mem::replace(&mut self.script, script),
            std::mem::take(&mut self.this),
            std::mem::take(&mut self.frames),
            std::mem::replace(&mut self.entry, Entry::Module),
            std::mem::take(&mut self.returns),
        );
        let scripts = self.scripts;
        match &scripts[script].tree.program {
            Program::Script(found) => self.statements(&found.body),
            Program::Module(found) => self.items(&found.body),
        }
        (self.script, self.this, self.frames, self.entry, self.returns) = outer;
    }

    fn items(&mut self, items: &'a [ModuleItem]) {
        // Functions are there before the first statement runs, and so are imports.
        for item in items {
            match item {
                ModuleItem::ModuleDecl(ModuleDecl::Import(import)) => {
                    let source = import.src.value.as_str().unwrap_or_default();
                    self.import(source, &import.specifiers);
                }
                ModuleItem::Stmt(Stmt::Decl(decl)) => self.hoist(decl),
                ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => self.hoist(&export.decl),
                _ => {}
            }
        }
        for item in items {
            match item {
                ModuleItem::Stmt(stmt) => self.statement(stmt),
                ModuleItem::ModuleDecl(decl) => self.module_item(decl),
            }
        }
    }

    fn hoist(&mut self, decl: &'a swc_core::ecma::ast::Decl) {
        if let swc_core::ecma::ast::Decl::Fn(function) = decl {
            let name = function.ident.sym.clone();
            let value = self.closure(Code::Function(&function.function), Some(name.clone()));
            self.bind(function.ident.to_id(), value);
        }
    }

    fn import(&mut self, source: &str, specifiers: &'a [ImportSpecifier]) {
        let Some(script) = self.script_of(source) else { return };
        self.exports_of(script);
        for specifier in specifiers {
            let (local, name) = match specifier {
                ImportSpecifier::Named(named) => {
                    let name = named.imported.as_ref().and_then(export_name);
                    (&named.local, name.unwrap_or_else(|| named.local.sym.clone()))
                }
                ImportSpecifier::Default(default) => (&default.local, "default".into()),
                ImportSpecifier::Namespace(all) => (&all.local, "*".into()),
            };
            self.bind(local.to_id(), Value::Imported(script, name));
        }
    }

    /// The script that a request means, if it is one that is gone through.
    pub(super) fn script_of(&self, request: &str) -> Option<usize> {
        let path = self.resolver.resolve(request, &self.current().path)?;
        let index = self.scripts.binary_search_by(|script| script.path.cmp(&path)).ok()?;
        self.relevant.contains(&index).then_some(index)
    }

    fn module_item(&mut self, decl: &'a ModuleDecl) {
        match decl {
            ModuleDecl::ExportDecl(export) => {
                self.declaration(&export.decl);
                for (name, value) in self.declared(&export.decl) {
                    self.export(name, value);
                }
            }
            ModuleDecl::ExportDefaultExpr(export) => {
                let value = self.eval_named(&export.expr, Some("default".into()));
                self.export("default".into(), value);
            }
            ModuleDecl::ExportDefaultDecl(export) => {
                let value = match &export.decl {
                    DefaultDecl::Fn(function) => {
                        let value = self.closure(Code::Function(&function.function), Some("default".into()));
                        if let Some(ident) = &function.ident {
                            self.bind(ident.to_id(), value.clone());
                        }
                        value
                    }
                    DefaultDecl::Class(class) => self.class(&class.class),
                    _ => Value::Unknown,
                };
                self.export("default".into(), value);
            }
            ModuleDecl::ExportNamed(export) => {
                let from = export.src.as_ref().and_then(|src| self.script_of(src.value.as_str()?));
                for specifier in &export.specifiers {
                    if let ExportSpecifier::Named(named) = specifier {
                        self.export_named(named, export.src.is_some(), from);
                    }
                }
            }
            ModuleDecl::ExportAll(export) => {
                let from = export.src.value.as_str().and_then(|src| self.script_of(src));
                let own = self.exports_of(self.script);
                if let (Some(Value::Object(from)), Value::Object(own)) = (from.map(|from| self.exports_of(from)), own) {
                    self.copy(from, own);
                }
            }
            _ => {}
        }
    }

    fn export_named(
        &mut self,
        named: &'a swc_core::ecma::ast::ExportNamedSpecifier,
        foreign: bool,
        from: Option<usize>,
    ) {
        let Some(original) = export_name(&named.orig) else {
            return;
        };
        let name = named
            .exported
            .as_ref()
            .and_then(export_name)
            .unwrap_or_else(|| original.clone());
        let value = match (&named.orig, foreign, from) {
            (_, true, Some(script)) => Value::Imported(script, original),
            (ModuleExportName::Ident(ident), false, _) => self.name(ident),
            _ => Value::Unknown,
        };
        self.export(name, value);
    }

    fn export(&mut self, name: Atom, value: Value<'a>) {
        if let Value::Object(exports) = self.exports_of(self.script) {
            self.set(exports, name, value);
        }
    }

    fn declared(&mut self, decl: &'a swc_core::ecma::ast::Decl) -> Vec<(Atom, Value<'a>)> {
        use swc_core::ecma::ast::{Decl, Pat};
        match decl {
            Decl::Fn(function) => vec![(function.ident.sym.clone(), self.name(&function.ident))],
            Decl::Class(class) => vec![(class.ident.sym.clone(), self.name(&class.ident))],
            Decl::Var(variables) => {
                let names = variables.decls.iter().filter_map(|declarator| match &declarator.name {
                    Pat::Ident(name) => Some(&name.id),
                    _ => None,
                });
                names.map(|name| (name.sym.clone(), self.name(name))).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Enters what the app has given to the platform since.
    fn enter_given(&mut self) {
        while !self.given.is_empty() {
            let (kind, object) = self.given.remove(0);
            let object = if kind == Given::Component {
                self.flattened(object)
            } else {
                object
            };
            self.objects[object].binds = true;
            let mut names = self.objects[object].order.clone();
            names.sort_by_key(|name| turn(kind, name));
            let is_app = kind == Given::App || names.iter().any(|name| &**name == "onLaunch");
            for name in names {
                let entry = match entry_of(&name, is_app) {
                    Entry::Handler(name) if matches!(kind, Given::Page | Given::Component) => Entry::PageHandler(name),
                    entry => entry,
                };
                self.enter(object, &name, entry);
            }
        }
    }

    fn enter(&mut self, object: usize, name: &Atom, entry: Entry) {
        let Value::Function(function) = self.property(object, name) else {
            return;
        };
        if matches!(entry, Entry::Handler(_) | Entry::PageHandler(_)) && self.seen.contains(&function.key()) {
            return;
        }
        let outer = std::mem::replace(&mut self.entry, entry);
        self.call(&function, &[], Value::Object(object));
        self.entry = outer;
    }

    /// A component's functions lie in several objects and have one `this`.
    fn flattened(&mut self, object: usize) -> usize {
        let flat = self.object();
        self.copy(object, flat);
        for part in ["data", "methods", "lifetimes", "pageLifetimes"] {
            if let Value::Object(inner) = self.property(object, part) {
                for name in self.objects[inner].order.clone() {
                    let value = self.property(inner, &name);
                    let name = if part == "pageLifetimes" && &*name == "show" {
                        "onShow".into()
                    } else {
                        name
                    };
                    self.set(flat, name, value);
                }
            }
        }
        flat
    }

    /// Classes that the platform or a framework makes objects of.
    fn enter_classes(&mut self) {
        let mut next = 0;
        while let Some(class) = self.classes.get(next).cloned() {
            next += 1;
            let key = (class.script, class.class.span.lo);
            if self.made.contains(&key) || !self.scripts[class.script].facts.uses_updates() {
                continue;
            }
            self.entry = Entry::Unknown;
            let Value::Object(object) = self.instance(&class, &[]) else {
                continue;
            };
            let is_app = methods(&class).any(|name| &*name == "onLaunch");
            for name in methods(&class) {
                self.enter(object, &name, entry_of(&name, is_app));
            }
        }
    }

    /// Functions that nobody is known to call.
    fn enter_rest(&mut self) {
        let mut next = 0;
        while let Some(closure) = self.closures.get(next).cloned() {
            next += 1;
            if self.seen.contains(&closure.key()) || !self.scripts[closure.script].facts.uses_updates() {
                continue;
            }
            self.entry = match &closure.name {
                Some(name) if matches!(&**name, "onLaunch" | "onLoad" | "onReady") => {
                    entry_of(name, &**name == "onLaunch")
                }
                _ => Entry::Unknown,
            };
            let this = closure.outer.clone();
            self.call(&closure, &[], this);
            self.enter_given();
        }
    }
}

/// `onLaunch` comes first, then `onShow`, then the rest.
fn turn(kind: Given, name: &str) -> u8 {
    match name {
        "onLaunch" | "onLoad" | "created" => 0,
        "attached" => 1,
        "onShow" => 2,
        name if PAGE.contains(&name) => 3,
        _ if kind == Given::Like => 4,
        _ => 5,
    }
}

fn entry_of(name: &Atom, is_app: bool) -> Entry {
    match &**name {
        "onLaunch" => Entry::Launch,
        "onShow" if is_app => Entry::Show,
        "onShow" => Entry::PageShow,
        name if PAGE.contains(&name) => Entry::Page,
        _ => Entry::Handler(name.clone()),
    }
}

fn methods(class: &Rc<ClassValue<'_>>) -> impl Iterator<Item = Atom> {
    let class = class.class;
    class.body.iter().filter_map(|member| match member {
        ClassMember::Method(method) if !method.is_static => key_name(&method.key),
        _ => None,
    })
}

fn export_name(name: &ModuleExportName) -> Option<Atom> {
    match name {
        ModuleExportName::Ident(ident) => Some(ident.sym.clone()),
        ModuleExportName::Str(text) => text.value.as_str().map(Atom::from),
    }
}
