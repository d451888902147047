//! Tests of apps and of this engine, written in JavaScript and run inside a world.

pub mod echo_server;

#[cfg(test)]
mod request_tests;
