//! What a device does not believe, with the real program and a real registry whose store somebody has meddled with:
//! the reason is on the timeline, and the installed version runs.

use crate::program::{Cmd, Dir, Ran, fixture, setup};
use crate::server::Registry;
use crate::timeline::Timeline;
use minirun::package::AppId;
use minirun::release::{ReleaseManifest, RootDocument, SecretKey, SignedManifest, TrustedKeys, sign_manifest};
use serde_json::{Value, json};

const APP: &str = "wx5e1f0c0de0000001";

struct Bench {
    dir: Dir,
    cmd: Cmd,
    registry: Registry,
}

impl Bench {
    /// Notes 1.0.0 is installed, and 1.1.0 is published.
    fn new() -> Self {
        let bench = Self::first();
        let (timeline, ran) = bench.start(&[]);
        assert_eq!(timeline.booted(), ["1.0.0"], "{ran}");
        bench.registry.notes("1.1.0");
        bench
    }

    /// Notes 1.0.0 is published.
    fn first() -> Self {
        let (dir, cmd) = setup();
        let registry = Registry::start(&dir, &cmd);
        registry.notes("1.0.0");
        Self { dir, cmd, registry }
    }

    fn start(&self, args: &[&str]) -> (Timeline, Ran) {
        let device = self.dir.at("device");
        let common = ["--registry", &self.registry.url, "--device", &device];
        let modal = ["--modal", "confirm"];
        self.cmd.timeline(APP, &[&common, &modal[..], args].concat())
    }

    fn file(&self, name: &str) -> std::path::PathBuf {
        self.dir.path().join(format!("store/apps/{APP}/{name}"))
    }

    fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.file(name)).unwrap()
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.file(name), bytes).unwrap();
    }

    fn envelope(&self) -> Value {
        serde_json::from_slice(&self.read("manifest.json")).unwrap()
    }

    fn key(&self) -> SecretKey {
        let pem = self.dir.path().join("store/keys/publisher.pem");
        SecretKey::from_pem(&std::fs::read_to_string(pem).unwrap()).unwrap()
    }

    fn manifest(&self) -> ReleaseManifest {
        let keys = TrustedKeys::pin(&AppId::parse(APP).unwrap(), &self.read("root.json")).unwrap();
        let signed = SignedManifest::verify(&self.read("manifest.json"), &keys).unwrap();
        signed.manifest().clone()
    }

    /// The check is refused for this reason, and 1.0.0 runs and hears that there is no update.
    #[track_caller]
    fn refuses(&self, reason: &str) {
        let (timeline, ran) = self.start(&[]);
        let ran = ran.code(0);
        assert_eq!(timeline.booted(), ["1.0.0"], "{ran}");
        let told = timeline.one("update.check.failed").text("reason").to_owned();
        assert!(told.contains(reason), "{told:?} instead of {reason:?}");
        assert!(told.contains("/manifest.json: "), "{told}");
        assert_eq!(timeline.one("update.check").rest["hasUpdate"], false, "{ran}");
    }

    /// The honest manifest is taken again: nothing was spoiled.
    #[track_caller]
    fn takes(&self, honest: &[u8]) {
        self.put("manifest.json", honest);
        let (timeline, ran) = self.start(&[]);
        assert_eq!(timeline.booted(), ["1.0.0", "1.1.0"], "{}", ran.code(0));
    }
}

fn stranger() -> SecretKey {
    SecretKey::from_seed(&[9; 32])
}

#[test]
fn envelope_that_is_not_signed_right_is_refused_with_its_reason() {
    let bench = Bench::new();
    let honest = bench.read("manifest.json");
    let with = |name: &str, value: Value| {
        let mut envelope = bench.envelope();
        envelope[name] = value;
        bench.put("manifest.json", envelope.to_string().as_bytes());
    };
    with("signatures", json!([]));
    bench.refuses("document is not signed");
    bench.put("manifest.json", &honest);
    with("payloadType", json!("text/plain"));
    bench.refuses("document is of type \"text/plain\"");
    bench.put("manifest.json", &bench.read("root.json"));
    bench.refuses("document is of type \"application/vnd.minirun.root+json\"");
    bench.put(
        "manifest.json",
        &sign_manifest(
            &ReleaseManifest {
                seq: 9,
                ..manifest_of(&honest, &bench)
            },
            &[&stranger()],
        ),
    );
    bench.refuses("document is signed by unknown keys only");
    // The stranger's signature under the publisher's name.
    let mut forged = bench.envelope();
    let own: Value = serde_json::from_slice(&honest).unwrap();
    forged["signatures"][0]["keyid"] = own["signatures"][0]["keyid"].clone();
    bench.put("manifest.json", forged.to_string().as_bytes());
    bench.refuses("is wrong");
    bench.put("manifest.json", b"<html>please log in</html>");
    bench.refuses("malformed envelope");
    bench.takes(&honest);
}

/// The honest manifest, whatever is served now.
fn manifest_of(honest: &[u8], bench: &Bench) -> ReleaseManifest {
    let served = bench.read("manifest.json");
    bench.put("manifest.json", honest);
    let manifest = bench.manifest();
    bench.put("manifest.json", &served);
    manifest
}

