//! The table of `wx`, held against what the platform's own typings declare.
//!
//! The typings come from npm, pinned in `tests/typings`. Where npm cannot
//! install them this says that it looked at nothing; `.ci/run` does not go on.

use minirun::wx::{Name, members_of, names};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use swc_core::common::comments::{Comments, SingleThreadedComments};
use swc_core::common::{BytePos, FileName, SourceMap, sync::Lrc};
use swc_core::ecma::ast::{
    Decl, EsVersion, Expr, Module, ModuleItem, Stmt, TsEntityName, TsInterfaceDecl, TsModuleDecl, TsNamespaceBody,
    TsType, TsTypeElement,
};
use swc_core::ecma::parser::{Syntax, TsSyntax, parse_file_as_module};

/// One member of an interface.
#[derive(Debug, Clone, Default)]
struct Member {
    since: Option<String>,
    function: bool,
    returns: Option<String>,
}

/// Interfaces by name, and the names of `declare function` and `declare const`.
#[derive(Default)]
struct Declared {
    interfaces: BTreeMap<String, BTreeMap<String, Member>>,
    globals: BTreeSet<String>,
}

/// The folder of the typings, installed where that is possible; by one of the tests, and the others wait for it.
fn typings() -> Option<PathBuf> {
    static INSTALLED: OnceLock<Option<PathBuf>> = OnceLock::new();
    INSTALLED.get_or_init(installed).clone()
}

fn installed() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/typings");
    let types = root.join("node_modules/miniprogram-api-typings/types/wx");
    if !types.is_dir() || !root.join("node_modules/typescript").is_dir() {
        let npm = Command::new("npm")
            .args(["ci", "--no-audit", "--no-fund"])
            .current_dir(&root)
            .output();
        let installed = npm.is_ok_and(|output| output.status.success());
        if !installed {
            println!("skipped: npm could not install the typings, so the table was held against nothing");
            return None;
        }
    }
    Some(types)
}

fn declared(types: &Path) -> Declared {
    let mut all = Declared::default();
    for file in [
        "index",
        "lib.wx.api",
        "lib.wx.app",
        "lib.wx.page",
        "lib.wx.component",
        "lib.wx.behavior",
    ] {
        let text = std::fs::read_to_string(types.join(format!("{file}.d.ts"))).unwrap();
        let source = Lrc::new(SourceMap::default()).new_source_file(FileName::Anon.into(), text);
        let comments = SingleThreadedComments::default();
        let syntax = Syntax::Typescript(TsSyntax {
            dts: true,
            ..TsSyntax::default()
        });
        let parsed = parse_file_as_module(&source, syntax, EsVersion::latest(), Some(&comments), &mut Vec::new());
        let Module { body, .. } = parsed.unwrap_or_else(|error| panic!("{file}: {error:?}"));
        let reader = Reader { comments };
        for item in &body {
            if let ModuleItem::Stmt(Stmt::Decl(decl)) = item {
                reader.declaration(decl, true, &mut all);
            }
        }
    }
    all
}

struct Reader {
    comments: SingleThreadedComments,
}

impl Reader {
    fn declaration(&self, decl: &Decl, top: bool, all: &mut Declared) {
        match decl {
            Decl::TsInterface(interface) => self.interface(interface, all),
            Decl::TsModule(module) => self.module(module, all),
            Decl::Fn(function) if top => drop(all.globals.insert(function.ident.sym.to_string())),
            Decl::Var(var) if top => {
                let names = var.decls.iter().filter_map(|decl| decl.name.as_ident());
                all.globals.extend(names.map(|name| name.id.sym.to_string()));
            }
            _ => {}
        }
    }

    fn module(&self, module: &TsModuleDecl, all: &mut Declared) {
        let Some(TsNamespaceBody::TsModuleBlock(block)) = &module.body else {
            return;
        };
        for item in &block.body {
            let decl = match item {
                ModuleItem::Stmt(Stmt::Decl(decl)) => decl,
                ModuleItem::ModuleDecl(swc_core::ecma::ast::ModuleDecl::ExportDecl(export)) => &export.decl,
                _ => continue,
            };
            self.declaration(decl, false, all);
        }
    }

