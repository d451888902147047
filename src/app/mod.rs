//! The host of one running mini program.

pub mod carrier;
pub mod device;
pub mod event;
pub mod instance;
pub mod launch;
pub mod neighbours;
pub mod pages;
mod prepare;
pub mod presence;
pub mod released;
mod report;
pub mod run;
pub mod schedule;
pub mod source;
pub mod timeline;
mod worker;
pub mod world_spec;
pub mod worlds;
