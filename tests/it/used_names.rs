//! The names of `wx` that two or more of 73 public apps use, held against the table: they do something here.

use minirun::wx::{Support, names};
use std::collections::BTreeMap;

/// One name a line.
const USED: &str = include_str!("used_names.txt");

#[test]
fn what_apps_use_is_real_or_simulated() {
    let table: BTreeMap<String, Support> = names().into_iter().map(|name| (name.name, name.api.support)).collect();
    let works = |name: &str| table.get(name).is_some_and(|support| *support != Support::Refused);
    let absent: Vec<&str> = USED.lines().filter(|name| !works(name)).collect();
    assert!(USED.lines().count() > 240, "the list is whole");
    assert_eq!(absent, [""; 0]);
}
