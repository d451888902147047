//! Something happens to the phone: its profile changes, and the app hears of what it can hear.

use super::touch;
use crate::system::NetworkConditions;
use crate::wx::{HostCommand, NetworkType, Payload, Profile, Wx, system_info};
use serde_json::{Map, Value, json};

/// Whether a value fits a word.
type Fits = fn(&Value) -> bool;

/// What somebody who connects to the phone by bluetooth does.
const BLE_EVENTS: [&str; 5] = [
    "connectionState",
    "characteristicReadRequest",
    "characteristicWriteRequest",
    "characteristicSubscribed",
    "characteristicUnsubscribed",
];

/// What the person chooses from the menu behind the capsule.
const MENU: [&str; 3] = ["shareAppMessage", "shareTimeline", "addToFavorites"];

/// What only happens, and changes nothing: its word, and whether the value fits.
const HAPPENINGS: [(&str, Fits); 11] = [
    ("audioButton", |button| {
        matches!(button.as_str(), Some("play" | "pause" | "stop" | "next" | "prev"))
    }),
    ("back", |value| *value == true),
    ("bleCentral", |told| {
        BLE_EVENTS.iter().any(|event| told["event"] == *event)
    }),
    ("menu", |item| MENU.iter().any(|known| item == known)),
    ("memoryWarning", |level| matches!(level.as_u64(), Some(5 | 10 | 15))),
    ("screenshot", |value| *value == true),
    ("touch", |at| touch::place(at).is_some()),
    ("touchCancel", |at| touch::place(at).is_some()),
    ("touchEnd", |at| touch::place(at).is_some()),
    ("touchMove", |at| touch::place(at).is_some()),
    ("touchStart", |at| touch::place(at).is_some()),
];

/// Whether these words can happen to a phone.
///
/// # Errors
/// Which word is unknown, or which value does not fit it.
pub fn check(words: &Value) -> Result<(), String> {
    let (happenings, state) = split(words)?;
    Profile::default().with(&Value::Object(state))?;
    for (name, value) in happenings {
        let (_, fits) = HAPPENINGS
            .iter()
            .find(|(known, _)| *known == name)
            .ok_or("no such event")?;
        if !fits(&value) {
            return Err(format!("{name} cannot be {value}"));
        }
    }
    Ok(())
}

/// Changes the phone by these words; the app's listeners hear of it.
///
/// # Errors
/// As those of [`check`]; then nothing has changed.
pub fn change(wx: &mut Wx, words: &Value) -> Result<(), String> {
    check(words)?;
    let (happenings, state) = split(words)?;
    let before = wx.profile.clone();
    wx.profile = before.with(&Value::Object(state.clone()))?;
    if wx.profile != before {
        wx.memory.phone.profile = Some(Box::new(wx.profile.clone()));
        note(wx, state);
        tell(wx, &before);
    }
    for (name, value) in happenings {
        wx.outbox.note("device.event", json!({ &name: value }));
        match name.as_str() {
            "audioButton" => emit(wx, &name, &json!({ "button": value })),
            "bleCentral" => emit(wx, &name, &value),
            "menu" => emit(wx, "share", &json!({ "item": value })),
            "back" => wx.outbox.command(HostCommand::Back),
            "touch" => ["touchStart", "touchEnd"]
                .iter()
                .for_each(|event| touch::tell(wx, event, &value)),
            "touchStart" | "touchMove" | "touchEnd" | "touchCancel" => touch::tell(wx, &name, &value),
            "screenshot" => emit(wx, "userCaptureScreen", &json!({})),
            _ => emit(wx, &name, &json!({ "level": value })),
        }
    }
    Ok(())
}

/// The profile of a phone to which these words happen while no app is there to hear of it.
///
/// # Errors
/// As those of [`check`].
pub fn changed(profile: &Profile, words: &Value) -> Result<Profile, String> {
    check(words)?;
    let (_, state) = split(words)?;
    profile.with(&Value::Object(state))
}

/// What happens, and what becomes different.
type Words = Map<String, Value>;

fn split(words: &Value) -> Result<(Words, Words), String> {
    let words = words.as_object().ok_or("words and their values are needed")?.clone();
    let happens = |name: &str| HAPPENINGS.iter().any(|(known, _)| *known == name);
    Ok(words.into_iter().partition(|(name, _)| happens(name)))
}

/// The network has an entry of its own.
fn note(wx: &Wx, mut state: Words) {
    state.remove("network");
    if !state.is_empty() {
        wx.outbox.note("device.change", Value::Object(state));
    }
}

