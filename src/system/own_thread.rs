//! Work on a thread of its own with a runtime of its own, on which virtual time is exact, while others go on.

use std::future::Future;
use std::io;
use tokio::runtime::Builder;
use tokio::sync::oneshot;

/// Does the work of the future that `begin` makes, on a new thread. Who stops waiting breaks it off.
///
/// # Errors
/// The system has no thread to give, or the work panicked.
pub async fn on_own_thread<T, F>(name: &str, begin: impl FnOnce() -> F + Send + 'static) -> io::Result<T>
where
    T: Send + 'static,
    F: Future<Output = T>,
{
    let (mut answer, answered) = oneshot::channel();
    let work = move || {
        let runtime = match Builder::new_current_thread().enable_all().build() {
            Ok(runtime) => runtime,
            Err(error) => return drop(answer.send(Err(error))),
        };
        let done = runtime.block_on(async {
            tokio::select! {
                done = begin() => Some(done),
                () = answer.closed() => None,
            }
        });
        // What the work has left on threads for blocking calls must not hold up its end.
        runtime.shutdown_background();
        if let Some(done) = done {
            // Nobody waits any more.
            let _ = answer.send(Ok(done));
        }
    };
    std::thread::Builder::new().name(name.to_owned()).spawn(work)?;
    answered
        .await
        .unwrap_or_else(|_| Err(io::Error::other(format!("{name}: the thread broke off"))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;
    use std::thread::ThreadId;

    #[tokio::test]
    async fn work_has_a_thread_of_its_own() {
        let there = on_own_thread("work", || async { std::thread::current().id() });
        let there: ThreadId = there.await.unwrap();
        assert_ne!(there, std::thread::current().id());
    }

    #[tokio::test]
    async fn who_stops_waiting_breaks_the_work_off() {
        struct Over(mpsc::Sender<()>);
        impl Drop for Over {
            fn drop(&mut self) {
                self.0.send(()).unwrap();
            }
        }
        let (over, is_over) = mpsc::channel();
        let (begun, has_begun) = oneshot::channel();
        let work = on_own_thread("work", move || async move {
            let _over = Over(over);
            begun.send(()).unwrap();
            std::future::pending::<()>().await;
        });
        tokio::select! {
            _ = work => unreachable!("it never ends"),
            begun = has_begun => begun.unwrap(),
        }
        is_over.recv().unwrap();
    }

    #[tokio::test]
    async fn work_that_panics_is_an_error() {
        let work = on_own_thread("file.test.js", || async { assert_eq!(1, 2) });
        let error = work.await.unwrap_err();
        assert_eq!(error.to_string(), "file.test.js: the thread broke off");
    }
}
