//! The real updater under the steps of a history.

use super::expected::{Around, Expected, Seen, Way};
use super::history::{Net, Step, Which};
use super::operator::{Kind, Manifest, Registry, Rel};
use super::seen::{Recorded, Road, Told, tree};
use crate::package::CodePackage;
use crate::release::{Part, Release, ReleaseId, Rollout, Settings, VersionLabel, sign_manifest};
use crate::system::{Clock as _, CrashDisk, Disk, Failure, RealDisk, SeededEntropy, VirtualClock};
use crate::update::state::AppState;
use crate::update::testing::{BASE, T0, TestRegistry, app, manifest_url, release, run_clock};
use crate::update::{Client, Device, Start, Updater, garbage};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

struct Running {
    updater: Updater,
    is_ready: bool,
    work: crate::update::Background,
    kind: Kind,
}

/// A device, a registry, and every state that the model thinks possible.
pub struct Actual {
    runtime: tokio::runtime::Runtime,
    dir: tempfile::TempDir,
    registry: TestRegistry,
    decided: Registry,
    parts: BTreeMap<u32, Vec<Part>>,
    kinds: BTreeMap<u64, Rel>,
    net: Arc<Mutex<Net>>,
    clock: VirtualClock,
    user: String,
    session: Option<Running>,
    disk: CrashDisk,
    floor: u64,
    possible: BTreeSet<Expected>,
}

impl Actual {
    pub fn new() -> Self {
        Self {
            runtime: tokio::runtime::Builder::new_current_thread().build().unwrap(),
            dir: tempfile::tempdir().unwrap(),
            registry: TestRegistry::new(),
            decided: Registry::default(),
            parts: BTreeMap::new(),
            kinds: BTreeMap::new(),
            net: Arc::new(Mutex::new(Net::Up)),
            clock: VirtualClock::new(T0),
            user: "user0".to_owned(),
            session: None,
            disk: CrashDisk::sound(),
            floor: 0,
            possible: BTreeSet::from([Expected::default()]),
        }
    }

    fn net(&self) -> Net {
        *self.net.lock().unwrap()
    }

    /// Does a step, and lets the model say whether it could end like this. `decided` is what the operator has decided
    /// by then.
    pub fn take(&mut self, step: &Step, decided: &Registry) {
        self.decided = decided.clone();
        match step {
            Step::Operate(_) => return self.serve(),
            Step::User(number) => {
                // Somebody else is somebody else's process.
                self.take(&Step::Kill, decided);
                self.user = format!("user{number}");
                return;
            }
            Step::Wait(hours) => return self.wait(*hours),
            Step::Net(net) => {
                *self.net.lock().unwrap() = *net;
                return self.serve();
            }
            _ => {}
        }
        let before = self.record();
        let now = self.clock.now_ms();
        let (taken, failure) = match *step {
            Step::Crash(dying, at, failure) => (Step::from(dying), Some((u64::from(at), failure))),
            ref step => (step.clone(), None),
        };
        let seen = self.act(&taken, failure);
        if failure.is_some() {
            self.session = None;
            self.disk = CrashDisk::sound();
        }
        let after = self.record();
        self.check_floor(step, &after);
        self.check_ran(&seen, &before, &after);
        self.judge(&taken, failure.is_some(), (&seen, &after), now);
    }

    /// Keeps those of the possible states that fit.
    fn judge(&mut self, step: &Step, crashed: bool, (seen, after): (&Seen, &AppState), now: f64) {
        let mut next = BTreeSet::new();
        for state in &self.possible {
            for luck in [false, true] {
                #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970")]
                let around = Around {
                    user: &self.user,
                    now: now as i64,
                    net: self.net(),
                    served: (&self.decided.now, &self.decided.before),
                    luck,
                };
                let way = Way::of(state.clone(), step, around);
                if crashed {
                    let states = way.commits.into_iter().chain([way.state]);
                    next.extend(states.map(|state| Expected { session: None, ..state }));
                } else if way.seen == *seen {
                    next.insert(way.state);
                } else if !luck {
                    tracing::debug!(?way.seen, "not as expected");
                }
            }
        }
        let fits = |state: &Expected| Recorded::of_model(state) == Recorded::of(after);
        let fitting: BTreeSet<_> = next.iter().filter(|state| fits(state)).cloned().collect();
        assert!(
            !fitting.is_empty(),
            "{step:?} (crashed: {crashed}) gave {seen:?} and {:#?}\nbut from {:#?}\nthe model allows {:#?}",
            Recorded::of(after),
            self.possible,
            if next.is_empty() {
                self.allowed(step, now)
            } else {
                format!("{next:#?}")
            },
        );
        self.possible = fitting;
    }

