//! `wx.setStorage` and its family: named values of one app and user, kept on the device.
//!
//! The world turns a value into text and the name of its type, so that what
//! comes back has the type that went in (`js/data.js`). Here it is a string.

use super::{Api, Args, Outcome, Param, Wx, WxError, ok, ok_with};
use crate::system::{KeyValue, KeyValueError, MemoryKeyValue};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// UTF-16 units that a key and its value may have together, as the client counts them.
const ENTRY_LIMIT: usize = 1024 * 1024;
/// Bytes that everything may take.
const TOTAL_LIMIT: u64 = 10 * 1024 * 1024;
/// An encrypted value grows by this, which lowers both limits for it.
const ENCRYPTION_TENTHS: u64 = 14;

const KEY: Param = Param::required("key", "String");

/// The storage family.
pub const APIS: &[Api] = &[
    Api::both("setStorage", "", &[KEY, Param::optional("data", "*")], set),
    Api::both("getStorage", "data", &[KEY], get),
    Api::both("removeStorage", "", &[KEY], remove),
    Api::both("clearStorage", "", &[], clear),
    Api::both("getStorageInfo", "", &[], info),
    Api::both("batchSetStorage", "", &[Param::required("kvList", "Array")], batch_set).since("2.25.0"),
    Api::both(
        "batchGetStorage",
        "dataList",
        &[Param::required("keyList", "Array")],
        batch_get,
    )
    .since("2.25.0"),
];

/// The storage of one app and user. Instances that follow each other share it by cloning.
#[derive(Clone)]
pub struct Storage(Arc<dyn KeyValue>);

impl Storage {
    /// A storage over this store.
    pub fn new(store: Arc<dyn KeyValue>) -> Self {
        Self(store)
    }

    /// Returns when everything that was set is safe; dropping the last clone does the same.
    ///
    /// # Errors
    /// Something that was set before could not be written.
    pub fn flush(&self) -> Result<(), KeyValueError> {
        self.0.flush()
    }

    /// Every entry as JSON, for a person to look at: values that are not JSON are their text.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn dump(&self) -> Result<BTreeMap<String, Value>, KeyValueError> {
        let keys = self.0.sizes()?.into_iter().map(|(key, _)| key);
        keys.filter_map(|key| match self.0.get(&key) {
            Ok(bytes) => Some(Ok((key, Entry::read(&bytes?)?.to_json()))),
            Err(fault) => Some(Err(fault)),
        })
        .collect()
    }

    fn set(&self, entries: Vec<Setting>) -> Result<(), WxError> {
        if entries.iter().any(|entry| entry.units() > ENTRY_LIMIT) {
            return Err(WxError::new(":entry size limit reached"));
        }
        let replaced: u64 = self.sizes_of(entries.iter().map(|entry| entry.key.as_str()))?;
        let added: u64 = entries.iter().map(Setting::bytes).sum();
        if self.0.total()? - replaced + added > TOTAL_LIMIT {
            return Err(WxError::new("exceed storage max size 10Mb"));
        }
        let entries = entries.into_iter().map(|entry| (entry.key, entry.entry.write()));
        Ok(self.0.set(entries.collect())?)
    }

    /// The bytes that these keys take now.
    fn sizes_of<'a>(&self, keys: impl Iterator<Item = &'a str>) -> Result<u64, WxError> {
        let keys: std::collections::BTreeSet<&str> = keys.collect();
        let mut bytes = 0;
        for key in keys {
            bytes += self.0.get(key)?.map_or(0, |value| (key.len() + value.len()) as u64);
        }
        Ok(bytes)
    }

    fn get(&self, key: &str, encrypt: bool) -> Result<Option<Entry>, WxError> {
        let entry = self.0.get(key)?.and_then(|bytes| Entry::read(&bytes));
        // A value is only seen by a call that declares the encryption that it was stored with.
        Ok(entry.filter(|entry| entry.encrypt == encrypt))
    }
}

impl Default for Storage {
    /// A storage in memory.
    fn default() -> Self {
        Self::new(Arc::new(MemoryKeyValue::default()))
    }
}

impl std::fmt::Debug for Storage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Storage")
    }
}

impl From<KeyValueError> for WxError {
    fn from(fault: KeyValueError) -> Self {
        Self::coded(format!("internal error: {fault}"), 4)
    }
}

/// A value as it is stored.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Entry {
    /// The value's type, as `Object.prototype.toString` names it.
    data_type: String,
    /// The value as text: JSON for an object or array, milliseconds for a date.
    data: String,
    encrypt: bool,
}

