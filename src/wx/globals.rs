//! The global functions of an app. The JS half and the language make them; here they have their place in the table.

use super::{Api, Form, Run};

/// Rows of this family.
pub const APIS: &[Api] = &[
    global("App"),
    global("Behavior").since("2.0.0"),
    global("Component").since("1.6.3"),
    global("Page"),
    global("clearInterval"),
    global("clearTimeout"),
    global("getApp"),
    global("getCurrentPages"),
    global("require"),
    global("requireMiniProgram")
        .since("2.11.1")
        .noted("in a plugin: what the app exports for it"),
    global("requirePlugin")
        .since("1.9.6")
        .noted("of a folder that --plugin names"),
    global("setInterval"),
    global("setTimeout"),
];

const fn global(name: &'static str) -> Api {
    Api::row(name, Form::Global, &[], Run::Js)
}
