//! Sound, camera, map, players and advertisements: what the phone has beside its screen, played by the host.
//!
//! The objects themselves are made by files of the JS half. Here stand their
//! rows, and what the host knows: how long a sound is, whether the person lets
//! the app use the microphone, what an advertisement's seller answers.

pub mod ads;
pub mod audio;
pub mod camera;
pub mod canvas;
pub mod fonts;
pub mod map;
pub mod mp4;
pub mod performance;
pub mod players;
pub mod random;
pub mod recorder;
pub mod video;
pub mod wav;

/// Rows for methods of an object that the JS half makes: `methods!("Object", "1.0.0", NOTE; play pause)`.
macro_rules! methods {
    ($object:literal, $since:literal, $note:expr; $($name:ident)*) => {
        &[$($crate::wx::Api::js(concat!($object, ".", stringify!($name))).since($since).simulated($note)),*]
    };
}
use methods;

use super::{Args, Outcome, Wx, ok};

/// The host has nothing to add to what the JS half does; the row checks the parameters.
fn granted(_: &mut Wx, _: &Args) -> Outcome {
    ok()
}
