//! Values that cross the boundary between a world and its host.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_bytes::ByteBuf;
use serde_json::Value;
use std::collections::BTreeMap;

/// A JSON object, and beside it the properties that are binary (`ArrayBuffer` in the app).
///
/// Binary properties are top-level ones; no API of the platform nests them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Payload {
    /// JSON text. Empty stands for `{}`.
    pub json: String,
    /// Binary properties by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub buffers: BTreeMap<String, ByteBuf>,
}

impl Payload {
    /// A payload of this JSON value, without binary properties.
    pub fn json(value: &Value) -> Self {
        Self {
            json: value.to_string(),
            buffers: BTreeMap::new(),
        }
    }

    /// The same with one binary property more.
    #[must_use]
    pub fn with_buffer(mut self, name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.buffers.insert(name.to_owned(), ByteBuf::from(bytes.into()));
        self
    }

    /// The JSON part, parsed. Text that does not parse gives `null`: the world
    /// writes it with `JSON.stringify`, so there is nobody to tell.
    pub fn value(&self) -> Value {
        if self.json.is_empty() {
            return Value::Object(serde_json::Map::new());
        }
        serde_json::from_str(&self.json).unwrap_or(Value::Null)
    }
}

/// The arguments of one API call, parsed once, types already checked by the world.
#[derive(Debug, Clone, Default)]
pub struct Args {
    /// The call's id: tasks and listeners are addressed by it. 0 for a synchronous call.
    pub id: u64,
    /// The option object without its functions.
    pub value: Value,
    /// Binary properties.
    pub buffers: BTreeMap<String, ByteBuf>,
}

impl Args {
    /// Arguments out of what came over the boundary.
    pub fn new(id: u64, payload: Payload) -> Self {
        Self {
            id,
            value: payload.value(),
            buffers: payload.buffers,
        }
    }

    /// A string property, or `""`.
    pub fn text(&self, name: &str) -> &str {
        self.value.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// A string property.
    pub fn text_opt(&self, name: &str) -> Option<&str> {
        self.value.get(name).and_then(Value::as_str)
    }

    /// A number property.
    pub fn number(&self, name: &str) -> Option<f64> {
        self.value.get(name).and_then(Value::as_f64)
    }

    /// A property by JavaScript's truth rules.
    pub fn truthy(&self, name: &str) -> bool {
        match self.value.get(name) {
            None | Some(Value::Null) => false,
            Some(Value::Bool(b)) => *b,
            Some(Value::Number(n)) => n.as_f64().is_some_and(|n| n != 0.0),
            Some(Value::String(s)) => !s.is_empty(),
            Some(_) => true,
        }
    }

    /// The whole option object, or one of its properties, as a Rust type.
    ///
    /// # Errors
    /// The reason for which it does not fit, as a parameter error.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, WxError> {
        serde_json::from_value(self.value.clone()).map_err(|e| WxError::parameter(format!("parameter error: {e}")))
    }
}

/// How an API call ends: the result's own properties, or the reason of the failure.
pub type Outcome = Result<Payload, WxError>;

/// A failure, as the app gets it: the world puts `<api>:fail ` before the reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WxError {
    /// What follows `<api>:fail ` in `errMsg`.
    pub reason: String,
    /// The platform's `errno`, where this API carries one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub errno: Option<u32>,
    /// The API's own `errCode`, where it carries one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<i32>,
}

impl WxError {
    /// A failure without an errno.
    pub fn new(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            errno: None,
            code: None,
        }
    }

    /// A failure with the platform's errno.
    pub fn coded(reason: impl Into<String>, errno: u32) -> Self {
        Self {
            reason: reason.into(),
            errno: Some(errno),
            code: None,
        }
    }

    /// The same with the API's own `errCode`.
    #[must_use]
    pub fn with_code(mut self, code: i32) -> Self {
        self.code = Some(code);
        self
    }

    /// An invalid parameter (errno 1001).
    pub fn parameter(reason: impl Into<String>) -> Self {
        Self::coded(reason, 1001)
    }
}

/// An empty success.
pub fn ok() -> Outcome {
    Ok(Payload::default())
}

/// A success with this object.
pub fn ok_with(value: Value) -> Outcome {
    Ok(Payload::json(&value))
}
