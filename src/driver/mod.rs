//! Driving apps: what tests and automation clients do to them, and what they see of them.
//!
//! [`Automation`] has the methods and events of the platform's automation protocol for one running app, JSON in and
//! JSON out. A [`Session`] is what one test file has: a device with a registry of its own in this process, and
//! the apps that the test starts on it. The test's world speaks to it in the words of `js/driver.js`; an app's world is
//! reached through `js/driven.js`.

mod app_folder;
mod automation;
mod device;
mod faults;
mod launch;
mod line;
mod native;
mod person;
mod record;
mod release;
mod release_words;
mod session;
mod span;
mod suite_file;

pub use automation::{Automation, Happened};
pub use device::DeviceSetup;
pub use person::{AtScreen, PersonAtScreen};
pub use session::Session;
pub use suite_file::normal;

use crate::system::lock;
