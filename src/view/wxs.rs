//! WXS as JavaScript.
//!
//! WXS looks like JavaScript and differs in two things that show: `x.constructor` is the name of a type, and a backslash
//! in a string that begins no known escape stays, so that `getRegExp('\d')` means a digit.

/// What WXS finds in its global scope and JavaScript does not; and what the world gives to handlers in WXS.
pub const GLOBALS: &str = "var getRegExp=function(p,f){return f===undefined?new RegExp(p):new RegExp(p,f)},\
    getDate=function(){return new Date(...arguments)};if(typeof __wxs==='object')Object.assign(Q,__wxs);";

/// The same module in JavaScript; lines stay lines.
pub fn to_javascript(source: &str) -> String {
    let mut out = String::with_capacity(source.len() + 16);
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let taken = match first {
            '"' | '\'' => string(rest, first, &mut out),
            '/' if rest.starts_with("//") => copy(rest, rest.find('\n').unwrap_or(rest.len()), &mut out),
            '/' if rest.starts_with("/*") => copy(rest, rest.find("*/").map_or(rest.len(), |end| end + 2), &mut out),
            '.' => member(rest, &mut out),
            _ => copy(rest, first.len_utf8(), &mut out),
        };
        rest = &rest[taken..];
    }
    out
}

fn copy(text: &str, length: usize, out: &mut String) -> usize {
    out.push_str(&text[..length]);
    length
}

/// A string literal with its quotes.
fn string(text: &str, quote: char, out: &mut String) -> usize {
    let mut escaped = false;
    for (at, char) in text.char_indices() {
        if escaped && !is_escape(char) {
            out.push('\\');
        }
        out.push(char);
        if at > 0 && !escaped && (char == quote || char == '\n') {
            return at + char.len_utf8();
        }
        escaped = char == '\\' && !escaped;
    }
    text.len()
}

fn is_escape(char: char) -> bool {
    matches!(
        char,
        'b' | 'f' | 'n' | 'r' | 't' | 'v' | 'u' | 'x' | '0'..='7' | '\\' | '\'' | '"' | '\n' | '\r'
    )
}

/// `.constructor`, where it is read: the name of the type.
fn member(text: &str, out: &mut String) -> usize {
    const NAME: &str = ".constructor";
    let Some(after) = text.strip_prefix(NAME) else {
        return copy(text, 1, out);
    };
    out.push_str(NAME);
    let is_longer = after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '$'));
    let next = after.trim_start();
    let is_set = next.starts_with('=') && !next.starts_with("==");
    if !is_longer && !is_set {
        out.push_str(".name");
    }
    NAME.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constructor_is_the_name_of_its_type() {
        assert_eq!(
            to_javascript("a.constructor === 'Array'"),
            "a.constructor.name === 'Array'"
        );
        assert_eq!(
            to_javascript("a.constructor=1;a.constructors"),
            "a.constructor=1;a.constructors"
        );
    }

    #[test]
    fn a_backslash_that_begins_no_escape_stays() {
        assert_eq!(to_javascript(r"getRegExp('^\d\n\'.')"), r"getRegExp('^\\d\n\'.')");
        assert_eq!(to_javascript("''+\"\\w\""), "''+\"\\\\w\"");
    }

    #[test]
    fn comments_and_strings_keep_what_looks_like_code() {
        for text in ["// it's\n1", "/* a.constructor ' */2", "'a.constructor'"] {
            assert_eq!(to_javascript(text), text);
        }
    }
}
