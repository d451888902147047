//! From the last byte of an update to the app's onUpdateReady, on a device on disk, beside the bare cost of the same
//! work: the archive is decompressed and hashed, its files are written, and the disk is told to keep them.
//!
//! The registry is in this process, so that what is timed begins with the end of the download and not of a network.

#![allow(missing_docs, clippy::expect_used, clippy::panic)]

mod stage;

use async_trait::async_trait;
use futures_util::StreamExt;
use minirun::app::carrier::Carrier;
use minirun::app::event::Event;
use minirun::host::{Code, Host, HostConfig, Keep, Opening, RegistryAccess};
use minirun::package::{AppId, CodePackage, Effort, compress, decompress, write_archive};
use minirun::registry::{InProcess, Publication, Store, publish};
use minirun::release::{SecretKey, VersionLabel};
use minirun::system::{Disk, Get, Http, HttpError, RealDisk, Response};
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const ROUNDS: usize = 9;

const APP: &str = "wx.getUpdateManager().onUpdateReady(() => console.log('ready'));
App({ onLaunch() {} })";

/// The registry, and when the last byte of a package came from it.
struct Timed {
    registry: InProcess,
    last_byte: Arc<Mutex<Option<Instant>>>,
}

#[async_trait]
impl Http for Timed {
    async fn get(&self, get: Get) -> Result<Response, HttpError> {
        let is_package = get.url.contains("/packages/");
        let mut response = self.registry.get(get).await?;
        if is_package {
            let last_byte = Arc::clone(&self.last_byte);
            let seen = move |_: &_| *last_byte.lock().expect("nobody panics with the lock") = Some(Instant::now());
            response.body = response.body.inspect(seen).boxed();
        }
        Ok(response)
    }
}

fn app_id() -> AppId {
    AppId::parse("wxbench").expect("an id")
}

async fn release(store: &Store, files: &[stage::File], version: &str) {
    let label = VersionLabel::parse(version).expect("a label");
    let publication = Publication::new(app_id(), label, 1_800_000_000_000);
    let key = SecretKey::from_seed(&[7; 32]);
    let published = publish(store, &stage::package(files), &publication, &key).await;
    published.expect("it is fit to be published");
}

/// The update of a running app, from its last byte to the app's own word.
async fn update(old: &[stage::File], new: &[stage::File], folder: &Path) -> Duration {
    let store = Store::in_memory();
    release(&store, old, "1.0.0").await;
    let last_byte = Arc::default();
    let timed = Timed {
        registry: InProcess::new(store.clone()),
        last_byte: Arc::clone(&last_byte),
    };
    let host = Host::open(HostConfig {
        folder: Some(folder.to_owned()),
        registry: Some(RegistryAccess::over(Arc::new(timed), InProcess::URL)),
        carrier: Carrier::Process {
            program: env!("CARGO_BIN_EXE_minirun").into(),
        },
        ..HostConfig::default()
    })
    .expect("the folder is new");
    let open = || {
        host.start(Opening {
            keep: Keep::UntilStopped,
            ..Opening::new(Code::Release(app_id()))
        })
        .expect("it does not run")
    };
    let mut first = open();
    while !matches!(first.next().await.expect("it runs").event(), Event::UpdateCheck { .. }) {}
    first.stop();
    first.end().await;
    release(&store, new, "1.1.0").await;
    let mut second = open();
    loop {
        match second.next().await.expect("it runs").event() {
            Event::Console { text, .. } if text == "ready" => break,
            Event::UpdateFailed { reason, .. } => panic!("{reason}"),
            _ => {}
        }
    }
    let ready = Instant::now();
    second.stop();
    second.end().await;
    let last_byte = last_byte
        .lock()
        .expect("nobody panics with the lock")
        .expect("a package came");
    ready - last_byte
}

/// What cannot be left out: decompress, hash, write and sync every file and its folder.
fn bare(old: &[stage::File], new: &[stage::File], folder: &Path) -> Duration {
    let (old, new) = (stage::package(old), stage::package(new));
    let (base, archive) = (write_archive(old.files()), write_archive(new.files()));
    let object = compress(&archive, Some(&base), Effort::Thorough).expect("it is in memory");
    let begun = Instant::now();
    let archive = decompress(&object, Some(&base), archive.len() as u64).expect("it was compressed from this base");
    let digest = Sha256::digest(&archive);
    for (path, bytes) in new.files().iter() {
        let file = folder.join(path.as_str());
        RealDisk
            .create_dir(file.parent().expect("a folder"))
            .expect("the folder is ours");
        RealDisk.write(&file, bytes).expect("the folder is ours");
    }
    RealDisk
        .write(&folder.join("digest"), &digest)
        .expect("the folder is ours");
    RealDisk.sync_dir(folder).expect("the folder is ours");
    begun.elapsed()
}

fn main() {
    // Asked by `cargo test` for its list of tests: there is none.
    if std::env::args().any(|argument| argument == "--list") {
        return;
    }
    println!("last byte to onUpdateReady, medians of {ROUNDS} rounds, as ratios to the bare work of each round\n");
    println!("{:>10} {:>12} {:>12} {:>8}", "package", "bare", "update", "ratio");
    for kilobytes in [0, 100, 500] {
        let modules = |note: &str| -> Vec<_> {
            (0..kilobytes / 25)
                .map(|at| (format!("m{at}.js"), format!("// {note}\n{}", stage::module(25))))
                .collect()
        };
        compare(
            kilobytes,
            &stage::app(APP, &modules("old")),
            &stage::app(APP, &modules("new")),
        );
    }
}

fn compare(kilobytes: usize, old: &[stage::File], new: &[stage::File]) {
    let mut rounds: Vec<[f64; 2]> = Vec::new();
    for _ in 0..ROUNDS {
        let folder = || tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let (plain, device) = (folder(), folder());
        let bare = bare(old, new, plain.path());
        let update = runtime.expect("a runtime").block_on(update(old, new, device.path()));
        rounds.push([bare, update].map(|time| time.as_secs_f64() * 1000.0));
    }
    let median = |of: &dyn Fn(&[f64; 2]) -> f64| {
        let mut values: Vec<f64> = rounds.iter().map(of).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    println!(
        "{kilobytes:>7} KB {:>9.1} ms {:>9.1} ms {:>8.2}",
        median(&|round| round[0]),
        median(&|round| round[1]),
        median(&|round| round[1] / round[0])
    );
}
