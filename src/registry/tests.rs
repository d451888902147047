//! The registry from publishing to the bytes that a device gets, over real HTTP on a free port.

use super::*;
use crate::package::{APP_JSON, AppId, Digest, PartName, SourcePackage};
use crate::release::{Release, Rollout, SecretKey, SignedManifest, TrustedKeys, VersionLabel, paths};
use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{CACHE_CONTROL, CONTENT_RANGE, ETAG, IF_NONE_MATCH, IF_RANGE, RANGE};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

fn app() -> AppId {
    AppId::parse("wx1").unwrap()
}

fn key() -> SecretKey {
    SecretKey::from_seed(&[1; 32])
}

fn label(text: &str) -> VersionLabel {
    text.parse().unwrap()
}

fn source(text: &str) -> SourcePackage {
    // Large and not repetitive enough to vanish, so that a delta pays.
    let data: String = (0u32..2000)
        .map(|n| format!("{:x},", n.wrapping_mul(2_654_435_761)))
        .collect();
    let files = [
        (
            APP_JSON,
            "{\"pages\": [\"p\"], \"subPackages\": [{\"root\": \"sub\", \"pages\": [\"q\"]}]}",
        ),
        ("app.js", text),
        ("data.js", &data),
        ("p.js", ""),
        ("sub/q.js", ""),
    ];
    SourcePackage::open(files.map(|(name, text)| (name, Bytes::from(text.to_owned())))).unwrap()
}

async fn publish_as(store: &Store, version: &str) -> Result<Release, WriteError> {
    let what = Publication::new(app(), label(version), 1000);
    publish(store, &source(version), &what, &key()).await
}

async fn served(store: &Store) -> SignedManifest {
    let root = store.get(&paths::latest_root(&app())).await.unwrap().unwrap();
    let keys = TrustedKeys::pin(&app(), &root).unwrap();
    SignedManifest::verify(&store.get(&paths::manifest(&app())).await.unwrap().unwrap(), &keys).unwrap()
}

#[tokio::test]
async fn a_release_can_be_fetched_whole_and_as_a_delta() {
    let store = Store::in_memory();
    publish_as(&store, "1.0.0").await.unwrap();
    let old = served(&store).await.release_for("u").unwrap();
    publish_as(&store, "1.1.0").await.unwrap();
    let manifest = served(&store).await;
    assert_eq!(manifest.manifest().seq, 2);
    let new = manifest.release_for("u").unwrap();
    let object = async |digest: &Digest| store.get(&paths::object(&app(), digest)).await.unwrap().unwrap();

    let part = new.release().part(&PartName::Main).unwrap();
    let whole = new
        .open_whole(&PartName::Main, &object(&part.whole.digest).await)
        .unwrap();
    let old_whole = object(&old.release().part(&PartName::Main).unwrap().whole.digest).await;
    let base = old.open_whole(&PartName::Main, &old_whole).unwrap();
    let delta = part.delta_from(base.digest()).unwrap();
    assert!(delta.object.length * 10 < part.whole.length);
    let patched = new
        .open_delta(&PartName::Main, base.archive(), &object(&delta.object.digest).await)
        .unwrap();
    assert_eq!(patched.archive(), whole.archive());
    // A subpackage that did not change is the same object, and needs no delta.
    let sub = PartName::parse("sub").unwrap();
    let (old_sub, new_sub) = (old.release().part(&sub).unwrap(), new.release().part(&sub).unwrap());
    assert_eq!((old_sub.whole, new_sub.deltas.len()), (new_sub.whole, 0));
}

#[tokio::test]
async fn a_version_that_does_not_go_up_is_refused() {
    let store = Store::in_memory();
    publish_as(&store, "1.10.0").await.unwrap();
    for version in ["1.10.0", "1.10", "1.9.9", "1.10.0-beta"] {
        let result = publish_as(&store, version).await;
        assert!(
            matches!(result, Err(WriteError::Refused(Refusal::NotNewer { .. }))),
            "{version}"
        );
    }
    assert!(publish_as(&store, "1.10.1").await.is_ok());
}

