//! A quick look over a script: what it needs before the engine can take it, and
//! whether its nesting would end the parser's native stack.

use super::array_length;
use super::arrows::{Arrows, Body};
use super::edits::Edit;

/// What a script has that the engine cannot take as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Findings {
    /// `import` or `export` that are not property names, `import()` and `import.meta` included.
    pub(super) module: bool,
    /// `using` as an identifier.
    pub(super) using: bool,
    /// The bodies of arrow functions with an arrow function in them that uses `this`, sorted.
    pub(super) bodies: Vec<Body>,
    /// Assignments to `length`, sorted.
    pub(super) lengths: Vec<Edit>,
}

/// Nesting beyond the limit, at the position of the token that went over it (from 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooDeep {
    pub(super) line: u32,
    pub(super) column: u32,
}

/// Native stack that a bracket takes in the parser, in links of a chain (`a ? b : c ? …`, `if (1) if (1) …`).
///
/// Measured with an optimised engine: 180 to 230 KB a bracket, 16 to 47 KB a link.
const BRACKET: usize = 8;

/// Looks over a script. `nesting` is the depth of brackets allowed, and an eighth of a chain's length.
pub(super) fn scan(source: &str, nesting: usize) -> Result<Findings, TooDeep> {
    let mut scanner = Scanner {
        bytes: source.as_bytes(),
        at: 0,
        limit: nesting.saturating_mul(BRACKET),
        weight: 0,
        levels: vec![Level::default()],
        last: Last::Start,
        findings: Findings::default(),
        arrows: Arrows::default(),
        closed_this: false,
        counted: false,
    };
    match scanner.run() {
        Some(()) => Ok(scanner.found()),
        None => Err(scanner.place()),
    }
}

/// An open bracket, or the whole script.
#[derive(Debug, Clone, Copy, Default)]
struct Level {
    /// Links of the statement or expression that is being read at this level.
    chain: usize,
    /// The bracket is the head of `if (…)`, `for (…)` and the like: what follows it is a statement.
    head: bool,
    /// The bracket is a `${` in a template.
    template: bool,
    /// The bracket is a brace that begins a block, not an object: no value ends with it.
    block: bool,
    /// An arrow function directly in the bracket uses `this`.
    arrow_this: bool,
}

/// The token before, as far as it decides what the next one means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Last {
    Start,
    /// A value has ended: a slash divides.
    Value,
    /// An operator, an opening bracket or a keyword: a slash begins a regular expression.
    Operator,
    /// `=>`: a brace begins a function's body.
    Arrow,
    /// `.` or `?.`: a name is a property's.
    Dot,
    /// `if`, `for`, `while`, `with`: a parenthesis is a head.
    Head,
    /// `{` or `,`: a name may be a property's key.
    Opening,
    /// The end of a statement's head or body: a statement follows.
    Statement,
}

struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    limit: usize,
    /// Sum over all levels of brackets and links.
    weight: usize,
    levels: Vec<Level>,
    last: Last,
    findings: Findings,
    arrows: Arrows,
    /// The bracket that was closed last had `arrow_this`; it may hold the parameters of an arrow function.
    closed_this: bool,
    /// A prefix `++` or `--` stands before the names that are being read.
    counted: bool,
}

