//! The names of `wx` that two or more of 73 public apps use, held against the table: they do something here.

use minirun::wx::{Support, names};
use std::collections::BTreeMap;

/// One name a line.
const USED: &str = include_str!("used_names.txt");

/// What needs a view, pixels, or a peer that is not there yet. The list only ever shrinks.
const NOT_YET: &[&str] = &["createUDPSocket"];

#[test]
fn what_apps_use_is_real_or_simulated() {
    let table: BTreeMap<String, Support> = names().into_iter().map(|name| (name.name, name.api.support)).collect();
    let works = |name: &str| table.get(name).is_some_and(|support| *support != Support::Refused);
    let (there, absent): (Vec<&str>, Vec<&str>) = USED.lines().partition(|name| works(name));
    println!(
        "{} of {} names are real or simulated",
        there.len(),
        there.len() + absent.len()
    );
    assert!(there.len() + absent.len() > 240, "the list is whole");
    assert_eq!(absent, NOT_YET);
}
