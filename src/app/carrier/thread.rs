//! A world on a thread of this process.

use super::{CarrierError, End, STACK, WorldHandle};
use crate::engine::protocol::{HostMessage, WorldMessage};
use crate::engine::{WorldLink, serve};
use tokio::sync::mpsc;

struct ThreadLink {
    sender: mpsc::UnboundedSender<WorldMessage>,
    receiver: mpsc::UnboundedReceiver<HostMessage>,
}

impl WorldLink for ThreadLink {
    fn send(&mut self, message: WorldMessage) {
        let _ = self.sender.send(message);
    }

    fn receive(&mut self) -> Option<HostMessage> {
        self.receiver.blocking_recv()
    }
}

pub(super) fn spawn() -> Result<WorldHandle, CarrierError> {
    let (sender, world_receiver) = mpsc::unbounded_channel();
    let (world_sender, receiver) = mpsc::unbounded_channel();
    std::thread::Builder::new()
        .name("world".into())
        .stack_size(STACK)
        .spawn(move || {
            serve(
                ThreadLink {
                    sender: world_sender,
                    receiver: world_receiver,
                },
                |_| {},
            );
        })?;
    Ok(WorldHandle {
        sender,
        receiver,
        end: End::Thread,
    })
}
