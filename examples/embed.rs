//! A program with a device of its own: an app from a registry, two people who use it, and an update that a silent
//! check finds while the app does not run. Virtual time, so that half an hour takes none.
//!
//! ```sh
//! cargo run --example embed
//! ```

use futures_util::future::BoxFuture;
use minirun::app::event::Event;
use minirun::app::launch::LaunchOptions;
use minirun::host::{App, Code, Host, HostClock, HostConfig, Keep, Opening, RegistryAccess};
use minirun::package::{AppId, SourcePackage, is_code};
use minirun::registry::{InProcess, Publication, Store, publish};
use minirun::release::{SecretKey, VersionLabel};
use minirun::system::{VirtualClock, read_source_folder};
use minirun::wx::{Answer, Prompt, Ui};
use std::error::Error;
use std::path::Path;
use std::sync::Arc;

/// 2026-01-01T00:00:00Z.
const BEGIN_MS: f64 = 1_767_225_600_000.0;
const MINUTE: f64 = 60_000.0;

/// Answers every dialog with yes. A real one would show it to a person and wait.
struct Agreeing(&'static str);

impl Ui for Agreeing {
    fn ask(&self, prompt: Prompt) -> BoxFuture<'static, Answer> {
        if let Prompt::Modal(modal) = prompt {
            println!("  {} agrees to {:?}", self.0, modal.title);
        }
        Box::pin(std::future::ready(Answer::CONFIRM))
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let store = Store::in_memory();
    let app_id = AppId::parse("wx5e1f0c0de0000001")?;
    release(&store, &app_id, "1.0.0").await?;

    // The device. `RegistryAccess::at(url)` is a registry over HTTP; this one is in the program.
    let folder = tempfile::tempdir()?;
    let clock = VirtualClock::new(BEGIN_MS);
    // While the program does something, time stands still.
    let program = clock.join();
    let host = Host::open(HostConfig {
        folder: Some(folder.path().to_owned()),
        registry: Some(RegistryAccess::over(
            Arc::new(InProcess::new(store.clone())),
            InProcess::URL,
        )),
        clock: HostClock::Virtual(clock.clone()),
        ..HostConfig::default()
    })?;
    let mut checks = host.checks();

    println!("Ann opens the app");
    let mut ann = host.start(Opening {
        user: "ann".into(),
        ui: Arc::new(Agreeing("Ann")),
        keep: Keep::UntilStopped,
        ..Opening::new(Code::Release(app_id.clone()))
    })?;
    follow(&mut ann, |event| matches!(event, Event::UpdateCheck { .. })).await;

    println!("Ann sends it to the background; a new version is released; half an hour goes by");
    ann.background();
    release(&store, &app_id, "1.1.0").await?;
    program.idle_until(BEGIN_MS + 31.0 * MINUTE).await;
    let check = checks.recv().await?;
    match check.outcome {
        Ok(Some(version)) => println!("  a silent check of {} found {version}", check.app),
        Ok(None) => println!("  a silent check of {} found nothing", check.app),
        Err(reason) => println!("  a silent check of {} failed: {reason}", check.app),
    }

    println!("Ann opens the app again: it was destroyed meanwhile, and starts as the new version");
    ann.foreground(LaunchOptions::default());
    follow(&mut ann, |event| matches!(event, Event::PageReady { .. })).await;
    ann.stop();
    ann.end().await;

    println!("Bob opens the app with its second page, and sees nothing of Ann's");
    let mut bob = host.start(Opening {
        user: "bob".into(),
        ui: Arc::new(Agreeing("Bob")),
        launch: LaunchOptions::at("pages/edit/edit"),
        ..Opening::new(Code::Release(app_id))
    })?;
    drop(program);
    follow(&mut bob, |_| false).await;
    Ok(())
}

/// Prints what happens until something has happened.
async fn follow(app: &mut App, until: impl Fn(&Event) -> bool) {
    while let Some(entry) = app.next().await {
        let event = entry.event();
        match &event {
            Event::Boot(boot) => println!("  {} starts: {}", boot.label(), boot.reason),
            Event::Console { text, .. } => println!("  {text}"),
            Event::AppDestroy { reason } => println!("  destroyed after {reason}"),
            Event::Exit { reason } => println!("  exit: {reason}"),
            _ => {}
        }
        if until(&event) {
            return;
        }
    }
}

/// Publishes a version of the notes app.
async fn release(store: &Store, app_id: &AppId, version: &str) -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/apps/notes")
        .join(version);
    let package = SourcePackage::open(read_source_folder(&folder, is_code)?)?;
    let publication = Publication::new(app_id.clone(), VersionLabel::parse(version)?, BEGIN_MS as u64);
    publish(store, &package, &publication, &SecretKey::from_seed(&[7; 32])).await?;
    Ok(())
}