pub(super) fn emit(wx: &Wx, event: &str, payload: &Value) {
    wx.outbox.emit(event, Payload::json(payload));
}

fn tell(wx: &mut Wx, before: &Profile) {
    tell_of_network(wx, before);
    tell_of_screen(wx, before);
    let now = &wx.profile;
    if now.battery != before.battery {
        emit(
            wx,
            "batteryInfoChange",
            &json!({ "isLowPowerModeEnabled": now.battery.low_power }),
        );
    }
    if now.location != before.location || now.location_accuracy != before.location_accuracy {
        super::location::tell(wx);
    }
    if wx.profile.bluetooth != before.bluetooth {
        super::bluetooth::tell(wx, &before.bluetooth);
    }
    if wx.profile.beacons != before.beacons {
        super::beacons::tell(wx);
    }
    if wx.profile.services != before.services {
        super::local_services::tell(wx);
    }
}

fn tell_of_network(wx: &Wx, before: &Profile) {
    let now = &wx.profile;
    if now.network != before.network {
        let change = json!({ "isConnected": now.network != NetworkType::None, "networkType": now.network });
        wx.network.network.set(NetworkConditions {
            offline: now.network == NetworkType::None,
            ..wx.network.network.conditions()
        });
        wx.outbox.note("network.change", change.clone());
        emit(wx, "networkStatusChange", &change);
    }
    if now.weak_network != before.weak_network {
        emit(
            wx,
            "networkWeakChange",
            &json!({ "weakNet": now.weak_network, "networkType": now.network }),
        );
    }
}

fn tell_of_screen(wx: &Wx, before: &Profile) {
    let now = &wx.profile;
    // The platform tells only apps that know of dark mode.
    if now.theme != before.theme && wx.app.dark_mode {
        emit(wx, "themeChange", &json!({ "theme": now.theme }));
    }
    if now.keyboard.to_bits() != before.keyboard.to_bits() {
        emit(
            wx,
            "keyboardHeightChange",
            &json!({ "height": system_info::px(now.keyboard) }),
        );
    }
    if now.screen.recording != before.screen.recording {
        let state = if now.screen.recording { "start" } else { "stop" };
        emit(wx, "screenRecordingStateChanged", &json!({ "state": state }));
    }
    let size = |profile: &Profile| [profile.screen.width, profile.screen.height].map(f64::to_bits);
    if size(now) != size(before) {
        let window = system_info::window_info(wx);
        let size = json!({ "windowWidth": window["windowWidth"], "windowHeight": window["windowHeight"] });
        emit(wx, "windowResize", &json!({ "size": size }));
        emit(
            wx,
            "menuButtonBoundingClientRectWeightChange",
            &system_info::menu_button(wx),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wx::Outgoing;

    fn heard(receiver: &mut tokio::sync::mpsc::UnboundedReceiver<Outgoing>) -> Vec<String> {
        let mut names = Vec::new();
        while let Ok(outgoing) = receiver.try_recv() {
            if let Outgoing::Event(event) = outgoing {
                names.push(event.name);
            }
        }
        names
    }

    #[test]
    fn only_what_has_changed_is_told() {
        let (mut wx, mut receiver) = Wx::for_test();
        change(
            &mut wx,
            &json!({ "network": "4g", "keyboard": 300, "battery": { "level": 80 } }),
        )
        .unwrap();
        assert_eq!(heard(&mut receiver), ["networkStatusChange", "keyboardHeightChange"]);
        change(&mut wx, &json!({ "network": "4g" })).unwrap();
        assert!(heard(&mut receiver).is_empty());
        change(&mut wx, &json!({ "memoryWarning": 10, "screenshot": true })).unwrap();
        assert_eq!(heard(&mut receiver), ["memoryWarning", "userCaptureScreen"]);
    }

    #[test]
    fn words_that_mean_nothing_change_nothing() {
        let (mut wx, mut receiver) = Wx::for_test();
        for (words, said) in [
            (json!({ "thema": "dark" }), "thema"),
            (json!({ "theme": "blue" }), "blue"),
            (json!({ "screen": { "with": 1 } }), "with"),
            (json!({ "memoryWarning": 7 }), "memoryWarning cannot be 7"),
            (json!({ "network": "4g", "screenshot": 1 }), "screenshot"),
            (json!("dark"), "words"),
        ] {
            let refused = change(&mut wx, &words).unwrap_err();
            assert!(refused.contains(said), "{words}: {refused}");
        }
        assert_eq!(wx.profile, Profile::default());
        assert!(heard(&mut receiver).is_empty());
    }
}
