//! A world in a process of its own: messages over its standard input and
//! output, each a length and MessagePack.

use super::{CarrierError, End, STACK, WorldHandle};
use crate::engine::protocol::{HostMessage, WorldMessage, WorldSpec};
use crate::engine::{WorldLink, serve};
use serde::{Serialize, de::DeserializeOwned};
use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::os::fd::AsFd;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::process::Command;
use tokio::sync::mpsc;

/// Longest message, in bytes. A world that says more is broken.
const LONGEST: u32 = 512 << 20;

/// The allocator takes address space in pieces of so many KiB; a piece as large as the world's bound on
/// memory would stand outside of it.
pub(super) const PROGRAM_ENV: (&str, &str) = ("MIMALLOC_ARENA_RESERVE", "32768");

/// How often a world process looks whether its host still lives.
const HOST_CHECK: Duration = Duration::from_secs(1);

/// The running process, and what it said on standard error.
pub(super) struct Child {
    process: tokio::process::Child,
    words: tokio::task::JoinHandle<String>,
}

impl Child {
    pub(super) async fn kill(mut self) -> Option<String> {
        // A process that has just ended by itself cannot be killed, which is as good.
        let _ = self.process.start_kill();
        self.last_words().await
    }

    pub(super) async fn last_words(mut self) -> Option<String> {
        let status = self.process.wait().await.ok()?;
        let words = self.words.await.unwrap_or_default();
        Some(how_it_ended(status, &words))
    }
}

/// What the system knows of a world's end, for a person.
pub(super) fn how_it_ended(status: ExitStatus, words: &str) -> String {
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt;
        if words.contains("memory allocation of") {
            return "the app ran out of memory".into();
        }
        if words.contains("overflowed its stack") || status.signal() == Some(11) {
            return "the app overflowed the engine's native stack".into();
        }
        if let Some(signal) = status.signal() {
            return format!("the app's process ended by signal {signal}");
        }
    }
    let last = words.lines().last().unwrap_or_default();
    format!(
        "the app's process ended with {status}{}{last}",
        if last.is_empty() { "" } else { ": " }
    )
}

pub(super) fn spawn(program: &Path) -> Result<WorldHandle, CarrierError> {
    let mut command = Command::new(program);
    command
        .arg("__world")
        .env(PROGRAM_ENV.0, PROGRAM_ENV.1)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    let mut process = command.spawn()?;
    let gone = || io::Error::other("the process has no pipes");
    let stdin = process.stdin.take().ok_or_else(gone)?;
    let stdout = process.stdout.take().ok_or_else(gone)?;
    let stderr = process.stderr.take().ok_or_else(gone)?;
    let (sender, outgoing) = mpsc::unbounded_channel();
    let (incoming, receiver) = mpsc::unbounded_channel();
    tokio::spawn(write_all(stdin, outgoing));
    tokio::spawn(read_all(stdout, move |message| incoming.send(message).is_ok()));
    let words = tokio::spawn(read_words(stderr));
    Ok(WorldHandle {
        sender,
        receiver,
        end: End::Process(Child { process, words }),
    })
}

/// What a world says on standard error.
pub(super) async fn read_words(pipe: impl AsyncRead + Unpin) -> String {
    let mut words = Vec::new();
    // What could be read before an error is all that there is to show.
    let _ = pipe.take(64 << 10).read_to_end(&mut words).await;
    String::from_utf8_lossy(&words).into_owned()
}

/// Sends what the host says until it has nothing more to say.
pub(super) async fn write_all(mut pipe: impl AsyncWrite + Unpin, mut messages: mpsc::UnboundedReceiver<HostMessage>) {
    while let Some(message) = messages.recv().await {
        let Ok(frame) = frame(&message) else { return };
        if pipe.write_all(&frame).await.is_err() {
            return;
        }
    }
}

/// Hands on what the world says until its line is closed, or nobody takes it any more.
pub(super) async fn read_all(mut pipe: impl AsyncRead + Unpin, take: impl Fn(WorldMessage) -> bool) {
    let mut pipe = tokio::io::BufReader::with_capacity(64 << 10, &mut pipe);
    let mut body = Vec::new();
    loop {
        let Ok(length) = pipe.read_u32_le().await else { return };
        if length > LONGEST {
            return;
        }
        body.resize(length as usize, 0);
        if pipe.read_exact(&mut body).await.is_err() {
            return;
        }
        let Ok(message) = rmp_serde::from_slice(&body) else {
            return;
        };
        if !take(message) {
            return;
        }
    }
}

