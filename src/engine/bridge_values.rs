//! Values over the boundary: JSON through serde, binary properties as `ArrayBuffer`s.

use crate::wx::Payload;
use boa_engine::object::builtins::{AlignedVec, JsArrayBuffer, JsDataView, JsTypedArray};
use boa_engine::{Context, JsNativeError, JsObject, JsResult, JsString, JsValue, js_string};
use serde::Serialize;

/// Whether an object is a view of a buffer: a typed array or a `DataView`.
pub fn is_view(object: &JsObject) -> bool {
    JsTypedArray::from_object(object.clone()).is_ok() || JsDataView::from_object(object.clone()).is_ok()
}

/// The bytes of an `ArrayBuffer` or of a view of one; `None` for any other object.
///
/// # Errors
/// A type error for a view of a buffer that is gone.
pub fn bytes_of(object: &JsObject, context: &mut Context) -> JsResult<Option<Vec<u8>>> {
    if object.is_ordinary() {
        return Ok(None);
    }
    if let Ok(buffer) = JsArrayBuffer::from_object(object.clone()) {
        return Ok(Some(buffer.to_vec().unwrap_or_default()));
    }
    if !is_view(object) {
        return Ok(None);
    }
    let mut number =
        |name: JsString| -> JsResult<usize> { Ok(object.get(name, context)?.to_length(context)? as usize) };
    let (offset, length) = (number(js_string!("byteOffset"))?, number(js_string!("byteLength"))?);
    let buffer = object.get(js_string!("buffer"), context)?.as_object();
    let buffer = buffer.map(JsArrayBuffer::from_object).transpose()?;
    let bytes = buffer.and_then(|buffer| buffer.to_vec()).unwrap_or_default();
    Ok(Some(bytes.get(offset..offset + length).unwrap_or_default().to_vec()))
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
