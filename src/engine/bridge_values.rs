//! Values over the boundary: JSON through serde, binary properties as `ArrayBuffer`s.

use crate::wx::Payload;
use boa_engine::object::builtins::{AlignedVec, JsArray, JsArrayBuffer};
use boa_engine::{Context, JsNativeError, JsObject, JsResult, JsString, JsValue, js_string};
use serde::Serialize;
use serde_bytes::ByteBuf;
use std::collections::BTreeMap;

/// `[name, ArrayBuffer, name, ArrayBuffer, ...]` as the JS half packs them.
pub fn buffers_of(list: &JsValue, context: &mut Context) -> JsResult<BTreeMap<String, ByteBuf>> {
    let mut buffers = BTreeMap::new();
    let Some(object) = list.as_object() else {
        return Ok(buffers);
    };
    let list = JsArray::from_object(object.clone())?;
    for at in (0..list.length(context)?).step_by(2) {
        let name = list.get(at, context)?.to_string(context)?.to_std_string_lossy();
        let value = list.get(at + 1, context)?;
        let Some(buffer) = value.as_object() else { continue };
        let bytes = JsArrayBuffer::from_object(buffer.clone())?.to_vec().unwrap_or_default();
        buffers.insert(name, ByteBuf::from(bytes));
    }
    Ok(buffers)
}

/// A payload as one JavaScript value, its binary properties put in: by name, or by a path such as `/devices/0/data`.
pub fn object_of(payload: &Payload, context: &mut Context) -> JsResult<JsValue> {
    let value = JsValue::from_json(&payload.value(), context)?;
    for (name, bytes) in &payload.buffers {
        let (path, last) = name.rsplit_once('/').unwrap_or(("", name));
        let mut owner = value.clone();
        for part in path.split('/').filter(|part| !part.is_empty()) {
            let Some(object) = owner.as_object() else { break };
            owner = object.get(JsString::from(part), context)?;
        }
        if let Some(object) = owner.as_object() {
            let buffer = array_buffer(bytes, context)?;
            object.create_data_property_or_throw(JsString::from(last), buffer, context)?;
        }
    }
    Ok(value)
}

/// A value of ours as a JavaScript value.
///
/// # Errors
/// When it is not JSON.
pub fn json_value(value: &impl Serialize, context: &mut Context) -> JsResult<JsValue> {
    let value = serde_json::to_value(value).map_err(|e| JsNativeError::typ().with_message(e.to_string()))?;
    JsValue::from_json(&value, context)
}

/// A new `ArrayBuffer` with these bytes.
pub fn array_buffer(bytes: &[u8], context: &mut Context) -> JsResult<JsObject> {
    let block = AlignedVec::from_slice(0, bytes);
    Ok(JsArrayBuffer::from_byte_block(block, context)?.into())
}

/// A property of an object as text, where it is there and a string.
pub fn text_property(object: &JsObject, name: &str, context: &mut Context) -> Option<String> {
    let value = object.get(js_string!(name), context).ok()?;
    value.as_string().map(|s| s.to_std_string_lossy())
}
