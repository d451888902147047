//! Where texts become scripts. A world that is forked from another finds there what that one has parsed ahead, and says
//! what it had to parse itself, so that worlds after it find that, too.

use super::bridge::Bridge;
use boa_engine::{Context, JsResult, Script, Source};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::path::Path;

/// What was parsed ahead, by path. Files of several versions of an app have the same path.
#[derive(Default)]
pub struct Scripts {
    ahead: RefCell<HashMap<String, Vec<(String, Script)>>>,
    tells: Cell<bool>,
}

impl Scripts {
    /// From now on the host hears of each text that is parsed.
    pub fn tell(&self) {
        self.tells.set(true);
    }

    /// Parses and compiles a text, for worlds that will be forked from this one.
    pub fn parse_ahead(&self, path: &str, text: &str, context: &mut Context) {
        // One that does not compile fails again where the error has somebody to go to.
        if let Ok(script) = new(path, text, context)
            && script.codeblock(context).is_ok()
        {
            let mut ahead = self.ahead.borrow_mut();
            let of_path = ahead.entry(path.to_owned()).or_default();
            of_path.push((text.to_owned(), script));
        }
    }

    fn ready(&self, path: &str, text: &str) -> Option<Script> {
        let ahead = self.ahead.borrow();
        let found = ahead.get(path)?.iter().find(|(known, _)| known == text);
        found.map(|(_, script)| script.clone())
    }
}

/// The script of a text; `path` is what its frames are called.
///
/// # Errors
/// The engine's syntax error.
pub fn parse(path: &str, text: &str, context: &mut Context) -> JsResult<Script> {
    let bridge = Bridge::of(context)?;
    if let Some(script) = bridge.scripts.ready(path, text) {
        return Ok(script);
    }
    let script = new(path, text, context)?;
    if bridge.scripts.tells.get() {
        bridge.host.borrow_mut().parsed(path, text);
    }
    Ok(script)
}

fn new(path: &str, text: &str, context: &mut Context) -> JsResult<Script> {
    let source = Source::from_bytes(text.as_bytes()).with_path(Path::new(path));
    Script::parse(source, None, context)
}
