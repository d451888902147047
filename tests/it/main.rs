//! Tests across rooms, and of the program as a person runs it, in one binary.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

mod app_updates;
mod background;
mod broken;
mod carriers;
mod check;
mod cli;
mod conformance_cases;
mod device_profile;
mod driver;
mod faults;
mod games;
mod host;
mod hostile_server;
mod init;
mod kill;
mod libraries;
mod mini_programs;
mod network;
mod npm_build;
mod operator;
mod parts;
mod placeholders;
mod policy;
mod program;
mod registry;
mod scenarios;
mod seed;
mod server;
mod simulate;
mod surroundings;
mod test_reports;
mod test_runner;
mod test_settings;
mod test_snapshots;
mod tidy;
mod timeline;
mod trial;
mod trust;
mod typings;
mod update;
mod used_names;
mod view;
mod workers;