/// One entry of a call.
#[derive(Debug, Deserialize)]
struct Setting {
    key: String,
    #[serde(flatten)]
    entry: Entry,
}

impl Setting {
    fn units(&self) -> usize {
        let plain = self.key.encode_utf16().count() + self.entry.data.encode_utf16().count();
        if self.entry.encrypt {
            plain * usize::try_from(ENCRYPTION_TENTHS).unwrap_or(1) / 10
        } else {
            plain
        }
    }

    fn bytes(&self) -> u64 {
        (self.key.len() + self.entry.header().len() + self.entry.data.len()) as u64
    }
}

impl Entry {
    fn header(&self) -> String {
        format!("{}{}\n", self.data_type, if self.encrypt { "!" } else { "" })
    }

    fn write(self) -> Vec<u8> {
        (self.header() + &self.data).into_bytes()
    }

    /// `None` for bytes that this version did not write.
    fn read(bytes: &[u8]) -> Option<Self> {
        let (header, data) = std::str::from_utf8(bytes).ok()?.split_once('\n')?;
        let data_type = header.strip_suffix('!').unwrap_or(header);
        Some(Self {
            data_type: data_type.to_owned(),
            data: data.to_owned(),
            encrypt: data_type.len() < header.len(),
        })
    }

    fn into_result(self) -> Value {
        json!({ "data": self.data, "dataType": self.data_type })
    }

    fn to_json(&self) -> Value {
        match self.data_type.as_str() {
            "String" => self.data.clone().into(),
            _ => serde_json::from_str(&self.data).unwrap_or_else(|_| self.data.clone().into()),
        }
    }
}

/// What the platform gives for a key that is not there, where it does not fail.
fn missing() -> Value {
    json!({ "data": "", "dataType": "String" })
}

fn set(wx: &mut Wx, args: &Args) -> Outcome {
    wx.storage.set(vec![args.parse()?])?;
    ok()
}

fn get(wx: &mut Wx, args: &Args) -> Outcome {
    match wx.storage.get(args.text("key"), args.truthy("encrypt"))? {
        Some(entry) => ok_with(entry.into_result()),
        // `getStorageSync` (a call without an id) returns an empty string.
        None if args.id == 0 => ok_with(missing()),
        None => Err(WxError::new("data not found")),
    }
}

fn remove(wx: &mut Wx, args: &Args) -> Outcome {
    wx.storage.0.remove(args.text("key"))?;
    ok()
}

fn clear(wx: &mut Wx, _: &Args) -> Outcome {
    wx.storage.0.clear()?;
    ok()
}

fn info(wx: &mut Wx, _: &Args) -> Outcome {
    let keys: Vec<String> = wx.storage.0.sizes()?.into_iter().map(|(key, _)| key).collect();
    ok_with(json!({
        "keys": keys,
        "currentSize": wx.storage.0.total()?.div_ceil(1024),
        "limitSize": TOTAL_LIMIT / 1024,
    }))
}

fn batch_set(wx: &mut Wx, args: &Args) -> Outcome {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Batch {
        kv_list: Vec<Setting>,
    }
    wx.storage.set(args.parse::<Batch>()?.kv_list)?;
    ok()
}

