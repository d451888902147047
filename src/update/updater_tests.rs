//! The updater against a registry in memory; each fault has a test that is named after it.

use super::*;
use crate::package::CodePackage;
use crate::release::{Rollout, RootDocument, SecretKey, UpdateMode, VersionLabel, paths, sign_manifest};
use crate::system::{Disk, FaultyHttp, NetFault, RealDisk, SeededEntropy, VirtualClock};
use crate::update::load::LoadError;
use crate::update::testing::{T0, TestRegistry, app, files, manifest_url, run_clock, url};
use crate::update::{Device, DownloadKind};
use std::path::Path;

/// A device and a registry. The clock moves whenever everything waits for it.
struct Bench {
    dir: tempfile::TempDir,
    registry: TestRegistry,
    net: FaultyHttp,
    clock: VirtualClock,
}

impl Bench {
    fn new() -> Self {
        let mut registry = TestRegistry::new();
        registry.publish("1.0.0");
        let net = FaultyHttp::new(registry.http.clone());
        Self {
            dir: tempfile::tempdir().unwrap(),
            registry,
            net,
            clock: VirtualClock::new(T0),
        }
    }

    /// 1.0.0 is installed and confirmed, 2.0.0 is published.
    async fn with_update() -> Self {
        let mut bench = Self::new();
        bench.install().await;
        bench.registry.publish("2.0.0");
        bench
    }

    async fn install(&self) {
        let updater = self.updater();
        updater.cold_start(&|_| ()).await.unwrap();
        updater.confirm().unwrap();
    }

    fn updater(&self) -> Updater {
        self.updater_on(Arc::new(RealDisk)).unwrap()
    }

    fn updater_on(&self, disk: Arc<dyn Disk>) -> Result<Updater, DeviceError> {
        let device = Device::open(self.dir.path(), Arc::new(self.clock.clone()), disk)?;
        Ok(Updater::new(Client {
            device,
            http: Arc::new(self.net.clone()),
            entropy: Arc::new(SeededEntropy::new(1)),
            registry: crate::update::testing::BASE.to_owned(),
            app: app(),
            user: "u".to_owned(),
            base_library: None,
            root: None,
        }))
    }

    fn state(&self) -> crate::update::state::AppState {
        self.updater().client.device.state(&app()).unwrap()
    }

    /// A whole session: starts, gets ready, works beside, ends. Gives what ran and what was told.
    async fn session(&self) -> (String, Vec<UpdateEvent>) {
        let updater = self.updater();
        let (events, tell) = recorder();
        let start = run_clock(&self.clock, updater.cold_start(&tell)).await.unwrap();
        events.lock().unwrap().extend(start.events.clone());
        updater.confirm().unwrap();
        run_clock(&self.clock, updater.background(start.background, &tell)).await;
        let told = events.lock().unwrap().clone();
        (start.version.to_string(), told)
    }

    fn version_files(&self) -> Vec<String> {
        RealDisk.list(&self.dir.path().join("versions")).unwrap()
    }
}

type Events = Arc<Mutex<Vec<UpdateEvent>>>;

fn recorder() -> (Events, impl Fn(UpdateEvent) + Send + Sync) {
    let events = Events::default();
    let to = Arc::clone(&events);
    (events, move |event| to.lock().unwrap().push(event))
}

/// The kinds of the events, and whether a check found something.
fn kinds(events: &[UpdateEvent]) -> Vec<String> {
    let describe = |event: &UpdateEvent| match event {
        UpdateEvent::Check { has_update, forced, .. } => {
            format!("check {has_update}{}", if *forced { " forced" } else { "" })
        }
        UpdateEvent::Download { kind, .. } => format!("download {kind:?}").to_lowercase(),
        UpdateEvent::Ready { version, .. } => format!("ready {version}"),
        UpdateEvent::Failed { .. } => "failed".to_owned(),
        UpdateEvent::CheckFailed { .. } => "check failed".to_owned(),
    };
    events.iter().map(describe).collect()
}

