//! Parts of a release that come when they are used, against a registry in memory.

use crate::package::{CodePackage, PackagePath, PartName};
use crate::release::{VerifiedPackage, paths};
use crate::system::{CrashDisk, Disk, Failure, NetFault, RealDisk};
use crate::update::testing::{T0, app, files, run_clock, shop, url};
use crate::update::updater::Updater;
use crate::update::updater::bench::{Bench, copy, flip, kinds, recorder};
use crate::update::{PartError, Start, UpdateEvent};
use std::sync::Arc;

fn sub(root: &str) -> PartName {
    PartName::Sub(PackagePath::parse(root).unwrap())
}

/// The shop 1.0.0 is published; nothing is installed.
fn published() -> Bench {
    let mut bench = Bench::new();
    bench.registry.publish_with("1.0.0", shop("1.0.0"), |_| ());
    bench
}

async fn installed() -> Bench {
    let bench = published();
    bench.install().await;
    bench
}

async fn start(updater: &Updater, page: &str) -> Start {
    let start = updater.cold_start_at(page, &|_| ()).await.unwrap();
    updater.confirm().unwrap();
    start
}

fn names(package: &VerifiedPackage) -> Vec<String> {
    let mut names: Vec<_> = package.parts().iter().map(ToString::to_string).collect();
    names.sort();
    names
}

/// How many packages were asked for.
fn asked(bench: &Bench) -> usize {
    let requests = bench.registry.http.requests();
    requests.iter().filter(|get| get.url.contains("packages")).count()
}

/// Uses a subpackage of what runs, as the app would; the clock moves meanwhile.
async fn fetch(bench: &Bench, updater: &Updater, root: &str) -> Result<(), PartError> {
    run_clock(&bench.clock, updater.part(&sub(root), &|_| ()))
        .await
        .map(|_| ())
}

#[tokio::test]
async fn an_installation_takes_the_main_package_alone() {
    let bench = published();
    let updater = bench.updater();
    let start = start(&updater, "").await;
    assert_eq!(names(&start.package), ["__APP__"]);
    assert_eq!(asked(&bench), 1);
    assert!(start.package.has(&PartName::Main) && !start.package.has(&sub("goods")));
}

#[tokio::test]
async fn an_installation_takes_the_subpackage_of_the_page_that_is_opened() {
    let bench = published();
    let start = start(&bench.updater(), "/goods/pages/p/p").await;
    assert_eq!(names(&start.package), ["__APP__", "goods"]);
}

#[tokio::test]
async fn a_subpackage_is_fetched_once_and_is_there_at_the_next_start() {
    let bench = installed().await;
    let updater = bench.updater();
    start(&updater, "").await;
    let (events, tell) = recorder();
    let part = updater.part(&sub("goods"), &tell).await.unwrap();
    assert!(part.files().has("goods/pages/p/p.js"));
    assert_eq!(kinds(&events.lock().unwrap()), ["download whole"]);
    assert!(RealDisk.list(&bench.dir.path().join("partial")).unwrap().is_empty());
    let before = asked(&bench);
    updater.part(&sub("goods"), &|_| ()).await.unwrap();
    drop(updater);
    let start = start(&bench.updater(), "").await;
    assert_eq!(names(&start.package), ["__APP__", "goods"]);
    assert_eq!(asked(&bench), before);
}

#[tokio::test]
async fn two_that_want_a_subpackage_at_once_download_it_once() {
    let bench = installed().await;
    let updater = bench.updater();
    start(&updater, "").await;
    let before = asked(&bench);
    let goods = sub("goods");
    let (one, two) = tokio::join!(updater.part(&goods, &|_| ()), updater.part(&goods, &|_| ()));
    assert!(one.is_ok() && two.is_ok());
    assert_eq!(asked(&bench), before + 1);
}

#[tokio::test]
async fn a_subpackage_is_that_of_the_running_release_although_another_is_staged() {
    let mut bench = installed().await;
    bench.registry.publish_with("2.0.0", shop("2.0.0"), |_| ());
    let updater = bench.updater();
    let begun = start(&updater, "").await;
    updater.background(begun.background, &|_| ()).await;
    assert_eq!(updater.staged().unwrap().version().as_str(), "2.0.0");
    let part = updater.part(&sub("goods"), &|_| ()).await.unwrap();
    let text = part.files().read("goods/pages/p/p.js").unwrap();
    assert!(String::from_utf8_lossy(text).contains("1.0.0"));
}

#[tokio::test]
async fn an_update_takes_the_subpackages_that_were_used_as_deltas() {
    let mut bench = installed().await;
    let updater = bench.updater();
    start(&updater, "").await;
    updater.part(&sub("goods"), &|_| ()).await.unwrap();
    drop(updater);
    bench.registry.publish_with("2.0.0", shop("2.0.0"), |_| ());
    let (_, told) = bench.session().await;
    assert_eq!(
        kinds(&told),
        ["check true", "download delta", "download delta", "ready 2.0.0"]
    );
    bench.net.plan("registry", vec![NetFault::Offline; 99]);
    let offline = start(&bench.updater(), "").await;
    assert_eq!(
        (offline.version.as_str(), names(&offline.package)),
        ("2.0.0", vec!["__APP__".into(), "goods".to_owned()])
    );
}

