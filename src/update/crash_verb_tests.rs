//! The disk dies at each operation of each verb: check, download, stage, apply, confirm, roll back, collect garbage.

use super::bench::copy;
use super::crash_tests::updater;
use super::*;
use crate::package::{Digest, PartName};
use crate::release::SignedRelease;
use crate::system::{CrashDisk, Failure, FaultyHttp, NetFault, VirtualClock};
use crate::update::VerifiedRelease;
use crate::update::testing::{T0, TestRegistry, app};
use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verb {
    Check,
    Download,
    Stage,
    Apply,
    Confirm,
    RollBack,
    Collect,
}

const VERBS: [Verb; 7] = [
    Verb::Check,
    Verb::Download,
    Verb::Stage,
    Verb::Apply,
    Verb::Confirm,
    Verb::RollBack,
    Verb::Collect,
];

/// What a verb works on, with all that comes before it done.
struct Before {
    updater: Updater,
    release: Option<SignedRelease>,
    fetched: Option<VerifiedRelease>,
}

/// Does what comes before `verb`: 1.0.0 runs and is confirmed, 2.0.0 comes.
async fn before(verb: Verb, updater: Updater) -> Before {
    updater.cold_start(&|_| ()).await.unwrap();
    let mut at = Before {
        updater,
        release: None,
        fetched: None,
    };
    if verb > Verb::Check {
        let checked = check(&at.updater.client).await.unwrap();
        at.release = checked.manifest.find(ReleaseId(2));
    }
    if verb > Verb::Download {
        let release = at.release.as_ref().unwrap();
        at.fetched = Some(fetch(&at.updater.client, release, &main(), &|_| ()).await.unwrap());
    }
    if verb > Verb::Stage {
        stage(&at.updater.client, at.fetched.take().unwrap()).unwrap();
    }
    if verb > Verb::Apply {
        at.updater.apply().unwrap();
    }
    if verb == Verb::Collect {
        let device = &at.updater.client.device;
        device
            .change(&app(), |state| boot::confirmed(state, ReleaseId(2)))
            .unwrap();
        // What crashes and withdrawn releases leave behind.
        let junk = Digest::of(b"junk").to_hex();
        let disk = device.disk();
        for name in [format!("versions/{junk}"), format!("versions/tmp-{junk}")] {
            disk.create_dir(&device.dir().join(&name).join("pages")).unwrap();
            disk.write(&device.dir().join(&name).join("pages/a.js"), b"x").unwrap();
        }
        for name in [format!("partial/{junk}"), format!("partial/{junk}.etag")] {
            disk.write(&device.dir().join(&name), b"x").unwrap();
        }
    }
    at
}

/// The registry with 1.0.0, and a folder where it is installed and confirmed; then 2.0.0 is published.
async fn installed() -> (TestRegistry, tempfile::TempDir) {
    let mut registry = TestRegistry::new();
    registry.publish("1.0.0");
    let dir = tempfile::tempdir().unwrap();
    let net = FaultyHttp::new(registry.http.clone());
    let updater = updater(dir.path(), Arc::new(CrashDisk::sound()), net, &VirtualClock::new(T0)).unwrap();
    updater.cold_start(&|_| ()).await.unwrap();
    updater.confirm().unwrap();
    registry.publish("2.0.0");
    (registry, dir)
}

/// The app has no other part.
fn main() -> BTreeSet<PartName> {
    BTreeSet::from([PartName::Main])
}

/// Does the verb; gives whether it says that it is done.
async fn act(verb: Verb, at: &mut Before) -> bool {
    let client = &at.updater.client;
    match verb {
        Verb::Check => check(client).await.is_ok(),
        Verb::Download => fetch(client, at.release.as_ref().unwrap(), &main(), &|_| ())
            .await
            .is_ok(),
        Verb::Stage => stage(client, at.fetched.take().unwrap()).is_ok(),
        Verb::Apply => at.updater.apply().is_ok(),
        Verb::Confirm => at.updater.confirm().is_ok(),
        Verb::RollBack => at.updater.boot_failed("threw").is_ok(),
        Verb::Collect => garbage::collect(&client.device).is_ok(),
    }
}

/// What may run after `verb` was cut short, and what must run after it was done.
fn may_run(verb: Verb, done: bool) -> &'static [&'static str] {
    match (verb, done) {
        (Verb::Check | Verb::Download, _) => &["1.0.0"],
        (Verb::Stage, false) | (Verb::RollBack, false) => &["1.0.0", "2.0.0"],
        (Verb::RollBack, true) => &["1.0.0"],
        _ => &["2.0.0"],
    }
}

fn offline(dir: &Path, registry: &TestRegistry, disk: CrashDisk) -> Result<Updater, DeviceError> {
    let net = FaultyHttp::new(registry.http.clone());
    net.plan("registry", vec![NetFault::Offline; 99]);
    updater(dir, Arc::new(disk), net, &VirtualClock::new(T0))
}