fn failure(events: &[UpdateEvent]) -> String {
    let reason = |event: &UpdateEvent| match event {
        UpdateEvent::Failed { reason, .. } | UpdateEvent::CheckFailed { reason } => Some(reason.clone()),
        _ => None,
    };
    events.iter().find_map(reason).unwrap_or_default()
}

#[tokio::test]
async fn a_first_start_installs_and_tells_that_there_is_no_update() {
    let bench = Bench::new();
    let (ran, told) = bench.session().await;
    assert_eq!(
        (ran.as_str(), kinds(&told)),
        ("1.0.0", vec!["download whole".into(), "check false".to_owned()])
    );
    assert_eq!(bench.version_files().len(), 1);
    assert!(RealDisk.list(&bench.dir.path().join("partial")).unwrap().is_empty());
}

#[tokio::test]
async fn an_update_comes_beside_the_app_and_runs_at_the_next_cold_start() {
    let bench = Bench::with_update().await;
    let (ran, told) = bench.session().await;
    assert_eq!(
        (ran.as_str(), kinds(&told)),
        (
            "1.0.0",
            vec!["check true".into(), "download delta".into(), "ready 2.0.0".to_owned()]
        )
    );
    let (ran, told) = bench.session().await;
    assert_eq!((ran.as_str(), kinds(&told)), ("2.0.0", vec!["check false".to_owned()]));
    assert_eq!(bench.version_files().len(), 1);
}

#[tokio::test]
async fn apply_starts_the_staged_release_at_once_and_only_once() {
    let bench = Bench::with_update().await;
    let updater = bench.updater();
    let start = updater.cold_start(&|_| ()).await.unwrap();
    assert!(matches!(updater.apply(), Err(ApplyError::NotReady)));
    updater.confirm().unwrap();
    updater.background(start.background, &|_| ()).await;
    let next = updater.apply().unwrap();
    assert_eq!((next.version.as_str(), next.on_trial), ("2.0.0", true));
    assert!(next.package.files().read("app.js").unwrap().ends_with(b"2.0.0"));
    assert!(matches!(updater.apply(), Err(ApplyError::NotReady)));
}

#[tokio::test]
async fn a_release_that_fails_to_start_goes_back_in_the_same_run_and_is_not_taken_again() {
    let bench = Bench::with_update().await;
    bench.session().await;
    let updater = bench.updater();
    let start = updater.cold_start(&|_| ()).await.unwrap();
    assert_eq!((start.version.as_str(), start.on_trial), ("2.0.0", true));
    let back = updater.boot_failed("app.js threw").unwrap().unwrap();
    assert_eq!(
        (back.version.as_str(), back.reason, back.on_trial),
        ("1.0.0", Reason::RolledBack, false)
    );
    assert_eq!(back.instead_of, Some(start.release));
    drop(updater);
    let (ran, told) = bench.session().await;
    assert_eq!((ran.as_str(), kinds(&told)), ("1.0.0", vec!["check false".to_owned()]));
}

#[tokio::test]
async fn fix_version_after_a_bad_one_is_taken() {
    let mut bench = Bench::with_update().await;
    bench.session().await;
    let updater = bench.updater();
    updater.cold_start(&|_| ()).await.unwrap();
    updater.boot_failed("threw").unwrap().unwrap();
    drop(updater);
    bench.registry.publish("2.0.1");
    bench.session().await;
    assert_eq!(bench.session().await.0, "2.0.1");
}

#[tokio::test]
async fn kill_before_ready_three_times_goes_back() {
    let bench = Bench::with_update().await;
    bench.session().await;
    for _ in 0..boot::MAX_UNFINISHED_STARTS {
        let start = bench.updater().cold_start(&|_| ()).await.unwrap();
        assert_eq!(start.version.as_str(), "2.0.0");
    }
    let start = bench.updater().cold_start(&|_| ()).await.unwrap();
    assert_eq!(
        (start.version.as_str(), start.instead_of),
        ("1.0.0", Some(ReleaseId(2)))
    );
}

#[tokio::test]
async fn clean_exit_before_ready_is_no_strike() {
    let bench = Bench::with_update().await;
    bench.session().await;
    for _ in 0..10 {
        let updater = bench.updater();
        assert_eq!(updater.cold_start(&|_| ()).await.unwrap().version.as_str(), "2.0.0");
        updater.ended_before_ready().unwrap();
    }
}

