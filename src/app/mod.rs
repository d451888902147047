//! The host of one running mini program.

mod aside;
pub mod carrier;
pub mod device;
pub mod event;
pub mod instance;
pub mod launch;
pub mod neighbours;
pub mod outside;
pub mod pages;
pub mod plugins;
mod prepare;
pub mod presence;
pub mod released;
pub mod run;
mod run_config;
pub mod schedule;
pub mod source;
pub mod timeline;
pub mod traffic;
mod worker;
pub mod world_spec;
pub mod worlds;