#[tokio::test]
async fn settings_that_contradict_each_other_are_refused() {
    let store = Store::in_memory();
    let attempt = async |change: fn(&mut Publication)| {
        let mut what = Publication::new(app(), label("1.0.0"), 0);
        change(&mut what);
        publish(&store, &source("1"), &what, &key()).await
    };
    let min = attempt(|w| w.settings.min_version = Some(Some(label("1.0.1")))).await;
    assert!(matches!(min, Err(WriteError::Refused(Refusal::MinAboveRelease { .. }))));
    let prefer = attempt(|w| {
        w.settings.min_version = Some(Some(label("0.9")));
        w.settings.prefer_local = Some(Some(label("0.8")));
    });
    assert!(matches!(
        prefer.await,
        Err(WriteError::Refused(Refusal::PreferBelowMin { .. }))
    ));
    let gray = attempt(|w| w.rollout = Rollout { percent: 10 }).await;
    assert!(matches!(gray, Err(WriteError::Refused(Refusal::FirstIsGray(_)))));
    assert_eq!(read_log(&store, &app()).await.unwrap(), []);
}

#[tokio::test]
async fn foreign_key_cannot_publish() {
    let store = Store::in_memory();
    publish_as(&store, "1.0.0").await.unwrap();
    let what = Publication::new(app(), label("1.1.0"), 0);
    let result = publish(&store, &source("x"), &what, &SecretKey::from_seed(&[2; 32])).await;
    assert!(matches!(result, Err(WriteError::Root(RootError::NotAKeyOf { .. }))));
    assert_eq!(served(&store).await.manifest().seq, 1);
}

#[tokio::test]
async fn racing_publishers_have_one_winner() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_folder(folder.path()).unwrap();
    publish_as(&store, "1.0.0").await.unwrap();
    let race = (1..=4).map(|n| {
        let store = store.clone();
        tokio::spawn(async move { publish_as(&store, &format!("2.0.{n}")).await })
    });
    let mut won = Vec::new();
    for attempt in race.collect::<Vec<_>>() {
        match attempt.await.unwrap() {
            Ok(release) => won.push(release.id),
            // Late ones see a newer release, or lose the entry that they wanted to write.
            Err(WriteError::Refused(Refusal::NotNewer { .. }) | WriteError::Log(LogError::Conflict { .. })) => {}
            Err(error) => panic!("{error}"),
        }
    }
    let log = read_log(&store, &app()).await.unwrap();
    assert!(!won.is_empty());
    assert_eq!(log.len(), 1 + won.len(), "every winner has its own entry");
    assert_eq!(served(&store).await.manifest().seq, log.len() as u64);
}

#[tokio::test]
async fn an_entry_is_written_once() {
    let store = Store::in_memory();
    publish_as(&store, "1.0.0").await.unwrap();
    let entry = read_log(&store, &app()).await.unwrap().remove(0);
    let result = super::log::append(&store, &app(), &entry).await;
    assert!(matches!(result, Err(LogError::Conflict { seq: 1, .. })));
}

#[tokio::test]
async fn publish_killed_before_the_manifest_is_invisible_and_finished_later() {
    let store = Store::in_memory();
    publish_as(&store, "1.0.0").await.unwrap();
    let before = store.get(&paths::manifest(&app())).await.unwrap().unwrap();
    publish_as(&store, "1.1.0").await.unwrap();
    store.put(&paths::manifest(&app()), before).await.unwrap();
    assert_eq!(
        served(&store).await.release_for("u").unwrap().release().version,
        label("1.0.0")
    );
    // The next publisher finds the label taken, and brings the manifest up to date on the way.
    assert!(matches!(
        publish_as(&store, "1.1.0").await,
        Err(WriteError::Refused(Refusal::NotNewer { .. }))
    ));
    assert_eq!(
        served(&store).await.release_for("u").unwrap().release().version,
        label("1.1.0")
    );
}

#[tokio::test]
async fn a_log_with_a_gap_or_an_unknown_event_is_not_guessed_at() {
    let store = Store::in_memory();
    store.put("apps/wx1/log/2.json", "{}").await.unwrap();
    assert!(matches!(
        read_log(&store, &app()).await,
        Err(LogError::Unreadable { .. })
    ));
    let store = Store::in_memory();
    store
        .put("apps/wx1/log/1.json", r#"{"seq": 1, "at": 0, "event": "later"}"#)
        .await
        .unwrap();
    assert!(matches!(
        read_log(&store, &app()).await,
        Err(LogError::Unreadable { .. })
    ));
}

#[tokio::test]
async fn a_damaged_base_is_reported_and_nothing_is_published() {
    let store = Store::in_memory();
    let first = publish_as(&store, "1.0.0").await.unwrap();
    store
        .put(&paths::object(&app(), &first.parts[0].whole.digest), "garbage")
        .await
        .unwrap();
    assert!(matches!(
        publish_as(&store, "1.1.0").await,
        Err(WriteError::Damaged { .. })
    ));
    assert_eq!(served(&store).await.manifest().seq, 1);
}

/// A server on a free port; it stops when the sender is dropped.
async fn start(store: Store) -> (String, oneshot::Sender<()>) {
    // Several tests install it; the first one wins, and all are the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let (stop, stopped) = oneshot::channel::<()>();
    let until = async { drop(stopped.await) };
    tokio::spawn(async move { serve(listener, store, until).await });
    (base, stop)
}

async fn get(url: &str, headers: &[(reqwest::header::HeaderName, &str)]) -> reqwest::Response {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let request = headers
        .iter()
        .fold(client.get(url), |request, (name, value)| request.header(name, *value));
    request.send().await.unwrap()
}

fn header<'r>(response: &'r reqwest::Response, name: &reqwest::header::HeaderName) -> &'r str {
    response.headers()[name].to_str().unwrap()
}

