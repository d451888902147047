//! The parts of a device profile: screen, battery, place, sensors, and what is around the phone.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Gives a part its defaults, one expression each.
macro_rules! part {
    ($(#[$about:meta])* $part:ident { $($(#[$what:meta])* $field:ident: $kind:ty = $default:expr,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase", default, deny_unknown_fields)]
        pub struct $part { $($(#[$what])* pub $field: $kind,)* }
        impl Default for $part {
            fn default() -> Self {
                Self { $($field: $default,)* }
            }
        }
    };
}

part! {
    /// The screen. Lengths are in px.
    Screen {
        /// Width.
        width: f64 = 390.0,
        /// Height.
        height: f64 = 844.0,
        /// Device pixels of one px.
        pixel_ratio: f64 = 3.0,
        /// Height of the status bar.
        status_bar_height: f64 = 32.0,
        /// Height of the navigation bar below the status bar.
        navigation_bar_height: f64 = 48.0,
        /// Height of the tab bar.
        tab_bar_height: f64 = 56.0,
        /// From 0 to 1.
        brightness: f64 = 0.5,
        /// Whether the person records it.
        recording: bool = false,
    }
}

part! {
    /// The battery.
    Battery {
        /// Charge in percent.
        level: u8 = 80,
        /// Whether it is being charged.
        charging: bool = false,
        /// Whether the phone saves energy.
        low_power: bool = false,
    }
}

part! {
    /// Where the phone is (GCJ-02, as the platform's maps).
    Location {
        /// Degrees north.
        latitude: f64 = 23.10229,
        /// Degrees east.
        longitude: f64 = 113.324_521_1,
        /// Metres above the sea.
        altitude: f64 = 0.0,
        /// Metres a second.
        speed: f64 = -1.0,
        /// What stands there.
        name: String = "TIT 创意园".into(),
        /// Its address.
        address: String = "广东省广州市海珠区新港中路397号".into(),
        /// Whether the phone's own switch for places is on.
        enabled: bool = true,
    }
}

part! {
    /// How accurately a place is known, in metres.
    Accuracy {
        /// Along the ground.
        horizontal: f64 = 65.0,
        /// Upwards.
        vertical: f64 = 65.0,
    }
}

part! {
    /// A reading along three axes.
    Axes {
        /// To the right.
        x: f64 = 0.0,
        /// To the top.
        y: f64 = 0.0,
        /// Out of the screen.
        z: f64 = 0.0,
    }
}

part! {
    /// What the compass reads.
    Compass {
        /// Degrees from north, clockwise.
        direction: f64 = 0.0,
        /// `high`, `medium`, `low`, `no-contact`, `unreliable`, or a number of degrees on the other system.
        accuracy: Value = Value::String("high".into()),
    }
}

part! {
    /// How the phone is turned, in degrees.
    Motion {
        /// About the axis out of the screen, 0 to 360.
        alpha: f64 = 0.0,
        /// About the axis to the right, -180 to 180.
        beta: f64 = 0.0,
        /// About the axis to the top, -90 to 90.
        gamma: f64 = 0.0,
    }
}

part! {
    /// The bluetooth adapter.
    Bluetooth {
        /// Whether it is on.
        available: bool = true,
        /// What is around it.
        devices: Vec<Peripheral> = Vec::new(),
    }
}

part! {
    /// A bluetooth device around the phone.
    Peripheral {
        /// Its address.
        device_id: String = String::new(),
        /// Its name.
        name: String = String::new(),
        /// The name that it sends about itself.
        local_name: String = String::new(),
        /// Strength of its signal in dBm.
        rssi: i32 = -60,
        /// What it sends about itself, base64.
        advertis_data: String = String::new(),
        /// The services that it sends about itself.
        #[serde(rename = "advertisServiceUUIDs")]
        advertised: Vec<String> = Vec::new(),
        /// Whether it can be connected to.
        connectable: bool = true,
        /// What it offers.
        services: Vec<Service> = Vec::new(),
    }
}

part! {
    /// A service of a bluetooth device.
    Service {
        /// Its id.
        uuid: String = String::new(),
        /// Whether it is a main service.
        is_primary: bool = true,
        /// Its values.
        characteristics: Vec<Characteristic> = Vec::new(),
    }
}

part! {
    /// A value of a bluetooth service.
    Characteristic {
        /// Its id.
        uuid: String = String::new(),
        /// What may be done with it: `read`, `write`, `writeNoResponse`, `notify`, `indicate`.
        can: Vec<String> = vec!["read".into(), "write".into(), "notify".into()],
        /// The value, base64.
        value: String = String::new(),
    }
}

part! {
    /// The wireless LANs.
    Wifi {
        /// Whether the phone's switch is on.
        enabled: bool = true,
        /// The address of the phone in the network.
        address: String = "192.168.1.100".into(),
        /// Name of the network that it is in; empty for none.
        connected: String = "minirun".into(),
        /// The networks around.
        networks: Vec<WifiNetwork> = vec![WifiNetwork { name: "minirun".into(), ..WifiNetwork::default() }],
    }
}

part! {
    /// A wireless LAN.
    WifiNetwork {
        /// Its name.
        name: String = String::new(),
        /// The address of its access point.
        bssid: String = "02:00:00:00:00:01".into(),
        /// Its password; empty for an open network.
        password: String = String::new(),
        /// Strength of the signal, 0 to 100.
        signal_strength: u8 = 80,
        /// In MHz.
        frequency: u32 = 2437,
    }
}

part! {
    /// A bluetooth beacon.
    Beacon {
        /// Its id.
        uuid: String = String::new(),
        /// First number.
        major: u32 = 0,
        /// Second number.
        minor: u32 = 0,
        /// From 0 (unknown) to 3 (far).
        proximity: u8 = 1,
        /// Metres.
        accuracy: f64 = 1.0,
        /// Strength of its signal in dBm.
        rssi: i32 = -60,
    }
}

part! {
    /// A service on the local network.
    LocalService {
        /// For example `_http._tcp.`.
        service_type: String = String::new(),
        /// Its name.
        service_name: String = String::new(),
        /// Its address; empty for one that cannot be resolved.
        ip: String = String::new(),
        /// Its port.
        port: u16 = 0,
    }
}

part! {
    /// The person's public profile: since 2022 the platform gives every app this one.
    Person {
        /// Name.
        nick_name: String = "微信用户".into(),
        /// Address of the picture.
        avatar_url: String = String::new(),
        /// 0 unknown, 1 male, 2 female.
        gender: u8 = 0,
        /// City.
        city: String = String::new(),
        /// Province.
        province: String = String::new(),
        /// Country.
        country: String = String::new(),
    }
}

part! {
    /// A file on the phone.
    Item {
        /// Its name, whose end says what it is.
        name: String = String::new(),
        /// Its content, base64.
        base64: String = String::new(),
        /// Of a video: its length in seconds.
        duration: f64 = 0.0,
        /// Of a video: its width.
        width: u32 = 0,
        /// Of a video: its height.
        height: u32 = 0,
    }
}

/// A grey picture of 8 by 6 pixels, the smallest thing that is a photograph.
const PICTURE: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAGCAAAAADbboAnAAAADklEQVR4nGNogAIGUhgAiFQYAY4FvR4AAAAASUVORK5CYII=";

impl Item {
    /// What the album of every phone begins with.
    pub fn default_picture() -> Self {
        Self {
            name: "photo.png".into(),
            base64: PICTURE.into(),
            ..Self::default()
        }
    }

    /// `image`, `video` or `file`, by the end of the name.
    pub fn kind(&self) -> &'static str {
        match self.extension().as_str() {
            "jpg" | "jpeg" | "png" | "gif" | "webp" | "bmp" => "image",
            "mp4" | "mov" | "m4v" | "3gp" | "avi" => "video",
            _ => "file",
        }
    }

    /// The end of the name, small.
    pub fn extension(&self) -> String {
        let end = self.name.rsplit_once('.').map_or("", |(_, end)| end);
        end.to_ascii_lowercase()
    }
}
