//! The world's side: one JavaScript world, the only room that names `boa_engine`.

pub mod language;
pub mod limits;
pub mod protocol;
pub mod report;
pub mod source;
pub mod stack;
