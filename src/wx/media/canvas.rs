//! The older drawing context of a canvas: it takes every order, and the timeline tells how many each drawing has.

use super::methods;
use crate::wx::Api;

const RECORDED: &str = "each draw is on the timeline with its steps; nothing is drawn, and text has an estimated width";

/// What makes it.
pub const APIS: &[Api] = &[Api::js("createCanvasContext").simulated(RECORDED)];

/// `CanvasContext`.
pub const CONTEXT: &[Api] = methods!(
    "CanvasContext", "1.0.0", RECORDED;
    arc arcTo beginPath bezierCurveTo clearRect clip closePath createCircularGradient createLinearGradient createPattern
    draw drawImage fill fillRect fillText lineTo measureText moveTo quadraticCurveTo rect restore rotate save scale
    setFillStyle setFontSize setGlobalAlpha setLineCap setLineDash setLineJoin setLineWidth setMiterLimit setShadow
    setStrokeStyle setTextAlign setTextBaseline setTransform stroke strokeRect strokeText transform translate
);
