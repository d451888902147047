//! A script of the app, parsed.

use super::facts::Facts;
use crate::engine::SourceTree;
use crate::package::{Problem, Span};
use std::sync::Arc;
use swc_core::common::{BytePos, Span as TreeSpan};

/// Nobody writes a script of this many bytes by hand.
const LIBRARY: usize = 100 << 10;

/// A script that the app can reach.
#[derive(Debug)]
pub(super) struct Script {
    /// Its path from the package's root.
    pub(super) path: String,
    /// Its text.
    pub(super) text: Arc<str>,
    /// Its tree.
    pub(super) tree: SourceTree,
    /// What was seen in it.
    pub(super) facts: Facts,
}

impl Script {
    /// The problem, at a place of this script.
    pub(super) fn at(&self, problem: Problem, span: TreeSpan) -> Problem {
        problem.at(&self.text, Some(self.place(span)))
    }

    /// An error at a place of this script.
    pub(super) fn error(&self, code: &'static str, span: TreeSpan, message: impl Into<String>) -> Problem {
        self.at(Problem::error(&self.path, message).code(code), span)
    }

    /// A warning at a place of this script.
    pub(super) fn warning(&self, code: &'static str, span: TreeSpan, message: impl Into<String>) -> Problem {
        self.at(Problem::warning(&self.path, message).code(code), span)
    }

    /// A note at a place of this script.
    pub(super) fn note(&self, code: &'static str, span: TreeSpan, message: impl Into<String>) -> Problem {
        self.at(Problem::note(&self.path, message).code(code), span)
    }

    /// Where a part of the tree is in the text, as far as its first line goes.
    pub(super) fn place(&self, span: TreeSpan) -> Span {
        let offset = self.offset(span.lo);
        let end = self.offset(span.hi).max(offset);
        let marked = self.text.get(offset..end).unwrap_or_default();
        let length = marked.find('\n').unwrap_or(marked.len());
        Span::at(&self.text, offset, length)
    }

    fn offset(&self, at: BytePos) -> usize {
        let offset = at.0.saturating_sub(self.tree.start.0) as usize;
        offset.min(self.text.len())
    }

    /// Whether it is code of somebody else: it came with npm, or is larger than people write.
    pub(super) fn is_library(&self) -> bool {
        self.text.len() > LIBRARY || self.path.split('/').any(|folder| folder == "miniprogram_npm")
    }
}
