//! What is given to the engine for a source file.
mod positions;
pub use positions::PositionMap;
