//! A plugin's own storage: while one of its storage calls is made, `wx` has that instead of the app's.

use super::{Api, Args, Form, Outcome, Storage, Wx, ok};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Rows of this family; the `wx` of a plugin asks for them.
pub const APIS: &[Api] = &[
    Api::now("$plugin.enter", &[], enter).form(Form::Js),
    Api::now("$plugin.leave", &[], leave).form(Form::Js),
];

/// Opens the storage of a plugin, by the plugin's folder.
type Open = Arc<dyn Fn(&str) -> Storage + Send + Sync>;

/// Where the storages of an app's plugins come from.
#[derive(Clone)]
pub struct PluginStorages {
    open: Open,
    /// The app's own, while a plugin's is in its place.
    aside: Option<Storage>,
}

impl PluginStorages {
    /// Storages that `open` gives, the same one for the same plugin.
    pub fn new(open: impl Fn(&str) -> Storage + Send + Sync + 'static) -> Self {
        Self {
            open: Arc::new(open),
            aside: None,
        }
    }
}

impl Default for PluginStorages {
    /// Storages in memory.
    fn default() -> Self {
        let known: Mutex<HashMap<String, Storage>> = Mutex::default();
        Self::new(move |plugin| {
            let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
            known.entry(plugin.to_owned()).or_default().clone()
        })
    }
}

impl std::fmt::Debug for PluginStorages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PluginStorages").finish_non_exhaustive()
    }
}

fn enter(wx: &mut Wx, args: &Args) -> Outcome {
    let storage = (wx.plugin_storages.open)(args.text("plugin"));
    let own = std::mem::replace(&mut wx.storage, storage);
    // A plugin's call inside another's leaves the app's own where it is.
    wx.plugin_storages.aside.get_or_insert(own);
    ok()
}

fn leave(wx: &mut Wx, _: &Args) -> Outcome {
    if let Some(own) = wx.plugin_storages.aside.take() {
        wx.storage = own;
    }
    ok()
}
