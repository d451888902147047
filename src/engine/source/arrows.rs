//! The arrow functions of a script that is being looked over: which have one in them that uses `this`.
//!
//! Where an arrow function ends without a bracket is a guess, and a late one: one too many is found, never one too few.

/// The body of an arrow function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Body {
    /// Byte offset behind `=>` or behind the opening brace.
    pub(super) at: usize,
    /// It is a block.
    pub(super) block: bool,
}

#[derive(Debug, Clone, Copy)]
struct Arrow {
    body: Body,
    /// How many brackets were open at its `=>`.
    level: usize,
    /// An arrow function in it uses `this`.
    nests_this: bool,
}

/// Those that are open, and what was found of the others.
#[derive(Debug, Default)]
pub(super) struct Arrows {
    open: Vec<Arrow>,
    found: Vec<Body>,
}

impl Arrows {
    /// One begins whose body is at `at`, with `level` brackets open around it.
    pub(super) fn begin(&mut self, at: usize, level: usize, nests_this: bool) {
        let body = Body { at, block: false };
        self.open.push(Arrow {
            body,
            level,
            nests_this,
        });
    }

    /// The newest has a block as its body, whose statements begin at `at`.
    pub(super) fn block(&mut self, at: usize) {
        if let Some(arrow) = self.open.last_mut() {
            arrow.body = Body { at, block: true };
        }
    }

    /// `this` is used. Returns the levels of all that are open.
    pub(super) fn name_this(&mut self) -> impl Iterator<Item = usize> + '_ {
        let outer = self.open.len().saturating_sub(1);
        for arrow in &mut self.open[..outer] {
            arrow.nests_this = true;
        }
        self.open.iter().map(|arrow| arrow.level)
    }

    /// Ends those whose body is an expression at this depth of brackets or deeper.
    pub(super) fn end(&mut self, level: usize) {
        let ends = |arrow: &Arrow| arrow.level > level || (arrow.level == level && !arrow.body.block);
        while self.open.last().is_some_and(ends) {
            self.end_newest();
        }
    }

    /// A bracket closes and leaves `depth` open.
    pub(super) fn close(&mut self, depth: usize) {
        self.end(depth + 1);
        let ends = |arrow: &Arrow| arrow.level > depth || (arrow.body.block && arrow.level == depth);
        if self.open.last().is_some_and(ends) {
            self.end_newest();
        }
    }

    /// What was found in the whole script, sorted.
    pub(super) fn bodies(mut self) -> Vec<Body> {
        self.end(0);
        self.found.sort_unstable_by_key(|body| body.at);
        self.found
    }

    fn end_newest(&mut self) {
        let ended = self.open.pop().filter(|arrow| arrow.nests_this);
        self.found.extend(ended.map(|arrow| arrow.body));
    }
}
