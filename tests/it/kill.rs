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

/// Kills a run after so many lines of its timeline and a little while.
fn kill_after(cmd: &Cmd, args: &[&str], lines: u64, pause: Duration) {
    let mut child = cmd
        .command(args)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut printed = BufReader::new(child.stdout.take().unwrap()).lines();
    for _ in 0..lines {
        // A run that has ended already is as good as one that is killed.
        if printed.next().is_none() {
            break;
        }
    }
    // Not to wait for anything: it is what makes the moment any moment.
    std::thread::sleep(pause);
    let _ = child.kill();
    child.wait().unwrap();
}

/// What starts after the kill is whole: one of the two versions, and both of its scripts agree.
fn starts_whole(cmd: &Cmd, args: &[&str], round: &str) {
    let ran = cmd.run(args);
    assert_eq!(ran.code, Some(0), "{round}\n{ran}");
    let timeline = Timeline::parse(&ran.out);
    assert!(!timeline.has("error") && !timeline.has("rollback"), "{round}\n{ran}");
    let booted = timeline.booted();
    let fine = [&["1.0.0"][..], &["1.1.0"], &["1.0.0", "1.1.0"]];
    assert!(fine.contains(&&booted[..]), "{round}\n{ran}");
    for version in booted {
        let line = format!("notes {version} launched by scene 1001");
        assert!(timeline.console().contains(&line.as_str()), "{round}\n{ran}");
    }
    assert!(timeline.has("page.ready"), "{round}\n{ran}");
}

fn rounds(dir: &Dir, cmd: &Cmd, url: &str, installed: bool, lines: u64, mut moments: Moments) {
    for round in 0..from_env("MINIRUN_KILL_ROUNDS", 15) / 2 {
        let device = dir.at(&format!("device-{installed}-{round}"));
        if installed {
            copy(&dir.path().join("installed"), device.as_ref());
        }
        let (lines, pause) = (moments.below(lines), Duration::from_millis(moments.below(60)));
        let what = format!("installed {installed}, round {round}: killed {pause:?} after line {lines}");
        kill_after(cmd, &args(url, &device), lines, pause);
        starts_whole(cmd, &args(url, &device), &what);
        starts_whole(cmd, &args(url, &device), &what);
        std::fs::remove_dir_all(device).unwrap();
    }
}

#[test]
fn killed_at_any_moment_the_next_start_runs_a_whole_version() {
    let (dir, cmd) = setup();
    let registry = Registry::start(&dir, &cmd);
    registry.notes("1.0.0");
    let seed = from_env("MINIRUN_KILL_SEED", 0x9e37_79b9);
    rounds(&dir, &cmd, &registry.url, false, 4, Moments(seed));
    cmd.ok(&args(&registry.url, &dir.at("installed")));
    registry.publish(&fixture("notes/1.1.0"), "1.1.0", &[]);
    rounds(&dir, &cmd, &registry.url, true, 26, Moments(seed + 1));
}
