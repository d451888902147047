//! The update client.
mod database;
