//! Page routes, one at a time: plan, lifecycles, the API's callbacks, then onReady.

use super::{Flow, Instance};
use crate::app::pages::{OpenType, Plan, Step};
use crate::package::CodePackage;
use crate::wx::{Outcome, WxError, ok};
use serde_json::{Value, json};
use tokio::sync::oneshot;

/// A route that waits for its turn.
pub(super) struct Waiting {
    pub kind: String,
    pub params: Value,
    pub call: u64,
    pub reply: oneshot::Sender<Outcome>,
}

impl Instance {
    /// Carries out the next waiting route; whether there was one. Routes that
    /// the app asks for while it starts wait for the first page.
    pub(super) async fn next_route(&mut self) -> Flow<bool> {
        if !self.started {
            return Ok(false);
        }
        if self.route_waits() {
            return Ok(false);
        }
        let Some(route) = self.routes.pop_front() else {
            return Ok(false);
        };
        if route.kind == "navigateBack" && self.close_container().await? {
            // The receiver goes away only with the instance.
            drop(route.reply.send(ok()));
            return Ok(true);
        }
        let url = route.params["url"].as_str().unwrap_or_default();
        let delta = route.params["delta"].as_f64();
        let planned = match OpenType::of_api(&route.kind) {
            Some(kind) => self.pages.plan(kind, url, delta),
            None => Err(WxError::new("not supported")),
        };
        match planned {
            Ok(plan) => self.follow(plan, Some(route)).await?,
            // The receiver goes away only with the instance.
            Err(error) => drop(route.reply.send(Err(error))),
        }
        Ok(true)
    }

    /// Lets the world carry out a plan.
    pub(super) async fn follow(&mut self, plan: Plan, route: Option<Waiting>) -> Flow {
        let call = route.as_ref().map_or(0, |route| route.call);
        self.change_screen(&plan);
        self.open_views(&plan).await?;
        if !plan.steps.is_empty() {
            self.event("route", &json!({ "call": call, "steps": plan.steps }))
                .await?;
        }
        if let Some(route) = route {
            let _ = route.reply.send(ok());
            while self.deliver_finished().await? {}
        }
        if let Some(page) = plan.ready {
            self.event("ready", &json!({ "page": page })).await?;
        }
        if plan.steps.iter().any(|step| matches!(step, Step::Show { .. })) {
            self.preload();
        }
        Ok(())
    }

    /// API families that act on the current page see the stack as the plan makes
    /// it; before the world carries it out, because onLoad may use them.
    fn change_screen(&mut self, plan: &Plan) {
        for step in &plan.steps {
            match step {
                Step::Open { page, path, .. } => {
                    let json = page_json(self.spec.package.as_ref(), path);
                    self.wx.ui_state.open_page(*page, path, &json);
                }
                Step::Show { page } => self.wx.ui_state.show_page(*page),
                Step::Unload { page } => self.wx.ui_state.close_page(*page),
                _ => {}
            }
        }
    }
}

fn page_json(package: &dyn CodePackage, path: &str) -> Value {
    let bytes = package.files().read(&format!("{path}.json"));
    bytes
        .and_then(|bytes| serde_json::from_slice(bytes).ok())
        .unwrap_or_default()
}