#[tokio::test]
async fn documents_are_served_with_an_etag() {
    let store = Store::in_memory();
    publish_as(&store, "1.0.0").await.unwrap();
    let (base, _stop) = start(store.clone()).await;
    for path in [
        paths::manifest(&app()),
        paths::latest_root(&app()),
        paths::root(&app(), 1),
    ] {
        let url = format!("{base}/{path}");
        let response = get(&url, &[]).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        let etag = header(&response, &ETAG).to_owned();
        assert_eq!(
            response.bytes().await.unwrap(),
            store.get(&path).await.unwrap().unwrap()
        );
        let again = get(&url, &[(IF_NONE_MATCH, &etag)]).await;
        assert_eq!(
            (again.status(), header(&again, &ETAG)),
            (StatusCode::NOT_MODIFIED, &etag[..])
        );
        assert_eq!(
            get(&url, &[(IF_NONE_MATCH, "\"other\"")]).await.status(),
            StatusCode::OK
        );
    }
    publish_as(&store, "1.1.0").await.unwrap();
    let manifest = get(&format!("{base}/{}", paths::manifest(&app())), &[]).await;
    assert_eq!(header(&manifest, &CACHE_CONTROL), "no-cache");
}

#[tokio::test]
async fn packages_are_served_whole_and_in_ranges() {
    let store = Store::in_memory();
    let release = publish_as(&store, "1.0.0").await.unwrap();
    let object = release.parts[0].whole;
    let path = paths::object(&app(), &object.digest);
    let bytes = store.get(&path).await.unwrap().unwrap();
    let (base, _stop) = start(store).await;
    let url = format!("{base}/{path}");

    let whole = get(&url, &[]).await;
    assert_eq!(whole.status(), StatusCode::OK);
    assert!(header(&whole, &CACHE_CONTROL).contains("immutable"));
    assert_eq!(whole.content_length(), Some(object.length));
    let etag = header(&whole, &ETAG).to_owned();
    assert_eq!(whole.bytes().await.unwrap(), bytes);

    let rest = get(&url, &[(RANGE, "bytes=100-"), (IF_RANGE, &etag)]).await;
    assert_eq!(rest.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(
        header(&rest, &CONTENT_RANGE),
        format!("bytes 100-{}/{}", object.length - 1, object.length)
    );
    assert_eq!(rest.bytes().await.unwrap(), bytes.slice(100..));

    let changed = get(&url, &[(RANGE, "bytes=100-"), (IF_RANGE, "\"other\"")]).await;
    assert_eq!(
        (changed.status(), changed.content_length()),
        (StatusCode::OK, Some(object.length))
    );
    let beyond = get(&url, &[(RANGE, "bytes=9999999-")]).await;
    assert_eq!(beyond.status(), StatusCode::RANGE_NOT_SATISFIABLE);
    assert_eq!(header(&beyond, &CONTENT_RANGE), format!("bytes */{}", object.length));
}

#[tokio::test]
async fn nothing_but_the_client_api_is_served() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_folder(folder.path()).unwrap();
    publish_as(&store, "1.0.0").await.unwrap();
    store.put("keys/publisher.pem", "secret").await.unwrap();
    let (base, _stop) = start(store).await;
    let zeros = "0".repeat(64);
    let paths = [
        "keys/publisher.pem",
        "apps/wx1/log/1.json",
        "apps/..%2Fkeys/manifest.json",
        "apps/wx1/packages/..%2F..%2F..%2Fkeys%2Fpublisher.pem",
        "apps/wx1/root/..%2Flog%2F1.json",
        "apps/wx2/manifest.json",
        &format!("apps/wx1/packages/{zeros}.zst"),
        "",
    ];
    for path in paths {
        assert_eq!(
            get(&format!("{base}/{path}"), &[]).await.status(),
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

#[tokio::test]
async fn the_server_stops_when_it_is_told() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    serve(listener, Store::in_memory(), async {}).await.unwrap();
}
