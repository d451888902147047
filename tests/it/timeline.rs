//! Reads what `--json` prints, strictly: one object a line, with `at` and `kind`, and no name twice.

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde_json::{Map, Value};

/// One entry.
#[derive(Debug, Clone)]
pub struct Entry {
    pub at: u64,
    pub kind: String,
    pub rest: Map<String, Value>,
}

impl Entry {
    /// A property as text; empty where it is none.
    pub fn text(&self, name: &str) -> &str {
        self.rest.get(name).and_then(Value::as_str).unwrap_or_default()
    }
}

/// The entries in order.
#[derive(Debug, Clone)]
pub struct Timeline(pub Vec<Entry>);

impl Timeline {
    #[track_caller]
    pub fn parse(out: &str) -> Self {
        Self(out.lines().map(entry).collect())
    }

    /// The kinds, without those that the app itself and its look decide.
    pub fn kinds(&self) -> Vec<&str> {
        let own = |kind: &&str| *kind != "console" && !kind.starts_with("navigationBar.");
        self.0.iter().map(|entry| entry.kind.as_str()).filter(own).collect()
    }

    pub fn all<'t>(&'t self, kind: &'t str) -> impl Iterator<Item = &'t Entry> {
        self.0.iter().filter(move |entry| entry.kind == kind)
    }

    /// The only entry of this kind.
    #[track_caller]
    pub fn one<'t>(&'t self, kind: &'t str) -> &'t Entry {
        let found: Vec<_> = self.all(kind).collect();
        assert_eq!(found.len(), 1, "{kind} in {self:#?}");
        found[0]
    }

    pub fn has(&self, kind: &str) -> bool {
        self.all(kind).next().is_some()
    }

    /// What the app printed.
    pub fn console(&self) -> Vec<&str> {
        self.all("console").map(|entry| entry.text("text")).collect()
    }

    /// The versions that booted.
    pub fn booted(&self) -> Vec<&str> {
        self.all("boot").map(|entry| entry.text("version")).collect()
    }

    /// What came after the first entry of this kind.
    #[track_caller]
    pub fn after(&self, kind: &str) -> Self {
        let at = self.0.iter().position(|entry| entry.kind == kind);
        Self(self.0[at.unwrap_or_else(|| panic!("no {kind} in {self:#?}")) + 1..].to_vec())
    }
}

#[track_caller]
fn entry(line: &str) -> Entry {
    let Once(mut rest) = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    let at = rest.remove("at").and_then(|at| at.as_u64());
    let kind = rest.remove("kind").and_then(|kind| kind.as_str().map(str::to_owned));
    Entry {
        at: at.unwrap_or_else(|| panic!("no time: {line}")),
        kind: kind.unwrap_or_else(|| panic!("no kind: {line}")),
        rest,
    }
}

/// An object in which no name stands twice.
struct Once(Map<String, Value>);

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names;
        impl<'de> Visitor<'de> for Names {
            type Value = Once;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Once, A::Error> {
                let mut map = Map::new();
                while let Some((name, value)) = access.next_entry::<String, Value>()? {
                    if map.insert(name.clone(), value).is_some() {
                        return Err(A::Error::custom(format!("{name} stands there twice")));
                    }
                }
                Ok(Once(map))
            }
        }
        deserializer.deserialize_map(Names)
    }
}
