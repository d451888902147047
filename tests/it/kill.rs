//! Whenever the program is killed, the next start runs the old version or the new one, whole.

use crate::program::{Cmd, Dir, fixture, setup};
use crate::server::Registry;
use crate::timeline::Timeline;
use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::Duration;

const APP: &str = "wx5e1f0c0de0000001";

/// Small, seeded and good enough to pick moments.
struct Moments(u64);

impl Moments {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

fn from_env(name: &str, default: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(default)
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn args<'a>(url: &'a str, device: &'a str) -> [&'a str; 9] {
    [
        "run",
        APP,
        "--registry",
        url,
        "--device",
        device,
        "--json",
        "--modal",
        "confirm",
    ]
}

/// What is under way when the program is killed: a line of the timeline that comes right before it.
struct Verb {
    name: &'static str,
    device: &'static str,
    after: Option<&'static str>,
    /// Which of these lines, from 0.
    nth: usize,
}

const fn verb(name: &'static str, device: &'static str, after: Option<&'static str>, nth: usize) -> Verb {
    Verb {
        name,
        device,
        after,
        nth,
    }
}

/// The devices: `empty`; `old`, with 1.0.0 before 1.1.0; `bad`, with 1.1.0 before 1.2.0, which throws.
const VERBS: [Verb; 8] = [
    verb("install", "empty", None, 0),
    verb("check", "old", Some("boot"), 0),
    verb("download", "old", Some("update.check"), 0),
    verb("stage", "old", Some("update.download"), 0),
    verb("apply", "old", Some("modal.answer"), 0),
    verb("confirm", "old", Some("restart"), 0),
    verb("collect garbage", "old", Some("page.ready"), 1),
    verb("roll back", "bad", Some("error"), 0),
];

/// Kills a run a little while after a line of its timeline.
fn kill_after(cmd: &Cmd, args: &[&str], verb: &Verb, pause: Duration) {
    let mut child = cmd
        .command(args)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let printed = BufReader::new(child.stdout.take().unwrap()).lines();
    if let Some(kind) = verb.after {
        let line = format!("\"kind\":\"{kind}\"");
        let mut there = printed.map_while(Result::ok).filter(|printed| printed.contains(&line));
        // A run that has ended already is as good as one that is killed.
        let _ = there.nth(verb.nth);
    }
    // Not to wait for anything: it is what makes the moment any moment.
    std::thread::sleep(pause);
    let _ = child.kill();
    child.wait().unwrap();
}

/// What starts after the kill is whole: what may run, and each of its scripts agrees. Gives what ran at the end.
fn starts_whole(cmd: &Cmd, args: &[&str], fine: &[&[&str]], round: &str) -> String {
    let ran = cmd.run(args);
    let timeline = Timeline::parse(&ran.out);
    let booted = timeline.booted();
    assert!(fine.contains(&&booted[..]), "{round}\n{ran}");
    let is_bad = booted.contains(&"1.2.0");
    assert_eq!(ran.code, Some(i32::from(is_bad)), "{round}\n{ran}");
    assert_eq!(timeline.has("error"), is_bad, "{round}\n{ran}");
    for version in booted.iter().filter(|version| **version != "1.2.0") {
        let line = format!("notes {version} launched by scene 1001");
        assert!(timeline.console().contains(&line.as_str()), "{round}\n{ran}");
    }
    assert!(timeline.has("page.ready"), "{round}\n{ran}");
    (*booted.last().unwrap()).to_owned()
}

/// A registry whose newest version is good, and one that goes on to a bad one; and the devices before them.
fn set_up(dir: &Dir, cmd: &Cmd) -> Registry {
    let registry = Registry::start(dir, cmd);
    registry.notes("1.0.0");
    cmd.ok(&args(&registry.url, &dir.at("old")));
    registry.notes("1.1.0");
    registry
}

fn allowed(device: &str) -> &'static [&'static [&'static str]] {
    match device {
        "bad" => &[&["1.1.0"], &["1.2.0", "1.1.0"], &["1.1.0", "1.2.0", "1.1.0"]],
        _ => &[&["1.0.0"], &["1.1.0"], &["1.0.0", "1.1.0"]],
    }
}

fn round(dir: &Dir, cmd: &Cmd, url: &str, verb: &Verb, number: u64, moments: &mut Moments) {
    let device = dir.at(&format!("device-{number}"));
    let from = dir.path().join(verb.device);
    if from.exists() {
        copy(&from, device.as_ref());
    }
    let pause = Duration::from_millis(moments.below(if verb.after.is_some() { 60 } else { 600 }));
    let what = format!("round {number}: killed {pause:?} into {}", verb.name);
    let args = args(url, &device);
    kill_after(cmd, &args, verb, pause);
    starts_whole(cmd, &args, allowed(verb.device), &what);
    let last = starts_whole(cmd, &args, allowed(verb.device), &what);
    assert_eq!(last, "1.1.0", "{what}");
    std::fs::remove_dir_all(device).unwrap();
}

/// `MINIRUN_KILL_ROUNDS` rounds at moments that follow from `MINIRUN_KILL_SEED`.
#[test]
fn killed_at_any_moment_the_next_start_runs_a_whole_version() {
    let (dir, cmd) = setup();
    let registry = set_up(&dir, &cmd);
    let rounds = from_env("MINIRUN_KILL_ROUNDS", 16);
    let mut moments = Moments(from_env("MINIRUN_KILL_SEED", 0x9e37_79b9));
    let numbered = |bad: bool| (0..rounds).filter(move |number| (VERBS[(*number % 8) as usize].device == "bad") == bad);
    for number in numbered(false) {
        round(
            &dir,
            &cmd,
            &registry.url,
            &VERBS[(number % 8) as usize],
            number,
            &mut moments,
        );
    }
    cmd.ok(&args(&registry.url, &dir.at("bad")));
    copy(fixture("notes/1.1.0").as_ref(), dir.path().join("thrower").as_ref());
    dir.write("thrower/app.js", "throw new Error('1.2.0 does not start')");
    registry.publish(&dir.at("thrower"), "1.2.0", &[]);
    for number in numbered(true) {
        round(
            &dir,
            &cmd,
            &registry.url,
            &VERBS[(number % 8) as usize],
            number,
            &mut moments,
        );
    }
}