/// The update goes wrong in this way, and 1.0.0 keeps working.
async fn survives(bench: &Bench, expected: &[&str]) -> String {
    let (ran, told) = bench.session().await;
    assert_eq!(
        (ran.as_str(), kinds(&told)),
        ("1.0.0", expected.iter().map(ToString::to_string).collect())
    );
    let state = bench.state();
    assert!(state.pending.is_none());
    assert_eq!(bench.version_files().len(), 1);
    failure(&told)
}

#[tokio::test]
async fn corrupted_package_is_refused_before_it_is_unpacked() {
    let bench = Bench::with_update().await;
    for address in [bench.registry.whole_url(), bench.registry.delta_url()] {
        let mut bytes = bench.registry.http.body(&address).unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        bench.registry.http.put(&address, bytes);
    }
    let reason = survives(&bench, &["check true", "failed"]).await;
    assert!(reason.contains("instead of the signed"), "{reason}");
}

#[tokio::test]
async fn a_damaged_delta_is_made_up_for_by_the_whole_package() {
    let bench = Bench::with_update().await;
    bench.net.plan(&bench.registry.delta_url(), [NetFault::Flip(9)]);
    let (_, told) = bench.session().await;
    assert_eq!(kinds(&told), ["check true", "download whole", "ready 2.0.0"]);
}

#[tokio::test]
async fn delta_on_wrong_base_is_not_asked_for() {
    let mut bench = Bench::with_update().await;
    bench.registry.publish("3.0.0");
    let (_, told) = bench.session().await;
    assert_eq!(kinds(&told), ["check true", "download whole", "ready 3.0.0"]);
}

#[tokio::test]
async fn package_swap_is_refused() {
    let bench = Bench::with_update().await;
    let other = bench.registry.http.body(&bench.registry.delta_url()).unwrap();
    bench.registry.http.remove(&bench.registry.delta_url());
    bench.registry.http.put(&bench.registry.whole_url(), other);
    survives(&bench, &["check true", "failed"]).await;
}

#[tokio::test]
async fn a_signed_package_that_is_no_app_is_not_taken_again() {
    let mut bench = Bench::with_update().await;
    let broken = files("x").partition(|path| path.as_str() != "app.json").0;
    bench.registry.publish_with("3.0.0", broken, |_| ());
    let reason = survives(&bench, &["check true", "download whole", "failed"]).await;
    assert!(reason.starts_with("release 3.0.0 cannot be used: "), "{reason}");
    survives(&bench, &["check false"]).await;
}

#[tokio::test]
async fn wrong_app_id_is_refused() {
    let bench = Bench::with_update().await;
    let mut manifest = bench.registry.manifest.clone();
    manifest.app_id = crate::package::AppId::parse("other").unwrap();
    bench.registry.serve(sign_manifest(&manifest, &[&bench.registry.key]));
    let reason = survives(&bench, &["check failed", "check false"]).await;
    assert!(
        reason.contains("document is for app other instead of wxtest"),
        "{reason}"
    );
}

#[tokio::test]
async fn foreign_key_is_refused() {
    let bench = Bench::with_update().await;
    let foreign = SecretKey::from_seed(&[9; 32]);
    bench
        .registry
        .serve(sign_manifest(&bench.registry.manifest, &[&foreign]));
    // A new root for first use does not move a device that has pinned another.
    bench.registry.put_root(&foreign);
    let reason = survives(&bench, &["check failed", "check false"]).await;
    assert!(reason.contains("signed by unknown keys only"), "{reason}");
}

