//! The world's side: one JavaScript world, the only room that names `boa_engine`.

pub mod protocol;
