//! `wx.createAnimation`: the JS half writes down the steps that a view would play.

use super::Api;

/// Rows of this family.
pub const APIS: &[Api] = &[
    Api::js("createAnimation"),
    Api::js("Animation.step"),
    Api::js("Animation.export"),
    Api::js("Animation.matrix"),
    Api::js("Animation.matrix3d"),
    Api::js("Animation.rotate"),
    Api::js("Animation.rotate3d"),
    Api::js("Animation.rotateX"),
    Api::js("Animation.rotateY"),
    Api::js("Animation.rotateZ"),
    Api::js("Animation.scale"),
    Api::js("Animation.scale3d"),
    Api::js("Animation.scaleX"),
    Api::js("Animation.scaleY"),
    Api::js("Animation.scaleZ"),
    Api::js("Animation.skew"),
    Api::js("Animation.skewX"),
    Api::js("Animation.skewY"),
    Api::js("Animation.translate"),
    Api::js("Animation.translate3d"),
    Api::js("Animation.translateX"),
    Api::js("Animation.translateY"),
    Api::js("Animation.translateZ"),
    Api::js("Animation.opacity"),
    Api::js("Animation.backgroundColor"),
    Api::js("Animation.width"),
    Api::js("Animation.height"),
    Api::js("Animation.left"),
    Api::js("Animation.right"),
    Api::js("Animation.top"),
    Api::js("Animation.bottom"),
];