#[tokio::test]
async fn rotated_keys_are_followed_root_by_root() {
    let mut bench = Bench::with_update().await;
    let new = SecretKey::from_seed(&[2; 32]);
    let root = RootDocument {
        app_id: app(),
        version: 2,
        threshold: 1,
        keys: vec![new.public()],
    };
    let sealed = root.seal(&[&bench.registry.key, &new]);
    bench.registry.http.put(&url(&paths::root(&app(), 2)), sealed);
    let old = std::mem::replace(&mut bench.registry.key, new);
    bench.registry.sign();
    assert_eq!(
        kinds(&bench.session().await.1),
        ["check true", "download delta", "ready 2.0.0"]
    );
    // The old key is worth nothing from now on.
    bench.registry.serve(sign_manifest(&bench.registry.manifest, &[&old]));
    assert_eq!(kinds(&bench.session().await.1), ["check failed", "check false"]);
}

#[tokio::test]
async fn tampered_manifest_is_refused() {
    let bench = Bench::with_update().await;
    let mut other = bench.registry.manifest.clone();
    other.seq += 1;
    let text = |bytes: Vec<u8>| serde_json::from_slice::<serde_json::Value>(&bytes).unwrap();
    let mut signed = text(bench.registry.http.body(&manifest_url()).unwrap());
    signed["payload"] = text(sign_manifest(&other, &[&SecretKey::from_seed(&[9; 32])]))["payload"].clone();
    bench.registry.serve(signed.to_string().into_bytes());
    survives(&bench, &["check failed", "check false"]).await;
}

#[tokio::test]
async fn replayed_manifest_is_refused() {
    let bench = Bench::new();
    let old = bench.registry.http.body(&manifest_url()).unwrap();
    bench.install().await;
    let mut bench = bench;
    bench.registry.publish("2.0.0");
    bench.session().await;
    assert_eq!(bench.session().await.0, "2.0.0");
    bench.registry.serve(old);
    let (ran, told) = bench.session().await;
    assert_eq!(
        (ran.as_str(), kinds(&told)),
        ("2.0.0", vec!["check failed".into(), "check false".to_owned()])
    );
    assert!(
        failure(&told).contains("manifest 1 is older than 2"),
        "{}",
        failure(&told)
    );
    assert_eq!(bench.state().floor, 2);
}

#[tokio::test]
async fn frozen_manifest_past_its_expiry_is_flagged_and_runs_on() {
    let bench = Bench::new();
    bench.install().await;
    bench.clock.advance_to(9_000_000_000_001.0);
    assert!(check(&bench.updater().client).await.unwrap().stale);
}

#[tokio::test]
async fn offline_first_start_names_the_address() {
    let bench = Bench::new();
    bench.net.plan("registry", [NetFault::Offline]);
    let error = bench.updater().cold_start(&|_| ()).await.unwrap_err().to_string();
    assert!(
        error.starts_with("wxtest is not installed, and http://registry.test/apps/wxtest/root.json: "),
        "{error}"
    );
}

#[tokio::test]
async fn offline_runs_the_installed_version() {
    let bench = Bench::with_update().await;
    bench.net.plan("registry", [NetFault::Offline]);
    survives(&bench, &["check failed", "check false"]).await;
}

#[tokio::test]
async fn captive_portal_html_is_refused() {
    let bench = Bench::with_update().await;
    bench.net.plan("manifest", [NetFault::Html]);
    survives(&bench, &["check failed", "check false"]).await;
    bench.net.plan("packages", vec![NetFault::Html; 99]);
    survives(&bench, &["check true", "failed"]).await;
}

#[tokio::test]
async fn stalled_check_ends_and_runs_the_installed_version() {
    let bench = Bench::with_update().await;
    bench.net.plan("manifest", [NetFault::Stall]);
    survives(&bench, &["check failed", "check false"]).await;
}

#[tokio::test]
async fn endless_manifest_is_cut_off() {
    let bench = Bench::with_update().await;
    bench.net.plan("manifest", [NetFault::Endless]);
    let reason = survives(&bench, &["check failed", "check false"]).await;
    assert!(reason.contains("longer than"), "{reason}");
}

#[tokio::test]
async fn retry_after_of_years_is_cut_to_a_day_and_survives_a_restart() {
    let bench = Bench::with_update().await;
    let busy = NetFault::Status(503, vec![("Retry-After".into(), "1000000000".into())]);
    bench.net.plan("manifest", [busy]);
    survives(&bench, &["check failed", "check false"]).await;
    survives(&bench, &["check false"]).await;
    bench.clock.advance_to(T0 + 25.0 * 3_600_000.0);
    assert_eq!(
        kinds(&bench.session().await.1),
        ["check true", "download delta", "ready 2.0.0"]
    );
}