/// Without any network: what is recorded is whole, the floor is where it was, and the right release runs.
async fn survived(dir: &Path, registry: &TestRegistry, verb: Verb, done: bool, at: &str) {
    let updater = offline(dir, registry, CrashDisk::sound()).unwrap();
    let device = &updater.client.device;
    let state = device.state(&app()).unwrap();
    assert!(device.damaged_database().is_none(), "{at}: the database was lost");
    let floor = if verb > Verb::Check || done { 2 } else { 1 };
    assert!(state.floor >= floor, "{at}: the floor fell to {}", state.floor);
    for release in state.releases() {
        load(device, &SignedRelease::recorded(app(), release.clone())).unwrap_or_else(|error| panic!("{at}: {error}"));
    }
    let start = updater.cold_start(&|_| ()).await.unwrap();
    let expected = may_run(verb, done);
    assert!(
        expected.contains(&start.version.as_str()),
        "{at}: {} runs",
        start.version
    );
    let state = device.state(&app()).unwrap();
    assert!(!(verb == Verb::Confirm && done && start.on_trial), "{at}: on trial");
    assert!(
        !(verb == Verb::RollBack && done) || state.bad.contains(&ReleaseId(2)),
        "{at}"
    );
}

/// The verb meets the failure at its operation number `nth`. Gives whether it said that it was done,
/// and whether that operation was reached.
async fn cut_short(dir: &Path, registry: &TestRegistry, verb: Verb, (nth, failure): (u64, Failure)) -> (bool, bool) {
    let disk = CrashDisk::sound();
    let net = FaultyHttp::new(registry.http.clone());
    let clock = VirtualClock::new(T0);
    let mut at = before(verb, updater(dir, Arc::new(disk.clone()), net, &clock).unwrap()).await;
    disk.fail_after(nth, failure);
    let done = act(verb, &mut at).await;
    // Asked before the folder is closed, which does something, too, that is not the verb's.
    (done, disk.has_failed())
}

async fn every_verb(failure: Failure) {
    let (registry, template) = installed().await;
    for verb in VERBS {
        for nth in 0.. {
            let dir = tempfile::tempdir().unwrap();
            copy(template.path(), dir.path());
            let at = format!("{failure:?} at {nth} of {verb:?}");
            let (done, reached) = cut_short(dir.path(), &registry, verb, (nth, failure)).await;
            survived(dir.path(), &registry, verb, done, &at).await;
            if !reached {
                let _ = writeln!(std::io::stderr(), "{failure:?}: {verb:?} has {nth} disk operations");
                assert!(done && nth > 4, "{at}");
                break;
            }
        }
    }
}

#[tokio::test]
async fn kill_at_every_operation_of_each_verb_leaves_the_old_or_the_new_release() {
    every_verb(Failure::Kill).await;
}

#[tokio::test]
async fn power_loss_at_every_operation_of_each_verb_leaves_the_old_or_the_new_release() {
    every_verb(Failure::PowerLoss).await;
}

#[tokio::test]
async fn double_kill_in_recovery_changes_nothing_more() {
    let (registry, template) = installed().await;
    for verb in VERBS {
        // Every fifth moment of the first kill, and every moment of the second.
        for first in (0..).step_by(4) {
            let dir = tempfile::tempdir().unwrap();
            copy(template.path(), dir.path());
            let (done, reached) = cut_short(dir.path(), &registry, verb, (first, Failure::Kill)).await;
            if !reached {
                break;
            }
            for second in 0.. {
                let again = tempfile::tempdir().unwrap();
                copy(dir.path(), again.path());
                let disk = CrashDisk::failing(second, Failure::Kill);
                if let Ok(updater) = offline(again.path(), &registry, disk.clone()) {
                    let _ = updater.cold_start(&|_| ()).await;
                }
                let at = format!("{verb:?} killed at {first}, the start after it at {second}");
                survived(again.path(), &registry, verb, done, &at).await;
                if !disk.has_failed() {
                    break;
                }
            }
        }
    }
}

#[tokio::test]
async fn full_disk_at_each_write_of_a_download_tells_the_app_that_it_failed() {
    let (registry, template) = installed().await;
    let (mut failed, mut ready) = (0, false);
    for nth in 0.. {
        let dir = tempfile::tempdir().unwrap();
        copy(template.path(), dir.path());
        let disk = CrashDisk::sound();
        let net = FaultyHttp::new(registry.http.clone());
        let updater = updater(dir.path(), Arc::new(disk.clone()), net, &VirtualClock::new(T0)).unwrap();
        updater.cold_start(&|_| ()).await.unwrap();
        check(&updater.client).await.unwrap();
        disk.fail_after(nth, Failure::Full);
        let told = Mutex::new(Vec::new());
        updater
            .background(Background::Fetch, &|event| told.lock().unwrap().push(event))
            .await;
        match told.into_inner().unwrap().last() {
            Some(UpdateEvent::Failed { reason, .. }) => {
                failed += 1;
                assert!(!reason.is_empty() && !ready, "at {nth}");
            }
            // What comes after the release is recorded only tidies up.
            Some(UpdateEvent::Ready { .. }) => ready = true,
            other => panic!("at {nth}: {other:?}"),
        }
        if !disk.has_failed() {
            break;
        }
        drop(updater);
        survived(dir.path(), &registry, Verb::Stage, ready, &format!("full at {nth}")).await;
    }
    assert!(failed > 10 && ready, "{failed} failures");
}
