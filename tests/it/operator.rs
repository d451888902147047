//! What devices make of an operator's decisions.

use bytes::Bytes;
use minirun::package::{APP_JSON, AppId, SourcePackage};
use minirun::registry::{
    AppState, DEFAULT_VALID_MS, InProcess, Operator, Publication, SettingsChange, Store, WriteError, publish, read_log,
};
use minirun::release::{
    ReleaseId, Rollout, SecretKey, SignedManifest, TrustError, TrustedKeys, UpdateMode, VersionLabel, paths,
    sign_manifest,
};
use minirun::system::{RealDisk, SeededEntropy, VirtualClock};
use minirun::update::{Client, Device, UpdateEvent, Updater};
use std::sync::{Arc, Mutex};

const T0: u64 = 1_800_000_000_000;

fn app() -> AppId {
    AppId::parse("wx1").unwrap()
}

fn key(n: u8) -> SecretKey {
    SecretKey::from_seed(&[n; 32])
}

fn label(text: &str) -> VersionLabel {
    text.parse().unwrap()
}

/// A registry, its operator's key and clock.
struct Bench {
    store: Store,
    key: SecretKey,
    now: u64,
}

impl Bench {
    /// These versions, one after the other, for everyone.
    async fn with(versions: &[&str]) -> Self {
        let bench = Self {
            store: Store::in_memory(),
            key: key(1),
            now: T0,
        };
        for version in versions {
            bench.publish(version, 100).await.unwrap();
        }
        bench
    }

    fn operator(&self) -> Operator<'_> {
        Operator {
            store: &self.store,
            app: app(),
            key: &self.key,
            by: None,
            now_ms: self.now,
            valid_ms: DEFAULT_VALID_MS,
        }
    }

    async fn publish(&self, version: &str, percent: u8) -> Result<ReleaseId, WriteError> {
        let filler: String = (0..2000).map(|n| format!("exports.f{n} = {n};\n")).collect();
        let source = SourcePackage::open([
            (APP_JSON, Bytes::from_static(b"{\"pages\": [\"p\"]}")),
            ("app.js", Bytes::from(format!("App({{ version: '{version}' }})"))),
            ("p.js", Bytes::from(filler)),
        ]);
        let mut what = Publication::new(app(), label(version), self.now);
        what.rollout = Rollout { percent };
        Ok(publish(&self.store, &source.unwrap(), &what, &self.key).await?.id)
    }

    async fn state(&self) -> AppState {
        AppState::of(&read_log(&self.store, &app()).await.unwrap())
    }

    async fn served(&self) -> SignedManifest {
        let root = self.store.get(&paths::latest_root(&app())).await.unwrap().unwrap();
        let keys = TrustedKeys::pin(&app(), &root).unwrap();
        let manifest = self.store.get(&paths::manifest(&app())).await.unwrap().unwrap();
        SignedManifest::verify(&manifest, &keys).unwrap()
    }

    /// The version that each of 200 users gets.
    async fn offers(&self) -> Vec<String> {
        let served = self.served().await;
        let offer = |user: String| served.release_for(&user).unwrap().release().version.to_string();
        (0..200).map(|n| offer(format!("user{n}"))).collect()
    }

    /// A user whom a gray release of this share reaches, or one whom it does not.
    async fn user(&self, reached: bool) -> String {
        let (served, gray) = (self.served().await, self.state().await.gray.unwrap().release);
        let gets = |user: &String| served.release_for(user).unwrap().id() == gray;
        (0..200)
            .map(|n| format!("user{n}"))
            .find(|user| gets(user) == reached)
            .unwrap()
    }
}

/// The reason of a refusal.
fn refused<T: std::fmt::Debug>(outcome: Result<T, WriteError>) -> String {
    match outcome.unwrap_err() {
        WriteError::Refused(refusal) => refusal.to_string(),
        error => panic!("{error}"),
    }
}

/// A user's device.
struct Phone {
    dir: tempfile::TempDir,
    user: String,
    clock: VirtualClock,
}

impl Phone {
    fn of(user: &str) -> Self {
        Self {
            dir: tempfile::tempdir().unwrap(),
            user: user.to_owned(),
            #[expect(clippy::cast_precision_loss, reason = "a constant far below 2^52")]
            clock: VirtualClock::new(T0 as f64),
        }
    }