    fn interface(&self, interface: &TsInterfaceDecl, all: &mut Declared) {
        let members = all.interfaces.entry(interface.id.sym.to_string()).or_default();
        for element in &interface.body.body {
            let (key, at, returns) = match element {
                TsTypeElement::TsMethodSignature(method) => (
                    &method.key,
                    method.span.lo,
                    Some(method.type_ann.as_ref().and_then(|ann| type_name(&ann.type_ann))),
                ),
                TsTypeElement::TsPropertySignature(property) => {
                    let function = property
                        .type_ann
                        .as_ref()
                        .is_some_and(|ann| ann.type_ann.is_ts_fn_or_constructor_type());
                    (&property.key, property.span.lo, function.then_some(None))
                }
                _ => continue,
            };
            let Expr::Ident(key) = &**key else { continue };
            let member = members.entry(key.sym.to_string()).or_default();
            member.since = member.since.take().or_else(|| self.since(at));
            member.function |= returns.is_some();
            member.returns = member.returns.take().or_else(|| returns.flatten());
        }
    }

    /// The base library version that the comment before a member names.
    fn since(&self, at: BytePos) -> Option<String> {
        let comments = self.comments.get_leading(at)?;
        let (_, rest) = comments.last()?.text.split_once("需要基础库： `")?;
        Some(rest.split('`').next()?.to_owned())
    }
}

fn type_name(kind: &TsType) -> Option<String> {
    match &kind.as_ts_type_ref()?.type_name {
        TsEntityName::Ident(name) => Some(name.sym.to_string()),
        TsEntityName::TsQualifiedName(_) => None,
    }
}

fn table() -> BTreeMap<String, Name> {
    names().into_iter().map(|name| (name.name.clone(), name)).collect()
}

#[test]
fn the_table_has_every_name_that_the_platform_declares() {
    let Some(types) = typings() else { return };
    let (declared, table) = (declared(&types), table());
    let wx = &declared.interfaces["Wx"];
    assert!(wx.len() > 450, "{} members were read", wx.len());
    let absent: Vec<_> = wx.keys().filter(|name| !table.contains_key(*name)).collect();
    assert!(absent.is_empty(), "{absent:?}");
    let late: Vec<_> = wx
        .iter()
        .filter_map(|(name, member)| Some((name, table[name].since, member.since.as_deref()?)))
        .filter(|(_, ours, theirs)| ours != theirs)
        .collect();
    assert!(late.is_empty(), "versions that differ: {late:?}");
}

#[test]
fn the_table_has_every_global_function() {
    let Some(types) = typings() else { return };
    let (declared, table) = (declared(&types), table());
    assert!(declared.globals.contains("setTimeout") && declared.globals.contains("getCurrentPages"));
    // Not functions: the console, the module's own names, and wx itself.
    let values = ["console", "exports", "module", "wx"];
    let absent: Vec<_> = declared
        .globals
        .iter()
        .filter(|name| !values.contains(&name.as_str()))
        .collect();
    let absent: Vec<_> = absent.into_iter().filter(|name| !table.contains_key(*name)).collect();
    assert!(absent.is_empty(), "{absent:?}");
}

/// Objects that have their methods for other tests to hold: those of a real factory are built by its own file.
#[test]
fn every_object_that_wx_hands_out_has_its_methods() {
    let Some(types) = typings() else { return };
    let (declared, table) = (declared(&types), table());
    let mut absent = Vec::new();
    let mut objects = 0;
    for (name, member) in &declared.interfaces["Wx"] {
        let made = ["create", "get", "connect", "download", "upload", "request", "pre"];
        let Some(object) = member
            .returns
            .as_ref()
            .filter(|_| made.iter().any(|verb| name.starts_with(verb)))
        else {
            continue;
        };
        let Some(methods) = declared.interfaces.get(object) else {
            continue;
        };
        let functions: Vec<_> = methods
            .iter()
            .filter(|(_, method)| method.function)
            .map(|(method, _)| method)
            .collect();
        objects += usize::from(!functions.is_empty());
        let known = |method: &str| {
            // A property that holds a handler is the app's to set.
            let handler = method
                .strip_prefix("on")
                .is_some_and(|rest| rest.starts_with(char::is_lowercase));
            handler
                || table.contains_key(&format!("{object}.{method}"))
                || members_of(object).iter().any(|m| m.name == method)
        };
        absent.extend(
            functions
                .into_iter()
                .filter(|method| !known(method))
                .map(|method| format!("{object}.{method}")),
        );
    }
    assert!(objects > 30, "{objects} objects were read");
    assert!(absent.is_empty(), "{absent:?}");
}

#[test]
fn the_types_for_editors_are_what_a_test_file_finds() {
    if typings().is_none() {
        return;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/typings");
    let mut compiler = Command::new("node");
    compiler
        .args(["node_modules/typescript/bin/tsc", "-p", "."])
        .current_dir(root);
    let output = compiler.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}
