//! The device that apps run on, as the `wx` families see it: its storage and files on
//! disk, its network, the person in front of it.

use super::source::Start;
use crate::package::{AppJson, CodePackage};
use crate::system::{
    Clock, Disk, DiskError, DurableKeyValue, KeyValue, MemoryKeyValue, Network, NetworkConditions, RealWeb, Web,
};
use crate::wx::{
    AppInfo, Cloud, Domains, Files, FilesRoot, LaidAnswers, NetworkType, Nobody, Outbox, PRIVATE_INFOS, PackageFiles,
    PluginStorages, Profile, Storage, TransferConfig, Transfers, Ui, Wx, changed,
};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The folders of a device in which apps' data is: storage and files by user, cloud environments.
pub const DATA: [&str; 2] = ["users", "cloud"];

/// A device, whoever uses it.
pub struct DeviceState {
    /// The folder that keeps it; without one nothing outlives the device.
    pub folder: Option<PathBuf>,
    /// What apps can learn of the device.
    pub profile: Profile,
    /// What it has become since, where something has changed it.
    changed: Mutex<Option<Profile>>,
    /// What the person has been told to answer.
    pub laid: LaidAnswers,
    /// What transfers meet.
    pub network: Network,
    /// Whoever answers the network APIs.
    pub web: Arc<dyn Web>,
    /// The domains that apps may reach, where they are limited.
    pub domains: Option<Arc<Domains>>,
    /// The fixtures of the apps' cloud environments.
    pub cloud_fixtures: Option<PathBuf>,
    /// The only source of time.
    pub clock: Arc<dyn Clock>,
    /// The storage of each app and person, by its folder: only one may have the file open.
    storages: Arc<Storages>,
    /// The files of each app and person, where there is no folder.
    files: Mutex<HashMap<PathBuf, FilesRoot>>,
    /// The cloud environment of each app, which all its users share.
    clouds: Mutex<HashMap<String, Cloud>>,
}

/// Storages by their folder.
type Storages = Mutex<HashMap<PathBuf, Storage>>;

/// Who uses an app.
#[derive(Clone)]
pub struct Person {
    /// The name; storage, files and gray releases go by it.
    pub user: String,
    /// Who answers dialogs.
    pub ui: Arc<dyn Ui>,
}

impl Default for Person {
    /// A user who never answers.
    fn default() -> Self {
        Self {
            user: "user".into(),
            ui: Arc::new(Nobody),
        }
    }
}

/// Location functions that an app has not declared. Games declare nothing.
fn undeclared(app: &AppJson) -> Vec<String> {
    if app.is_game {
        return Vec::new();
    }
    let declared = app.other.get("requiredPrivateInfos").and_then(Value::as_array);
    let is_declared = |name: &str| declared.is_some_and(|list| list.iter().any(|known| known == name));
    let missing = PRIVATE_INFOS.iter().filter(|name| !is_declared(name));
    missing.map(|name| (*name).to_owned()).collect()
}

impl DeviceState {
    /// A device that keeps nothing.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            folder: None,
            profile: Profile::default(),
            changed: Mutex::default(),
            laid: LaidAnswers::default(),
            network: Network::new(NetworkConditions::default(), 0),
            web: Arc::new(RealWeb),
            domains: None,
            cloud_fixtures: None,
            clock,
            storages: Arc::default(),
            files: Mutex::default(),
            clouds: Mutex::default(),
        }
    }

    /// The host's half of `wx` for an instance that starts.
    pub fn wx(&self, outbox: Outbox, start: &Start, person: &Person) -> Wx {
        let mut wx = Wx::new(outbox, Arc::clone(&self.clock));
        let boot = &start.boot;
        wx.ui = Arc::clone(&person.ui);
        wx.profile = self.profile_now();
        wx.laid = self.laid.clone();
        wx.app = AppInfo {
            app_id: boot.app_id.clone(),
            env_version: boot.env_version,
            version: boot.version.clone().unwrap_or_default(),
            dark_mode: start.package.app_json().other.get("darkmode") == Some(&true.into()),
            undeclared: undeclared(start.package.app_json()),
            ..AppInfo::default()
        };
        let app_json = json!(start.package.app_json());
        let config = TransferConfig::new(&boot.app_id, boot.version.as_deref(), &app_json);
        let domains = self.domains.clone().filter(|_| start.package.checks_domains());
        let config = config.limited_to(domains);
        wx.network = Transfers::new(config, self.network.clone(), Arc::clone(&self.web));
        let own = own_folder(
            self.folder.as_deref().unwrap_or(Path::new("")),
            &boot.app_id,
            &person.user,
        );
        wx.storage = storage(&self.storages, &own, self.folder.is_some());
        let (storages, plugins, kept) = (Arc::clone(&self.storages), own.join("plugins"), self.folder.is_some());
        wx.plugin_storages =
            PluginStorages::new(move |plugin| storage(&storages, &plugins.join(hex::encode(plugin)), kept));
        wx.files = Files::new(self.files(&own), package_files(&start.package));
        wx.cloud = self.cloud(&boot.app_id);
        wx
    }
}