#[tokio::test]
async fn a_subpackage_that_is_used_after_the_update_was_staged_comes_along() {
    let mut bench = installed().await;
    bench.registry.publish_with("2.0.0", shop("2.0.0"), |_| ());
    let updater = bench.updater();
    let begun = start(&updater, "").await;
    updater.background(begun.background, &|_| ()).await;
    updater.part(&sub("order"), &|_| ()).await.unwrap();
    updater.part_of_staged(&sub("order"), &|_| ()).await;
    bench.net.plan("registry", vec![NetFault::Offline; 99]);
    let next = updater.apply().unwrap();
    assert_eq!(
        (next.version.as_str(), names(&next.package)),
        ("2.0.0", vec!["__APP__".into(), "order".to_owned()])
    );
}

#[tokio::test]
async fn a_staged_release_that_lacks_a_used_subpackage_waits_until_it_is_complete() {
    let mut bench = installed().await;
    bench.registry.publish_with("2.0.0", shop("2.0.0"), |_| ());
    let updater = bench.updater();
    let begun = start(&updater, "").await;
    updater.background(begun.background, &|_| ()).await;
    // The run ends before the staged release got the part.
    updater.part(&sub("order"), &|_| ()).await.unwrap();
    drop(updater);
    let (ran, told) = bench.session().await;
    assert_eq!(
        (ran.as_str(), kinds(&told)),
        (
            "1.0.0",
            vec!["check true".into(), "download delta".into(), "ready 2.0.0".to_owned()]
        )
    );
    let after = start(&bench.updater(), "").await;
    assert_eq!(
        (after.version.as_str(), names(&after.package)),
        ("2.0.0", vec!["__APP__".into(), "order".to_owned()])
    );
}

#[tokio::test]
async fn a_subpackage_that_cannot_be_had_is_an_error_and_a_later_try_works() {
    let bench = installed().await;
    let updater = bench.updater();
    start(&updater, "").await;
    bench.net.plan("packages", vec![NetFault::Offline; 4]);
    let error = fetch(&bench, &updater, "goods").await.unwrap_err();
    assert!(error.to_string().contains("cannot be reached"), "{error}");
    fetch(&bench, &updater, "goods").await.unwrap();
    assert!(matches!(
        fetch(&bench, &updater, "nowhere").await,
        Err(PartError::NotListed { .. })
    ));
}

#[tokio::test]
async fn a_subpackage_that_the_registry_no_longer_has_is_an_error_that_names_it() {
    let bench = installed().await;
    let updater = bench.updater();
    start(&updater, "").await;
    for part in &bench.registry.manifest.releases[0].parts {
        bench
            .registry
            .http
            .remove(&url(&paths::object(&app(), &part.whole.digest)));
    }
    let error = fetch(&bench, &updater, "goods").await.unwrap_err().to_string();
    assert!(error.ends_with("status 404"), "{error}");
    assert_eq!(bench.version_files().len(), 1);
}

#[tokio::test]
async fn a_subpackage_of_other_bytes_than_signed_is_not_unpacked() {
    let bench = installed().await;
    let updater = bench.updater();
    start(&updater, "").await;
    bench.net.plan("packages", vec![NetFault::Flip(9); 9]);
    let error = fetch(&bench, &updater, "goods").await.unwrap_err().to_string();
    assert!(error.contains("instead of the signed"), "{error}");
    assert_eq!(bench.version_files().len(), 1);
}

#[tokio::test]
async fn a_subpackage_that_was_damaged_on_the_disk_is_fetched_again() {
    let bench = installed().await;
    let updater = bench.updater();
    let begun = start(&updater, "").await;
    updater.part(&sub("goods"), &|_| ()).await.unwrap();
    drop(updater);
    let digest = begun.package.release().release().part(&sub("goods")).unwrap().digest;
    flip(&bench.dir.path().join(format!("versions/{digest}/goods/pages/p/p.js")));
    let updater = bench.updater();
    assert_eq!(names(&start(&updater, "").await.package), ["__APP__"]);
    updater.part(&sub("goods"), &|_| ()).await.unwrap();
    drop(updater);
    assert_eq!(names(&start(&bench.updater(), "").await.package), ["__APP__", "goods"]);
}

#[tokio::test]
async fn an_independent_subpackage_starts_first_and_the_main_package_follows() {
    let bench = published();
    let updater = bench.updater();
    let alone = start(&updater, "fair/pages/p/p").await;
    assert_eq!(names(&alone.package), ["fair"]);
    assert_eq!(alone.package.app_json().pages, ["pages/a/a"]);
    let (events, tell) = recorder();
    updater.background(alone.background, &tell).await;
    assert_eq!(kinds(&events.lock().unwrap()), ["download whole"]);
    let part = updater.part(&PartName::Main, &|_| ()).await.unwrap();
    let whole = alone.package.with(part).unwrap();
    assert_eq!(names(&whole), ["__APP__", "fair"]);
    assert_eq!(whole.app_json().pages, ["pages/a/a"]);
}