    /// What the model would have seen.
    fn allowed(&self, step: &Step, now: f64) -> String {
        let seen = self.possible.iter().map(|state| {
            #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970")]
            let around = Around {
                user: &self.user,
                now: now as i64,
                net: self.net(),
                served: (&self.decided.now, &self.decided.before),
                luck: false,
            };
            Way::of(state.clone(), step, around).seen
        });
        format!("{:#?}", seen.collect::<Vec<_>>())
    }

    // What holds whatever the model says.

    fn check_floor(&mut self, step: &Step, after: &AppState) {
        if matches!(step, Step::ClearCache) && self.session.is_none() {
            self.floor = 0;
        }
        assert!(
            after.floor >= self.floor,
            "the floor fell from {} to {}",
            self.floor,
            after.floor
        );
        self.floor = after.floor;
    }

    /// What runs was good so far, and is meant for this user or was here before.
    fn check_ran(&self, seen: &Seen, before: &AppState, after: &AppState) {
        let Some(Some((id, _))) = seen.ran else {
            return;
        };
        let id = ReleaseId(id);
        assert!(!before.bad.contains(&id), "{id} is known to be bad, and runs");
        assert!(!after.bad.contains(&id), "{id} is known to be bad, and runs");
        let was_here = before.releases().any(|release| release.id == id);
        let rel = &self.kinds[&id.0];
        let offered = [&self.decided.now, &self.decided.before]
            .iter()
            .any(|manifest| manifest.find(id.0).is_some_and(|rel| rel.is_for(&self.user)));
        assert!(
            was_here || offered,
            "{rel:?} runs, and was never offered to {}",
            self.user
        );
    }

    // The registry.

    fn serve(&mut self) {
        for rel in self.decided.now.releases.clone() {
            if !self.parts.contains_key(&rel.version) {
                self.registry.publish_with("1", tree(&rel), |_| ());
                let parts = self.registry.manifest.releases[0].parts.clone();
                self.parts.insert(rel.version, parts);
            }
            self.kinds.insert(rel.id, rel);
        }
        let served = match self.net() {
            Net::Replayed => self.decided.before.clone(),
            _ => self.decided.now.clone(),
        };
        if served.seq == 0 {
            self.registry.http.remove(&manifest_url());
            return;
        }
        let envelope = self.sign(&served);
        self.registry.serve(envelope);
    }

    fn sign(&self, served: &Manifest) -> Vec<u8> {
        let mut manifest = self.registry.manifest.clone();
        manifest.seq = served.seq;
        manifest.releases = served.releases.iter().map(|rel| self.release(rel)).collect();
        sign_manifest(&manifest, &[&self.registry.key])
    }

    fn release(&self, rel: &Rel) -> Release {
        let label = |version: u32| VersionLabel::parse(&format!("{version}.0.0")).unwrap();
        Release {
            mode: rel.wish.mode.into(),
            settings: Settings {
                min_version: rel.minimum().map(label),
                prefer_local: rel.preferred().map(label),
                ..Settings::default()
            },
            rollout: Rollout { percent: rel.percent },
            parts: self.parts[&rel.version].clone(),
            ..release(rel.id, label(rel.version).as_str())
        }
    }

    // The device.

    fn device(&self) -> Result<Device, crate::update::DeviceError> {
        let disk = Arc::new(self.disk.clone());
        Device::open(self.dir.path(), Arc::new(self.clock.clone()), disk)
    }

    fn updater(&self) -> Option<Updater> {
        let http = Road {
            inner: self.registry.http.clone(),
            net: Arc::clone(&self.net),
        };
        Some(Updater::new(Client {
            device: self.device().ok()?,
            http: Arc::new(http),
            entropy: Arc::new(SeededEntropy::new(1)),
            registry: BASE.to_owned(),
            app: app(),
            user: self.user.clone(),
            base_library: None,
            root: None,
        }))
    }

    fn record(&self) -> AppState {
        match &self.session {
            Some(session) => session.updater.client().device.state(&app()).unwrap(),
            None => self.device().unwrap().state(&app()).unwrap(),
        }
    }

    fn wait(&mut self, hours: i32) {
        let at = self.clock.now_ms() + f64::from(hours) * 3_600_000.0;
        if hours >= 0 {
            self.clock.advance_to(at);
        } else if self.session.is_none() {
            self.clock = VirtualClock::new(at);
        }
    }