impl DeviceState {
    /// What apps can learn of the device now.
    fn profile_now(&self) -> Profile {
        let changed = self.changed.lock().unwrap_or_else(PoisonError::into_inner);
        changed.as_ref().unwrap_or(&self.profile).clone()
    }

    /// Something happens to the device, in the words of its profile. The apps that run are told by whoever says so.
    ///
    /// # Errors
    /// Which word is unknown, or which value does not fit it.
    pub fn change(&self, words: &Value) -> Result<(), String> {
        let profile = changed(&self.profile_now(), words)?;
        let offline = profile.network == NetworkType::None;
        if offline != (self.profile_now().network == NetworkType::None) {
            self.network.set(NetworkConditions {
                offline,
                ..self.network.conditions()
            });
        }
        *self.changed.lock().unwrap_or_else(PoisonError::into_inner) = Some(profile);
        Ok(())
    }

    /// The app's cloud environment; what it changes is kept where the device has a folder.
    fn cloud(&self, app_id: &str) -> Cloud {
        let mut clouds = self.clouds.lock().unwrap_or_else(PoisonError::into_inner);
        let made = || {
            let changes: Arc<dyn KeyValue> = match &self.folder {
                Some(folder) => Arc::new(DurableKeyValue::new(cloud_file(folder, app_id))),
                None => Arc::new(MemoryKeyValue::default()),
            };
            Cloud::new(self.cloud_fixtures.clone(), changes)
        };
        clouds.entry(app_id.to_owned()).or_insert_with(made).clone()
    }

    /// The files kept in `own`; in a folder of their own that goes with the device where it has none.
    fn files(&self, own: &Path) -> FilesRoot {
        if self.folder.is_some() {
            return FilesRoot::at(own.join("files"));
        }
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.entry(own.to_owned()).or_default().clone()
    }
}

/// The storage kept in `own`, the same for every instance; in memory where it is not kept.
fn storage(storages: &Storages, own: &Path, kept: bool) -> Storage {
    let mut storages = storages.lock().unwrap_or_else(PoisonError::into_inner);
    let made = || {
        if kept {
            Storage::new(Arc::new(DurableKeyValue::new(own.join("storage.redb"))))
        } else {
            Storage::default()
        }
    };
    storages.entry(own.to_owned()).or_insert_with(made).clone()
}

/// Where the data of one app and user lies on a device. Names are hex, so that no id can lead elsewhere.
fn own_folder(device: &Path, app_id: &str, user: &str) -> PathBuf {
    device.join(DATA[0]).join(hex::encode(user)).join(hex::encode(app_id))
}

/// Removes the storage and files of an app, a user, or an app of a user, from a device that nobody uses.
///
/// # Errors
/// When the disk fails.
pub fn remove_data(disk: &dyn Disk, device: &Path, app_id: Option<&str>, user: Option<&str>) -> Result<(), DiskError> {
    let all = device.join(DATA[0]);
    let users = match user {
        Some(user) => vec![hex::encode(user)],
        None => disk.list(&all)?,
    };
    for user in users {
        let own = all.join(user);
        disk.remove(&app_id.map_or_else(|| own.clone(), |app_id| own.join(hex::encode(app_id))))?;
    }
    // The cloud environment belongs to the app, whoever uses it.
    if let (Some(app_id), None) = (app_id, user) {
        disk.remove(&cloud_file(device, app_id))?;
    }
    Ok(())
}

/// What an app has made of its cloud environment.
fn cloud_file(device: &Path, app_id: &str) -> PathBuf {
    device.join(DATA[1]).join(format!("{}.redb", hex::encode(app_id)))
}

/// The code package as the file system API shows it.
pub fn package_files(package: &Arc<dyn CodePackage>) -> Arc<dyn PackageFiles> {
    Arc::new(Package(Arc::clone(package)))
}

struct Package(Arc<dyn CodePackage>);

impl PackageFiles for Package {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        self.0.files().read(path).map(|bytes| bytes.to_vec())
    }

    fn paths(&self) -> Vec<String> {
        self.0.files().paths().map(|path| path.as_str().to_owned()).collect()
    }
}