#[tokio::test]
async fn bit_flip_in_staged_package_is_caught_and_fetched_again() {
    let bench = Bench::with_update().await;
    bench.session().await;
    let digest = bench.state().pending.unwrap().parts[0].digest;
    flip(&bench.dir.path().join("versions").join(digest.to_hex()).join("app.js"));
    let (ran, told) = bench.session().await;
    assert_eq!(
        (ran.as_str(), kinds(&told)),
        (
            "1.0.0",
            vec!["check true".into(), "download delta".into(), "ready 2.0.0".to_owned()]
        )
    );
    assert_eq!(bench.session().await.0, "2.0.0");
}

#[tokio::test]
async fn bit_flip_before_apply_keeps_the_running_release() {
    let bench = Bench::with_update().await;
    let updater = bench.updater();
    let start = updater.cold_start(&|_| ()).await.unwrap();
    updater.confirm().unwrap();
    updater.background(start.background, &|_| ()).await;
    let digest = updater.client.device.state(&app()).unwrap().pending.unwrap().parts[0].digest;
    flip(&updater.client.device.version(&digest).join("app.js"));
    assert!(matches!(
        updater.apply(),
        Err(ApplyError::Load(LoadError::Damaged { .. }))
    ));
    assert_eq!(
        updater.client.device.state(&app()).unwrap().active.unwrap().id,
        start.release
    );
}

#[tokio::test]
async fn installed_file_deleted_falls_back_or_is_fetched_again() {
    let bench = Bench::with_update().await;
    bench.session().await;
    // 2.0.0 on trial, 1.0.0 behind it.
    let start = bench.updater().cold_start(&|_| ()).await.unwrap();
    let digest = start.package.release().release().parts[0].digest;
    RealDisk
        .remove(&bench.dir.path().join("versions").join(digest.to_hex()).join("pages"))
        .unwrap();
    let (ran, told) = bench.session().await;
    assert_eq!(
        (ran.as_str(), kinds(&told)),
        (
            "1.0.0",
            vec!["check true".into(), "download delta".into(), "ready 2.0.0".to_owned()]
        )
    );
    bench.session().await;
    // 2.0.0 confirmed, nothing behind it.
    RealDisk
        .remove(&bench.dir.path().join("versions").join(digest.to_hex()).join("app.js"))
        .unwrap();
    let (ran, told) = bench.session().await;
    assert_eq!(
        (ran.as_str(), kinds(&told)),
        ("2.0.0", vec!["download whole".into(), "check false".to_owned()])
    );
}

fn flip(file: &Path) {
    let mut bytes = RealDisk.read(file).unwrap();
    bytes[0] ^= 1;
    RealDisk.write(file, &bytes).unwrap();
}

#[tokio::test]
async fn state_deleted_keeps_the_floor_and_the_installed_version() {
    let bench = Bench::with_update().await;
    let old = {
        let mut manifest = bench.registry.manifest.clone();
        manifest.seq = 1;
        manifest.releases.remove(0);
        sign_manifest(&manifest, &[&bench.registry.key])
    };
    bench.session().await;
    bench.session().await;
    RealDisk
        .write(&bench.dir.path().join("state.redb"), b"scribble")
        .unwrap();
    bench.registry.serve(old);
    let (ran, told) = bench.session().await;
    assert_eq!(
        (ran.as_str(), kinds(&told)),
        ("2.0.0", vec!["check failed".into(), "check false".to_owned()])
    );
    assert_eq!(bench.state().floor, 2);
}

#[tokio::test]
async fn a_long_absence_updates_before_the_start() {
    let bench = Bench::with_update().await;
    bench.clock.advance_to(T0 + 11.0 * 24.0 * 3_600_000.0);
    let (ran, told) = bench.session().await;
    assert_eq!(
        (ran.as_str(), kinds(&told)),
        ("2.0.0", vec!["download delta".into(), "check false".to_owned()])
    );
}

