//! The tags of WXML, as far as a check has to know them: names, attributes, places.

use super::Subject;
use super::components::Components;
use super::references::target;
use crate::package::{Survey, text_of};
use std::collections::BTreeMap;
use std::sync::Arc;

/// An opening tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag<'t> {
    pub(super) name: &'t str,
    pub(super) attributes: Vec<Attribute<'t>>,
}

/// `name="value"`, with the place of the value.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Attribute<'t> {
    pub(super) name: &'t str,
    pub(super) value: &'t str,
    pub(super) at: usize,
}

impl Tag<'_> {
    /// The attribute of this name.
    pub(super) fn attribute(&self, name: &str) -> Option<&Attribute<'_>> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }
}

impl Attribute<'_> {
    /// Whether it has no expression in it.
    pub(super) fn is_fixed(&self) -> bool {
        !self.value.contains("{{")
    }
}

/// The opening tags of a template; comments and the text of scripts are passed over.
pub(super) fn tags(text: &str) -> Vec<Tag<'_>> {
    let mut reader = Reader { text, at: 0 };
    let mut found = Vec::new();
    while let Some(tag) = reader.next_tag() {
        if tag.name == "wxs" && tag.attribute("src").is_none() {
            reader.skip_past("</wxs>");
        }
        found.push(tag);
    }
    found
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_past(&mut self, end: &str) {
        let found = self.rest().find(end);
        self.at = found.map_or(self.text.len(), |found| self.at + found + end.len());
    }

    fn next_tag(&mut self) -> Option<Tag<'t>> {
        loop {
            self.at += self.rest().find(['<', '{'])?;
            if self.rest().starts_with("<!--") {
                self.skip_past("-->");
            } else if self.rest().starts_with("{{") {
                // A smaller-than sign in an expression begins no tag.
                self.skip_past("}}");
            } else if self.rest()[1..].starts_with(|first: char| first.is_ascii_alphabetic()) {
                self.at += 1;
                let name = self.word(|c| c.is_whitespace() || c == '>' || c == '/');
                return Some(Tag {
                    name,
                    attributes: self.attributes(),
                });
            } else {
                self.at += 1;
            }
        }
    }

    fn word(&mut self, ends: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let length = rest.find(ends).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn skip_space(&mut self) {
        self.word(|c| !c.is_whitespace());
    }

    fn attributes(&mut self) -> Vec<Attribute<'t>> {
        let mut found = Vec::new();
        loop {
            self.skip_space();
            let rest = self.rest();
            if rest.is_empty() || rest.starts_with('>') {
                self.at += 1;
                return found;
            }
            if rest.starts_with(['/', '=', '"', '\'']) {
                self.at += 1;
                continue;
            }
            let name = self.word(|c| c.is_whitespace() || matches!(c, '=' | '>' | '/'));
            self.skip_space();
            let (value, at) = if self.rest().starts_with('=') {
                self.at += 1;
                self.skip_space();
                self.value()
            } else {
                ("", self.at)
            };
            found.push(Attribute { name, value, at });
        }
    }

    fn value(&mut self) -> (&'t str, usize) {
        let quote = self.rest().chars().next().filter(|c| matches!(c, '"' | '\''));
        let Some(quote) = quote else {
            let at = self.at;
            return (self.word(|c| c.is_whitespace() || c == '>'), at);
        };
        self.at += 1;
        let at = self.at;
        let value = self.word(|c| c == quote);
        self.at += 1;
        (value, at)
    }
}

/// The templates that pages and components show, and what those take in.
pub(super) fn reached(survey: &Survey, components: &Components) -> Vec<(String, Arc<str>)> {
    let owners = survey.app_json.all_pages().into_iter();
    let mut queue: Vec<String> = owners.chain(components.paths().map(str::to_owned)).collect();
    queue.iter_mut().for_each(|owner| owner.push_str(".wxml"));
    let mut found: BTreeMap<String, Arc<str>> = BTreeMap::new();
    while let Some(file) = queue.pop() {
        let Some(bytes) = survey.files.read(&file).filter(|_| !found.contains_key(&file)) else {
            continue;
        };
        let text = text_of(bytes);
        for tag in tags(&text)
            .iter()
            .filter(|tag| ["include", "import"].contains(&tag.name))
        {
            let src = tag.attribute("src").filter(|src| src.is_fixed());
            queue.extend(src.and_then(|src| target(&survey.files, &file, src.value, ".wxml")));
        }
        found.insert(file, text);
    }
    found.into_iter().collect()
}

/// Shows the app's own templates, each with its tags.
pub(super) fn each_template(subject: &Subject<'_>, mut look: impl FnMut(&str, &Arc<str>, &[Tag<'_>])) {
    let own = |path: &str| !path.contains("miniprogram_npm/");
    for (path, text) in subject.templates.iter().filter(|(path, _)| own(path)) {
        look(path, text, &tags(text));
    }
}

#[cfg(test)]
mod tests {
    use super::tags;

    #[test]
    fn tags_have_their_attributes_and_nothing_else_is_one() {
        let text =
            "<!-- <a> --><view wx:if=\"{{a > 1}}\" b='c' d>{{ a <b }}</view>\n<wxs module=\"m\">if (a<b) {}</wxs><i/>";
        let found = tags(text);
        let names: Vec<_> = found.iter().map(|tag| tag.name).collect();
        assert_eq!(names, ["view", "wxs", "i"]);
        let pairs: Vec<_> = found[0].attributes.iter().map(|a| (a.name, a.value)).collect();
        assert_eq!(pairs, [("wx:if", "{{a > 1}}"), ("b", "c"), ("d", "")]);
        assert_eq!(found[0].attribute("b").map(|b| &text[b.at..b.at + 1]), Some("c"));
    }
}
