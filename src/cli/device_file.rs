//! A device file: the words of a device profile, written down, and what happens to it later.

use super::time_of_run::parse_duration;
use crate::app::instance::Control;
use crate::wx::{Profile, check, to_base64};
use clap::Args;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Which device an app runs on.
#[derive(Debug, Clone, Default, Args)]
pub struct DeviceFileArgs {
    /// A TOML file that describes the simulated device: model, screen, network, location, permissions, answers, ...
    #[arg(long, value_name = "FILE")]
    device_profile: Option<PathBuf>,
}

/// What a device file says.
#[derive(Debug, Default)]
pub struct DeviceFile {
    /// The device at the start.
    pub profile: Profile,
    /// What happens to it, counted from the first boot.
    pub later: Vec<(Duration, Control)>,
}

impl DeviceFileArgs {
    /// Reads the file, where one is named.
    ///
    /// # Errors
    /// What is wrong with it, in words that name it.
    pub fn read(&self) -> Result<DeviceFile, String> {
        let Some(file) = &self.device_profile else {
            return Ok(DeviceFile::default());
        };
        let named = |error: String| format!("{}: {error}", file.display());
        let text = std::fs::read_to_string(file).map_err(|error| named(error.to_string()))?;
        parse(&text, file.parent().unwrap_or(Path::new(""))).map_err(named)
    }
}

fn parse(text: &str, folder: &Path) -> Result<DeviceFile, String> {
    let mut words: Value = toml::from_str(text).map_err(|error| error.to_string())?;
    let events = words
        .as_object_mut()
        .and_then(|words| words.remove("at"))
        .unwrap_or_else(|| json!([]));
    for list in ["album", "documents"] {
        for item in words.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
            *item = loaded(item, folder)?;
        }
    }
    let profile = Profile::default().with(&words)?;
    let events = events.as_array().ok_or("at should be a list of tables")?;
    let later = events.iter().map(event).collect::<Result<_, String>>()?;
    Ok(DeviceFile { profile, later })
}

/// `"cat.jpg"`, or `{ file = "clip.mp4", duration = 3 }`: the content comes out of the file.
fn loaded(item: &Value, folder: &Path) -> Result<Value, String> {
    let mut item = match item {
        Value::String(file) => json!({ "file": file }),
        other => other.clone(),
    };
    let Some(file) = item.as_object_mut().and_then(|item| item.remove("file")) else {
        return Ok(item);
    };
    let file = file.as_str().ok_or("file should be a path")?.to_owned();
    let bytes = std::fs::read(folder.join(&file)).map_err(|error| format!("{file}: {error}"))?;
    let name = Path::new(&file)
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    item["name"] = name.into();
    item["base64"] = to_base64(&bytes).into();
    Ok(item)
}

/// `{ time = "2s", theme = "dark" }`.
fn event(event: &Value) -> Result<(Duration, Control), String> {
    let mut words = event.as_object().ok_or("at should be a list of tables")?.clone();
    let time = words
        .remove("time")
        .ok_or("an event needs a time, such as time = \"2s\"")?;
    let time = parse_duration(time.as_str().unwrap_or_default())?;
    let words = Value::Object(words);
    check(&words)?;
    Ok((time, Control::Device(words)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_file_describes_a_device_and_its_future() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("cat.jpg"), b"cat").unwrap();
        let text = r#"
            model = "tall"
            theme = "dark"
            album = ["cat.jpg", { name = "b.png", base64 = "AA==" }]
            [screen]
            height = 900
            [permissions]
            userLocation = "deny"
            [answers]
            scanCode = ["cancel", "https://example.com/2"]
            [[at]]
            time = "2s"
            network = "none"
        "#;
        let file = parse(text, folder.path()).unwrap();
        assert_eq!(file.profile.model, "tall");
        assert_eq!((file.profile.screen.width, file.profile.screen.height), (390.0, 900.0));
        assert_eq!(file.profile.album[0].base64, "Y2F0");
        assert_eq!(file.profile.album[1].name, "b.png");
        assert_eq!(file.profile.answers["scanCode"][0], "cancel");
        let happens = Control::Device(json!({ "network": "none" }));
        assert_eq!(file.later, [(Duration::from_secs(2), happens)]);
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (text, said) in [
            ("modle = 'x'", "modle"),
            ("theme = 'blue'", "blue"),
            ("album = ['nowhere.jpg']", "nowhere.jpg"),
            ("[[at]]\ntheme = 'dark'", "time"),
            ("[[at]]\ntime = '2s'\nthem = 'dark'", "them"),
            ("model = ", "model"),
        ] {
            let error = parse(text, Path::new("")).unwrap_err();
            assert!(error.contains(said), "{text}: {error}");
        }
    }
}
