//! `minirun device show`: what a device holds, app by app and user by user.

use super::open;
use crate::cli::explain::{ago, release_text, settings_line};
use crate::cli::timestamp::utc;
use crate::package::AppId;
use crate::release::{ReleaseManifest, SignedManifest, VersionLabel};
use crate::system::RealDisk;
use crate::update::explain::{Explanation, Named, Step};
use crate::update::policy::{Edition, Launch, Recipient, Situation, at_launch};
use crate::update::state::{AppState, Trial};
use crate::update::{Device, DeviceError, clock_ahead_ms};
use crate::wx::Profile;
use serde_json::{Value, json};
use std::path::PathBuf;

/// Show the apps on a device
#[derive(Debug, clap::Args)]
pub struct ShowArgs {
    /// The device folder
    pub dir: PathBuf,
    /// Show this user, also where they have not used the device yet
    #[arg(long, value_name = "ID")]
    pub user: Option<String>,
    /// Print one JSON object an app
    #[arg(long)]
    pub json: bool,
}

/// One app on the device.
struct Shown<'a> {
    app: &'a AppId,
    state: AppState,
    manifest: Option<ReleaseManifest>,
    users: Vec<Used>,
}

/// The app as one user has it, and what their next start would be.
struct Used {
    user: String,
    state: AppState,
    /// The parts of what runs that are on the device.
    parts: Vec<String>,
    next: Explanation,
}

/// Prints what the device holds.
///
/// # Errors
/// When the folder is no device, is in use, or cannot be read.
pub fn run(args: &ShowArgs) -> anyhow::Result<()> {
    let device = open(&args.dir)?;
    let ahead = clock_ahead_ms(&args.dir, &RealDisk);
    let now = device.clock().now_ms();
    if !args.json && ahead != 0.0 {
        let direction = if ahead > 0.0 { "ahead" } else { "behind" };
        println!(
            "the device's clock is {} {direction}: {}",
            ago(ahead.abs()),
            timestamp(now)
        );
    }
    let apps = device.apps()?;
    for app in &apps {
        let shown = Shown::of(app, device.state(app)?, args.user.as_deref(), now);
        let shown = shown.with_parts(&device)?;
        if args.json {
            println!("{}", shown.json(ahead));
        } else {
            print!("{}", shown.text(now));
        }
    }
    if apps.is_empty() && !args.json {
        println!("no app was started on this device");
    }
    Ok(())
}

impl<'a> Shown<'a> {
    fn of(app: &'a AppId, state: AppState, user: Option<&str>, now_ms: f64) -> Self {
        let manifest = state.known_manifest(app);
        let manifest = manifest.as_ref().map(SignedManifest::manifest).cloned();
        let users: Vec<String> = match user {
            Some(user) => vec![user.to_owned()],
            None => state.users().cloned().collect(),
        };
        let used = |user: String| Used::of(user, &state, manifest.as_ref(), now_ms);
        let users = users.into_iter().map(used).collect();
        Self {
            app,
            state,
            manifest,
            users,
        }
    }

    fn with_parts(mut self, device: &Device) -> Result<Self, DeviceError> {
        for used in &mut self.users {
            let parts = used
                .state
                .active
                .as_ref()
                .map(|active| device.parts(active))
                .transpose()?;
            used.parts = parts.iter().flatten().map(ToString::to_string).collect();
        }
        Ok(self)
    }

    fn json(&self, ahead_ms: f64) -> Value {
        let manifest = self.manifest.as_ref();
        json!({
            "app": self.app,
            "clockAheadMs": ahead_ms,
            "floor": self.state.floor,
            "bad": self.state.bad,
            "lastCheck": self.state.last_check_ms,
            "notBefore": self.state.not_before_ms,
            "manifest": manifest.map(|m| json!({
                "seq": m.seq,
                "issuedAt": m.issued_at,
                "expiresAt": m.expires_at,
                "releases": m.releases.iter().map(Named::of).collect::<Vec<_>>(),
            })),
            "users": self.users.iter().map(Used::json).collect::<Vec<_>>(),
        })
    }

    fn text(&self, now_ms: f64) -> String {
        let mut text = format!("{}\n", self.app);
        let state = &self.state;
        let mut line = |name: &str, value: Option<String>| push(&mut text, "  ", name, value);
        let bad: Vec<_> = state.bad.iter().map(ToString::to_string).collect();
        line(
            "failed",
            (!bad.is_empty()).then(|| format!("release {}", bad.join(", "))),
        );
        let until = self.manifest.as_ref().map(|m| {
            let word = if m.is_expired(now_ms) {
                "stale since"
            } else {
                "good until"
            };
            format!("{}, {word} {}", state.floor, utc(m.expires_at))
        });
        line("manifest", Some(until.unwrap_or_else(|| state.floor.to_string())));
        line("last check", state.last_check_ms.map(timestamp));
        line(
            "not before",
            state.not_before_ms.filter(|at| *at > now_ms).map(timestamp),
        );
        for used in &self.users {
            text += &used.text();
        }
        text
    }
}