#[test]
fn manifest_of_another_app_or_too_old_is_refused_with_its_reason() {
    let bench = Bench::new();
    let honest = bench.read("manifest.json");
    let manifest = bench.manifest();
    let serve = |change: &dyn Fn(&mut ReleaseManifest)| {
        let mut other = manifest.clone();
        change(&mut other);
        bench.put("manifest.json", &sign_manifest(&other, &[&bench.key()]));
    };
    serve(&|manifest| manifest.app_id = AppId::parse("wxother").unwrap());
    bench.refuses(&format!("document is for app wxother instead of {APP}"));
    serve(&|manifest| manifest.expires_at = manifest.issued_at);
    bench.refuses("manifest 2 expired 0 hours ago");
    serve(&|manifest| {
        manifest.seq = 0;
        manifest.releases.clear();
    });
    bench.refuses("manifest 0 is older than 1, which was seen before");
    serve(&|manifest| manifest.root_version = 7);
    bench.refuses("manifest needs root 7");
    serve(&|manifest| manifest.releases.push(manifest.releases[0].clone()));
    bench.refuses("is there twice");
    bench.takes(&honest);
}

#[test]
fn manifest_with_the_package_of_another_release_is_refused_with_its_reason() {
    let bench = Bench::new();
    let honest = bench.read("manifest.json");
    let manifest = bench.manifest();
    let part = |version: &str| {
        let release = manifest.releases.iter().find(|r| r.version.as_str() == version);
        release.unwrap().parts[0].clone()
    };
    let (old, new) = (part("1.0.0"), part("1.1.0"));
    let object = |digest| format!("packages/{digest}.zst");
    // The new release's bytes are the old one's.
    let kept = bench.read(&object(new.whole.digest));
    let delta = new.deltas[0].object.digest;
    let kept_delta = bench.read(&object(delta));
    bench.put(&object(new.whole.digest), &bench.read(&object(old.whole.digest)));
    bench.put(&object(delta), &kept);
    let (timeline, ran) = bench.start(&[]);
    assert_eq!(timeline.booted(), ["1.0.0"], "{ran}");
    let reason = timeline.one("update.failed").text("reason").to_owned();
    // It is too short, and what is missing is not to be had.
    assert!(reason.contains("asked for the bytes from"), "{reason}");
    bench.put(&object(new.whole.digest), &kept);
    bench.put(&object(delta), &kept_delta);
    bench.takes(&honest);
}

#[test]
fn one_key_that_signs_twice_is_not_two_keys() {
    let bench = Bench::first();
    let (key, other) = (bench.key(), stranger());
    let root = RootDocument {
        app_id: AppId::parse(APP).unwrap(),
        version: 1,
        threshold: 2,
        keys: vec![key.public(), other.public()],
        floor: None,
    };
    let manifest = bench.manifest();
    bench.put("root.json", &root.seal(&[&key, &other]));
    bench.put("manifest.json", &sign_manifest(&manifest, &[&key, &key]));
    let (timeline, ran) = bench.start(&[]);
    ran.code(1);
    let message = timeline.one("error").text("message").to_owned();
    assert!(message.contains("document has 1 of 2 signatures"), "{message}");
    bench.put("manifest.json", &sign_manifest(&manifest, &[&key, &other]));
    let (timeline, ran) = bench.start(&[]);
    assert_eq!(timeline.booted(), ["1.0.0"], "{ran}");
}

#[test]
fn rotated_keys_overlap_until_the_old_one_is_removed_and_then_it_counts_for_nothing() {
    let bench = Bench::new();
    let store = bench.dir.at("store");
    let old = bench.key();
    let rotate = |args: &[&str]| {
        let rotate = ["release", "rotate", APP, "--store", &store];
        bench.cmd.ok(&[&rotate, args].concat())
    };
    rotate(&[]);
    let both = bench.manifest();
    // In the overlap the old key still speaks.
    bench.put("manifest.json", &sign_manifest(&both, &[&old]));
    let (timeline, ran) = bench.start(&[]);
    assert_eq!(timeline.booted(), ["1.0.0", "1.1.0"], "{}", ran.code(0));
    let id = old.public().id().to_string();
    rotate(&["--remove", &id]);
    let honest = bench.read("manifest.json");
    let (timeline, ran) = bench.start(&[]);
    assert!(!timeline.has("update.check.failed"), "{}", ran.code(0));
    let later = ReleaseManifest {
        seq: both.seq + 9,
        ..both
    };
    bench.put("manifest.json", &sign_manifest(&later, &[&old]));
    let (timeline, ran) = bench.start(&[]);
    assert_eq!(timeline.booted(), ["1.1.0"], "{}", ran.code(0));
    let reason = timeline.one("update.check.failed").text("reason").to_owned();
    assert!(reason.contains("document is signed by unknown keys only"), "{reason}");
    bench.put("manifest.json", &honest);
    bench.registry.publish(&fixture("notes/1.1.0"), "1.2.0", &[]);
    let (timeline, ran) = bench.start(&[]);
    assert_eq!(timeline.booted(), ["1.1.0", "1.2.0"], "{}", ran.code(0));
}
