//! The whole surface, name by name, as an app finds it: what `minirun api` prints.

use super::refused::PARTS;
use super::{Api, Form, apis, members_of};

/// One name that an app can write, and the row that it comes from.
#[derive(Debug, Clone)]
pub struct Name {
    /// `getStorageSync`, `onAppShow`, `UpdateManager.applyUpdate`, `setTimeout`.
    pub name: String,
    /// The base library version that introduced it.
    pub since: &'static str,
    /// Its row.
    pub api: &'static Api,
}

/// Every name, in the order of the alphabet. Calls that only the JS half knows are no names.
pub fn names() -> Vec<Name> {
    let mut all: Vec<Name> = apis().filter(|api| is_public(api)).flat_map(names_of).collect();
    all.extend(PARTS.iter().flat_map(|(object, api)| {
        let refused = members_of(object).into_iter();
        refused.map(move |member| named(format!("{object}.{}", member.name), api.since, api))
    }));
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all
}

fn is_public(api: &Api) -> bool {
    let hidden = api.form == Form::Js && !matches!(api.run, super::Run::Js);
    !api.name.starts_with('$') && !hidden
}

fn names_of(api: &'static Api) -> Vec<Name> {
    let name = api.name;
    let spelled = match api.form {
        Form::Event => {
            let [on, off] = pair(name);
            return vec![named(on, api.since, api), named(off, off_since(api), api)];
        }
        Form::AsyncAndSync(_) => vec![name.to_owned(), format!("{name}Sync")],
        Form::Factory(object) | Form::Property(object) => {
            let members = members_of(object)
                .into_iter()
                .map(|member| format!("{object}.{}", member.name));
            std::iter::once(name.to_owned()).chain(members).collect()
        }
        _ => vec![name.to_owned()],
    };
    spelled.into_iter().map(|name| named(name, api.since, api)).collect()
}

fn named(name: String, since: &'static str, api: &'static Api) -> Name {
    Name { name, since, api }
}

/// `onAppShow` and `offAppShow` of `appShow`.
pub fn pair(event: &str) -> [String; 2] {
    let name = capitalised(event);
    ["on", "off"].map(|prefix| format!("{prefix}{name}"))
}

/// `AppShow` of `appShow`.
pub fn capitalised(event: &str) -> String {
    let mut letters = event.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// The version that brought the `off` of an event: listeners could be put on before they could be taken off.
pub fn off_since(api: &Api) -> &'static str {
    let later = OFF_SINCE
        .iter()
        .find(|(_, events)| events.split_ascii_whitespace().any(|event| event == api.name));
    later.map_or(api.since, |(since, _)| since)
}

const OFF_SINCE: &[(&str, &str)] = &[
    ("2.8.1", "beaconServiceChange beaconUpdate hCEMessage"),
    (
        "2.9.0",
        "bLECharacteristicValueChange bLEConnectionStateChange bluetoothAdapterStateChange bluetoothDeviceFound \
         getWifiList memoryWarning voIPChatInterrupted voIPChatMembersChanged voIPChatSpeakersChanged wifiConnected",
    ),
    ("2.9.2", "keyboardHeightChange"),
    (
        "2.9.3",
        "accelerometerChange compassChange deviceMotionChange gyroscopeChange networkStatusChange userCaptureScreen",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wx::Support;
    use std::collections::HashSet;

    #[test]
    fn no_name_is_there_twice() {
        let mut seen = HashSet::new();
        let twice: Vec<_> = names().into_iter().filter(|n| !seen.insert(n.name.clone())).collect();
        assert!(twice.is_empty(), "{twice:#?}");
    }

    #[test]
    fn a_refusal_says_why() {
        let mute: Vec<_> = apis()
            .filter(|api| api.support == Support::Refused && api.note.is_empty())
            .collect();
        assert!(mute.is_empty(), "{mute:#?}");
    }
}