#[tokio::test]
async fn an_app_that_has_an_independent_subpackage_alone_gets_the_main_package_for_another_page() {
    let bench = published();
    start(&bench.updater(), "fair/pages/p/p").await;
    bench.net.plan("registry", vec![NetFault::Offline; 99]);
    let updater = bench.updater();
    let refused = run_clock(&bench.clock, updater.cold_start_at("", &|_| ()))
        .await
        .unwrap_err()
        .to_string();
    assert!(refused.starts_with("wxtest is not installed, and "), "{refused}");
    drop(updater);
    let alone = start(&bench.updater(), "fair/pages/p/p").await;
    assert_eq!(names(&alone.package), ["fair"]);
    drop(alone);
    bench.net.clear();
    let start = start(&bench.updater(), "").await;
    assert_eq!(names(&start.package), ["__APP__", "fair"]);
}

#[tokio::test]
async fn a_part_on_its_way_outlives_the_collection_of_garbage() {
    let mut bench = installed().await;
    let updater = bench.updater();
    start(&updater, "").await;
    bench.net.plan("packages", vec![NetFault::CutAt(10); 9]);
    fetch(&bench, &updater, "goods").await.unwrap_err();
    // Two releases later nobody is offered the one that runs.
    for version in ["2.0.0", "3.0.0"] {
        bench.registry.publish_with(version, files(version), |_| ());
    }
    bench.registry.manifest.releases.truncate(1);
    bench.registry.sign();
    bench.net.clear();
    updater.periodic_check().await.unwrap();
    updater.confirm().unwrap();
    let left = RealDisk.list(&bench.dir.path().join("partial")).unwrap();
    assert!(!left.is_empty());
    fetch(&bench, &updater, "goods").await.unwrap();
}

#[tokio::test]
async fn kill_at_every_operation_of_a_late_subpackage_leaves_what_ran_before() {
    let bench = installed().await;
    for failure in [Failure::Kill, Failure::PowerLoss, Failure::Full, Failure::BadSector] {
        for nth in 0.. {
            let dir = tempfile::tempdir().unwrap();
            copy(bench.dir.path(), dir.path());
            let disk = CrashDisk::sound();
            let updater = bench.updater_at(dir.path(), Arc::new(disk.clone())).unwrap();
            start(&updater, "").await;
            disk.fail_after(nth, failure);
            let done = run_clock(&bench.clock, updater.part(&sub("goods"), &|_| ()))
                .await
                .is_ok();
            let failed = disk.has_failed();
            drop(updater);
            bench.net.plan("registry", vec![NetFault::Offline; 99]);
            let after = bench.updater_at(dir.path(), Arc::new(RealDisk)).unwrap();
            let start = after.cold_start(&|_| ()).await.unwrap();
            assert!(start.package.has(&PartName::Main), "{failure:?} at {nth}");
            assert!(
                start.package.has(&sub("goods")) || !done,
                "{failure:?} at {nth}: the part is lost"
            );
            bench.net.clear();
            after.part(&sub("goods"), &|_| ()).await.unwrap();
            if !failed {
                assert!(nth > 8, "only {nth} operations were tried");
                break;
            }
        }
    }
}

#[tokio::test]
async fn a_subpackage_whose_transfer_broke_goes_on_where_it_stopped() {
    let bench = installed().await;
    let updater = bench.updater();
    start(&updater, "").await;
    let whole = updater
        .running()
        .unwrap()
        .release()
        .part(&sub("goods"))
        .unwrap()
        .whole
        .length;
    bench.net.plan("packages", [NetFault::ResetAt(whole - 10)]);
    let (events, tell) = recorder();
    run_clock(&bench.clock, updater.part(&sub("goods"), &tell))
        .await
        .unwrap();
    let ranges: Vec<_> = bench.registry.http.requests();
    let range = ranges.last().unwrap().get("range").map(str::to_owned);
    assert_eq!(range, Some(format!("bytes={}-", whole - 10)));
    let last = events
        .lock()
        .unwrap()
        .iter()
        .rev()
        .find(|event| !event.is_entry())
        .cloned();
    assert!(matches!(last, Some(UpdateEvent::Transfer { done, total, .. }) if done == total && total == whole));
}

#[tokio::test]
async fn nothing_of_a_long_absence_is_lost_offline() {
    let bench = installed().await;
    let updater = bench.updater();
    start(&updater, "").await;
    updater.part(&sub("order"), &|_| ()).await.unwrap();
    drop(updater);
    bench.clock.advance_to(T0 + 40.0 * 86_400_000.0);
    bench.net.plan("registry", vec![NetFault::Offline; 99]);
    let updater = bench.updater();
    let start = run_clock(&bench.clock, updater.cold_start(&|_| ())).await.unwrap();
    assert_eq!(names(&start.package), ["__APP__", "order"]);
    assert_eq!(updater.client().device.apps().unwrap(), [app()]);
}
