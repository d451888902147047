//! The one record that a device keeps of an app, and the layout of its folder.
//!
//! ```text
//! <device>/
//!   lock                 held by the process that uses the folder
//!   state.redb           one record (AppState, JSON) an app; every change is one transaction
//!   versions/<digest>/   one part of a release, unpacked; named by the SHA-256 of its canonical archive; never changed
//!   versions/tmp-*       a part that is being written or removed; garbage after a crash
//!   partial/<digest>     the bytes of a download so far, and beside them
//!   partial/<digest>.etag  which object they are of
//!   trusted/<app>.json   a copy of the newest signed manifest, for when state.redb is lost
//! ```
//!
//! What runs is decided by the record alone: files that it does not name are
//! garbage, and files that it names were durable before it named them. So a
//! crash at any point leaves the old or the new release, whole.
//!
//! The other rooms keep their own folders beside these (storage, user files).

use crate::package::{AppId, Digest};
use crate::release::{Release, ReleaseId, SignedManifest, TrustedKeys};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What the device knows of one app. Times are milliseconds since 1970.
///
/// Several users can take turns on a device. What runs is each one's own, for
/// a gray release may be for one of them only: the record has the releases of
/// the user who started the app last, and keeps those of the others apart.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct AppState {
    /// The release that runs at the next start.
    pub active: Option<Release>,
    /// A staged release that becomes active when it is applied, or at the next cold start.
    pub pending: Option<Release>,
    /// The last release that was confirmed, while a later one is active.
    pub previous: Option<Release>,
    /// Set while the active release has not been confirmed.
    pub trial: Option<Trial>,
    /// Releases that failed to start. They are not taken again.
    pub bad: BTreeSet<ReleaseId>,
    /// Those of them that the registry has not been told of.
    pub unreported: BTreeSet<ReleaseId>,
    /// The highest manifest sequence that was accepted. A lower one is a replay.
    pub floor: u64,
    /// When the app was last started or ended.
    pub last_used_ms: Option<f64>,
    /// When the registry last answered a check.
    pub last_check_ms: Option<f64>,
    /// The registry asked not to be asked before.
    pub not_before_ms: Option<f64>,
    /// A release that a periodic check found while the app did not run.
    pub found: Option<ReleaseId>,
    /// The address of the registry that answered last.
    pub registry: Option<String>,
    /// The newest accepted manifest, as it was signed.
    pub manifest: Option<CachedManifest>,
    /// The root document whose keys are trusted, as it was signed.
    pub root: Option<String>,
    /// Whose releases, trial and last use these are; `None` where nobody has started the app yet.
    pub user: Option<String>,
    /// What the other users of the device run.
    pub others: BTreeMap<String, Seat>,
}

/// What one user of the device runs, while another one uses the app. The fields are those of [`AppState`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Seat {
    /// The release that runs at the user's next start.
    pub active: Option<Release>,
    /// Their staged release.
    pub pending: Option<Release>,
    /// The last release that was confirmed.
    pub previous: Option<Release>,
    /// Set while the active release has not been confirmed.
    pub trial: Option<Trial>,
    /// A release that a periodic check found for them.
    pub found: Option<ReleaseId>,
    /// When they last used the app.
    pub last_used_ms: Option<f64>,
}

/// How a release on trial has done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trial {
    /// Starts that neither got ready nor ended in order.
    pub attempts: u32,
}

/// A signed manifest and what is needed to ask whether it changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CachedManifest {
    /// The signed document.
    pub envelope: String,
    /// The ETag it came with.
    pub etag: Option<String>,
}