    /// A whole session: what ran, and what was told.
    async fn session(&self, registry: &Store) -> (String, Vec<String>) {
        let updater = Updater::new(Client {
            device: Device::open(self.dir.path(), Arc::new(self.clock.clone()), Arc::new(RealDisk)).unwrap(),
            http: Arc::new(InProcess::new(registry.clone())),
            entropy: Arc::new(SeededEntropy::new(1)),
            registry: InProcess::URL.to_owned(),
            app: app(),
            user: self.user.clone(),
            base_library: None,
            root: None,
        });
        let told = Mutex::new(Vec::new());
        let tell = |event: UpdateEvent| {
            told.lock().unwrap().push(match event {
                UpdateEvent::Check { has_update, forced, .. } => {
                    format!("check {has_update}{}", if forced { " forced" } else { "" })
                }
                UpdateEvent::Download { kind, .. } => format!("{kind:?}").to_lowercase(),
                UpdateEvent::Ready { version, .. } => format!("ready {version}"),
                UpdateEvent::Failed { reason, .. } => format!("failed: {reason}"),
                UpdateEvent::CheckFailed { reason } => reason,
                UpdateEvent::Transfer { .. } => return,
            });
        };
        let start = updater.cold_start(&tell).await.unwrap();
        updater.confirm().unwrap();
        updater.background(start.background, &tell).await;
        (start.version.to_string(), told.into_inner().unwrap())
    }

    /// Runs until nothing changes; gives what runs then.
    async fn settle(&self, registry: &Store) -> String {
        self.session(registry).await;
        self.session(registry).await.0
    }
}

#[tokio::test]
async fn a_revoked_release_takes_its_users_down_and_tells_the_others_nothing() {
    let bench = Bench::with(&["1.0.0"]).await;
    bench.publish("1.1.0", 50).await.unwrap();
    let (inside, outside) = (Phone::of(&bench.user(true).await), Phone::of(&bench.user(false).await));
    assert_eq!(inside.settle(&bench.store).await, "1.1.0");
    assert_eq!(outside.settle(&bench.store).await, "1.0.0");
    bench.operator().revoke().await.unwrap();
    let (ran, told) = inside.session(&bench.store).await;
    assert_eq!(
        (ran.as_str(), told),
        ("1.1.0", vec!["check true".into(), "delta".into(), "ready 1.0.0".into()])
    );
    assert_eq!(
        inside.session(&bench.store).await,
        ("1.0.0".into(), vec!["check false".into()])
    );
    assert_eq!(
        outside.session(&bench.store).await,
        ("1.0.0".into(), vec!["check false".into()])
    );
    // Both take what comes next.
    bench.publish("1.2.0", 100).await.unwrap();
    for phone in [&inside, &outside] {
        assert_eq!(phone.settle(&bench.store).await, "1.2.0");
    }
}

#[tokio::test]
async fn a_rollback_takes_devices_down_and_a_staged_release_with_it() {
    let bench = Bench::with(&["1.0.0"]).await;
    let (updated, staged) = (Phone::of("a"), Phone::of("b"));
    assert_eq!(staged.settle(&bench.store).await, "1.0.0");
    bench.publish("2.0.0", 100).await.unwrap();
    assert_eq!(updated.settle(&bench.store).await, "2.0.0");
    assert_eq!(
        staged.session(&bench.store).await.1,
        ["check true", "delta", "ready 2.0.0"]
    );
    bench.operator().rollback(None).await.unwrap();
    assert_eq!(
        updated.session(&bench.store).await.1,
        ["check true", "delta", "ready 1.0.0"]
    );
    assert_eq!(
        updated.session(&bench.store).await,
        ("1.0.0".into(), vec!["check false".into()])
    );
    // It has not heard of it yet, so it starts what it has staged, and goes back from there.
    assert_eq!(staged.session(&bench.store).await.0, "2.0.0");
    assert_eq!(staged.session(&bench.store).await.0, "1.0.0");
    bench.publish("2.0.1", 100).await.unwrap();
    assert_eq!(updated.settle(&bench.store).await, "2.0.1");
}

