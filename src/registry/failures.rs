//! How many devices told that a release failed to start on them. Anybody can send such a report, so it is a count to
//! look at, and nothing follows from it by itself.

use super::error::WriteError;
use super::log::read_log;
use super::state::AppState;
use super::store::{Store, StoreError};
use crate::package::AppId;
use crate::release::ReleaseId;
use tokio::sync::Mutex;

/// Counts are read and written back: one at a time in a process. Of several servers over one store, one may miss a count
/// of another.
static COUNTING: Mutex<()> = Mutex::const_new(());

/// Counts a report of one device. Releases that the app never had are not counted.
///
/// # Errors
/// When the store fails; the device will tell it again.
pub async fn note_failures(store: &Store, app: &AppId, releases: &[ReleaseId]) -> Result<(), WriteError> {
    let state = AppState::of(&read_log(store, app).await?);
    let _alone = COUNTING.lock().await;
    for release in releases.iter().filter(|release| state.find(**release).is_some()) {
        let count = failures(store, app, *release).await?.saturating_add(1);
        store.put(&path(app, *release), count.to_string()).await?;
    }
    Ok(())
}

/// How many devices told that this release failed to start.
///
/// # Errors
/// When the store fails.
pub async fn failures(store: &Store, app: &AppId, release: ReleaseId) -> Result<u64, StoreError> {
    let count = store.get(&path(app, release)).await?;
    let count = count.and_then(|bytes| String::from_utf8_lossy(&bytes).parse().ok());
    Ok(count.unwrap_or(0))
}

fn path(app: &AppId, release: ReleaseId) -> String {
    format!("apps/{app}/failures/{release}")
}
