//! What an error is about. The engine's own type errors name no expression; the source at their place does.

const NOT_CALLABLE: &str = "TypeError: not a callable function";
const NOT_A_CONSTRUCTOR: &str = "TypeError: not a constructor";
const NO_OBJECT: &str = "TypeError: cannot convert 'null' or 'undefined' to object";
/// Longer expressions are not shown.
const LONGEST: usize = 80;

/// Whether [`named`] may have something better to say.
pub fn is_vague(message: &str) -> bool {
    [NOT_CALLABLE, NOT_A_CONSTRUCTOR, NO_OBJECT].contains(&message)
}

/// The message with the expression that stands at `column` (from 1) of the source line;
/// `None` where the source there does not look as the message wants it.
pub fn named(message: &str, line: &str, column: u32) -> Option<String> {
    let at = line.char_indices().nth(column.checked_sub(1)? as usize)?.0;
    let (before, from) = line.split_at(at);
    match message {
        NOT_CALLABLE if from.starts_with(['(', '`']) => {
            Some(format!("TypeError: {} is not a function", ending(before)?))
        }
        NOT_A_CONSTRUCTOR => {
            let callee = from.strip_prefix("new ")?.trim_start();
            Some(format!("TypeError: {} is not a constructor", path(callee)?))
        }
        NO_OBJECT => {
            let target = before.strip_suffix('.')?;
            let key = path(from)?.split('.').next()?;
            Some(format!("{NO_OBJECT}: {} has no '{key}'", ending(target)?))
        }
        _ => None,
    }
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

/// The names and dots with which the text begins.
fn path(text: &str) -> Option<&str> {
    let end = text.find(|c| !is_name(c) && c != '.').unwrap_or(text.len());
    Some(&text[..end]).filter(|path| !path.is_empty())
}

/// The member expression with which the text ends: names, dots, and whole brackets between them.
fn ending(text: &str) -> Option<String> {
    let mut depth = 0_usize;
    let mut start = text.len();
    for (at, c) in text.char_indices().rev() {
        match c {
            ')' | ']' => depth += 1,
            '(' | '[' if depth > 0 => depth -= 1,
            _ if depth > 0 || is_name(c) || c == '.' => {}
            _ => break,
        }
        start = at;
    }
    let expression = text[start..].trim();
    if depth > 0 || expression.is_empty() || expression.len() > LONGEST {
        return None;
    }
    let cut = expression.starts_with(['.', '(', '[']);
    Some(if cut {
        format!("(...){}", expression.trim_start_matches("(...)"))
    } else {
        expression.to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(message: &str, marked: &str) -> Option<String> {
        let column = marked.find('^').unwrap() as u32 + 1;
        named(message, &marked.replacen('^', "", 1), column)
    }

    #[test]
    fn the_callee_is_named() {
        let callee = |marked| at(NOT_CALLABLE, marked);
        assert_eq!(
            callee("  wx.login^({").unwrap(),
            "TypeError: wx.login is not a function"
        );
        assert_eq!(
            callee("x = f(1)[0].g^(2)").unwrap(),
            "TypeError: f(1)[0].g is not a function"
        );
        assert_eq!(
            callee("  .then^(2)").unwrap(),
            "TypeError: (...).then is not a function"
        );
        assert_eq!(callee("a.b^`x`").unwrap(), "TypeError: a.b is not a function");
        assert_eq!(callee("f = ^x"), None);
        assert_eq!(callee("= ^(x)"), None);
    }

    #[test]
    fn the_object_that_is_none_is_named() {
        let object = |marked| at(NO_OBJECT, marked);
        let wanted = format!("{NO_OBJECT}: res.data has no 'list'");
        assert_eq!(object("y = res.data.^list.length").unwrap(), wanted);
        assert_eq!(object("async f() ^{"), None);
    }

    #[test]
    fn what_is_no_constructor_is_named() {
        assert_eq!(
            at(NOT_A_CONSTRUCTOR, "^new a.B(1)").unwrap(),
            "TypeError: a.B is not a constructor"
        );
        assert_eq!(at(NOT_A_CONSTRUCTOR, "^Reflect.construct(1)"), None);
    }

    #[test]
    fn a_place_outside_of_the_line_names_nothing() {
        assert_eq!(named(NOT_CALLABLE, "f()", 0), None);
        assert_eq!(named(NOT_CALLABLE, "f()", 9), None);
    }
}
