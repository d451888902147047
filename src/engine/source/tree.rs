//! A source file as a tree, for whoever looks at an app without running it.

use super::SourceError;
use super::scan;
use super::transform::{parse_file, without_types};
use crate::engine::protocol::Limits;
use swc_core::common::{BytePos, FileName, GLOBALS, Globals, Mark, SourceMap, SyntaxContext, sync::Lrc};
use swc_core::ecma::ast::Program;

/// The tree of a script. What only TypeScript has is gone from it.
#[derive(Debug)]
pub struct SourceTree {
    /// The tree. Each name has the context of the declaration that it means.
    pub program: Program,
    /// The position of the file's first byte.
    pub start: BytePos,
    /// The context of names that the file does not declare.
    pub unresolved: SyntaxContext,
}

impl SourceTree {
    /// Parses a file. TypeScript goes by the ending `.ts`.
    ///
    /// # Errors
    /// Syntax errors, and nesting beyond `limits.nesting`, which would end the parser's native stack.
    pub fn parse(path: &str, source: &str, limits: &Limits) -> Result<Self, SourceError> {
        if let Err(place) = scan::scan(source, limits.nesting) {
            return Err(super::too_deep(path, place, limits));
        }
        let sources: Lrc<SourceMap> = Lrc::default();
        let file = sources.new_source_file(FileName::Custom(path.to_owned()).into(), source.to_owned());
        let is_typescript = path.ends_with(".ts");
        let program = parse_file(path, &file, is_typescript)?;
        Ok(GLOBALS.set(&Globals::new(), || {
            let (unresolved, top_level) = (Mark::new(), Mark::new());
            Self {
                program: without_types(program, is_typescript, unresolved, top_level),
                start: file.start_pos,
                unresolved: SyntaxContext::empty().apply_mark(unresolved),
            }
        }))
    }
}
