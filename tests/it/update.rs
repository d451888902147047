//! A device against a real registry over real HTTP.

use bytes::Bytes;
use minirun::package::{AppId, CodePackage as _, SourcePackage};
use minirun::registry::{Publication, Store, publish, serve};
use minirun::release::{SecretKey, VersionLabel};
use minirun::system::{RealClock, RealDisk, RealEntropy, RealHttp};
use minirun::update::{Client, Device, UpdateEvent, Updater};
use std::path::Path;
use std::sync::{Arc, Mutex};

struct Registry {
    folder: tempfile::TempDir,
    store: Store,
    url: String,
}

impl Registry {
    async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open_folder(folder.path()).unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(serve(listener, store.clone(), std::future::pending()));
        Self { folder, store, url }
    }

    async fn publish(&self, version: &str) {
        let filler: String = (0..5000).map(|n| format!("exports.f{n} = {n};\n")).collect();
        let source = SourcePackage::open([
            ("app.json", Bytes::from_static(br#"{"pages":["pages/a/a"]}"#)),
            ("app.js", Bytes::from(format!("App({{ version: '{version}' }})"))),
            ("pages/a/a.js", Bytes::from(format!("Page({{}})\n{filler}"))),
        ]);
        let what = Publication::new(app(), VersionLabel::parse(version).unwrap(), 1_800_000_000_000);
        let key = SecretKey::from_seed(&[7; 32]);
        publish(&self.store, &source.unwrap(), &what, &key).await.unwrap();
    }

    /// Changes a byte of every stored package.
    fn tamper(&self) {
        let packages = self.folder.path().join("apps/wxreal/packages");
        for entry in std::fs::read_dir(packages).unwrap() {
            let path = entry.unwrap().path();
            let mut bytes = std::fs::read(&path).unwrap();
            *bytes.last_mut().unwrap() ^= 1;
            std::fs::write(&path, bytes).unwrap();
        }
    }
}

fn app() -> AppId {
    AppId::parse("wxreal").unwrap()
}

fn updater(dir: &Path, url: &str) -> Updater {
    Updater::new(Client {
        device: Device::open(dir, Arc::new(RealClock), Arc::new(RealDisk)).unwrap(),
        http: Arc::new(RealHttp::new().unwrap()),
        entropy: Arc::new(RealEntropy),
        registry: url.to_owned(),
        app: app(),
        user: "user1".to_owned(),
        base_library: None,
        root: None,
    })
}

/// One session on its own; gives what ran and the kinds of what was told.
async fn session(dir: &Path, url: &str) -> (String, Vec<&'static str>) {
    let updater = updater(dir, url);
    let told = Mutex::new(Vec::<UpdateEvent>::new());
    let tell = |event| told.lock().unwrap().push(event);
    let start = updater.cold_start(&tell).await.unwrap();
    let code = start.package.files().read("app.js").unwrap();
    assert!(String::from_utf8_lossy(code).contains(start.version.as_str()));
    updater.confirm().unwrap();
    updater.background(start.background, &tell).await;
    let told = told.lock().unwrap();
    let kinds = told
        .iter()
        .filter(|event| event.is_entry())
        .map(UpdateEvent::kind)
        .collect();
    (start.version.to_string(), kinds)
}

#[tokio::test]
async fn a_device_installs_and_updates_over_http() {
    let (registry, dir) = (Registry::start().await, tempfile::tempdir().unwrap());
    registry.publish("1.0.0").await;
    assert_eq!(
        session(dir.path(), &registry.url).await,
        ("1.0.0".into(), vec!["update.download"])
    );
    assert_eq!(
        session(dir.path(), &registry.url).await,
        ("1.0.0".into(), vec!["update.check"])
    );
    registry.publish("1.1.0").await;
    let told = vec!["update.check", "update.download", "update.ready"];
    assert_eq!(session(dir.path(), &registry.url).await, ("1.0.0".into(), told));
    assert_eq!(
        session(dir.path(), &registry.url).await,
        ("1.1.0".into(), vec!["update.check"])
    );
}

#[tokio::test]
async fn package_changed_on_the_server_is_refused_before_it_is_unpacked() {
    let (registry, dir) = (Registry::start().await, tempfile::tempdir().unwrap());
    registry.publish("1.0.0").await;
    session(dir.path(), &registry.url).await;
    registry.publish("1.1.0").await;
    registry.tamper();
    for _ in 0..2 {
        let told = vec!["update.check", "update.failed"];
        assert_eq!(session(dir.path(), &registry.url).await, ("1.0.0".into(), told));
    }
    assert_eq!(std::fs::read_dir(dir.path().join("versions")).unwrap().count(), 1);
}

#[tokio::test]
async fn a_server_that_is_gone_leaves_the_installed_version_running() {
    let dir = tempfile::tempdir().unwrap();
    let nobody = "http://127.0.0.1:1";
    let error = updater(dir.path(), nobody)
        .cold_start(&|_| ())
        .await
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("wxreal is not installed, and http://127.0.0.1:1/apps/wxreal/root.json: "),
        "{error}"
    );
    let registry = Registry::start().await;
    registry.publish("1.0.0").await;
    session(dir.path(), &registry.url).await;
    assert_eq!(
        session(dir.path(), nobody).await,
        ("1.0.0".into(), vec!["update.check.failed", "update.check"])
    );
}
