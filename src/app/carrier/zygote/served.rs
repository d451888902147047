//! The zygote itself: one thread, one world, and the processes that it has forked.

use super::{ENDED, FORK, KILL, LEARN, ORDER, READY, learned};
use crate::app::carrier::STACK;
use crate::app::carrier::process::{PipeLink, bound_memory, end_with_parent, standard_link};
use crate::engine::Unborn;
use crate::engine::protocol::WorldSpec;
use fork::{ProcessFork, ProcessId, fork_process, waitpid};
use rustix::fd::OwnedFd;
use rustix::io::IoSliceMut;
use rustix::net::{RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, recvmsg};
use rustix::process::{Pid, Signal, kill_process};
use rustix::stdio::{dup2_stderr, dup2_stdin, dup2_stdout, stdin};
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::mem::MaybeUninit;

/// The hidden command `__zygote`: makes a world of this specification (as JSON), runs these files of the JS half
/// ahead, and forks when it is told to, until the host is gone.
///
/// # Errors
/// The world cannot be made, or the system gives no processes.
pub fn serve_zygote(spec: &str, warm: &[String]) -> io::Result<()> {
    let spec: WorldSpec = serde_json::from_str(spec)?;
    // The host tells what it was.
    std::panic::set_hook(Box::new(|_| {}));
    // A thread with such a stack would be a second one, and a fork takes one thread along.
    stacker::grow(STACK, || {
        let mut world = Unborn::boot(&spec, warm).map_err(io::Error::other)?;
        rustix::io::write(stdin(), &[READY])?;
        let forked = Zygote::default().forks(&mut world)?;
        if let Some(link) = forked {
            end_with_parent()?;
            world.serve(link, bound_memory);
            std::process::exit(0);
        }
        Ok(())
    })
}

/// The status of a process that the system did not give: exit code 1.
const NEVER_BEGAN: i32 = 1 << 8;

/// The processes that were forked and not yet waited for, by their numbers.
#[derive(Default)]
struct Zygote {
    processes: HashMap<u64, ProcessId>,
}

/// A message of the host, and what came along with it.
struct Order {
    what: u8,
    number: u64,
    fds: Vec<OwnedFd>,
}

impl Zygote {
    /// Does what it is told. In a forked process it comes back with the line to the host; in the zygote with none
    /// when the host is gone.
    fn forks(&mut self, world: &mut Unborn) -> io::Result<Option<PipeLink<BufReader<File>, File>>> {
        while let Some(order) = receive()? {
            match (order.what, <[OwnedFd; 2]>::try_from(order.fds)) {
                (FORK, Ok([line, words])) => match fork_process() {
                    Ok(ProcessFork::Child) => return adopt(line, words).map(Some),
                    Ok(ProcessFork::Parent(process)) => drop(self.processes.insert(order.number, process)),
                    // The line is closed with its last end, which tells the host.
                    Err(_) => {}
                },
                (LEARN, _) => learn(world, order.number)?,
                (what, _) => self.end(what, order.number)?,
            }
        }
        Ok(None)
    }

    /// Waits for a process, which is killed before or is ending anyway, and says how it ended.
    fn end(&mut self, what: u8, number: u64) -> io::Result<()> {
        let status = match self.processes.remove(&number) {
            Some(process) => status_of(process, what)?,
            None => NEVER_BEGAN,
        };
        let mut ended = [0; ENDED];
        ended[..8].copy_from_slice(&number.to_le_bytes());
        ended[8..].copy_from_slice(&status.to_le_bytes());
        io::stdout().write_all(&ended)?;
        io::stdout().flush()
    }
}

/// Reads a lesson of so many bytes, and parses it.
fn learn(world: &mut Unborn, length: u64) -> io::Result<()> {
    let mut lesson = Vec::new();
    File::from(stdin().try_clone_to_owned()?)
        .take(length)
        .read_to_end(&mut lesson)?;
    if let Some((path, text)) = learned::read(&lesson) {
        world.parse_ahead(path, text);
    }
    Ok(())
}

/// The system's status of a process that waits to be asked.
fn status_of(process: ProcessId, what: u8) -> io::Result<i32> {
    if what == KILL
        && let Some(pid) = Pid::from_raw(process.get())
    {
        // One that has ended already is waited for all the same.
        let _ = kill_process(pid, Signal::KILL);
    }
    waitpid(process.get())
}

/// The forked process speaks over the line that came with the order, as a started one does over its pipes.
fn adopt(line: OwnedFd, words: OwnedFd) -> io::Result<PipeLink<BufReader<File>, File>> {
    dup2_stdin(&line)?;
    dup2_stdout(&line)?;
    dup2_stderr(&words)?;
    standard_link()
}

/// The next order; none when the host is gone.
fn receive() -> io::Result<Option<Order>> {
    let mut bytes = [0; ORDER];
    let mut fds = Vec::new();
    let mut done = 0;
    while done < ORDER {
        let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(2))];
        let mut ancillary = RecvAncillaryBuffer::new(&mut space);
        let mut into = [IoSliceMut::new(&mut bytes[done..])];
        let received = match recvmsg(stdin(), &mut into, &mut ancillary, RecvFlags::empty()) {
            Err(error) if error == rustix::io::Errno::INTR => continue,
            other => other?,
        };
        for message in ancillary.drain() {
            if let RecvAncillaryMessage::ScmRights(came) = message {
                fds.extend(came);
            }
        }
        if received.bytes == 0 {
            return Ok(None);
        }
        done += received.bytes;
    }
    let mut number = [0; 8];
    number.copy_from_slice(&bytes[1..]);
    Ok(Some(Order {
        what: bytes[0],
        number: u64::from_le_bytes(number),
        fds,
    }))
}
