//! The command line: one file per command. The only room that prints.

pub mod device;
mod diagnose;
mod input;
pub mod pack;
pub mod release;
pub mod serve;
mod timestamp;
