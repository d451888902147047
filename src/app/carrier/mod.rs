//! What carries a world: a thread of this process, or a process of its own, started or forked.
//!
//! All speak the same messages. A process can be killed in an endless native
//! loop, has its memory bounded by the system, and takes nobody with it; a
//! thread starts faster and needs no program file.

mod process;
mod thread;
mod zygote;

pub use process::serve_stdio;
pub use zygote::{Zygotes, serve_zygote};

use crate::engine::protocol::{HostMessage, WorldMessage, WorldSpec};
use std::path::PathBuf;
use tokio::sync::mpsc;

/// Native stack of a world, in bytes of address space: the engine's parser
/// needs about 30 KB for a level of nesting.
pub const STACK: usize = 512 << 20;

/// How worlds are carried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Carrier {
    /// A thread of this process.
    Thread,
    /// A process of this program, started with the hidden command `__world`.
    Process {
        /// The minirun program.
        program: PathBuf,
    },
    /// A process that is forked from one which has made a world already. Starts in a fraction of the time; for
    /// many worlds that follow each other.
    Forked(Zygotes),
}

/// Why a world cannot be started.
#[derive(Debug, thiserror::Error)]
#[error("failed to start a world: {0}")]
pub struct CarrierError(#[from] std::io::Error);

/// The host's end of the line to a world. Dropping it ends the world.
pub struct WorldHandle {
    sender: mpsc::UnboundedSender<HostMessage>,
    receiver: mpsc::UnboundedReceiver<WorldMessage>,
    end: End,
}

enum End {
    /// A thread cannot be stopped from outside; it ends when its line is closed.
    Thread,
    Process(process::Child),
    Forked(zygote::Forked),
}

impl Carrier {
    /// Starts a world that waits for its `Boot` message, which has to bring this specification.
    ///
    /// # Errors
    /// The system has no thread or process to give.
    pub fn spawn(&self, spec: &WorldSpec) -> Result<WorldHandle, CarrierError> {
        tracing::debug!(carrier = ?self, "a world starts");
        match self {
            Self::Thread => thread::spawn(),
            Self::Process { program } => process::spawn(program),
            Self::Forked(zygotes) => zygotes.spawn(spec),
        }
    }
}

impl WorldHandle {
    /// Sends a message; if the world is gone, [`WorldHandle::receive`] says so.
    pub fn send(&self, message: HostMessage) {
        let _ = self.sender.send(message);
    }

    /// The world's next message; `None` when it is gone.
    pub async fn receive(&mut self) -> Option<WorldMessage> {
        self.receiver.recv().await
    }

    /// The world has ended, or fails to speak.
    pub fn is_gone(&self) -> bool {
        self.receiver.is_closed()
    }

    /// Stops the world wherever it is, and says how it ended if the system knows.
    pub async fn kill(self) -> Option<String> {
        match self.end {
            End::Thread => None,
            End::Process(child) => child.kill().await,
            End::Forked(child) => child.kill().await,
        }
    }

    /// Waits for a world that has gone by itself, and says how it ended.
    pub async fn last_words(self) -> Option<String> {
        match self.end {
            End::Thread => None,
            End::Process(child) => child.last_words().await,
            End::Forked(child) => child.last_words().await,
        }
    }
}
