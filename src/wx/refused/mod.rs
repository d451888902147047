//! What this engine does not do: every other name that the platform declares, present and refused.
//!
//! A refused function fails with "not supported" (errno 100), as the platform's
//! own do on a device that lacks something; `canIUse` says no. So an app takes
//! the branch that it has for such a device, and a developer who looks at the
//! table learns why. The rows cost a start next to nothing: what they do is in
//! one file of the JS half that is loaded at the first refusal.

pub mod media;
mod objects;
pub mod phone;
pub mod radio;
pub mod social;

pub use objects::{Gives, Member, members_of};

use super::{Api, Form};

const ADS: &str = "there are no advertisements";
const CHIP: &str = "needs a chip of the phone";
const CLOUD: &str = "nothing is fetched ahead of a start";
const HOST_APP: &str = "only the platform's own app can do it";
const MEDIA: &str = "there is no sound, no camera and no video";
const NETWORK: &str = "this kind of connection is not there";
const PHONE: &str = "nothing of the simulated phone stands for it";
const PLUGIN: &str = "plugins are folders that the host names, and have no updates";
const RADIO: &str = "the simulated phone has no such radio";
const RENDERER: &str = "nothing is rendered";
const SCREEN: &str = "nothing is drawn";

/// What is refused of objects that the engine hands out all the same.
pub const PARTS: &[(&str, Api)] = &[
    ("CameraContext", Api::refused("", Form::Async, "1.6.0", MEDIA)),
    ("LivePlayerContext", Api::refused("", Form::Async, "1.7.0", MEDIA)),
    ("LivePusherContext", Api::refused("", Form::Async, "1.7.0", MEDIA)),
    ("MapContext", Api::refused("", Form::Async, "1.0.0", SCREEN)),
    ("RecorderManager", Api::refused("", Form::Async, "1.6.0", MEDIA)),
    ("VideoContext", Api::refused("", Form::Async, "1.0.0", MEDIA)),
];

const fn call(name: &'static str, since: &'static str, note: &'static str) -> Api {
    Api::refused(name, Form::Async, since, note)
}

const fn sync(name: &'static str, since: &'static str, note: &'static str) -> Api {
    Api::refused(name, Form::Sync(""), since, note)
}

const fn event(name: &'static str, since: &'static str, note: &'static str) -> Api {
    Api::refused(name, Form::Event, since, note)
}

const fn factory(name: &'static str, object: &'static str, since: &'static str, note: &'static str) -> Api {
    Api::refused(name, Form::Factory(object), since, note)
}

const fn property(name: &'static str, object: &'static str, since: &'static str, note: &'static str) -> Api {
    Api::refused(name, Form::Property(object), since, note)
}
