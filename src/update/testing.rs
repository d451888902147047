//! A registry in memory, for the tests of this room.

use crate::package::{APP_JSON, AppId, AppJson, Digest, Effort, FileTree, PartName, compress, split, write_archive};
use crate::release::{
    Delta, Object, Part, Release, ReleaseId, ReleaseManifest, Rollout, RootDocument, SecretKey, Settings, UpdateMode,
    VersionLabel, paths, sign_manifest,
};
use crate::system::{Clock as _, MemoryHttp, VirtualClock};
use bytes::Bytes;
use std::collections::BTreeMap;
use std::sync::Arc;

pub const BASE: &str = "http://registry.test";
pub const T0: f64 = 1_800_000_000_000.0;

pub fn app() -> AppId {
    AppId::parse("wxtest").unwrap()
}

/// A release that nobody downloads.
pub fn release(id: u64, version: &str) -> Release {
    let digest = Digest::of(format!("{id} {version}").as_bytes());
    Release {
        id: ReleaseId(id),
        version: VersionLabel::parse(version).unwrap(),
        released_at: 0,
        notes: String::new(),
        mode: UpdateMode::Default,
        settings: Settings::default(),
        rollout: Rollout::FULL,
        base_library: None,
        parts: vec![Part {
            name: PartName::Main,
            digest,
            length: 1,
            whole: Object { digest, length: 1 },
            deltas: Vec::new(),
        }],
        config: None,
    }
}

pub fn manifest(releases: Vec<Release>) -> ReleaseManifest {
    ReleaseManifest {
        app_id: app(),
        seq: releases.iter().map(|r| r.id.0).max().unwrap_or(0),
        issued_at: 0,
        expires_at: 9_000_000_000_000,
        root_version: 1,
        whitelist: std::collections::BTreeSet::default(),
        releases,
    }
}

/// The files of a small app; `body` differs between versions.
pub fn files(body: &str) -> FileTree {
    let filler: String = (0..2000).map(|n| format!("line {n};\n")).collect();
    let file = |text: &str| Bytes::copy_from_slice(text.as_bytes());
    FileTree::from_names([
        ("app.json", file(r#"{"pages":["pages/a/a"]}"#)),
        ("app.js", file(&format!("App({{}}) // {body}"))),
        ("pages/a/a.js", file(&format!("Page({{}}) // {body}\n{filler}"))),
    ])
    .unwrap()
}

/// The same app with the subpackages `goods` and `order`, and with `fair`, which starts alone.
pub fn shop(body: &str) -> FileTree {
    let file = |text: String| Bytes::from(text);
    let pages = r#""pages": ["pages/p/p"]"#;
    let subs = ["goods", "order"]
        .map(|root| format!(r#"{{"root": "{root}", {pages}}}"#))
        .join(",");
    let app = format!(
        r#"{{"pages": ["pages/a/a"], "subpackages": [{subs}, {{"root": "fair", {pages}, "independent": true}}]}}"#
    );
    let lines: String = (0..100).map(|n| format!("row {n};\n")).collect();
    let page = |root: &str| {
        (
            format!("{root}/pages/p/p.js"),
            file(format!("Page({{}}) // {root} {body}\n{lines}")),
        )
    };
    let (_, code) = files(body).partition(|path| path.as_str() == APP_JSON);
    let rest = [
        (APP_JSON.to_owned(), file(app)),
        page("goods"),
        page("order"),
        page("fair"),
    ];
    code.merge(FileTree::from_names(rest).unwrap()).unwrap()
}

/// What a registry serves for one app.
pub struct TestRegistry {
    pub http: Arc<MemoryHttp>,
    pub key: SecretKey,
    pub manifest: ReleaseManifest,
    archives: BTreeMap<PartName, Bytes>,
}

impl TestRegistry {
    pub fn new() -> Self {
        let registry = Self {
            http: Arc::default(),
            key: SecretKey::from_seed(&[1; 32]),
            manifest: manifest(Vec::new()),
            archives: BTreeMap::new(),
        };
        registry.put_root(&registry.key);
        registry
    }

    pub fn put_root(&self, key: &SecretKey) {
        let root = RootDocument {
            app_id: app(),
            version: 1,
            threshold: 1,
            keys: vec![key.public()],
            floor: None,
        };
        self.http.put(&url(&paths::latest_root(&app())), root.seal(&[key]));
    }

    /// Publishes `version`; later ones come with a delta from the one before.
    pub fn publish(&mut self, version: &str) -> ReleaseId {
        self.publish_with(version, files(version), |_| ())
    }

    pub fn publish_with(&mut self, version: &str, files: FileTree, with: impl Fn(&mut Release)) -> ReleaseId {
        let app = AppJson::of(&files).unwrap_or_default();
        let config = files
            .read(APP_JSON)
            .map(|text| String::from_utf8_lossy(text).into_owned());
        let id = self.manifest.seq + 1;
        let mut release = release(id, version);
        release.config = config.filter(|_| app.subpackages.iter().any(|sub| sub.independent));
        let parts = split(&app, files).into_iter();
        release.parts = parts.map(|(name, files)| self.put_part(name, &files)).collect();
        with(&mut release);
        self.manifest.releases.insert(0, release);
        self.manifest.seq = id;
        self.sign();
        ReleaseId(id)
    }

    fn put_part(&mut self, name: PartName, files: &FileTree) -> Part {
        let archive = write_archive(files);
        let whole = self.put_object(&compress(&archive, None, Effort::Thorough).unwrap());
        let deltas = self.archives.get(&name).map(|base| Delta {
            base: Digest::of(base),
            object: self.put_object(&compress(&archive, Some(base), Effort::Thorough).unwrap()),
        });
        let part = Part {
            name: name.clone(),
            digest: Digest::of(&archive),
            length: archive.len() as u64,
            whole,
            deltas: deltas.into_iter().collect(),
        };
        self.archives.insert(name, archive);
        part
    }

    /// Serves the manifest as it now is.
    pub fn sign(&self) {
        self.serve(sign_manifest(&self.manifest, &[&self.key]));
    }

    pub fn serve(&self, envelope: Vec<u8>) {
        self.http.put(&manifest_url(), envelope);
    }

    fn put_object(&self, bytes: &[u8]) -> Object {
        let digest = Digest::of(bytes);
        self.http.put(&url(&paths::object(&app(), &digest)), bytes.to_vec());
        Object {
            digest,
            length: bytes.len() as u64,
        }
    }

    /// The address of the newest release's whole main package.
    pub fn whole_url(&self) -> String {
        url(&paths::object(&app(), &self.manifest.releases[0].parts[0].whole.digest))
    }

    /// The address of the delta to the newest release.
    pub fn delta_url(&self) -> String {
        url(&paths::object(
            &app(),
            &self.manifest.releases[0].parts[0].deltas[0].object.digest,
        ))
    }
}

pub fn manifest_url() -> String {
    url(&paths::manifest(&app()))
}

pub fn url(path: &str) -> String {
    format!("{BASE}/{path}")
}

/// Lets time pass whenever nothing else can happen.
pub async fn run_clock<T>(clock: &VirtualClock, work: impl Future<Output = T>) -> T {
    tokio::pin!(work);
    loop {
        for _ in 0..20 {
            tokio::select! {
                biased;
                done = &mut work => return done,
                () = tokio::task::yield_now() => {}
            }
        }
        clock.advance_to(clock.now_ms() + 250.0);
    }
}
