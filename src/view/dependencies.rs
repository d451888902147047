//! Which files a template draws in, and which tags it uses, by a look at its text.

/// The sources of the `import` and `include` tags (the latter with `true`), as they are written.
pub fn templates(text: &str) -> Vec<(String, bool)> {
    let tags = tags(text).filter_map(|tag| {
        let is_include = tag.starts_with("include");
        (is_include || tag.starts_with("import")).then_some((tag, is_include))
    });
    tags.filter_map(|(tag, is_include)| Some((attribute(tag, "src")?, is_include)))
        .collect()
}

/// Whether the text may use a component of this name: as a tag, or as the value of a generic.
pub fn uses(text: &str, name: &str) -> bool {
    let tag = format!("<{name}");
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    let as_tag = text.match_indices(&tag).any(|(at, _)| ends(&text[at + tag.len()..]));
    as_tag
        || (text.contains("generic:")
            && ["\"", "'"]
                .iter()
                .any(|quote| text.contains(&format!("{quote}{name}{quote}"))))
}

/// The modules that a WXS file requires, as they are written.
pub fn modules(text: &str) -> Vec<String> {
    let calls = text.match_indices("require").filter_map(|(at, found)| {
        let rest = text[at + found.len()..].trim_start().strip_prefix('(')?.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let rest = &rest[1..];
        Some(rest[..rest.find(quote)?].to_owned())
    });
    calls.collect()
}

/// What stands between `<` and `>`, outside of comments.
fn tags(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let at = rest.find('<')?;
            rest = &rest[at + 1..];
            if let Some(comment) = rest.strip_prefix("!--") {
                rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
                continue;
            }
            let end = rest.find('>').unwrap_or(rest.len());
            let tag = &rest[..end];
            return Some(tag);
        }
    })
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let mut from = 0;
    loop {
        let at = from + tag[from..].find(name)?;
        from = at + name.len();
        let begins = tag[..at].ends_with(char::is_whitespace);
        let value = tag[from..].trim_start().strip_prefix('=').map(str::trim_start);
        let Some(value) = value.filter(|_| begins) else {
            continue;
        };
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        return match quote {
            Some(quote) => value[1..].split(quote).next().map(str::to_owned),
            None => value
                .split(|c: char| c.is_whitespace() || c == '/')
                .next()
                .map(str::to_owned),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_and_includes_are_found_outside_of_comments() {
        let text = "<!-- <import src='no.wxml'/> --><import\n src=\"a.wxml\"/><view src='x'/><include wx:if='{{a}}' src='/b'/>";
        assert_eq!(templates(text), [("a.wxml".to_owned(), false), ("/b".to_owned(), true)]);
    }

    #[test]
    fn a_component_is_used_as_a_tag_or_as_a_generic() {
        let text = "<my-card/><list generic:row='item'/><view class=\"card\"/>";
        assert!(uses(text, "my-card") && uses(text, "list") && uses(text, "item"));
        assert!(!uses(text, "my") && !uses("<view class=\"card\"/>", "card"));
    }

    #[test]
    fn the_modules_of_a_wxs_file_are_those_that_it_requires_by_name() {
        assert_eq!(
            modules("var a = require('./a.wxs'), b = require( \"../b.wxs\" ); require(c)"),
            ["./a.wxs", "../b.wxs"]
        );
    }
}