/// A message with its length before it.
fn frame(message: &impl Serialize) -> Result<Vec<u8>, rmp_serde::encode::Error> {
    let mut bytes = vec![0; 4];
    rmp_serde::encode::write_named(&mut bytes, message)?;
    let length = u32::try_from(bytes.len() - 4).unwrap_or(u32::MAX);
    bytes[..4].copy_from_slice(&length.to_le_bytes());
    Ok(bytes)
}

/// A world's end of its line.
pub(super) struct PipeLink<R, W> {
    input: R,
    output: W,
}

impl<R: Read, W: Write> WorldLink for PipeLink<R, W> {
    fn send(&mut self, message: WorldMessage) {
        // Written at once, so that what the app said before it was killed is not lost.
        // If the host is gone, the next `receive` says so.
        if let Ok(frame) = frame(&message) {
            let _ = self.output.write_all(&frame);
        }
    }

    fn receive(&mut self) -> Option<HostMessage> {
        read_frame(&mut self.input)
    }
}

fn read_frame<T: DeserializeOwned>(input: &mut impl Read) -> Option<T> {
    let mut length = [0; 4];
    input.read_exact(&mut length).ok()?;
    let length = u32::from_le_bytes(length);
    if length > LONGEST {
        return None;
    }
    let mut body = vec![0; length as usize];
    input.read_exact(&mut body).ok()?;
    rmp_serde::from_slice(&body).ok()
}

/// The line over standard input and output.
pub(super) fn standard_link() -> io::Result<PipeLink<BufReader<File>, File>> {
    // The standard handles buffer by lines; frames want the bare descriptors.
    Ok(PipeLink {
        input: BufReader::with_capacity(64 << 10, File::from(io::stdin().as_fd().try_clone_to_owned()?)),
        output: File::from(io::stdout().as_fd().try_clone_to_owned()?),
    })
}

/// The hidden command `__world`: serves one world over standard input and output.
///
/// # Errors
/// The system has no thread with a stack of the size that the engine's parser needs.
pub fn serve_stdio() -> io::Result<()> {
    let link = standard_link()?;
    // The host tells what it was.
    std::panic::set_hook(Box::new(|_| {}));
    let world = std::thread::Builder::new()
        .name("world".into())
        .stack_size(STACK)
        .spawn(|| {
            serve(link, bound_memory);
            std::process::exit(0);
        })?;
    watch_host(&world);
    Ok(())
}

/// Ends the process when its world has panicked, or when the host is gone: a world in an endless loop
/// would never see that its line is closed.
fn watch_host(world: &JoinHandle<()>) {
    let host = std::os::unix::process::parent_id();
    while !world.is_finished() {
        std::thread::park_timeout(HOST_CHECK);
        if std::os::unix::process::parent_id() != host {
            std::process::exit(1);
        }
    }
}

/// Has the process ended when its parent is gone: a world in an endless loop would never see that its line is closed.
pub(super) fn end_with_parent() -> io::Result<()> {
    let parent = std::os::unix::process::parent_id();
    let watch = move || {
        while std::os::unix::process::parent_id() == parent {
            std::thread::park_timeout(HOST_CHECK);
        }
        std::process::exit(1);
    };
    std::thread::Builder::new().name("parent".into()).spawn(watch).map(drop)
}

/// Lets the address space grow by the limit and no more. Where the system
/// cannot say how large it is now, the world runs unbounded.
pub(super) fn bound_memory(spec: &WorldSpec) {
    let Ok(statm) = std::fs::read_to_string("/proc/self/statm") else {
        return;
    };
    let Some(pages) = statm.split(' ').next().and_then(|n| n.parse::<u64>().ok()) else {
        return;
    };
    let most = pages.saturating_mul(4096).saturating_add(spec.limits.memory);
    let _ = rlimit::setrlimit(rlimit::Resource::AS, most, most);
}