impl Scanner<'_> {
    /// `None` when the nesting is too deep, with the position at the token.
    fn run(&mut self) -> Option<()> {
        if self.bytes.starts_with(b"#!") {
            self.skip_line();
        }
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b' ' | b'\n' | b'\t' | b'\r' => self.at += 1,
                b'/' => self.slash()?,
                b'"' | b'\'' => {
                    self.begin_value();
                    self.string(byte);
                    self.last = Last::Value;
                }
                b'`' => {
                    if self.last != Last::Value {
                        self.begin_value();
                    }
                    self.at += 1;
                    self.template()?;
                }
                b'0'..=b'9' => {
                    self.begin_value();
                    self.skip_word();
                    self.last = Last::Value;
                }
                b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'$' | b'#' | b'\\' | b'@' | 0x80.. => self.word()?,
                _ => self.punctuation(byte)?,
            }
        }
        Some(())
    }

    fn found(mut self) -> Findings {
        self.findings.bodies = self.arrows.bodies();
        self.findings
    }

    /// `this` in an arrow function that may stand in the parameters of another one.
    fn name_this(&mut self) {
        for level in self.arrows.name_this() {
            if let Some(level) = self.levels.get_mut(level - 1) {
                level.arrow_this = true;
            }
        }
    }

    fn next(&self, offset: usize) -> u8 {
        self.bytes.get(self.at + offset).copied().unwrap_or(0)
    }

    fn skip_line(&mut self) {
        let rest = &self.bytes[self.at..];
        self.at += rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len());
    }

    fn skip_word(&mut self) {
        let rest = &self.bytes[self.at..];
        let inside = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'$' | 0x80..);
        self.at += rest.iter().position(|b| !inside(b)).unwrap_or(rest.len()).max(1);
    }

    /// A value after a value is a new statement.
    fn begin_value(&mut self) {
        if self.last == Last::Value {
            self.end_chain();
            self.arrows.end(self.levels.len());
        }
    }

    fn end_chain(&mut self) {
        if let Some(level) = self.levels.last_mut() {
            self.weight -= level.chain;
            level.chain = 0;
        }
    }

    fn link(&mut self) -> Option<()> {
        if let Some(level) = self.levels.last_mut() {
            level.chain += 1;
            self.weight += 1;
        }
        (self.weight <= self.limit).then_some(())
    }

    fn open(&mut self, level: Level) -> Option<()> {
        self.levels.push(level);
        self.weight += BRACKET;
        (self.weight <= self.limit).then_some(())
    }

    fn close(&mut self) -> Level {
        if self.levels.len() < 2 {
            return Level::default();
        }
        let level = self.levels.pop().unwrap_or_default();
        self.weight = self.weight.saturating_sub(BRACKET + level.chain);
        self.closed_this = level.arrow_this;
        let depth = self.levels.len();
        self.arrows.close(depth);
        level
    }

    fn slash(&mut self) -> Option<()> {
        match self.next(1) {
            b'/' => self.skip_line(),
            b'*' => {
                let rest = &self.bytes[self.at + 2..];
                let end = rest.windows(2).position(|w| w == b"*/");
                self.at += end.map_or(rest.len() + 2, |e| e + 4);
            }
            _ if self.last == Last::Value => {
                self.at += 1;
                self.last = Last::Operator;
            }
            _ => {
                self.begin_value();
                self.regular_expression();
                self.last = Last::Value;
            }
        }
        Some(())
    }

    fn regular_expression(&mut self) {
        let mut class = false;
        self.at += 1;
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'[' => class = true,
                b']' => class = false,
                b'/' if !class => break,
                b'\n' => return,
                _ => {}
            }
        }
        while self.next(0).is_ascii_alphabetic() {
            self.at += 1;
        }
    }

    fn string(&mut self, quote: u8) {
        self.at += 1;
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'\n' => return,
                _ if byte == quote => return,
                _ => {}
            }
        }
    }

    /// The rest of a template from here to its end or to the next `${`.
    fn template(&mut self) -> Option<()> {
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'\\' => self.at += 1,
                b'`' => {
                    self.at += 1;
                    self.last = Last::Value;
                    return Some(());
                }
                b'$' if self.next(1) == b'{' => {
                    self.open(Level {
                        template: true,
                        ..Level::default()
                    })?;
                    self.at += 2;
                    self.last = Last::Operator;
                    return Some(());
                }
                _ => {}
            }
            self.at += 1;
        }
        Some(())
    }

    fn word(&mut self) -> Option<()> {
        let start = self.at;
        self.skip_word();
        self.closed_this = false;
        let word = &self.bytes[start..self.at];
        if self.last == Last::Dot {
            if word == b"length" && (self.counted || array_length::is_assigned(&self.bytes[self.at..])) {
                self.findings.lengths.extend(array_length::edit(self.bytes, self.at));
            }
            self.last = Last::Value;
            return Some(());
        }
        let is_key = matches!(self.last, Last::Opening) && self.follows(b':');
        match word {
            _ if is_key => self.last = Last::Value,
            b"import" | b"export" => {
                self.findings.module |= !self.follows(b'(') || word == b"import";
                self.begin_value();
                self.last = Last::Operator;
            }
            b"in" | b"of" | b"instanceof" | b"as" | b"extends" => self.last = Last::Operator,
            b"if" | b"for" | b"while" | b"with" => {
                // `else if` and `do … while` stay in the statement that they belong to.
                self.begin_value();
                self.at_link(start)?;
                self.last = Last::Head;
            }
            b"else" | b"do" | b"typeof" | b"void" | b"delete" | b"new" | b"await" | b"yield" => {
                if word != b"else" {
                    self.begin_value();
                }
                self.at_link(start)?;
                self.last = if matches!(word, b"else" | b"do") {
                    Last::Statement
                } else {
                    Last::Operator
                };
            }
            b"return" | b"case" | b"throw" | b"default" | b"try" | b"finally" => {
                self.begin_value();
                self.last = if matches!(word, b"try" | b"finally") {
                    Last::Statement
                } else {
                    Last::Operator
                };
            }
            b"this" => {
                self.begin_value();
                self.name_this();
                self.last = Last::Value;
            }
            b"async" => {
                self.begin_value();
                // `async x => …`: the parameter is no statement of its own.
                let parameter = self.bytes[self.at..].trim_ascii_start().first();
                let named = parameter.is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'_' | b'$' | 0x80..));
                self.last = if named { Last::Operator } else { Last::Value };
            }
            b"catch" | b"switch" => self.last = Last::Head,
            _ => {
                self.findings.using |= word == b"using";
                self.begin_value();
                self.last = Last::Value;
            }
        }
        Some(())
    }

    /// A link whose token began at `start`, which is where an error is to point.
    fn at_link(&mut self, start: usize) -> Option<()> {
        let end = std::mem::replace(&mut self.at, start);
        self.link()?;
        self.at = end;
        Some(())
    }

    /// Whether the next byte that is no space is this one.
    fn follows(&self, byte: u8) -> bool {
        self.bytes[self.at..].iter().find(|b| !b.is_ascii_whitespace()) == Some(&byte)
    }

    fn punctuation(&mut self, byte: u8) -> Option<()> {
        self.counted &= byte == b'.';
        match byte {
            b'(' | b'[' | b'{' => {
                let begins = matches!(self.last, Last::Value | Last::Statement | Last::Start | Last::Opening);
                let block = byte == b'{' && begins;
                self.open(Level {
                    head: byte == b'(' && self.last == Last::Head,
                    block,
                    ..Level::default()
                })?;
                self.at += 1;
                if byte == b'{' && self.last == Last::Arrow {
                    self.arrows.block(self.at);
                }
                self.last = if byte == b'{' { Last::Opening } else { Last::Operator };
            }
            b')' | b']' | b'}' => {
                let level = self.close();
                self.at += 1;
                if level.template && byte == b'}' {
                    return self.template();
                }
                self.last = Last::Value;
                if level.head {
                    self.last = Last::Statement;
                } else if level.block {
                    self.end_statement();
                }
            }
            b';' => {
                self.at += 1;
                self.end_statement();
            }
            b',' => {
                self.end_chain();
                self.arrows.end(self.levels.len());
                self.at += 1;
                self.last = Last::Opening;
            }
            b'.' => self.dot(),
            _ => self.operator(byte)?,
        }
        Some(())
    }

    /// Another statement begins here, unless an `else` goes on with the one before.
    fn end_statement(&mut self) {
        if !self.bytes[self.at..].trim_ascii_start().starts_with(b"else") {
            self.end_chain();
            self.arrows.end(self.levels.len());
        }
        // The result of a function expression is hardly ever divided: a slash begins a regular expression.
        self.last = Last::Statement;
    }

    fn dot(&mut self) {
        if self.next(1) == b'.' {
            self.at += 3;
            self.last = Last::Operator;
        } else if self.next(1).is_ascii_digit() && self.last != Last::Value {
            self.at += 1;
            self.skip_word();
            self.last = Last::Value;
        } else {
            self.at += 1;
            self.last = Last::Dot;
        }
    }

    fn operator(&mut self, byte: u8) -> Option<()> {
        let next = self.next(1);
        match (byte, next) {
            (b'?', b'.') if !self.next(2).is_ascii_digit() => {
                self.at += 2;
                self.last = Last::Dot;
                return Some(());
            }
            (b'+', b'+') | (b'-', b'-') => {
                // After a value it is a postfix; the value stays one.
                if self.last != Last::Value {
                    self.link()?;
                    self.counted = true;
                }
                self.at += 2;
                return Some(());
            }
            (b'=', b'>') => {
                self.link()?;
                self.at += 2;
                self.arrows
                    .begin(self.at, self.levels.len(), std::mem::take(&mut self.closed_this));
                self.last = Last::Arrow;
                return Some(());
            }
            (b'*', b'*') => {
                self.link()?;
                self.at += 2;
            }
            (b'=', b'=') | (b'!', b'=') => self.at += 2,
            (b'?', b'?') | (b'&', b'&') | (b'|', b'|') => self.at += 2,
            (b'?' | b'=' | b'!' | b'~', _) => {
                self.link()?;
                self.at += 1;
            }
            (b'+' | b'-', _) if self.last != Last::Value => {
                self.link()?;
                self.at += 1;
            }
            (b':', _) => {
                self.link()?;
                self.at += 1;
                self.last = Last::Statement;
                return Some(());
            }
            _ => self.at += 1,
        }
        self.last = Last::Operator;
        Some(())
    }

    fn place(&self) -> TooDeep {
        let before = &self.bytes[..self.at.min(self.bytes.len())];
        let start = before.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        TooDeep {
            line: before.iter().filter(|b| **b == b'\n').count() as u32 + 1,
            column: String::from_utf8_lossy(&before[start..]).chars().count() as u32 + 1,
        }
    }
}