#[tokio::test]
async fn a_blocking_download_that_takes_too_long_goes_on_beside_the_app() {
    let bench = Bench::with_update().await;
    bench.clock.advance_to(T0 + 11.0 * 24.0 * 3_600_000.0);
    bench.net.plan("packages", [NetFault::Stall]);
    let (ran, told) = bench.session().await;
    assert_eq!(
        (ran.as_str(), kinds(&told)),
        (
            "1.0.0",
            vec!["check true".into(), "download delta".into(), "ready 2.0.0".to_owned()]
        )
    );
}

#[tokio::test]
async fn below_the_minimum_nothing_starts_when_nothing_can_be_got() {
    let mut bench = Bench::with_update().await;
    bench.registry.publish_with("3.0.0", files("3.0.0"), |release| {
        release.mode = UpdateMode::Sync;
        release.settings.min_version = Some(VersionLabel::parse("2").unwrap());
    });
    bench.net.plan("packages", vec![NetFault::Offline; 99]);
    // The first start does not know of the mode yet.
    let (_, told) = bench.session().await;
    assert_eq!(kinds(&told), ["check true forced", "failed"]);
    let updater = bench.updater();
    let error = run_clock(&bench.clock, updater.cold_start(&|_| ()))
        .await
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("wxtest 1.0.0 is below the minimum version, and http://registry.test/"),
        "{error}"
    );
}

#[tokio::test]
async fn a_periodic_check_makes_the_next_start_update_first() {
    let bench = Bench::with_update().await;
    assert!(bench.updater().periodic_check().await.unwrap());
    assert_eq!(bench.session().await.0, "2.0.0");
}

#[tokio::test]
async fn a_staged_release_that_was_withdrawn_is_not_started() {
    let mut bench = Bench::with_update().await;
    bench.session().await;
    bench.registry.manifest.releases[0].rollout = Rollout { percent: 0 };
    bench.registry.manifest.seq += 1;
    bench.registry.sign();
    bench.updater().periodic_check().await.unwrap();
    assert_eq!(bench.session().await.0, "1.0.0");
}

#[tokio::test]
async fn a_restart_runs_what_is_staged() {
    let bench = Bench::with_update().await;
    let updater = bench.updater();
    let start = updater.cold_start(&|_| ()).await.unwrap();
    updater.confirm().unwrap();
    assert_eq!(updater.restart().unwrap().version.as_str(), "1.0.0");
    updater.background(start.background, &|_| ()).await;
    let next = updater.restart().unwrap();
    assert_eq!(
        (next.version.as_str(), next.reason, next.background),
        ("2.0.0", Reason::Restarted, Background::Check)
    );
}

#[tokio::test]
async fn two_processes_on_one_folder_exclude_each_other() {
    let bench = Bench::new();
    let _first = bench.updater();
    assert!(matches!(
        bench.updater_on(Arc::new(RealDisk)),
        Err(DeviceError::InUse { .. })
    ));
}

#[tokio::test]
async fn an_updater_works_on_another_task() {
    let bench = Bench::with_update().await;
    let updater = bench.updater();
    let start = updater.cold_start(&|_| ()).await.unwrap();
    let beside = updater.clone();
    let task = tokio::spawn(async move { beside.background(start.background, &|_| ()).await });
    updater.confirm().unwrap();
    task.await.unwrap();
    assert_eq!(updater.apply().unwrap().version.as_str(), "2.0.0");
}

#[test]
fn download_kinds_and_events_have_stable_names() {
    let event = UpdateEvent::Download {
        kind: DownloadKind::Delta,
        part: "__APP__".into(),
        bytes: 7,
    };
    assert_eq!(
        serde_json::to_string(&event).unwrap(),
        r#"{"transport":"delta","part":"__APP__","bytes":7}"#
    );
    assert_eq!(
        serde_json::to_string(&UpdateEvent::NO_UPDATE).unwrap(),
        r#"{"hasUpdate":false}"#
    );
    assert_eq!(UpdateEvent::NO_UPDATE.kind(), "update.check");
}
