//! What mini games have and mini programs have not. The JS half makes all of it, when a package is a game.

use super::{Api, Form, Run, Support};

const SCREEN: &str = "mini games; nothing is drawn: calls are counted";

/// Rows of this family.
pub const APIS: &[Api] = &[
    game("GameGlobal"),
    game("cancelAnimationFrame"),
    game("offHide"),
    game("offShow"),
    game("onHide"),
    game("onShow"),
    game("requestAnimationFrame"),
    game("setPreferredFramesPerSecond"),
    game("triggerGC").noted("mini games; nothing happens: the engine collects by itself"),
    game("createImage").noted("mini games; it has its size, and no picture"),
    refused("createCanvas", SCREEN),
    refused("getOpenDataContext", "mini games; there is no open data"),
    refused("getTextLineHeight", SCREEN),
    refused("loadFont", SCREEN),
    refused("offTouchCancel", TOUCH),
    refused("offTouchEnd", TOUCH),
    refused("offTouchMove", TOUCH),
    refused("offTouchStart", TOUCH),
    refused("onTouchCancel", TOUCH),
    refused("onTouchEnd", TOUCH),
    refused("onTouchMove", TOUCH),
    refused("onTouchStart", TOUCH),
];

const TOUCH: &str = "mini games; nobody touches the screen";

const fn game(name: &'static str) -> Api {
    Api::row(name, Form::Game, &[], Run::Js).noted("mini games")
}

const fn refused(name: &'static str, note: &'static str) -> Api {
    let mut row = game(name).noted(note);
    row.support = Support::Refused;
    row
}
