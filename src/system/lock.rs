//! Mutexes whose holders may panic: what they hold is whole between any two statements, so the next one goes on with it.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks a mutex, whatever became of who held it last.
pub fn lock<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
