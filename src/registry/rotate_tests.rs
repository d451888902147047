//! Keys that come and go.

use super::testing::{Bench, key, refused};
use super::*;

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
