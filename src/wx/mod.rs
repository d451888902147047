//! The host half of the `wx` API: one file per family, plain functions over JSON.
//!
//! A family is a `pub const APIS: &[Api]` and the functions that its rows name;
//! [`FAMILIES`] lists them all. What needs the app (a route, a restart, the
//! update) leaves as a [`HostCommand`] that the app's loop carries out.

mod account;
mod analytics;
mod animation;
mod api;
mod app_events;
mod app_info;
mod base64;
mod can_i_use;
mod cloud;
mod device;
mod dialog;
mod dialog_queue;
mod domains;
mod download;
mod exchange;
mod ext_config;
mod file_system;
mod game;
mod globals;
mod host;
mod logs;
mod media;
mod mini_program;
mod navigation_bar;
mod node_query;
mod page_surface;
mod payload;
mod phone;
mod plugin_storage;
mod profile;
mod refused;
mod request;
mod route;
mod socket;
mod storage;
mod subpackage;
mod surface;
mod system_info;
mod tab_bar;
mod task_methods;
mod test_device;
mod toast;
mod transfers;
mod ui;
mod ui_state;
mod update_manager;
mod upload;
mod worker;

pub use api::{Api, Form, Param, Run, Support};
pub use app_info::{AppInfo, EnvVersion};
pub use base64::to_text as to_base64;
pub use can_i_use::can_i_use;
pub use cloud::Cloud;
pub use dialog_queue::DialogQueue;
pub use domains::{Domains, DomainsError};
pub use file_system::{Files, FilesRoot, PackageFiles};
pub use host::{Busy, DeviceMemory, Event, HostCommand, HostCommandCell, Listening, OtherApp, Outbox, Outgoing, Wx};
pub use media::performance::measure;
pub use payload::{Args, Outcome, Payload, WxError, ok, ok_with};
pub use phone::location::PRIVATE_INFOS;
pub use phone::{LaidAnswers, PhoneMemory, PhoneState, change, changed, check};
pub use plugin_storage::PluginStorages;
pub use profile::{NetworkType, Profile, Theme};
pub use refused::{Gives, Member, members_of};
pub use socket::Sockets;
pub use socket::datagrams::Datagrams;
pub use storage::Storage;
pub use surface::{Name, capitalised, names, off_since, pair};
pub use test_device::prompt_answer;
pub use transfers::{Kind, Slot, Transfer, TransferConfig, Transfers};
pub use ui::{ActionSheet, Answer, Fixed, Modal, Nobody, Prompt, Scripted, Ui};
pub use ui_state::{PageSurface, Tab, TabBar, Toast, UiState};

use std::collections::HashMap;
use std::sync::LazyLock;

/// Every family of the table.
pub const FAMILIES: &[&[Api]] = &[
    account::APIS,
    analytics::APIS,
    animation::APIS,
    app_events::APIS,
    app_info::APIS,
    base64::APIS,
    can_i_use::APIS,
    cloud::APIS,
    device::APIS,
    dialog::APIS,
    download::APIS,
    ext_config::APIS,
    file_system::APIS,
    game::APIS,
    globals::APIS,
    logs::APIS,
    media::ads::APIS,
    media::ads::INTERSTITIAL,
    media::ads::REWARDED,
    media::audio::APIS,
    media::audio::BACKGROUND,
    media::audio::INNER,
    media::camera::APIS,
    media::canvas::APIS,
    media::canvas::CONTEXT,
    media::fonts::APIS,
    media::map::APIS,
    media::performance::APIS,
    media::players::APIS,
    media::players::PLAYER,
    media::players::PUSHER,
    media::players::VIDEO,
    media::random::APIS,
    media::recorder::APIS,
    media::recorder::MANAGER,
    media::video::APIS,
    media::video::CONTAINER,
    media::video::DECODER,
    mini_program::APIS,
    navigation_bar::APIS,
    node_query::APIS,
    page_surface::APIS,
    phone::album::APIS,
    phone::asked::APIS,
    phone::beacons::APIS,
    phone::bluetooth::APIS,
    phone::bluetooth_values::APIS,
    phone::identity::APIS,
    phone::local_services::APIS,
    phone::location::APIS,
    phone::open_type::APIS,
    phone::peripheral::APIS,
    phone::permission::APIS,
    phone::pictures::APIS,
    phone::screen::APIS,
    phone::sensors::APIS,
    phone::share_menu::APIS,
    phone::wifi::APIS,
    plugin_storage::APIS,
    refused::media::APIS,
    refused::phone::APIS,
    refused::radio::APIS,
    refused::social::APIS,
    request::APIS,
    route::APIS,
    socket::APIS,
    socket::datagrams::APIS,
    storage::APIS,
    subpackage::APIS,
    system_info::APIS,
    tab_bar::APIS,
    task_methods::APIS,
    test_device::APIS,
    toast::APIS,
    update_manager::APIS,
    worker::APIS,
    upload::APIS,
];

/// Every row of the table.
pub fn apis() -> impl Iterator<Item = &'static Api> {
    FAMILIES.iter().flat_map(|family| family.iter())
}

/// The row of this name; an event may have the name of a function, and gives way to it.
pub fn find(name: &str) -> Option<&'static Api> {
    static ROWS: LazyLock<HashMap<&str, &Api>> = LazyLock::new(|| {
        let is_event = |row: &&Api| row.form == Form::Event;
        let (events, functions): (Vec<&Api>, Vec<&Api>) = apis().partition(is_event);
        events.into_iter().chain(functions).map(|row| (row.name, row)).collect()
    });
    ROWS.get(name).copied()
}
#[cfg(test)]
mod screen_tests;
