//! `Page()` and its instances. `Component()` and `Behavior()` load `js/component.js`, which registers pages of its own.

use super::events::{copied, guard, reported};
use super::instance::fill;
use super::page_proto::PageProto;
use super::{Kit, Native, data_path, invoke, methods, put, text, thrown, type_error};
use boa_engine::object::JsObject;
use boa_engine::object::builtins::{JsArray, JsMap};
use boa_engine::property::PropertyDescriptor;
use boa_engine::{Context, JsArgs, JsResult, JsString, JsValue, js_string};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// The pages of a world.
pub struct Pages {
    definitions: RefCell<HashMap<String, Definition>>,
    /// `M.stack`: the records of the pages on the stack, the top one last.
    pub stack: JsArray,
    /// `M.pages`: the records of all pages that are open, by their ids.
    pub open: JsMap,
    /// What instances inherit.
    pub proto: PageProto,
}

/// What a page's script registered.
#[derive(Clone)]
enum Definition {
    /// The object that `Page()` got.
    Page(JsObject),
    /// A function of the JS half, which makes of a record the functions `load`, `show`, `ready`, `hide` and `unload`,
    /// and `self`, the instance.
    Script(JsValue),
}

impl Pages {
    /// No page.
    ///
    /// # Errors
    /// None but the engine's own.
    pub fn new(context: &mut Context) -> JsResult<Self> {
        Ok(Self {
            definitions: RefCell::default(),
            stack: JsArray::new(context)?,
            open: JsMap::new(context),
            proto: PageProto::default(),
        })
    }

    /// Whether the page's script has registered it.
    pub fn knows(&self, path: &str) -> bool {
        self.definitions.borrow().contains_key(path)
    }

    /// Registers a page without any field.
    pub fn register_empty(&self, path: &str, context: &Context) {
        let empty = JsObject::with_object_proto(context.intrinsics());
        let mut definitions = self.definitions.borrow_mut();
        definitions.insert(path.to_owned(), Definition::Page(empty));
    }
}

