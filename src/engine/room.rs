//! Room for a world's heap to grow in between two collections.
//!
//! The collector runs when more is allocated than a threshold, which begins at 1 MB and grows by what survives: a world
//! that loads the component framework would collect a dozen times on its way, and go through all that lives each time.
//! The threshold never goes down again, and the engine has no setting for it; so it is raised once by an
//! allocation that is dropped right away. Nobody writes to it, and its memory is the heap's to use afterwards.

use boa_gc::{Finalize, Gc, Trace};
use std::mem::MaybeUninit;

/// The threshold becomes this by ten sevenths.
const ROOM: usize = 4 << 20;

#[derive(Trace, Finalize)]
#[expect(dead_code, reason = "only its size matters")]
struct Held(#[unsafe_ignore_trace] MaybeUninit<[u8; ROOM]>);

/// Raises the threshold of the thread's heap.
pub fn widen() {
    let held = Gc::new(Held(MaybeUninit::uninit()));
    // The next allocation finds too much allocated, collects, finds as much, and raises the threshold.
    drop((held, Gc::new(())));
}
