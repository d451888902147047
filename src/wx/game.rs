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
    game("offShareAppMessage").simulated(SHARE),
    game("onShareAppMessage").simulated(SHARE),
    game("shareAppMessage").simulated(SHARE),
    game("triggerGC").noted("mini games; nothing happens: the engine collects by itself"),
    game("createImage").noted("mini games; it has its size, and no picture"),
    game("createCanvas").simulated("mini games; calls are counted, and its pixels are transparent"),
    refused("getOpenDataContext", "mini games; there is no open data"),
    refused("getTextLineHeight", SCREEN),
    refused("loadFont", SCREEN),
    game("offTouchCancel").simulated(TOUCH),
    game("offTouchEnd").simulated(TOUCH),
    game("offTouchMove").simulated(TOUCH),
    game("offTouchStart").simulated(TOUCH),
    game("onTouchCancel").simulated(TOUCH),
    game("onTouchEnd").simulated(TOUCH),
    game("onTouchMove").simulated(TOUCH),
    game("onTouchStart").simulated(TOUCH),
];

const TOUCH: &str = "mini games; the person touches the screen where the device says so: touch, touchStart, ...";
const SHARE: &str = "mini games; the card is on the timeline";

const fn game(name: &'static str) -> Api {
    Api::row(name, Form::Game, &[], Run::Js).noted("mini games")
}

const fn refused(name: &'static str, note: &'static str) -> Api {
    let mut row = game(name).noted(note);
    row.support = Support::Refused;
    row
}
