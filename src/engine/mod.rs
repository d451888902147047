//! The world's side: one JavaScript world, the only room that names `boa_engine`.

mod blame;
mod bridge;
mod bridge_values;
mod hooks;
mod jobs;
mod js_half;
mod kit;
mod language;
mod limits;
mod modules;
pub mod protocol;
mod report;
mod room;
mod scripts;
mod serve;
mod source;
mod stack;
mod suite;
mod world;

pub use kit::Resolver;
pub use serve::{Unborn, WorldLink, serve};
pub use source::{SourceError, SourceTree};
pub use world::World;
