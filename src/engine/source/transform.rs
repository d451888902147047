//! ES modules and TypeScript to CommonJS.

use super::{PositionMap, SourceError, positions::Place, rename::Rename};
use swc_core::common::{
    BytePos, FileName, GLOBALS, Globals, LineCol, Mark, SourceFile, SourceMap, Span, Spanned, sync::Lrc,
};
use swc_core::ecma::ast::{Decorator, EsVersion, Module, Pass, Program};
use swc_core::ecma::codegen::{Config, Emitter, text_writer::JsWriter};
use swc_core::ecma::parser::{EsSyntax, Syntax, TsSyntax, error::Error, parse_file_as_program};
use swc_core::ecma::transforms::base::{
    fixer::fixer,
    helpers::{HELPERS, Helpers},
    hygiene::hygiene,
    resolver,
};
use swc_core::ecma::transforms::module::{
    common_js::{self, FeatureFlag, common_js},
    path::Resolver,
};
use swc_core::ecma::transforms::typescript::typescript;
use swc_core::ecma::visit::{Visit, VisitMutWith, VisitWith};

/// The interop functions by the names under which the transform calls them. Each is given to a script only when
/// the script uses it, on a line of its own before the script.
const INTEROP: [(&str, &str); 3] = [
    (
        "_interop_require_default",
        "function _interop_require_default(m){return m&&m.__esModule?m:{default:m}}",
    ),
    (
        "_interop_require_wildcard",
        "function _interop_require_wildcard(m){if(m&&m.__esModule)return m;var n={__proto__:null};\
         if(m!==null&&(typeof m=='object'||typeof m=='function'))Object.keys(m).forEach(function(k){\
         if(k!='default')Object.defineProperty(n,k,{enumerable:true,get:function(){return m[k]}})});\
         n.default=m;return n}",
    ),
    (
        "_export_star",
        "function _export_star(m,e){Object.keys(m).forEach(function(k){if(k!='default'&&\
         !Object.prototype.hasOwnProperty.call(e,k))Object.defineProperty(e,k,{enumerable:true,\
         get:function(){return m[k]}})});return m}",
    ),
];

/// The CommonJS script that a source becomes, and where its positions come from.
pub(super) fn transform(
    path: &str,
    source: &str,
    is_typescript: bool,
    rename: bool,
) -> Result<(String, PositionMap), SourceError> {
    let sources: Lrc<SourceMap> = Lrc::default();
    let file = sources.new_source_file(FileName::Custom(path.to_owned()).into(), source.to_owned());
    let at = |span: Span, message: String| error_at(path, &file, span, message);
    let program = parse_file(path, &file, is_typescript)?;
    if let Some(span) = decorator(&program) {
        return Err(at(span, "decorators are not supported".to_owned()));
    }
    let program = GLOBALS.set(&Globals::new(), || lower(program, is_typescript, rename));
    let (code, places) = print(&sources, &program).map_err(|e| at(Span::default(), e.to_string()))?;
    let prelude: Vec<&str> = INTEROP
        .iter()
        .filter(|(name, _)| code.contains(name))
        .map(|(_, text)| *text)
        .collect();
    let mut cursor = Cursor::default();
    let found = places
        .iter()
        .filter_map(|(pos, to)| place(&file, &mut cursor, *pos, *to));
    let map = |skip| PositionMap::new(found, skip);
    if prelude.is_empty() {
        return Ok((code, map(0)));
    }
    // The directive has to stay the first statement.
    let strict = if code.starts_with("\"use strict\"") {
        "\"use strict\";"
    } else {
        ""
    };
    Ok((format!("{strict}{}\n{code}", prelude.concat()), map(1)))
}

/// The tree of a source file.
pub(super) fn parse_file(path: &str, file: &SourceFile, is_typescript: bool) -> Result<Program, SourceError> {
    let syntax_error = |error: Error| error_at(path, file, error.span(), error.kind().msg().into_owned());
    let mut recovered = Vec::new();
    let program = parse_file_as_program(file, syntax(is_typescript), EsVersion::EsNext, None, &mut recovered)
        .map_err(syntax_error)?;
    match recovered.into_iter().next() {
        Some(error) => Err(syntax_error(error)),
        None => Ok(program),
    }
}

