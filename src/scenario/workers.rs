//! Work that is done in parallel: each piece on one thread with a runtime of its own, on which virtual time is exact.

use crate::system::lock;
use std::collections::VecDeque;
use std::io;
use std::sync::{Mutex, PoisonError};

/// Does every piece, `jobs` of them at a time, and gives what they came to in the order of the pieces. Each worker
/// begins with what `begin` gives, in its own runtime. `over` hears of each piece that is done.
///
/// # Errors
/// The first error of a piece; what was not begun then is left.
pub fn each<S: Clone, T: Send, R: Send, E: Send + From<io::Error>, F: Future<Output = Result<R, E>>>(
    jobs: usize,
    pieces: impl IntoIterator<Item = T>,
    begin: impl Fn() -> S + Sync,
    work: impl Fn(S, T) -> F + Sync,
    over: impl Fn(&R) + Sync,
) -> Result<Vec<R>, E> {
    let waiting: Mutex<VecDeque<(usize, T)>> = Mutex::new(pieces.into_iter().enumerate().collect());
    let done = Mutex::new(Vec::new());
    let worker = || -> Result<(), E> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let begun = runtime.block_on(async { begin() });
        loop {
            let Some((number, piece)) = lock(&waiting).pop_front() else {
                return Ok(());
            };
            match runtime.block_on(work(begun.clone(), piece)) {
                Ok(result) => {
                    let mut done = lock(&done);
                    over(&result);
                    done.push((number, result));
                }
                Err(error) => {
                    lock(&waiting).clear();
                    return Err(error);
                }
            }
        }
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..jobs.max(1)).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().try_for_each(|worker| match worker.join() {
            Ok(done) => done,
            Err(panic) => std::panic::resume_unwind(panic),
        })
    })?;
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(number, _)| *number);
    Ok(done.into_iter().map(|(_, result)| result).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_pieces_and_an_error_ends_it() {
        let double = |(), number: u32| async move {
            if number == 7 {
                Err(io::Error::other("seven"))
            } else {
                Ok(number * 2)
            }
        };
        assert_eq!(each(3, 0..5, || (), double, |_| {}).unwrap(), [0, 2, 4, 6, 8]);
        assert_eq!(each(2, 5..9, || (), double, |_| {}).unwrap_err().to_string(), "seven");
    }
}