impl AppState {
    /// Reads a record.
    ///
    /// # Errors
    /// When the text is not a record.
    pub fn parse(bytes: &[u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(bytes)
    }

    /// The record as it is stored.
    pub fn to_bytes(&self) -> Vec<u8> {
        // A record has string keys only and no value that JSON cannot hold.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// The releases that the record names, those of all users.
    pub fn releases(&self) -> impl Iterator<Item = &Release> {
        let others = self.others.values();
        let others = others.flat_map(|seat| [&seat.active, &seat.pending, &seat.previous]);
        [&self.active, &self.pending, &self.previous]
            .into_iter()
            .chain(others)
            .flatten()
    }

    /// Makes the record that of `user`. Who is new here begins with the newest
    /// release on the device that has run well and `fits` them, so that nothing is fetched twice.
    pub fn seat(&mut self, user: &str, fits: impl Fn(&Release) -> bool) {
        if self.user.as_deref() == Some(user) {
            return;
        }
        let last = self.user.replace(user.to_owned());
        // What nobody has started yet is whoever's comes first.
        if last.is_none() && self.active.is_some() {
            return;
        }
        let own = self.others.remove(user).unwrap_or_else(|| self.new_seat(fits));
        let left = self.exchange(own);
        if let Some(last) = last {
            self.others.insert(last, left);
        }
    }

    fn exchange(&mut self, seat: Seat) -> Seat {
        Seat {
            active: std::mem::replace(&mut self.active, seat.active),
            pending: std::mem::replace(&mut self.pending, seat.pending),
            previous: std::mem::replace(&mut self.previous, seat.previous),
            trial: std::mem::replace(&mut self.trial, seat.trial),
            found: std::mem::replace(&mut self.found, seat.found),
            last_used_ms: std::mem::replace(&mut self.last_used_ms, seat.last_used_ms),
        }
    }

    /// The users who have started the app, the last one first.
    pub fn users(&self) -> impl Iterator<Item = &String> {
        self.user.iter().chain(self.others.keys())
    }

    /// Forgets a user, or with `None` the app. The floor and the keys stay:
    /// who clears an app does not want to be sent back to an older manifest.
    pub fn forget(&mut self, user: Option<&str>) {
        let Some(user) = user else {
            *self = Self {
                floor: self.floor,
                root: self.root.take(),
                ..Self::default()
            };
            return;
        };
        self.others.remove(user);
        if self.user.as_deref() == Some(user) {
            self.user = None;
            self.exchange(Seat::default());
        }
    }

    fn new_seat(&self, fits: impl Fn(&Release) -> bool) -> Seat {
        let own = (&self.active, self.trial, &self.previous);
        let others = self.others.values();
        let others = others.map(|seat| (&seat.active, seat.trial, &seat.previous));
        let seats: Vec<_> = std::iter::once(own).chain(others).collect();
        let good = seats.iter().flat_map(|(active, trial, previous)| {
            let active = active.as_ref().filter(|_| trial.is_none());
            active.into_iter().chain(previous.as_ref())
        });
        let newest = |releases: &mut dyn Iterator<Item = &Release>| {
            releases
                .filter(|release| fits(release))
                .max_by_key(|release| release.id)
                .cloned()
        };
        if let Some(good) = newest(&mut good.into_iter()) {
            return Seat {
                active: Some(good),
                ..Seat::default()
            };
        }
        let tried = newest(&mut seats.iter().filter_map(|(active, ..)| active.as_ref()));
        Seat {
            trial: tried.is_some().then(Trial::default),
            active: tried,
            ..Seat::default()
        }
    }

    /// The newest manifest that was accepted, if it still verifies.
    pub fn known_manifest(&self, app: &AppId) -> Option<SignedManifest> {
        let keys = TrustedKeys::pin(app, self.root.as_ref()?.as_bytes()).ok()?;
        SignedManifest::verify(self.manifest.as_ref()?.envelope.as_bytes(), &keys).ok()
    }

    /// The digests of the parts that must stay on the disk.
    pub fn digests(&self) -> BTreeSet<Digest> {
        let parts = self.releases().flat_map(|release| &release.parts);
        parts.map(|part| part.digest).collect()
    }

    /// Notes a staged release: it waits beside the active one, or becomes
    /// active where there is none.
    pub fn stage(&mut self, release: Release) {
        if self.found == Some(release.id) {
            self.found = None;
        }
        if self.active.is_some() {
            self.pending = Some(release);
        } else {
            self.active = Some(release);
            self.trial = Some(Trial::default());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::update::testing::release;

    fn active(state: &AppState) -> Option<u64> {
        state.active.as_ref().map(|release| release.id.0)
    }

    /// Ann runs 2, which is confirmed; 1 is behind nothing.
    fn of_ann() -> AppState {
        AppState {
            user: Some("ann".to_owned()),
            active: Some(release(2, "2.0.0")),
            found: Some(ReleaseId(3)),
            last_used_ms: Some(5.0),
            ..AppState::default()
        }
    }

    #[test]
    fn a_second_user_begins_with_what_is_there_and_each_has_their_own() {
        let mut state = of_ann();
        state.seat("ben", |_| true);
        assert_eq!(
            (active(&state), state.found, state.last_used_ms, state.trial),
            (Some(2), None, None, None)
        );
        state.pending = Some(release(3, "3.0.0"));
        assert_eq!(state.digests().len(), 2);
        state.seat("ann", |_| true);
        assert_eq!(
            (&state.pending, state.found, state.last_used_ms),
            (&None, Some(ReleaseId(3)), Some(5.0))
        );
        assert_eq!(state.digests().len(), 2);
        state.seat("ben", |_| true);
        assert_eq!(state.pending.unwrap().id, ReleaseId(3));
    }

    #[test]
    fn a_release_that_is_not_for_a_user_is_not_begun_with() {
        let mut state = of_ann();
        state.seat("ben", |release| release.id != ReleaseId(2));
        assert_eq!(active(&state), None);
        let mut state = of_ann();
        state.trial = Some(Trial { attempts: 2 });
        state.previous = Some(release(1, "1.0.0"));
        state.seat("ben", |_| true);
        assert_eq!((active(&state), state.trial), (Some(1), None));
        let mut state = of_ann();
        state.trial = Some(Trial { attempts: 2 });
        state.seat("ben", |_| true);
        assert_eq!((active(&state), state.trial), (Some(2), Some(Trial::default())));
    }

    #[test]
    fn who_was_forgotten_begins_anew_and_the_others_go_on() {
        let mut state = of_ann();
        state.seat("ben", |_| true);
        state.seat("ann", |_| true);
        state.forget(Some("ann"));
        assert_eq!((active(&state), state.users().count()), (None, 1));
        state.seat("ben", |_| false);
        assert_eq!(
            (active(&state), state.users().collect::<Vec<_>>()),
            (Some(2), vec![&"ben".to_owned()])
        );
        state.floor = 9;
        state.bad.insert(ReleaseId(3));
        state.forget(None);
        assert_eq!(
            state,
            AppState {
                floor: 9,
                ..AppState::default()
            }
        );
    }

    #[test]
    fn a_record_of_nobody_is_the_first_users() {
        let mut state = of_ann();
        state.user = None;
        let before = state.clone();
        state.seat("ben", |_| false);
        assert_eq!(state.active, before.active);
        assert!(state.others.is_empty());
    }
}
