//! The host of one running mini program.

pub mod pages;
