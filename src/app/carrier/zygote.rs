//! Worlds that are forked from a process which has made one already: the zygote.
//!
//! Most of a start is the JS half, which is the same for every app. The zygote has it behind itself,
//! has one thread, and forks when it is told to; the new process gets its line to the host with the
//! order. Orders go over a socket (the zygote's standard input), because they carry the line; what
//! became of a process comes back over its standard output. Only its parent can wait for a process,
//! so the zygote keeps each one until the host asks how it ended.

mod learned;
mod served;

pub use served::serve_zygote;

use super::process::{PROGRAM_ENV, how_it_ended, read_all, read_words, write_all};
use super::{CarrierError, End, WorldHandle, process};
use crate::engine::protocol::{Role, WorldMessage, WorldSpec};
use crate::system::lock;
use learned::Learned;
use rustix::io::IoSlice;
use rustix::net::{SendAncillaryBuffer, SendAncillaryMessage, SendFlags, sendmsg};
use std::collections::HashMap;
use std::io::{self, Read, Write};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::unix::pipe;
use tokio::sync::{mpsc, oneshot};

/// What the zygote is told: a letter and the number that the host has given the process.
const ORDER: usize = 9;
/// Fork; the line and the pipe for standard error come along.
const FORK: u8 = b'f';
/// Parse a text ahead: its path and itself follow, in as many bytes as the number says.
const LEARN: u8 = b'l';
/// Kill, and say how it ended.
const KILL: u8 = b'k';
/// Say how it ended; it is ending.
const WAIT: u8 = b'w';
/// What comes back: the number, and the system's status.
const ENDED: usize = 12;
/// What the zygote says over the socket when its world is made.
const READY: u8 = b'r';
/// How long that may take. The host waits for it once, because a world that is ordered from a zygote which then
/// fails would be lost.
const PATIENCE: Duration = Duration::from_secs(20);

/// A zygote for each kind of world, started when the first one is wanted. Clones share them.
#[derive(Clone)]
pub struct Zygotes(Arc<Shared>);

struct Shared {
    program: PathBuf,
    warm: Vec<String>,
    running: Mutex<Vec<(WorldSpec, Kind)>>,
}

/// A zygote for one kind of world.
#[derive(Clone)]
enum Kind {
    Running(Arc<Zygote>),
    /// It could not be started, and would not another time.
    Failed,
}

impl std::fmt::Debug for Zygotes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Zygotes").field(&self.0.program).finish()
    }
}

impl PartialEq for Zygotes {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Zygotes {}

impl Zygotes {
    /// None runs yet. Each will have run these files of the JS half besides those of every start.
    pub fn of(program: PathBuf, warm: &[&str]) -> Self {
        Self(Arc::new(Shared {
            program,
            warm: warm.iter().map(|file| (*file).to_owned()).collect(),
            running: Mutex::default(),
        }))
    }

    /// A world that waits for its `Boot` message with this specification. Where none can be forked, a process is
    /// started.
    pub(super) fn spawn(&self, spec: &WorldSpec) -> Result<WorldHandle, CarrierError> {
        if spec.role != Role::Worker
            && let Kind::Running(zygote) = self.of_kind(spec)
        {
            match zygote.fork() {
                Ok(world) => return Ok(world),
                Err(error) => {
                    tracing::warn!(%error, "no world could be forked; a process is started");
                    // The next world gets a new one.
                    let mut running = lock(&self.0.running);
                    running.retain(|(known, _)| known != spec);
                }
            }
        }
        process::spawn(&self.0.program)
    }

    /// The zygote of this kind, which is started when it is wanted first.
    fn of_kind(&self, spec: &WorldSpec) -> Kind {
        let mut running = lock(&self.0.running);
        if let Some((_, kind)) = running.iter().find(|(known, _)| known == spec) {
            return kind.clone();
        }
        let kind = match Zygote::start(&self.0.program, spec, &self.0.warm) {
            Ok(zygote) => Kind::Running(Arc::new(zygote)),
            Err(error) => {
                tracing::warn!(%error, "no zygote could be started; each world gets a process");
                Kind::Failed
            }
        };
        running.push((*spec, kind.clone()));
        kind
    }
}

/// Who waits for the end of which process.
type Waiting = Arc<Mutex<HashMap<u64, oneshot::Sender<ExitStatus>>>>;

/// The host's end of the line to one zygote, for whatever thread and runtime wants a world. Dropping it ends the zygote
/// and its worlds.
struct Zygote {
    /// Locked while an order is given, because some are longer than one write.
    orders: Mutex<UnixStream>,
    learned: Mutex<Learned>,
    waiting: Waiting,
    last: AtomicU64,
    process: Child,
}

impl Zygote {
    fn start(program: &Path, spec: &WorldSpec, warm: &[String]) -> io::Result<Self> {
        let (orders, theirs) = UnixStream::pair()?;
        let spec = serde_json::to_string(spec)?;
        let mut process = Command::new(program)
            .arg("__zygote")
            .arg(spec)
            .args(warm)
            .env(PROGRAM_ENV.0, PROGRAM_ENV.1)
            .stdin(Stdio::from(OwnedFd::from(theirs)))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let ends = process.stdout.take();
        let mut ready = [0];
        let zygote = Self {
            orders: Mutex::new(orders),
            learned: Mutex::default(),
            waiting: Waiting::default(),
            last: AtomicU64::new(0),
            process,
        };
        {
            let mut orders = lock(&zygote.orders);
            orders.set_read_timeout(Some(PATIENCE))?;
            orders.read_exact(&mut ready)?;
        }
        let ends = ends.filter(|_| ready == [READY]);
        let ends = ends.ok_or_else(|| io::Error::other("the zygote says something else than that it is ready"))?;
        let told = Arc::clone(&zygote.waiting);
        std::thread::Builder::new()
            .name("zygote".into())
            .spawn(move || tell_ends(ends, &told))?;
        Ok(zygote)
    }

