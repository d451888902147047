//! The methods and events of the automation protocol, for one running app.

use super::line::{Answered, Events, Line};
use super::native::Native;
use super::person::PersonAtScreen;
use crate::app::outside::Outside;
use crate::host::{Remote, Watch};
use crate::system::VirtualClock;
use futures_util::FutureExt;
use serde_json::{Value, json};
use std::sync::Arc;

/// Something that the app does by itself: an event of the protocol, or one of ours (`App.restarted`).
#[derive(Debug, Clone, PartialEq)]
pub struct Happened {
    /// Its name, such as `App.logAdded`.
    pub event: String,
    /// What comes with it, an object.
    pub params: Value,
}

/// What drives one app. It is made before the app starts, so that nothing of the start is missed.
#[derive(Clone)]
pub struct Automation {
    line: Arc<Line>,
    native: Native,
    sdk_version: String,
}

impl Automation {
    /// A driver for app number `app` in front of this person, whose events go to `events`.
    pub fn new(
        clock: VirtualClock,
        (app, person): (u64, &PersonAtScreen),
        events: impl Fn(Happened) + Send + Sync + 'static,
    ) -> Self {
        let events: Events = Box::new(move |event, params| {
            events(Happened {
                event: event.to_owned(),
                params,
            });
        });
        Self {
            line: Arc::new(Line::new(Some(clock.clone()), events)),
            native: Native::new(clock, app, person),
            sdk_version: crate::wx::Profile::default().sdk_version,
        }
    }

    /// What the app's opening needs: its program.
    pub fn outside(&self) -> Arc<dyn Outside> {
        Arc::clone(&self.line) as _
    }

    /// What the app's opening needs: who sees its timeline.
    pub fn watch(&self) -> Watch {
        let line = Arc::clone(&self.line);
        Arc::new(move |entry| line.watch(entry))
    }

    /// The app has been started.
    pub fn attach(&self, remote: Remote) {
        self.line.attach(remote);
    }

    /// The app has ended.
    pub fn ended(&self, why: &str) {
        self.line.gone(why);
    }

    /// Calls a method. The result is an object; requests do not wait for each other.
    pub fn call(&self, method: &str, params: &Value) -> Answered {
        match method {
            "Tool.getInfo" => answer(json!({ "SDKVersion": self.sdk_version, "version": "1.06.2504010" })),
            "Tool.native" => self.native.call(&self.line, params),
            "Tool.getTestAccounts" => answer(json!({ "accounts": [] })),
            "App.enableLog" | "App.addBinding" => self.line.switch(method, params),
            "App.exit" => {
                self.line.leave();
                self.line.request("App.hello", &json!({}))
            }
            "App.captureScreenshot" => {
                refuse("fail to capture screenshot: nothing is drawn, look at the page's data and elements instead")
            }
            "Tool.enableRemoteDebug" | "Tool.stopAudits" => refuse(&format!(
                "{method} is not possible: the app runs here, on no phone and in no browser"
            )),
            "Page.callFunction" => refuse("webview Page.callFunction unimplemented"),
            _ if ["App.", "Page.", "Element."]
                .iter()
                .any(|room| method.starts_with(room)) =>
            {
                self.line.request(method, params)
            }
            _ => refuse(&format!("{method} unimplemented")),
        }
    }

    /// Waits until an app that was called back is there again, from a cold start if need be.
    ///
    /// # Errors
    /// Why it does not come.
    pub async fn opened(&self) -> Result<(), String> {
        self.line.back();
        self.ready().await
    }

    /// Waits until the app has its first page, or has it again.
    ///
    /// # Errors
    /// Why it has none.
    pub async fn ready(&self) -> Result<(), String> {
        self.line.request("App.hello", &json!({})).await.map(drop)
    }
}

fn answer(result: Value) -> Answered {
    std::future::ready(Ok(result)).boxed()
}

fn refuse(reason: &str) -> Answered {
    std::future::ready(Err(reason.to_owned())).boxed()
}
