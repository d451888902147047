//! The next world, prepared aside while an update is staged: context, JS half
//! and modules are there, nothing of the app has run.

use super::carrier::WorldHandle;
use super::instance::Prepare;
use super::run::RunConfig;
use super::source::{Source, Start};
use super::world_spec;
use crate::engine::protocol::{HostMessage, WorldMessage};
use crate::package::CodePackage;
use crate::wx::{Outbox, WxError};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::task::JoinHandle;

/// A world in the making, or none.
#[derive(Default)]
pub struct Prepared(Mutex<Option<JoinHandle<Option<Made>>>>);

/// A prepared world, and how many files it knows of.
type Made = (WorldHandle, usize);

impl Prepared {
    /// What an instance calls when a newer release is staged.
    pub fn starter(self: &Arc<Self>, config: &Arc<RunConfig>, source: &Arc<dyn Source>) -> Prepare {
        let (this, config, source) = (Arc::clone(self), Arc::clone(config), Arc::clone(source));
        Box::new(move |modules| {
            let (config, source) = (Arc::clone(&config), Arc::clone(&source));
            let work = tokio::spawn(async move {
                let start = source.staged().await?;
                prepare(&config, &start, modules).await
            });
            *this.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(work);
        })
    }

    /// The world, once it is ready. One that was made before a part of the package came does not know the package.
    pub async fn take(&self, package: &dyn CodePackage) -> Option<WorldHandle> {
        let work = self.0.lock().unwrap_or_else(PoisonError::into_inner).take()?;
        let (world, files) = work.await.ok().flatten()?;
        (files == package.files().len()).then_some(world)
    }
}

async fn prepare(config: &RunConfig, start: &Start, modules: Vec<String>) -> Option<Made> {
    let (outbox, _unheard) = Outbox::new();
    let wx = config.device.wx(outbox, start, &config.person);
    let spec = world_spec::of(start.package.as_ref(), &wx);
    let mut world = config.worlds.take(world_spec::role_of(start.package.as_ref())).ok()?;
    let known: Vec<String> = modules.into_iter().filter(|path| spec.scripts.contains(path)).collect();
    world.send(HostMessage::Load(Box::new(spec)));
    until_idle(&mut world, start.package.as_ref()).await?;
    world.send(HostMessage::Prepare(known));
    until_idle(&mut world, start.package.as_ref()).await?;
    Some((world, start.package.files().len()))
}

/// Serves a world that only reads its sources. One that fails here is
/// dropped; the restart makes its own and meets the same failure where it can be reported.
async fn until_idle(world: &mut WorldHandle, package: &dyn CodePackage) -> Option<()> {
    loop {
        match world.receive().await? {
            WorldMessage::Idle { .. } => return Some(()),
            WorldMessage::Call { api, args } if api == "$source" => {
                world.send(HostMessage::Answer(world_spec::source_of(package, &args).1));
            }
            WorldMessage::Call { .. } => world.send(HostMessage::Answer(Err(WxError::new("not supported")))),
            WorldMessage::Fatal(_) => return None,
            _ => {}
        }
    }
}