    fn fork(self: &Arc<Self>) -> io::Result<WorldHandle> {
        let (line, theirs) = UnixStream::pair()?;
        let (words, their_words) = io::pipe()?;
        let number = self.last.fetch_add(1, Ordering::Relaxed);
        self.order(FORK, number, &[theirs.as_fd(), their_words.as_fd()])?;
        line.set_nonblocking(true)?;
        let (input, output) = tokio::net::UnixStream::from_std(line)?.into_split();
        let words = pipe::Receiver::from_owned_fd(words.into())?;
        let (sender, outgoing) = mpsc::unbounded_channel();
        let (incoming, receiver) = mpsc::unbounded_channel();
        tokio::spawn(write_all(output, outgoing));
        let zygote = Arc::clone(self);
        tokio::spawn(read_all(input, move |message| match message {
            WorldMessage::Parsed { path, text } => {
                zygote.learn(&path, &text);
                true
            }
            message => incoming.send(message).is_ok(),
        }));
        Ok(WorldHandle {
            sender,
            receiver,
            end: End::Forked(Forked {
                zygote: Arc::clone(self),
                number,
                words: tokio::spawn(read_words(words)),
                is_over: false,
            }),
        })
    }

    fn order(&self, what: u8, number: u64, fds: &[BorrowedFd<'_>]) -> io::Result<()> {
        let mut order = [what; ORDER];
        order[1..].copy_from_slice(&number.to_le_bytes());
        let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(2))];
        let mut ancillary = SendAncillaryBuffer::new(&mut space);
        if !fds.is_empty() {
            ancillary.push(SendAncillaryMessage::ScmRights(fds));
        }
        let sent = sendmsg(
            &*lock(&self.orders),
            &[IoSlice::new(&order)],
            &mut ancillary,
            SendFlags::NOSIGNAL,
        )?;
        if sent == ORDER {
            Ok(())
        } else {
            Err(io::Error::other("an order was cut short"))
        }
    }

    /// Has the zygote parse a text that worlds parse again and again.
    fn learn(&self, path: &str, text: &str) {
        if !lock(&self.learned).is_due(path, text) {
            return;
        }
        let lesson = learned::lesson(path, text);
        let mut order = vec![LEARN; ORDER];
        order[1..].copy_from_slice(&(lesson.len() as u64).to_le_bytes());
        order.extend(lesson);
        // If the zygote is gone, there is nobody to learn.
        let _ = lock(&self.orders).write_all(&order);
    }

    /// Has a process killed or waited for; `None` where the zygote is gone.
    async fn ended(&self, what: u8, number: u64) -> Option<ExitStatus> {
        let (sender, ended) = oneshot::channel();
        lock(&self.waiting).insert(number, sender);
        self.order(what, number, &[]).ok()?;
        ended.await.ok()
    }
}

impl Drop for Zygote {
    fn drop(&mut self) {
        // One that is gone already cannot be killed, which is as good.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Tells who waits how a process has ended, until the zygote is gone.
fn tell_ends(mut ends: ChildStdout, waiting: &Waiting) {
    let mut end = [0; ENDED];
    while ends.read_exact(&mut end).is_ok() {
        let (number, status) = read_end(end);
        let waits = lock(waiting).remove(&number);
        // One that nobody waits for was dropped.
        let _ = waits.map(|waits| waits.send(ExitStatus::from_raw(status)));
    }
    lock(waiting).clear();
}

fn read_end(end: [u8; ENDED]) -> (u64, i32) {
    let (mut number, mut status) = ([0; 8], [0; 4]);
    number.copy_from_slice(&end[..8]);
    status.copy_from_slice(&end[8..]);
    (u64::from_le_bytes(number), i32::from_le_bytes(status))
}

/// A forked process, and what it said on standard error.
pub(super) struct Forked {
    zygote: Arc<Zygote>,
    number: u64,
    words: tokio::task::JoinHandle<String>,
    is_over: bool,
}

impl Forked {
    pub(super) async fn kill(self) -> Option<String> {
        self.end(KILL).await
    }

    pub(super) async fn last_words(self) -> Option<String> {
        self.end(WAIT).await
    }

    async fn end(mut self, what: u8) -> Option<String> {
        self.is_over = true;
        let status = self.zygote.ended(what, self.number).await?;
        let words = (&mut self.words).await.unwrap_or_default();
        Some(how_it_ended(status, &words))
    }
}

impl Drop for Forked {
    fn drop(&mut self) {
        if !self.is_over {
            // If the zygote is gone, so is the process.
            let _ = self.zygote.order(KILL, self.number, &[]);
        }
    }
}
