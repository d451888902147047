//! Keys that come and go, and devices that follow or refuse.

use super::testing::{Bench, Phone, app, key, refused};
use super::*;
use crate::release::{TrustError, paths, sign_manifest};

#[tokio::test]
async fn a_rotation_lets_the_new_key_sign_beside_the_old_one_until_that_is_removed() {
    let mut bench = Bench::with(&["1.0.0"]).await;
    assert!(refused(bench.operator().add_key(&key(1)).await).1.contains("already"));
    bench.operator().add_key(&key(2)).await.unwrap();
    assert_eq!(bench.served().await.signed_by(), [key(2).public().id()]);
    // An operator who has not got the new key yet goes on.
    bench.publish("1.1.0", 100).await.unwrap();
    bench.key = key(2);
    bench.publish("1.2.0", 100).await.unwrap();
    let own = bench.operator().remove_key(key(2).public().id()).await;
    assert!(refused(own).1.contains("signs this change"));
    assert!(
        refused(bench.operator().remove_key(key(3).public().id()).await)
            .1
            .contains("not one of the keys")
    );
    bench.operator().remove_key(key(1).public().id()).await.unwrap();
    bench.publish("1.3.0", 100).await.unwrap();
    bench.key = key(1);
    let old = bench.publish("1.4.0", 100).await;
    assert!(matches!(old, Err(WriteError::Root(RootError::NotAKeyOf { .. }))));
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