fn syntax(typescript: bool) -> Syntax {
    if typescript {
        Syntax::Typescript(TsSyntax {
            decorators: true,
            ..TsSyntax::default()
        })
    } else {
        let base = EsSyntax {
            decorators: true,
            allow_return_outside_function: true,
            ..EsSyntax::default()
        };
        Syntax::Es(EsSyntax {
            import_attributes: true,
            ..base
        })
    }
}

/// All passes over a parsed source, in their order.
fn lower(program: Program, is_typescript: bool, rename: bool) -> Program {
    let (unresolved, top_level) = (Mark::new(), Mark::new());
    let is_module = program.is_module();
    let mut program = without_types(program, is_typescript, unresolved, top_level);
    // A script with `import()` is lowered like a module, but keeps its mode and its exports.
    if let Program::Script(script) = program {
        let body = script.body.into_iter().map(Into::into).collect();
        program = Program::Module(Module {
            span: script.span,
            body,
            shebang: script.shebang,
        });
    }
    HELPERS.set(&Helpers::new(true), || {
        let config = common_js::Config {
            allow_top_level_this: true,
            strict_mode: is_module,
            ..common_js::Config::default()
        };
        let features = FeatureFlag {
            support_block_scoping: true,
            support_arrow: true,
        };
        common_js(Resolver::Default, unresolved, config, features).process(&mut program);
    });
    if rename {
        program.visit_mut_with(&mut Rename);
    }
    program.apply(hygiene()).apply(fixer(None))
}

/// The tree with its names resolved and without what only TypeScript has.
pub(super) fn without_types(program: Program, is_typescript: bool, unresolved: Mark, top_level: Mark) -> Program {
    let program = program.apply(resolver(unresolved, top_level, is_typescript));
    if !is_typescript {
        return program;
    }
    let config = typescript::Config {
        native_class_properties: true,
        ..typescript::Config::default()
    };
    program.apply(typescript::typescript(config, unresolved, top_level))
}

type Written = (String, Vec<(BytePos, LineCol)>);

fn print(sources: &Lrc<SourceMap>, program: &Program) -> Result<Written, std::io::Error> {
    let mut code = Vec::new();
    let mut places = Vec::new();
    let writer = JsWriter::new(sources.clone(), "\n", &mut code, Some(&mut places));
    let mut emitter = Emitter {
        cfg: Config::default(),
        cm: sources.clone(),
        comments: None,
        wr: Box::new(writer),
    };
    emitter.emit_program(program)?;
    drop(emitter);
    let code = String::from_utf8(code).map_err(std::io::Error::other)?;
    Ok((code, places))
}

/// A printed token's place; `None` for tokens that come from no source.
fn place(file: &SourceFile, cursor: &mut Cursor, from: BytePos, to: LineCol) -> Option<Place> {
    if from < file.start_pos || from > file.end_pos {
        return None;
    }
    let (source_line, source_column) = cursor.move_to(file, from);
    Some(Place {
        line: to.line,
        column: to.col,
        source_line,
        source_column,
    })
}

/// Counts lines and columns on from the place before: tokens mostly come in their order, and lines may be long.
#[derive(Default)]
struct Cursor {
    line: usize,
    at: u32,
    column: u32,
}

impl Cursor {
    /// Line and column in characters, both from 0.
    fn move_to(&mut self, file: &SourceFile, to: BytePos) -> (u32, u32) {
        let line = file.lookup_line(to).unwrap_or(0);
        let start = (file.line_bounds(line).0 - file.start_pos).0;
        let to = (to - file.start_pos).0;
        if line != self.line || to < self.at || self.at < start {
            (self.line, self.at, self.column) = (line, start, 0);
        }
        let passed = file.src.get(self.at as usize..to as usize);
        self.column += passed.map_or(to - self.at, |t| t.chars().count() as u32);
        self.at = to;
        (line as u32, self.column)
    }
}

fn error_at(path: &str, file: &SourceFile, span: Span, message: String) -> SourceError {
    let at = span.lo.clamp(file.start_pos, file.end_pos);
    let (line, column) = Cursor::default().move_to(file, at);
    SourceError {
        path: path.to_owned(),
        line: line + 1,
        column: column + 1,
        message,
    }
}

/// Where the first decorator is.
fn decorator(program: &Program) -> Option<Span> {
    struct Find(Option<Span>);
    impl Visit for Find {
        fn visit_decorator(&mut self, decorator: &Decorator) {
            self.0.get_or_insert(decorator.span);
        }
    }
    let mut find = Find(None);
    program.visit_with(&mut find);
    find.0
}