fn batch_get(wx: &mut Wx, args: &Args) -> Outcome {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Batch {
        key_list: Vec<String>,
    }
    let keys = args.parse::<Batch>()?.key_list;
    let values: Result<Vec<Value>, WxError> = keys
        .iter()
        .map(|key| Ok(wx.storage.get(key, false)?.map_or_else(missing, Entry::into_result)))
        .collect();
    ok_with(json!({ "dataList": values? }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wx::Payload;

    fn put(wx: &mut Wx, key: &str, data: &str) -> Outcome {
        set(wx, &Wx::args(json!({ "key": key, "data": data, "dataType": "String" })))
    }

    fn read(wx: &mut Wx, key: &str) -> Result<Value, WxError> {
        let mut args = Wx::args(json!({ "key": key }));
        args.id = 1;
        get(wx, &args).map(|payload| payload.value())
    }

    #[test]
    fn a_value_comes_back_with_its_type() {
        let (mut wx, _) = Wx::for_test();
        for (kind, data) in [
            ("Number", "1"),
            ("Date", "1700000000000"),
            ("Undefined", ""),
            ("String", "a\nb"),
        ] {
            set(
                &mut wx,
                &Wx::args(json!({ "key": "k", "data": data, "dataType": kind })),
            )
            .unwrap();
            assert_eq!(read(&mut wx, "k").unwrap(), json!({ "data": data, "dataType": kind }));
        }
    }

    #[test]
    fn a_missing_key_fails_asynchronously_and_is_empty_synchronously() {
        let (mut wx, _) = Wx::for_test();
        assert_eq!(read(&mut wx, "x"), Err(WxError::new("data not found")));
        let sync = get(&mut wx, &Wx::args(json!({ "key": "x" }))).unwrap();
        assert_eq!(sync, Payload::json(&missing()));
    }

    #[test]
    fn an_entry_of_more_than_1_mb_is_refused() {
        let (mut wx, _) = Wx::for_test();
        put(&mut wx, "k", &"x".repeat(ENTRY_LIMIT - 1)).unwrap();
        let fault = put(&mut wx, "k", &"x".repeat(ENTRY_LIMIT)).unwrap_err();
        assert_eq!(fault.reason, ":entry size limit reached");
        let sealed = json!({ "key": "k", "data": "x".repeat(ENTRY_LIMIT * 3 / 4), "encrypt": true });
        assert!(set(&mut wx, &Wx::args(sealed)).is_err());
    }

    #[test]
    fn more_than_10_mb_are_refused_and_replacing_frees_the_old_value() {
        let (mut wx, _) = Wx::for_test();
        let large = "x".repeat(1_000_000);
        (0..10).for_each(|i| drop(put(&mut wx, &format!("k{i}"), &large).unwrap()));
        let fault = put(&mut wx, "k10", &large).unwrap_err();
        assert_eq!(fault.reason, "exceed storage max size 10Mb");
        put(&mut wx, "k9", &large).unwrap();
        remove(&mut wx, &Wx::args(json!({ "key": "k3" }))).unwrap();
        put(&mut wx, "k10", &large).unwrap();
    }

    #[test]
    fn the_info_is_in_kilobytes() {
        let (mut wx, _) = Wx::for_test();
        assert_eq!(info(&mut wx, &Args::default()).unwrap().value()["currentSize"], 0);
        put(&mut wx, "b", &"x".repeat(2000)).unwrap();
        put(&mut wx, "a", "").unwrap();
        let expected = json!({ "keys": ["a", "b"], "currentSize": 2, "limitSize": 10240 });
        assert_eq!(info(&mut wx, &Args::default()).unwrap().value(), expected);
        clear(&mut wx, &Args::default()).unwrap();
        assert_eq!(info(&mut wx, &Args::default()).unwrap().value()["keys"], json!([]));
    }

    #[test]
    fn a_batch_is_set_whole_or_not_at_all() {
        let (mut wx, _) = Wx::for_test();
        let batch = |second: &str| {
            let entry = |key, data| json!({ "key": key, "data": data, "dataType": "String" });
            Wx::args(json!({ "kvList": [entry("a", "1"), entry("b", second)] }))
        };
        assert!(batch_set(&mut wx, &batch(&"x".repeat(ENTRY_LIMIT))).is_err());
        assert!(read(&mut wx, "a").is_err());
        batch_set(&mut wx, &batch("2")).unwrap();
        let list = batch_get(&mut wx, &Wx::args(json!({ "keyList": ["b", "x"] }))).unwrap();
        assert_eq!(list.value()["dataList"][0]["data"], "2");
        assert_eq!(list.value()["dataList"][1], missing());
    }

    #[test]
    fn an_encrypted_value_is_seen_only_by_a_call_that_says_so() {
        let (mut wx, _) = Wx::for_test();
        set(
            &mut wx,
            &Wx::args(json!({ "key": "k", "data": "s", "dataType": "String", "encrypt": true })),
        )
        .unwrap();
        assert!(read(&mut wx, "k").is_err());
        let open = get(&mut wx, &Wx::args(json!({ "key": "k", "encrypt": true }))).unwrap();
        assert_eq!(open.value()["data"], "s");
    }

    #[test]
    fn the_dump_shows_values() {
        let (mut wx, _) = Wx::for_test();
        put(&mut wx, "s", "1").unwrap();
        set(
            &mut wx,
            &Wx::args(json!({ "key": "o", "data": "{\"a\":1}", "dataType": "Object" })),
        )
        .unwrap();
        let dump = wx.storage.dump().unwrap();
        assert_eq!(dump["s"], json!("1"));
        assert_eq!(dump["o"], json!({ "a": 1 }));
    }
}
