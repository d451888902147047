//! The program, run in a folder that belongs to the test alone.

use crate::timeline::Timeline;
use std::path::Path;
use std::process::{Command, Stdio};

/// A folder of its own and a command that runs in it.
pub fn setup() -> (Dir, Cmd) {
    let dir = Dir(tempfile::tempdir().unwrap());
    let cmd = Cmd(dir.0.path().to_owned());
    (dir, cmd)
}

/// A source tree below `fixtures/apps`.
pub fn fixture(name: &str) -> String {
    format!("{}/fixtures/apps/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// The folder of a test; it goes away with it.
pub struct Dir(tempfile::TempDir);

impl Dir {
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// The path of `name` in the folder.
    pub fn at(&self, name: &str) -> String {
        self.path().join(name).display().to_string()
    }

    pub fn write(&self, name: &str, text: &str) {
        let file = self.path().join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }

    /// An app with one page; `app_js` and `page_js` are its two scripts.
    pub fn app(&self, name: &str, app_js: &str, page_js: &str) -> String {
        self.write(&format!("{name}/app.json"), r#"{"pages":["pages/index/index"]}"#);
        self.write(&format!("{name}/project.config.json"), r#"{"appid":"wxit"}"#);
        self.write(&format!("{name}/app.js"), app_js);
        self.write(&format!("{name}/pages/index/index.js"), page_js);
        self.write(&format!("{name}/pages/index/index.wxml"), "<view/>");
        self.at(name)
    }

    /// Names of what is in a folder below this one; none where there is no such folder.
    pub fn list(&self, name: &str) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(self.path().join(name)) else {
            return Vec::new();
        };
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

/// Runs the program in a folder.
#[derive(Clone)]
pub struct Cmd(std::path::PathBuf);

impl Cmd {
    /// The command before it runs.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_minirun"));
        command.args(args).current_dir(&self.0).stdin(Stdio::null());
        for name in ["NO_COLOR", "MINIRUN_LOG", "CI", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"] {
            command.env_remove(name);
        }
        command
    }

    /// Runs to the end.
    pub fn run(&self, args: &[&str]) -> Ran {
        Ran::of(&mut self.command(args), args)
    }

    /// Runs to the end, which must be a good one.
    pub fn ok(&self, args: &[&str]) -> Ran {
        self.run(args).code(0)
    }

    /// The timeline of `run APP --json --clock virtual ARGS`, and how it ended.
    pub fn timeline(&self, app: &str, args: &[&str]) -> (Timeline, Ran) {
        let ran = self.run(&[&["run", app, "--json", "--clock", "virtual"], args].concat());
        (Timeline::parse(&ran.out), ran)
    }
}

/// What a command printed, and how it ended.
#[derive(Debug)]
pub struct Ran {
    pub args: String,
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Ran {
    pub fn of(command: &mut Command, args: &[&str]) -> Self {
        let output = command.output().unwrap();
        Self {
            args: args.join(" "),
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Fails unless it ended with this code.
    #[track_caller]
    pub fn code(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self}");
        self
    }
}

impl std::fmt::Display for Ran {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "minirun {}\n{}\n{}", self.args, self.out, self.err)
    }
}
