//! What the world calls: rows of the `wx` table, and the few calls of the JS half itself.

use super::Instance;
use crate::app::outside::CALL;
use crate::app::world_spec::source_of;
use crate::wx::{Args, Outcome, Payload, Run, WxError, find, ok};
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Either, select};
use std::sync::Arc;
use tokio::sync::oneshot;

impl Instance {
    /// A synchronous call.
    pub(super) fn answer(&mut self, api: &str, args: Payload) -> Outcome {
        tracing::debug!(api, "call");
        tracing::trace!(api, args = %args.json);
        match api {
            "$source" => self.source(&args),
            "$abort" => self.abort(&args),
            "$tree" => {
                self.tree = args.value()["text"].as_str().map(str::to_owned);
                ok()
            }
            "$view" => self.view(&args),
            "$container" => self.container(&args),
            "$worker" => self.worker_call(args),
            CALL => self.spec.outside.told(args),
            "$dump" => {
                self.dump = Some(args.value());
                ok()
            }
            _ => match find(api).map(|row| row.run) {
                Some(Run::Now(run)) => run(&mut self.wx, &Args::new(0, args)),
                _ => Err(WxError::new("not supported")),
            },
        }
    }

    /// A call whose result goes back as the event `complete`, in a turn of its own.
    pub(super) fn start_call(&mut self, id: u64, api: &str, args: Payload) {
        tracing::debug!(api, id, "start");
        tracing::trace!(api, id, args = %args.json);
        let task: BoxFuture<'static, Outcome> = match find(api).map(|row| row.run) {
            Some(Run::Later(run)) => {
                let work = run(&mut self.wx, Args::new(id, args));
                self.abortable(id, work)
            }
            Some(Run::Now(run)) => std::future::ready(run(&mut self.wx, &Args::new(id, args))).boxed(),
            _ if api == CALL => {
                let (asked, asking) = (self.spec.outside.asked(args), Arc::clone(&self.asks));
                async move {
                    let answer = asked.await;
                    drop(asking);
                    answer
                }
                .boxed()
            }
            _ if api == "$subpackage" => self.part_for_module(args.value()["root"].as_str().unwrap_or_default()),
            _ => std::future::ready(Err(WxError::new("not supported"))).boxed(),
        };
        self.tasks.push(task.map(move |outcome| Some((id, outcome))).boxed());
    }

    fn abortable(&mut self, id: u64, work: BoxFuture<'static, Outcome>) -> BoxFuture<'static, Outcome> {
        let (abort, aborted) = oneshot::channel::<()>();
        self.aborts.insert(id, abort);
        async move {
            match select(work, aborted).await {
                Either::Left((outcome, _)) => outcome,
                // The sender goes away with the instance as well; then nobody hears this.
                Either::Right(_) => Err(WxError::new("abort")),
            }
        }
        .boxed()
    }

    fn abort(&mut self, args: &Payload) -> Outcome {
        let id = args.value()["id"].as_u64().unwrap_or_default();
        if let Some(abort) = self.aborts.remove(&id) {
            // A call that has just finished has nothing to abort.
            let _ = abort.send(());
        }
        ok()
    }

    /// The text of a script of the package that runs.
    fn source(&mut self, args: &Payload) -> Outcome {
        let (path, answer) = source_of(self.spec.package.as_ref(), args);
        if answer.is_ok() {
            self.loaded.insert(path);
        }
        answer
    }
}
