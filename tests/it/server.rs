//! `minirun serve`, for as long as a test needs it.

use crate::program::{Cmd, Dir, Ran, fixture};
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

/// A registry with a store in the test's folder, and its server.
pub struct Registry {
    cmd: Cmd,
    store: String,
    server: Child,
    pub url: String,
}

/// The server, once it says where it is.
fn serve(cmd: &Cmd, store: &str, listen: &str) -> (Child, String) {
    let mut command = cmd.command(&["serve", "--store", store, "--listen", listen]);
    let mut server = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(server.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    (server, line.trim().to_owned())
}

impl Registry {
    /// Serves the folder `store`.
    pub fn start(dir: &Dir, cmd: &Cmd) -> Self {
        let store = dir.at("store");
        std::fs::create_dir_all(&store).unwrap();
        let (server, url) = serve(cmd, &store, "127.0.0.1:0");
        Self {
            cmd: cmd.clone(),
            store,
            server,
            url,
        }
    }

    /// Serves again at the same address after [`Registry::stop`].
    pub fn restart(&mut self) {
        let address = self.url.trim_start_matches("http://");
        let (server, url) = serve(&self.cmd, &self.store, address);
        assert_eq!(url, self.url);
        self.server = server;
    }

    pub fn publish(&self, app: &str, version: &str, args: &[&str]) -> Ran {
        let publish = ["release", "publish", app, "--store", &self.store, "--version", version];
        self.cmd.ok(&[&publish, args].concat())
    }

    /// Publishes a version of the notes app.
    pub fn notes(&self, version: &str) {
        self.publish(&fixture(&format!("notes/{version}")), version, &[]);
    }

    /// Ends the server; the address stays, with nobody there.
    pub fn stop(&mut self) {
        self.server.kill().unwrap();
        self.server.wait().unwrap();
    }
}

impl Drop for Registry {
    fn drop(&mut self) {
        // One that a test has stopped cannot be stopped again, which is as good.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
