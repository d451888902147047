//! Which apps are there: what is done only while an app does not run asks here.

use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::watch;

/// The apps of a host that have an instance, running or in the background. Clones share it.
#[derive(Debug, Clone)]
pub struct Presences(Arc<watch::Sender<BTreeMap<String, usize>>>);

/// What the run of one app tells of its instances.
#[derive(Debug, Clone)]
pub struct Presence {
    app: String,
    all: Presences,
}

/// While it lives, the app has an instance.
#[derive(Debug)]
pub struct Present(Presence);

impl Default for Presences {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(BTreeMap::new())))
    }
}

impl Presences {
    /// The presence of `app`; several runs of it count as one.
    pub fn of(&self, app: &str) -> Presence {
        Presence {
            app: app.to_owned(),
            all: self.clone(),
        }
    }

    /// Whether the app has an instance now.
    pub fn has(&self, app: &str) -> bool {
        self.0.borrow().contains_key(app)
    }

    /// Returns when the app has an instance.
    pub async fn until(&self, app: &str) {
        // The sender lives in `self`, so the wait cannot fail.
        let _ = self.0.subscribe().wait_for(|apps| apps.contains_key(app)).await;
    }

    /// Tells of every change from now on.
    pub fn changes(&self) -> watch::Receiver<BTreeMap<String, usize>> {
        self.0.subscribe()
    }
}

impl Presence {
    /// The app has an instance from now on.
    #[must_use]
    pub fn enter(&self) -> Present {
        self.all
            .0
            .send_modify(|apps| *apps.entry(self.app.clone()).or_default() += 1);
        Present(self.clone())
    }
}

impl Default for Presence {
    /// An app that nobody asks about.
    fn default() -> Self {
        Presences::default().of("")
    }
}

impl Drop for Present {
    fn drop(&mut self) {
        self.0.all.0.send_modify(|apps| {
            let left = apps.remove(&self.0.app).unwrap_or_default().saturating_sub(1);
            if left > 0 {
                apps.insert(self.0.app.clone(), left);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_app_is_there_until_its_last_instance_ends() {
        let all = Presences::default();
        let first = all.of("a").enter();
        let second = all.of("a").enter();
        all.until("a").await;
        drop(first);
        assert!(all.has("a") && !all.has("b"));
        drop(second);
        assert!(!all.has("a"));
    }
}
