//! A world's own loop: take a message, deal with it, say that it is idle.

use super::protocol::{Host, HostMessage, WorldFault, WorldMessage, WorldSpec};
use super::world::World;
use crate::wx::{Outcome, Payload, WxError};
use std::any::Any;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

/// The world's end of the line to its host.
pub trait WorldLink {
    /// Says something to the host. When the host is gone this is lost, and
    /// [`WorldLink::receive`] ends the world soon after.
    fn send(&mut self, message: WorldMessage);
    /// Waits for the host's next message; `None` when the host is gone.
    fn receive(&mut self) -> Option<HostMessage>;
}

/// Runs a world from its `Boot` message until the host is gone or the world cannot go on.
///
/// `prepare_process` is called with the specification before the context is
/// made: a world in a process of its own bounds its memory there.
pub fn serve(link: impl WorldLink + 'static, prepare_process: impl FnOnce(&WorldSpec)) {
    let link = Rc::new(RefCell::new(link));
    let first = link.borrow_mut().receive();
    let Some(HostMessage::Boot(spec)) = first else { return };
    prepare_process(&spec);
    let served = catch_unwind(AssertUnwindSafe(|| {
        let mut world = World::boot(&spec, Box::new(LinkHost(Rc::clone(&link))))?;
        live(&mut world, &link)
    }));
    if let Err(fault) = served.unwrap_or_else(|panic| Err(engine_fault(panic.as_ref()))) {
        link.borrow_mut().send(WorldMessage::Fatal(fault));
    }
}

/// A world that was made ahead of its host. A process that is forked from the one that made it serves it.
pub struct Unborn {
    world: World,
    link: Rc<RefCell<Option<Box<dyn WorldLink>>>>,
}

impl Unborn {
    /// Makes a world, and runs these files of the JS half ahead.
    ///
    /// # Errors
    /// A fault of the JS half.
    pub fn boot(spec: &WorldSpec, warm: &[String]) -> Result<Self, WorldFault> {
        let link = Rc::new(RefCell::new(None));
        let mut world = World::boot(spec, Box::new(LinkHost(Rc::clone(&link))))?;
        for file in warm {
            world.warm(file)?;
        }
        Ok(Self { world, link })
    }

    /// Parses a text ahead, for the processes that are forked from now on.
    pub fn parse_ahead(&mut self, path: &str, text: &str) {
        self.world.parse_ahead(path, text);
    }

    /// As [`serve`], for the specification that it was made with.
    pub fn serve(mut self, link: impl WorldLink + 'static, prepare_process: impl FnOnce(&WorldSpec)) {
        *self.link.borrow_mut() = Some(Box::new(link));
        let first = self.link.borrow_mut().receive();
        let Some(HostMessage::Boot(spec)) = first else { return };
        prepare_process(&spec);
        self.world.tell_what_is_parsed();
        let link = Rc::clone(&self.link);
        let served = catch_unwind(AssertUnwindSafe(|| live(&mut self.world, &link)));
        if let Err(fault) = served.unwrap_or_else(|panic| Err(engine_fault(panic.as_ref()))) {
            link.borrow_mut().send(WorldMessage::Fatal(fault));
        }
    }
}

/// Before the fork there is nobody to speak to.
impl WorldLink for Option<Box<dyn WorldLink>> {
    fn send(&mut self, message: WorldMessage) {
        if let Some(link) = self {
            link.send(message);
        }
    }

    fn receive(&mut self) -> Option<HostMessage> {
        self.as_mut()?.receive()
    }
}

/// A panic of the engine, which some rare code of an app can bring about, ends the app as any other fault does.
fn engine_fault(panic: &(dyn Any + Send)) -> WorldFault {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
    WorldFault {
        message: format!("a fault of the JavaScript engine itself: {}", text.unwrap_or_default()),
        file: None,
        line: None,
        column: None,
        stack: String::new(),
    }
}

fn live<L: WorldLink>(world: &mut World, link: &Rc<RefCell<L>>) -> Result<(), WorldFault> {
    loop {
        // The borrow ends before the world works, because its calls use the same link.
        let next = link.borrow_mut().receive();
        let Some(message) = next else { return Ok(()) };
        let wake_at = world.handle(message)?;
        link.borrow_mut().send(WorldMessage::Idle { wake_at });
    }
}

/// The host, as a world sees it over a link.
struct LinkHost<L>(Rc<RefCell<L>>);

impl<L: WorldLink> Host for LinkHost<L> {
    fn call(&mut self, api: &str, args: Payload) -> Outcome {
        let mut link = self.0.borrow_mut();
        link.send(WorldMessage::Call {
            api: api.to_owned(),
            args,
        });
        match link.receive() {
            Some(HostMessage::Answer(outcome)) => outcome,
            _ => Err(WxError::new("the host is gone")),
        }
    }

    fn start(&mut self, id: u64, api: &str, args: Payload) {
        self.0.borrow_mut().send(WorldMessage::Start {
            id,
            api: api.to_owned(),
            args,
        });
    }

    fn note(&mut self, kind: &str, json: String) {
        self.0.borrow_mut().send(WorldMessage::Note {
            kind: kind.to_owned(),
            json,
        });
    }

    fn parsed(&mut self, path: &str, text: &str) {
        self.0.borrow_mut().send(WorldMessage::Parsed {
            path: path.to_owned(),
            text: text.to_owned(),
        });
    }
}
