//! The apps of a host beside each other: one opens another, and the person comes back.

use super::{App, Host, Inner, Keep, Opening, Remote, lock};
use crate::app::instance::Control;
use crate::app::launch::LaunchOptions;
use crate::app::neighbours::{Neighbours, SCENE_BACK_FROM_APP, no_such_app};
use crate::app::timeline::Timeline;
use crate::system::Participant;
use crate::wx::{Outcome, Ui, ok};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, Weak};
use tokio::sync::mpsc::{UnboundedSender, WeakUnboundedSender};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// The runs that have not ended, by app and user.
pub(super) type Running = Arc<Mutex<HashMap<(String, String), Arc<Beside>>>>;

/// One run among the others of its host.
pub(super) struct Beside {
    host: Weak<Inner>,
    app_id: String,
    user: String,
    ui: Arc<dyn Ui>,
    keep: Keep,
    timeline: Timeline,
    /// Weak, because an app whose program has let go of it is stopped.
    control: WeakUnboundedSender<Control>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Who opened the app that the person is in.
    opener: Option<Arc<Beside>>,
    /// The app that the person went to from here.
    away: Option<String>,
    /// Virtual time stands still from the call to the front until the app has heard it.
    called: Option<Participant>,
    opened: Vec<(Remote, JoinHandle<()>)>,
}

impl Beside {
    pub(super) fn new(
        host: &Host,
        opening: &Opening,
        (control, timeline): (&UnboundedSender<Control>, &Timeline),
        opener: Option<Arc<Self>>,
    ) -> Arc<Self> {
        Arc::new(Self {
            host: Arc::downgrade(&host.0),
            app_id: opening.code.app_id().to_owned(),
            user: opening.user.clone(),
            ui: Arc::clone(&opening.ui),
            keep: opening.keep,
            timeline: timeline.clone(),
            control: control.downgrade(),
            state: Mutex::new(State {
                opener,
                ..State::default()
            }),
        })
    }

    pub(super) fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// The run has ended: what it opened ends with it.
    pub(super) async fn end(&self) {
        let opened = {
            let mut state = lock(&self.state);
            (state.called, state.away, state.opener) = (None, None, None);
            std::mem::take(&mut state.opened)
        };
        for (remote, watched) in opened {
            remote.stop();
            // A task that broke off has nothing to wait for.
            let _ = watched.await;
        }
    }

    /// Tells the app something while virtual time stands still; false where it is not there any more.
    fn call(&self, control: Control) -> bool {
        let Some(line) = self.control.upgrade() else {
            return false;
        };
        let clock = self.host.upgrade().and_then(|host| host.config.clock.virtual_clock());
        let mut state = lock(&self.state);
        state.called = clock.map(|clock| clock.join());
        let heard = line.send(control).is_ok();
        if !heard {
            state.called = None;
        }
        heard
    }

    /// The person comes back from `app_id`, if they are still there.
    fn returned_from(&self, app_id: &str, extra_data: Option<Value>) {
        if lock(&self.state).away.as_deref() != Some(app_id) {
            return;
        }
        let extra_data = extra_data.unwrap_or_else(|| json!({}));
        self.call(Control::Foreground(LaunchOptions {
            scene: SCENE_BACK_FROM_APP,
            referrer_info: json!({ "appId": app_id, "extraData": extra_data }),
            ..LaunchOptions::default()
        }));
        // After the call: an app that has nothing to do waits for the person or for what it is told.
        lock(&self.state).away = None;
    }

    /// The app is told to leave, for the person is in another one.
    fn leave(&self) {
        self.tell(Control::Background);
    }

    /// An app that has ended hears nothing.
    pub(super) fn tell(&self, control: Control) {
        if let Some(line) = self.control.upgrade() {
            let _ = line.send(control);
        }
    }

    /// Brings an app to the front that runs already.
    fn visit(self: &Arc<Self>, other: &Self, launch: LaunchOptions, reply: oneshot::Sender<Outcome>) {
        lock(&other.state).opener = Some(Arc::clone(self));
        lock(&self.state).away = Some(other.app_id.clone());
        let there = other.call(Control::Reopen(launch));
        if there {
            self.leave();
        } else {
            lock(&self.state).away = None;
        }
        // The receiver goes away only with the instance.
        let _ = reply.send(if there { ok() } else { Err(no_such_app()) });
    }

    fn begin(self: &Arc<Self>, host: &Host, app_id: &str, launch: LaunchOptions) -> Option<App> {
        let opening = Opening {
            user: self.user.clone(),
            ui: Arc::clone(&self.ui),
            keep: self.keep,
            launch,
            ..Opening::new(host.code_of(app_id)?)
        };
        match host.start_beside(opening, Some(Arc::clone(self))) {
            Ok(app) => Some(app),
            Err(error) => {
                tracing::warn!(%error, app = app_id, "an app cannot be opened by another");
                None
            }
        }
    }

    /// Follows an app that this one opened to its end. When nothing of it is left to do, the person comes back.
    async fn watch(self: Arc<Self>, app_id: String, mut app: App, reply: oneshot::Sender<Outcome>) {
        let mut reply = Some(reply);
        while let Some(entry) = app.next().await {
            if entry.kind != "boot" {
                continue;
            }
            if let Some(reply) = reply.take() {
                self.leave();
                let _ = reply.send(ok());
            }
        }
        let report = app.end().await;
        match reply {
            Some(reply) => {
                tracing::warn!(reason = report.cannot_open, app = app_id, "an app could not be opened");
                lock(&self.state).away = None;
                let _ = reply.send(Err(no_such_app()));
            }
            None => self.returned_from(&app_id, None),
        }
    }
}

impl Neighbours for Beside {
    fn knows(&self, app_id: &str) -> bool {
        let host = self.host.upgrade().map(Host);
        host.is_some_and(|host| host.code_of(app_id).is_some())
    }

    fn open(self: Arc<Self>, app_id: &str, launch: LaunchOptions, reply: oneshot::Sender<Outcome>) {
        let Some(host) = self.host.upgrade().map(Host) else {
            let _ = reply.send(Err(no_such_app()));
            return;
        };
        let key = (app_id.to_owned(), self.user.clone());
        let other = lock(&host.0.beside).get(&key).cloned();
        if let Some(other) = other {
            return self.visit(&other, launch, reply);
        }
        lock(&self.state).away = Some(app_id.to_owned());
        let Some(app) = self.begin(&host, app_id, launch) else {
            lock(&self.state).away = None;
            let _ = reply.send(Err(no_such_app()));
            return;
        };
        let remote = app.remote();
        let watched = tokio::spawn(Arc::clone(&self).watch(app_id.to_owned(), app, reply));
        lock(&self.state).opened.push((remote, watched));
    }

    fn has_opener(&self) -> bool {
        lock(&self.state).opener.is_some()
    }

    fn back(&self, extra_data: Option<Value>) {
        let opener = lock(&self.state).opener.take();
        if let Some(opener) = opener {
            opener.returned_from(&self.app_id, extra_data);
        }
    }

    fn is_away(&self) -> bool {
        lock(&self.state).away.is_some()
    }

    fn is_in_front(&self) {
        lock(&self.state).called = None;
    }
}
