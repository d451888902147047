//! The simulated device: facts that an app can ask for. The same in every run unless they are set.

use serde::{Deserialize, Serialize};

/// A phone of the middle range.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
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
    pub theme: String,
    /// Device pixels of one px.
    pub pixel_ratio: f64,
    /// Width of the screen in px.
    pub screen_width: f64,
    /// Height of the screen in px.
    pub screen_height: f64,
    /// Height of the status bar in px.
    pub status_bar_height: f64,
    /// Height of the navigation bar below the status bar, in px.
    pub navigation_bar_height: f64,
    /// Height of the tab bar in px.
    pub tab_bar_height: f64,
    /// The person's font size in px.
    pub font_size: f64,
    /// The platform's speed rating.
    pub benchmark_level: i32,
    /// Memory in MB.
    pub memory_size: u32,
    /// Processor type.
    pub abi: String,
    /// The connection.
    pub network: NetworkType,
    /// Whether it is a weak one.
    pub weak_net: bool,
    /// Charge of the battery, in percent.
    pub battery_level: u8,
    /// Whether it is being charged.
    pub battery_charging: bool,
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
            theme: "light".into(),
            pixel_ratio: 3.0,
            screen_width: 390.0,
            screen_height: 844.0,
            status_bar_height: 32.0,
            navigation_bar_height: 48.0,
            tab_bar_height: 56.0,
            font_size: 16.0,
            benchmark_level: 30,
            memory_size: 8192,
            abi: "arm64-v8a".into(),
            network: NetworkType::Wifi,
            weak_net: false,
            battery_level: 80,
            battery_charging: false,
        }
    }
}