#[tokio::test]
async fn users_on_the_whitelist_get_a_gray_release_first_and_are_not_named() {
    let bench = Bench::with(&["1.0.0"]).await;
    bench.publish("1.1.0", 0).await.unwrap();
    let anna = Phone::of("anna");
    assert_eq!(anna.settle(&bench.store).await, "1.0.0");
    let users = ["anna".to_owned(), "bert".to_owned()];
    bench.operator().whitelist_add(&users).await.unwrap();
    assert!(refused(bench.operator().whitelist_add(&users[..1]).await).contains("already"));
    let manifest = serde_json::to_string(bench.served().await.manifest()).unwrap();
    assert!(!manifest.contains("anna"));
    assert_eq!(anna.settle(&bench.store).await, "1.1.0");
    assert!(bench.offers().await.iter().all(|version| version == "1.0.0"));
    // Who has it keeps it.
    bench.operator().whitelist_remove(&users).await.unwrap();
    assert!(refused(bench.operator().whitelist_remove(&users).await).contains("not on the whitelist"));
    assert_eq!(
        anna.session(&bench.store).await,
        ("1.1.0".into(), vec!["check false".into()])
    );
    bench.operator().whitelist_add(&users).await.unwrap();
    bench.operator().revoke().await.unwrap();
    assert_eq!(anna.settle(&bench.store).await, "1.0.0");
    let many: Vec<String> = (0..1000).map(|n| format!("u{n}")).collect();
    assert!(refused(bench.operator().whitelist_add(&many).await).contains("more than 1000"));
}

#[tokio::test]
async fn thresholds_of_a_release_that_is_out_change_at_once() {
    let bench = Bench::with(&["1.0.0"]).await;
    let phone = Phone::of("u");
    assert_eq!(phone.settle(&bench.store).await, "1.0.0");
    let id = bench.publish("2.0.0", 100).await.unwrap();
    let min = SettingsChange {
        min_version: Some(Some(label("2.0.0"))),
        ..SettingsChange::default()
    };
    bench.operator().settings(&min, Some(id)).await.unwrap();
    bench.operator().mode(UpdateMode::Async, Some(id)).await.unwrap();
    assert_eq!(
        phone.session(&bench.store).await.1,
        ["check true forced", "delta", "ready 2.0.0"]
    );
    assert_eq!(bench.state().await.settings.min_version, None);
}

#[tokio::test]
async fn a_device_that_has_missed_roots_follows_them_one_by_one() {
    let mut bench = Bench::with(&["1.0.0"]).await;
    let phone = Phone::of("u");
    phone.session(&bench.store).await;
    for n in 2..=4 {
        bench.operator().add_key(&key(n)).await.unwrap();
        bench.key = key(n);
        bench.operator().remove_key(key(n - 1).public().id()).await.unwrap();
    }
    bench.publish("1.1.0", 100).await.unwrap();
    assert_eq!(
        phone.session(&bench.store).await.1,
        ["check true", "delta", "ready 1.1.0"]
    );
}

#[tokio::test]
async fn what_a_removed_key_signs_is_refused_by_devices_that_have_checked_since() {
    let mut bench = Bench::with(&["1.0.0"]).await;
    let phone = Phone::of("u");
    phone.session(&bench.store).await;
    bench.operator().add_key(&key(2)).await.unwrap();
    bench.key = key(2);
    phone.session(&bench.store).await;
    // The device knows both keys, and would believe either; the manifest's root number takes it further.
    bench.operator().remove_key(key(1).public().id()).await.unwrap();
    phone.session(&bench.store).await;
    let mut forged = bench.served().await.manifest().clone();
    forged.seq += 1;
    for root_version in [0, 2, 3, 9] {
        forged.root_version = root_version;
        let envelope = sign_manifest(&forged, &[&key(1)]);
        bench.store.put(&paths::manifest(&app()), envelope).await.unwrap();
        let told = phone.session(&bench.store).await.1;
        assert!(told[0].ends_with(&TrustError::ForeignKey.to_string()), "{told:?}");
    }
}

#[tokio::test]
async fn a_manifest_whose_root_cannot_be_reached_is_refused() {
    let bench = Bench::with(&["1.0.0"]).await;
    let phone = Phone::of("u");
    phone.session(&bench.store).await;
    let mut ahead = bench.served().await.manifest().clone();
    (ahead.seq, ahead.root_version) = (2, 7);
    let envelope = sign_manifest(&ahead, &[&key(1)]);
    bench.store.put(&paths::manifest(&app()), envelope).await.unwrap();
    let told = phone.session(&bench.store).await.1;
    assert!(
        told[0].ends_with("manifest needs root 7, and root 1 is the last one that could be followed"),
        "{told:?}"
    );
}