/// The globals and the kit's members of this file.
pub fn install(kit: &Rc<Kit>, context: &mut Context) -> JsResult<()> {
    put(&kit.object, "stack", kit.pages.stack.clone(), context)?;
    put(&kit.object, "pages", kit.pages.open.clone(), context)?;
    let table: [(&'static str, usize, Native); 4] = [
        ("Page", 1, page),
        ("Component", 1, |_, args, context| of_component("define", args, context)),
        ("Behavior", 1, |_, args, context| {
            of_component("behavior", args, context)
        }),
        ("getCurrentPages", 0, current_pages),
    ];
    methods(&context.global_object(), &table, context)?;
    let table: [(&'static str, usize, Native); 3] = [
        ("registerPage", 3, |_, args, context| {
            let what = text(args.get_or_undefined(0), context)?;
            let create = args.get_or_undefined(2).clone();
            register(&what, args.get_or_undefined(1), |_| Definition::Script(create), context)
        }),
        ("dressPage", 2, |_, args, context| {
            if let (Some(instance), Some(record)) = (
                args.get_or_undefined(0).as_object(),
                args.get_or_undefined(1).as_object(),
            ) {
                dress(&instance, &record, context)?;
            }
            Ok(args.get_or_undefined(0).clone())
        }),
        ("callPage", 3, |_, args, context| {
            let name = args.get_or_undefined(1).to_string(context)?;
            let list = super::events::list_of(args.get_or_undefined(2), context)?;
            match args.get_or_undefined(0).as_object() {
                Some(instance) => tell(&instance, name, &list, context),
                None => Ok(JsValue::undefined()),
            }
        }),
    ];
    methods(&kit.object, &table, context)
}

fn page(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let options = args.get_or_undefined(0);
    if let Some(object) = options.as_object()
        && object.get(js_string!("behaviors"), context)?.to_boolean()
    {
        let create = of_component("page", args, context)?;
        return register("Page", options, |_| Definition::Script(create), context);
    }
    register("Page", options, Definition::Page, context)
}

fn of_component(member: &'static str, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let kit = Kit::of(context)?;
    if member != "behavior" {
        load_view(&kit, context)?;
    }
    // With a view there is one already.
    if kit.member("component", context)?.is_undefined() {
        kit.lazy("component", context)?;
    }
    let component = kit.member("component", context)?;
    let Some(component) = component.as_object() else {
        return Ok(JsValue::undefined());
    };
    let function = component.get(JsString::from(member), context)?;
    invoke(&function, args, context)
}

/// A page that is made as a component is is the framework's, whether or not it uses components: then its script is what
/// tells of it, and not the host.
fn load_view(kit: &Kit, context: &mut Context) -> JsResult<()> {
    let path = kit.member("current", context)?;
    if !kit.viewing || path.is_null_or_undefined() {
        return Ok(());
    }
    kit.lazy("view", context)?;
    let view = kit.member("view", context)?;
    let load = match view.as_object() {
        Some(view) => view.get(js_string!("load"), context)?,
        None => JsValue::undefined(),
    };
    invoke(&load, &[path], context).map(drop)
}

/// A registration belongs to the page script that is being run.
fn register(
    what: &str,
    options: &JsValue,
    definition: impl FnOnce(JsObject) -> Definition,
    context: &mut Context,
) -> JsResult<JsValue> {
    let kit = Kit::of(context)?;
    let path = kit.member("current", context)?;
    if path.is_undefined() {
        let rule = "belongs into the script of a page that app.json lists, outside of asynchronous code";
        return Err(thrown(&format!("{what}() {rule}"), context));
    }
    let path = text(&path, context)?;
    let Some(options) = options.as_object().filter(|options| !options.is_callable()) else {
        let message = format!("{what}() of {path} should be called with an object");
        return Err(type_error(&message, context));
    };
    if kit.pages.knows(&path) {
        let message = format!("Please do not register multiple Pages in {path}.js");
        return Err(thrown(&message, context));
    }
    kit.pages.definitions.borrow_mut().insert(path, definition(options));
    Ok(JsValue::undefined())
}

fn current_pages(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let stack = Kit::of(context)?.pages.stack.clone();
    let mut instances = Vec::new();
    for record in super::events::list_of(&stack.into(), context)? {
        if let Some(record) = record.as_object() {
            instances.push(record.get(js_string!("self"), context)?);
        }
    }
    Ok(JsArray::from_iter(instances, context).into())
}

/// Makes the instance of a page from what its script registered; the record gets it as `self`.
///
/// # Errors
/// What the definition threw.
pub fn create(path: &str, record: &JsObject, context: &mut Context) -> JsResult<()> {
    let kit = Kit::of(context)?;
    let definition = kit.pages.definitions.borrow().get(path).cloned();
    match definition {
        Some(Definition::Page(options)) => {
            let instance = instance(&kit, path, &options, record, context)?;
            put(record, "self", instance, context)
        }
        Some(Definition::Script(create)) => {
            let made = invoke(&create, &[record.clone().into()], context)?;
            match made.as_object() {
                Some(made) => super::arguments::assign(record, &made, context),
                None => Ok(()),
            }
        }
        None => Ok(()),
    }
}

fn instance(kit: &Kit, path: &str, options: &JsObject, record: &JsObject, context: &mut Context) -> JsResult<JsObject> {
    let proto = kit.pages.proto.get(context)?;
    let page = JsObject::from_proto_and_data(proto, boa_engine::builtins::object::OrdinaryObject);
    let origin = format!("{path} ");
    fill(&page, options, &["data"], &origin, data_path::clone, context)?;
    let data = JsObject::with_object_proto(context.intrinsics());
    put(&page, "data", data, context)?;
    let filled = data_of(options, context).and_then(|data| put(&page, "data", data, context));
    reported(filled, &format!("{path} data"), context)?;
    dress(&page, record, context)?;
    Ok(page)
}

fn data_of(options: &JsObject, context: &mut Context) -> JsResult<JsValue> {
    let data = options.get(js_string!("data"), context)?;
    match data.to_boolean() {
        true => copied(&data, context),
        false => Ok(JsObject::with_object_proto(context.intrinsics()).into()),
    }
}

/// What the platform puts on each page instance.
fn dress(page: &JsObject, record: &JsObject, context: &mut Context) -> JsResult<()> {
    let path = record.get(js_string!("path"), context)?;
    for name in ["route", "__route__", "is"] {
        put(page, name, path.clone(), context)?;
    }
    let query = record.get(js_string!("query"), context)?;
    put(page, "options", query, context)?;
    put(page, "renderer", js_string!("webview"), context)?;
    for (name, from) in [("__wxWebviewId__", "id"), ("__opener__", "opener")] {
        let value = record.get(JsString::from(from), context)?;
        let hidden = PropertyDescriptor::builder().value(value).writable(true);
        page.define_property_or_throw(JsString::from(name), hidden, context)?;
    }
    Ok(())
}

/// A moment in a page's life, of whatever kind its definition is.
///
/// # Errors
/// Only what no JavaScript can catch.
pub fn live(record: &JsObject, step: &'static str, context: &mut Context) -> JsResult<()> {
    let own = record.get(JsString::from(step), context)?;
    if let Some(own) = own.as_callable() {
        return own.call(&record.clone().into(), &[], context).map(drop);
    }
    let Some(page) = record.get(js_string!("self"), context)?.as_object() else {
        return Ok(());
    };
    let name = format!("on{}", crate::wx::capitalised(step));
    let args = match step {
        "load" => vec![record.get(js_string!("query"), context)?],
        _ => Vec::new(),
    };
    tell(&page, js_string!(name), &args, context).map(drop)
}

/// Calls a function of a page's, where it has it.
fn tell(page: &JsObject, name: JsString, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let function = page.get(name.clone(), context)?;
    if !function.is_callable() {
        return Ok(JsValue::undefined());
    }
    let route = page.get(js_string!("__route__"), context)?;
    let origin = format!("{} {}", text(&route, context)?, name.to_std_string_lossy());
    guard(&function, &page.clone().into(), args, &origin, context)
}
