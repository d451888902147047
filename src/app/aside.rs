//! What goes on beside an instance and ends with it: check, download, stage.

use super::source::Source;
use crate::update::UpdateEvent;
use crate::wx::Outbox;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::mpsc::UnboundedSender;
use tokio::task::JoinSet;

/// The work beside one instance. The run does not end before it.
#[derive(Clone)]
pub struct Aside {
    source: Arc<dyn Source>,
    outbox: Outbox,
    events: UnboundedSender<UpdateEvent>,
    tasks: Arc<Mutex<JoinSet<()>>>,
}

impl Aside {
    /// Begins with what the start has decided.
    pub fn begin(source: &Arc<dyn Source>, outbox: &Outbox, events: UnboundedSender<UpdateEvent>) -> Self {
        let aside = Self {
            source: Arc::clone(source),
            outbox: outbox.clone(),
            events,
            tasks: Arc::default(),
        };
        let (source, events) = (Arc::clone(&aside.source), aside.events.clone());
        aside.spawn(async move { source.background(&events).await });
        aside
    }

    /// What an instance calls when the app comes back to the front.
    pub fn on_return(&self) -> Box<dyn Fn() + Send + Sync> {
        let aside = self.clone();
        Box::new(move || {
            let (source, events) = (Arc::clone(&aside.source), aside.events.clone());
            aside.spawn(async move { source.returned(&events).await });
        })
    }

    fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) {
        let busy = self.outbox.busy();
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        tasks.spawn(async move {
            work.await;
            drop(busy);
        });
    }

    /// Ends it all. What the next instance begins finds nothing of it under way.
    pub async fn end(self) {
        let mut tasks = std::mem::take(&mut *self.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        tasks.shutdown().await;
    }
}
