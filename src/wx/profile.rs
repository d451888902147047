//! The simulated device: everything about it that an app can meet. The same in every run unless it is set.
//!
//! The names here are the words of a device file (`--device-profile`), of `--at`
//! on the command line and of `device.set` in a test.

use super::phone::facts::{
    Accuracy, Axes, Battery, Beacon, Bluetooth, Compass, Item, LocalService, Location, Motion, Person, Screen, Wifi,
};
use super::phone::permission::Permission;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// A phone of the middle range, and the person who holds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Profile {
    /// Maker.
    pub brand: String,
    /// Model.
    pub model: String,
    /// Operating system and its version.
    pub system: String,
    /// `android`, `ios`, `windows`, `mac`, `ohos`. Never `devtools` by default: apps turn code off there.
    pub platform: String,
    /// Version of the host application.
    pub version: String,
    /// Version of the base library, against which `canIUse` compares.
    pub sdk_version: String,
    /// Language of the person.
    pub language: String,
    /// `light` or `dark`.
    pub theme: Theme,
    /// The person's font size in px.
    pub font_size: f64,
    /// The platform's speed rating.
    pub benchmark_level: i32,
    /// Memory in MB.
    pub memory_size: u32,
    /// Processor type.
    pub abi: String,
    /// Whether the phone reads the screen to the person.
    pub accessibility: bool,
    /// What it shows, and how.
    pub screen: Screen,
    /// Height of the keyboard that is open, in px; 0 for none.
    pub keyboard: f64,
    /// The connection.
    pub network: NetworkType,
    /// Whether the connection is a bad one.
    pub weak_network: bool,
    /// The battery.
    pub battery: Battery,
    /// Where the phone is.
    pub location: Location,
    /// How accurately it tells its place.
    pub location_accuracy: Accuracy,
    /// What the accelerometer reads, in g.
    pub accelerometer: Axes,
    /// What the gyroscope reads, in radians a second.
    pub gyroscope: Axes,
    /// What the compass reads.
    pub compass: Compass,
    /// How the phone is turned, in degrees.
    pub device_motion: Motion,
    /// The bluetooth adapter and what is around it.
    pub bluetooth: Bluetooth,
    /// The wireless LANs around.
    pub wifi: Wifi,
    /// The beacons around.
    pub beacons: Vec<Beacon>,
    /// What other machines on the network offer.
    pub services: Vec<LocalService>,
    /// What the phone knows its person by: `fingerPrint`, `facial`.
    pub biometrics: Vec<String>,
    /// The person's public profile.
    pub person: Person,
    /// What the person says when an app asks for a scope (without `scope.`), or has said already.
    pub permissions: BTreeMap<String, Permission>,
    /// How the person, or the platform's own app, answers an API; see `src/wx/phone/person.rs`.
    pub answers: BTreeMap<String, Value>,
    /// Pictures and videos on the phone, the newest first.
    pub album: Vec<Item>,
    /// Files that others have sent in chats.
    pub documents: Vec<Item>,
    /// What `wx.getExptInfoSync` tells.
    pub experiments: BTreeMap<String, String>,
}

/// The person's choice of colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// How the device is connected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum NetworkType {
    /// Wireless LAN.
    #[serde(rename = "wifi")]
    Wifi,
    /// Mobile network, fifth generation.
    #[serde(rename = "5g")]
    FiveG,
    /// Mobile network, fourth generation.
    #[serde(rename = "4g")]
    FourG,
    /// Mobile network, third generation.
    #[serde(rename = "3g")]
    ThreeG,
    /// Mobile network, second generation.
    #[serde(rename = "2g")]
    TwoG,
    /// Connected, but nobody knows how.
    #[serde(rename = "unknown")]
    Unknown,
    /// Not connected.
    #[serde(rename = "none")]
    None,
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            brand: "minirun".into(),
            model: "minirun phone".into(),
            system: "Android 14".into(),
            platform: "android".into(),
            version: "8.0.50".into(),
            sdk_version: "3.7.0".into(),
            language: "zh_CN".into(),
            theme: Theme::Light,
            font_size: 16.0,
            benchmark_level: 30,
            memory_size: 8192,
            abi: "arm64-v8a".into(),
            accessibility: false,
            screen: Screen::default(),
            keyboard: 0.0,
            network: NetworkType::Wifi,
            weak_network: false,
            battery: Battery::default(),
            location: Location::default(),
            location_accuracy: Accuracy::default(),
            accelerometer: Axes {
                x: 0.0,
                y: 0.0,
                z: -1.0,
            },
            gyroscope: Axes::default(),
            compass: Compass::default(),
            device_motion: Motion::default(),
            bluetooth: Bluetooth::default(),
            wifi: Wifi::default(),
            beacons: Vec::new(),
            services: Vec::new(),
            biometrics: vec!["fingerPrint".into()],
            person: Person::default(),
            permissions: BTreeMap::new(),
            answers: BTreeMap::new(),
            album: vec![Item::default_picture()],
            documents: Vec::new(),
            experiments: BTreeMap::new(),
        }
    }
}

impl Profile {
    /// The same device after these words: objects add to what is there, everything else replaces it.
    ///
    /// # Errors
    /// Which word is unknown, or which value does not fit it.
    pub fn with(&self, words: &Value) -> Result<Self, String> {
        let mut tree = serde_json::to_value(self).map_err(|error| error.to_string())?;
        merge(&mut tree, words);
        serde_json::from_value(tree).map_err(|error| error.to_string())
    }
}

fn merge(tree: &mut Value, words: &Value) {
    match (tree, words) {
        (Value::Object(tree), Value::Object(words)) => {
            for (name, word) in words {
                merge(tree.entry(name.clone()).or_insert(Value::Null), word);
            }
        }
        (tree, word) => *tree = word.clone(),
    }
}
