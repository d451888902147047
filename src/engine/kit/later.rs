//! Functions of the component framework that stay text until they are called first.
//!
//! The build takes out of the framework what few pages run (`js/framework.mjs`). Where it stood the framework calls
//! `M.later`: with a number for a function, which it gets; with a holder, names and numbers for methods; at the end of a
//! file with the file's number and the values of it that these functions use.

use super::{Kit, function, invoke, methods};
use crate::engine::js_half::{self, Later};
use boa_engine::object::JsObject;
use boa_engine::object::builtins::JsFunction;
use boa_engine::property::PropertyDescriptor;
use boa_engine::{Context, JsNativeError, JsResult, JsString, JsValue, NativeFunction};
use boa_gc::{Finalize, GcRefCell, Trace};
use std::cell::RefCell;
use std::collections::HashMap;

/// What a world keeps for those that were not called yet.
#[derive(Default)]
pub(super) struct Waiting {
    /// What each file has that they use.
    values: RefCell<HashMap<u32, JsObject>>,
    /// What stands for a method, to find out whether it still does.
    stubs: RefCell<HashMap<u32, JsObject>>,
}

/// What stands for one of them.
#[derive(Clone, Trace, Finalize)]
struct Stub {
    number: u32,
    /// The method that it is.
    method: Option<(JsObject, JsString)>,
    made: boa_gc::Gc<GcRefCell<Option<JsObject>>>,
}

pub(super) fn install(kit: &Kit, context: &mut Context) -> JsResult<()> {
    methods(&kit.object, &[("later", 2, later)], context)
}

fn later(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let Some((first, more)) = args.split_first() else {
        return Ok(JsValue::undefined());
    };
    if let Some(holder) = first.as_object() {
        for pair in more.chunks_exact(2) {
            let (name, number) = (pair[0].to_string(context)?, pair[1].to_u32(context)?);
            place_stub(&holder, name, number, context)?;
        }
        return Ok(JsValue::undefined());
    }
    let number = first.to_u32(context)?;
    match more.first().and_then(JsValue::as_object) {
        Some(values) => {
            Kit::of(context)?.later.values.borrow_mut().insert(number, values);
            Ok(JsValue::undefined())
        }
        None => Ok(stub(number, None, context).into()),
    }
}

fn place_stub(holder: &JsObject, name: JsString, number: u32, context: &mut Context) -> JsResult<()> {
    let stub = stub(number, Some((holder.clone(), name.clone())), context);
    let waiting = &Kit::of(context)?.later;
    waiting.stubs.borrow_mut().insert(number, stub.clone().into());
    put_method(holder, name, stub, context)
}

fn stub(number: u32, method: Option<(JsObject, JsString)>, context: &Context) -> JsFunction {
    let name = method.as_ref().map(|(_, name)| name.to_std_string_lossy());
    let made = boa_gc::Gc::new(GcRefCell::new(None));
    let stub = Stub { number, method, made };
    let native = NativeFunction::from_copy_closure_with_captures(call, stub);
    function(name.as_deref().unwrap_or_default(), 0, native, context)
}

fn call(this: &JsValue, args: &[JsValue], stub: &Stub, context: &mut Context) -> JsResult<JsValue> {
    let made = stub.made.borrow().clone();
    let made = match made {
        Some(made) => made,
        None => make(stub, context)?,
    };
    made.call(this, args, context)
}

/// Compiles one, and puts it where its stub stands, unless something else stands there by now.
fn make(stub: &Stub, context: &mut Context) -> JsResult<JsObject> {
    let kit = Kit::of(context)?;
    let Later { unit, names, text } = js_half::later(stub.number)?;
    let values = kit.later.values.borrow().get(&unit).cloned();
    let values = values.ok_or_else(|| fault("a function of the framework was called before its file had run"))?;
    let mut given = Vec::with_capacity(names.len());
    for name in names {
        given.push(values.get(JsString::from(*name), context)?);
    }
    let text = format!("'use strict';0,function({}){{return {text}}}", names.join(","));
    let made = invoke(
        &js_half::run_prepared(&format!("framework_{}", stub.number), &text, context)?,
        &given,
        context,
    )?;
    let made = made
        .as_object()
        .ok_or_else(|| fault("what the build took out is no function"))?;
    *stub.made.borrow_mut() = Some(made.clone());
    let known = kit.later.stubs.borrow_mut().remove(&stub.number);
    if let (Some(known), Some((holder, name))) = (known, &stub.method)
        && holder
            .get(name.clone(), context)?
            .as_object()
            .is_some_and(|now| JsObject::equals(&now, &known))
    {
        put_method(holder, name.clone(), made.clone(), context)?;
    }
    Ok(made)
}

/// As a class has its methods: writable, configurable, not enumerable.
fn put_method(holder: &JsObject, name: JsString, value: impl Into<JsValue>, context: &mut Context) -> JsResult<()> {
    let method = PropertyDescriptor::builder()
        .value(value.into())
        .writable(true)
        .enumerable(false)
        .configurable(true);
    holder.define_property_or_throw(name, method, context).map(drop)
}

fn fault(message: &'static str) -> JsNativeError {
    JsNativeError::error().with_message(message)
}