impl Used {
    fn of(user: String, state: &AppState, manifest: Option<&ReleaseManifest>, now_ms: f64) -> Self {
        let base_library = VersionLabel::parse(&Profile::default().sdk_version).ok();
        let mut state = state.clone();
        state.seat(&user, |release| {
            manifest.is_none_or(|manifest| manifest.is_listed_for(release.id, &user))
        });
        let situation = Situation {
            state: &state,
            manifest,
            recipient: Recipient {
                user: &user,
                base_library: base_library.as_ref(),
            },
            now_ms,
            launch: Launch::Cold,
            edition: Edition::Release,
        };
        let next = Explanation::of(Step::Launch, &situation, at_launch(&situation));
        Self {
            user,
            state,
            parts: Vec::new(),
            next,
        }
    }

    fn json(&self) -> Value {
        let release = |release: &Option<_>| release.as_ref().map(Named::of);
        json!({
            "user": self.user,
            "active": release(&self.state.active),
            "parts": self.parts,
            "pending": release(&self.state.pending),
            "previous": release(&self.state.previous),
            "trialAttempts": self.state.trial.map(|trial| trial.attempts),
            "lastUsed": self.state.last_used_ms,
            "nextStart": self.next,
        })
    }

    fn text(&self) -> String {
        let mut text = format!("  user {}\n", self.user);
        let mut line = |name: &str, value: Option<String>| push(&mut text, "    ", name, value);
        let release = |release: &Option<_>| release.as_ref().map(|release| release_text(&Named::of(release)));
        let (state, facts) = (&self.state, &self.next.facts);
        let on_trial = |trial: Trial| format!("yes, started {} times", trial.attempts);
        line("runs", release(&state.active).or(Some("nothing".to_owned())));
        let all = state.active.as_ref().map_or(0, |active| active.parts.len());
        let held = format!("{} ({} of {all})", self.parts.join(", "), self.parts.len());
        // One part alone is no news.
        line("parts", (all > 1).then_some(held));
        line("on trial", state.trial.map(on_trial));
        line("staged", release(&state.pending));
        line("last good", release(&state.previous));
        let newest = facts.newest.as_ref();
        line(
            "newest",
            newest.map(|newest| format!("{}: {}", release_text(newest), facts.newest_is)),
        );
        line(
            "found",
            facts.found.map(|id| format!("release {id}, by a periodic check")),
        );
        line("last used", state.last_used_ms.map(timestamp));
        line("settings", Some(settings_line(facts)));
        for gray in &facts.buckets {
            let listed = if gray.whitelisted { ", on the whitelist" } else { "" };
            line(
                "bucket",
                Some(format!(
                    "{} of release {} for {} %{listed}",
                    gray.bucket, gray.release, gray.percent
                )),
            );
        }
        line("next start", Some(format!("{}: {}", self.next.act, self.next.reason)));
        text
    }
}

fn push(text: &mut String, indent: &str, name: &str, value: Option<String>) {
    if let Some(value) = value {
        *text += &format!("{indent}{name:<10} {value}\n");
    }
}

fn timestamp(ms: f64) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "milliseconds; the cast saturates"
    )]
    utc(ms as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::ReleaseId;

    #[test]
    fn an_app_is_shown_with_what_is_known_of_it() {
        let state = AppState {
            bad: [ReleaseId(3), ReleaseId(5)].into(),
            trial: Some(Trial { attempts: 2 }),
            floor: 7,
            user: Some("ann".to_owned()),
            last_used_ms: Some(1_798_761_600_000.0),
            not_before_ms: Some(1_798_761_700_000.0),
            ..AppState::default()
        };
        let now = 1_798_761_660_000.0;
        let text = Shown::of(&AppId::parse("wx1").unwrap(), state, None, now).text(now);
        insta::assert_snapshot!(text, @r"
        wx1
          failed     release 3, 5
          manifest   7
          not before 2027-01-01 00:01:40Z
          user ann
            runs       nothing
            on trial   yes, started 2 times
            last used  2027-01-01 00:00:00Z
            settings   mode default; nobody's but the defaults
            next start check-first: nothing is installed
        ");
    }
}
