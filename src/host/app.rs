//! An app that runs on a host, as the program that started it holds it.

use super::{HostError, Running, Watch, lock};
use crate::app::instance::Control;
use crate::app::launch::LaunchOptions;
use crate::app::run::RunReport;
use crate::app::timeline::{Entry, Sink, Timeline};
use crate::engine::protocol::WorldFault;
use futures_util::Stream;
use serde_json::Value;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tokio::task::{AbortHandle, JoinHandle};

/// A running app, and the stream of what happens in it. Dropped with all its remotes, it stops the app.
pub struct App {
    remote: Remote,
    entries: UnboundedReceiver<Entry>,
    run: JoinHandle<RunReport>,
}

/// Tells a running app what happens to it. An app that has ended hears nothing.
#[derive(Debug, Clone)]
pub struct Remote(UnboundedSender<Control>);

impl Remote {
    /// Sends the app to the background. It is suspended after 5 seconds there, destroyed after 30 minutes.
    pub fn background(&self) {
        self.tell(Control::Background);
    }

    /// Brings the app back: a hot start, or a cold one where it was destroyed. An empty path leaves it where it was.
    pub fn foreground(&self, options: LaunchOptions) {
        self.tell(Control::Foreground(options));
    }

    /// Sends an event to the JS half, which hears it once the first page is ready; one that has no instance drops it.
    pub fn emit(&self, event: &str, payload: Value) {
        self.tell(Control::Emit(event.to_owned(), payload));
    }

    /// Ends the app.
    pub fn stop(&self) {
        self.tell(Control::Stop);
    }

    fn tell(&self, control: Control) {
        let _ = self.0.send(control);
    }
}

impl App {
    pub(super) fn new(
        control: UnboundedSender<Control>,
        entries: UnboundedReceiver<Entry>,
        run: JoinHandle<RunReport>,
    ) -> Self {
        Self {
            remote: Remote(control),
            entries,
            run,
        }
    }

    /// The next entry of the timeline; `None` when the app has ended. [`Entry::event`] gives its type.
    pub async fn next(&mut self) -> Option<Entry> {
        self.entries.recv().await
    }

    /// Waits for the end of the app, and says how it ended. Entries that were not read are lost.
    pub async fn end(self) -> RunReport {
        let Self { remote, run, .. } = self;
        let report = run.await;
        drop(remote);
        report.unwrap_or_else(|error| RunReport {
            fault: Some(WorldFault {
                message: format!("the run of the app broke off: {error}"),
                ..WorldFault::default()
            }),
            ..RunReport::default()
        })
    }

    /// Breaks the run off wherever it is, as a process that is killed: nothing is written, nobody is told.
    pub fn killer(&self) -> AbortHandle {
        self.run.abort_handle()
    }

    /// A remote that can be kept elsewhere. The app is not stopped as long as one is kept.
    pub fn remote(&self) -> Remote {
        self.remote.clone()
    }

    /// See [`Remote::background`].
    pub fn background(&self) {
        self.remote.background();
    }

    /// See [`Remote::foreground`].
    pub fn foreground(&self, options: LaunchOptions) {
        self.remote.foreground(options);
    }

    /// See [`Remote::stop`].
    pub fn stop(&self) {
        self.remote.stop();
    }
}

impl Stream for App {
    type Item = Entry;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Entry>> {
        self.entries.poll_recv(context)
    }
}

/// The open end of an app's stream. It is closed when the run has ended, whoever still holds the timeline.
type Line = Arc<Mutex<Option<UnboundedSender<Entry>>>>;

/// While it lives, the app runs for this user.
pub(super) struct Lease {
    running: Running,
    key: (String, String),
    line: Line,
}

impl Lease {
    /// The lease of a run that begins, its timeline, and the stream of its entries. What happens in an app that
    /// another one opens stands on the timeline of that one, too.
    pub(super) fn take(
        running: &Running,
        key: (String, String),
        (whole, watch): (Option<&Timeline>, Option<Watch>),
    ) -> Result<(Self, Timeline, UnboundedReceiver<Entry>), HostError> {
        let (sender, entries) = mpsc::unbounded_channel();
        let line = Line::new(Mutex::new(Some(sender)));
        let to = Arc::clone(&line);
        let sink: Sink = Box::new(move |entry| {
            if let Some(watch) = &watch {
                watch(entry);
            }
            if let Some(sender) = lock(&to).as_ref() {
                // Nobody may be listening.
                let _ = sender.send(entry.clone());
            }
        });
        let timeline = match whole {
            Some(whole) => whole.beside(&key.0, sink),
            None => Timeline::new(sink),
        };
        let mut all = lock(running);
        if all.contains_key(&key) {
            let (app, user) = key;
            return Err(HostError::Running { app, user });
        }
        all.insert(key.clone(), timeline.clone());
        drop(all);
        let running = Running::clone(running);
        Ok((Self { running, key, line }, timeline, entries))
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        lock(&self.running).remove(&self.key);
        lock(&self.line).take();
    }
}
