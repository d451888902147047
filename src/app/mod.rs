//! The host of one running mini program.

pub mod carrier;
pub mod pages;
pub mod timeline;