    /// Does a step; with `failure`, on a disk that meets it at an operation of this step.
    fn act(&mut self, step: &Step, failure: Option<(u64, Failure)>) -> Seen {
        if matches!(step, Step::Start) {
            self.session = None;
        }
        if let Some((at, failure)) = failure {
            self.disk.fail_after(at, failure);
        }
        let mut seen = Seen::default();
        match step {
            Step::Start => seen = self.start(),
            Step::Ready => self.ready(),
            Step::Background => seen.told = self.background(),
            Step::Apply => {
                let started = self.session.as_ref().and_then(|session| session.updater.apply().ok());
                if let Some(start) = started {
                    seen.ran = Some(self.begun(Some(start)));
                }
            }
            Step::Restart => {
                if let Some(session) = &self.session {
                    let start = session.updater.restart().ok();
                    seen.ran = Some(self.begun(start));
                }
            }
            Step::Exit => {
                if let Some(session) = self.session.take()
                    && !session.is_ready
                {
                    let _ = session.updater.ended_before_ready();
                }
            }
            Step::Kill => self.session = None,
            Step::PeriodicCheck if self.session.is_none() => {
                if let Some(updater) = self.updater() {
                    let _ = self.runtime.block_on(run_clock(&self.clock, updater.periodic_check()));
                }
            }
            Step::Corrupt(which) => self.corrupt(*which),
            Step::ClearCache if self.session.is_none() => Device::clear(self.dir.path(), &self.disk, &[]).unwrap(),
            Step::Collect => match &self.session {
                Some(session) => drop(garbage::collect(&session.updater.client().device)),
                None => drop(self.device().map(|device| garbage::collect(&device))),
            },
            _ => {}
        }
        seen
    }

    fn start(&mut self) -> Seen {
        let Some(updater) = self.updater() else {
            return Seen::default();
        };
        let told = Told::default();
        let tell = told.teller();
        let start = self.runtime.block_on(run_clock(&self.clock, updater.cold_start(&tell)));
        let start = start.ok();
        if let Some(start) = &start {
            start.events.iter().cloned().for_each(&tell);
        }
        self.session = Some(Running {
            updater,
            is_ready: false,
            work: crate::update::Background::Nothing,
            kind: Kind::Good,
        });
        Seen {
            ran: Some(self.begun(start)),
            told: told.take(),
        }
    }

    /// What became of a start, with the way back where the release throws, as the app's loop does it.
    fn begun(&mut self, start: Option<Start>) -> Option<(u64, bool)> {
        let session = self.session.take()?;
        let start = start?;
        self.check_code(&start);
        let kind = self.kinds[&start.release.0].kind;
        let start = if kind == Kind::Throws {
            let back = session.updater.boot_failed("threw").ok().flatten()?;
            self.check_code(&back);
            back
        } else {
            start
        };
        let ran = (start.release.0, start.on_trial);
        self.session = Some(Running {
            is_ready: false,
            work: start.background,
            kind: self.kinds[&start.release.0].kind,
            ..session
        });
        Some(ran)
    }

    /// What runs is whole, and what was signed under its number.
    fn check_code(&self, start: &Start) {
        let rel = &self.kinds[&start.release.0];
        let expected = tree(rel);
        let files = start.package.files();
        assert_eq!(files.paths().count(), expected.paths().count(), "{rel:?}");
        for (path, bytes) in expected.iter() {
            assert_eq!(files.read(path.as_str()), Some(bytes), "{path} of {rel:?}");
        }
    }

    fn ready(&mut self) {
        if let Some(session) = &mut self.session {
            assert_ne!(session.kind, Kind::Throws);
            session.is_ready = true;
            let _ = session.updater.confirm();
        }
    }

    fn background(&mut self) -> Vec<String> {
        let Some(session) = &mut self.session else {
            return Vec::new();
        };
        let work = std::mem::replace(&mut session.work, crate::update::Background::Nothing);
        let told = Told::default();
        let tell = told.teller();
        let done = session.updater.background(work, &tell);
        self.runtime.block_on(run_clock(&self.clock, done));
        told.take()
    }

    fn corrupt(&self, which: Which) {
        let record = self.record();
        let release = match which {
            Which::Active => record.active,
            Which::Pending => record.pending,
            Which::Previous => record.previous,
        };
        let Some(release) = release else {
            return;
        };
        let folder = self.dir.path().join("versions").join(release.parts[0].digest.to_hex());
        RealDisk.write(&folder.join("app.js"), b"spoiled").unwrap();
    }
}
