//! The start of an instance: boot the world, run app.js, open the first page; and its end.

use super::turn::{WORLD_GONE, fault};
use super::{Ended, Exit, Flow, Instance};
use crate::app::pages::PageNotFound;
use crate::app::source::News;
use crate::app::world_spec;
use crate::engine::protocol::HostMessage;
use serde_json::json;

impl Instance {
    /// Runs the instance to its end.
    pub async fn run(mut self) -> Ended {
        let exit = match self.start().await {
            Ok(()) => self.live().await,
            Err(exit) => exit,
        };
        // A worker does nothing for an app that has ended.
        self.worker = None;
        let exit = self.final_state(exit).await;
        if matches!(exit, Exit::Done | Exit::Stopped | Exit::Destroyed) {
            self.note_open_dialog();
        }
        let Self {
            world,
            wx,
            control,
            spec,
            dump,
            tree,
            ..
        } = self;
        let exit = match exit {
            Exit::Fault(mut fault) => {
                // The system knows more of a process that died by itself than that it is gone.
                let words = world.kill().await;
                if let Some(words) = words.filter(|_| fault.message == WORLD_GONE) {
                    fault.message = words;
                }
                Exit::Fault(fault)
            }
            // Its end is nothing to wait for: nobody hears what it still says.
            exit => {
                drop(world);
                exit
            }
        };
        Ended {
            exit,
            dump,
            tree,
            wx,
            control,
            schedule: spec.schedule,
        }
    }

    async fn start(&mut self) -> Flow {
        self.spec.neighbours.is_in_front();
        let mut launch = self.spec.launch.clone();
        if launch.path.is_empty() {
            launch.path.clone_from(&self.pages.routes().entry);
        }
        if self.pages.routes().has(&launch.path)
            && let Err(reason) = self.bring(&launch.path).await?
        {
            return Err(Exit::NotFetched(reason));
        }
        if !self.world_is_loaded {
            let spec = world_spec::of(self.spec.package.as_ref(), &self.wx);
            self.doing = "the start of its world".into();
            self.turn(HostMessage::Load(Box::new(spec))).await?;
            self.world_is_loaded = true;
        }
        self.wx.app.launch = json!(launch);
        self.hear_news(News::BeforeApp).await?;
        self.event("launch", &json!(launch)).await?;
        self.hear_news(News::AtLaunch).await?;
        if self.is_game() {
            return self.settle_start();
        }
        match self.pages.launch(&launch.path, launch.query) {
            Ok(plan) => self.follow(plan, None).await?,
            Err(missing) => self.page_not_found(missing).await?,
        }
        self.settle_start()
    }

    /// The first page is ready: a release on trial has stood its trial, unless its start failed.
    fn settle_start(&mut self) -> Flow {
        self.started = true;
        self.end_at = self.spec.stay_ms.map_or(f64::INFINITY, |ms| self.now() + ms);
        let failed = self.launch_failed.take();
        if let Some(message) = failed.filter(|_| self.spec.on_trial) {
            return Err(Exit::StartFailed(fault(message)));
        }
        if let Some(trial) = self.spec.trial.take() {
            // Nobody waits for the news when the run is already over.
            let _ = trial.send(());
        }
        Ok(())
    }

    /// The app may route elsewhere, synchronously; otherwise the platform's own page stands there.
    pub(super) async fn page_not_found(&mut self, missing: PageNotFound) -> Flow {
        self.event("pageNotFound", &json!(missing)).await?;
        while self.deliver_outgoing().await? {}
        // Routes of a start otherwise wait for the first page; this one stands in for it.
        if !self.routes.is_empty() {
            let started = std::mem::replace(&mut self.started, true);
            self.bring_for_route().await?;
            self.next_route().await?;
            self.started = started;
            if self.pages.current().is_some() {
                return Ok(());
            }
        }
        self.note(
            "error",
            json!({ "message": missing.to_string(), "file": "app.json", "origin": "launch" }),
        );
        let plan = self.pages.not_found(&missing.path);
        self.follow(plan, None).await
    }

    /// A dialog that nobody answered is why whatever waits for it never came.
    fn note_open_dialog(&self) {
        if let Some(prompt) = self.wx.dialogs.open() {
            self.note(&format!("{}.open", prompt.noun()), prompt.properties());
        }
    }

    /// What `--dump` and `--print-tree` show; asked of the world while it can still answer.
    async fn final_state(&mut self, exit: Exit) -> Exit {
        if !matches!(exit, Exit::Done | Exit::Stopped | Exit::Destroyed) {
            return exit;
        }
        for (event, wanted) in [("dump", self.spec.wants_dump), ("tree", self.spec.wants_tree)] {
            if wanted && let Err(fault) = self.event(event, &json!({})).await {
                return fault;
            }
        }
        exit
    }
}
