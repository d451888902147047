//! Advertisements: on this device there is none to show, unless an answer says otherwise.

use super::methods;
use crate::wx::phone::person::{ask, is_answered};
use crate::wx::{Api, Args, Form, Outcome, Wx, WxError, ok_with};
use serde_json::json;

const FILL: &str = "none fits (1004), unless answered: \"confirm\" watches to the end, \"cancel\" closes it early";

/// `RewardedVideoAd`.
pub const REWARDED: &[Api] = methods!(
    "RewardedVideoAd", "2.0.4", FILL;
    load show destroy onLoad offLoad onError offError onClose offClose
);

/// `InterstitialAd`.
pub const INTERSTITIAL: &[Api] = methods!(
    "InterstitialAd", "2.6.0", FILL;
    load show destroy onLoad offLoad onError offError onClose offClose
);

/// What makes the two.
pub const APIS: &[Api] = &[
    Api::js("createRewardedVideoAd").since("2.0.4").simulated(FILL),
    Api::js("createInterstitialAd").since("2.6.0").simulated(FILL),
    Api::now("$ad", &[], load).form(Form::Js),
];

/// The platform's code for a place that no advertisement fits.
const NO_FILL: i32 = 1004;

/// `{api}` gives `{isEnded}`: there is an advertisement, and whether the person will watch all of it.
fn load(wx: &mut Wx, args: &Args) -> Outcome {
    let api = args.text("api");
    if !is_answered(wx, api) {
        return Err(WxError::new("no advertisement").with_code(NO_FILL));
    }
    match ask(wx, api, "isEnded", json!({ "isEnded": true })) {
        Ok(answer) => ok_with(answer),
        Err(error) if error.reason == "cancel" => ok_with(json!({ "isEnded": false })),
        Err(error) => Err(WxError {
            code: error.code.or(Some(NO_FILL)),
            ..error
        }),
    }
}
