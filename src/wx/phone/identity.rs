//! Who the person is, and how the phone knows them.

use super::person::ask;
use crate::wx::{Api, Args, Outcome, Param, Wx, WxError, base64, ok_with};
use serde_json::{Value, json};
use sha1::Digest as _;

const LANG: Param = Param::default("lang", "String", "\"en\"");
const WHO: &str = "the profile's person; encryptedData and iv are empty, unless answered";
const SOTER: &str = "the profile's biometrics; the signature is a digest, as there is no key in a chip";

/// Rows of this family.
pub const APIS: &[Api] = &[
    Api::now(
        "getUserInfo",
        &[Param::optional("withCredentials", "Boolean"), LANG],
        user_info,
    )
    .simulated(WHO),
    Api::now(
        "getUserProfile",
        &[Param::required("desc", "String"), LANG],
        user_profile,
    )
    .since("2.10.4")
    .simulated(WHO),
    Api::now("checkIsSupportSoterAuthentication", &[], |wx, _| {
        ok_with(json!({ "supportMode": wx.profile.biometrics }))
    })
    .since("1.5.0")
    .simulated("the profile's biometrics"),
    Api::now(
        "checkIsSoterEnrolledInDevice",
        &[Param::required("checkAuthMode", "String")],
        enrolled,
    )
    .since("1.6.0")
    .simulated("the profile's biometrics"),
    Api::now(
        "startSoterAuthentication",
        &[
            Param::required("requestAuthModes", "Array"),
            Param::required("challenge", "String"),
            Param::optional("authContent", "String"),
        ],
        authenticate,
    )
    .since("1.5.0")
    .simulated(SOTER),
];

/// Stands for the key that a session's server would know; signatures follow from it.
const SESSION_KEY: &str = "AAAAAAAAAAAAAAAAAAAAAA==";

fn user(wx: &Wx, lang: &str) -> Value {
    let person = &wx.profile.person;
    json!({
        "nickName": person.nick_name, "gender": person.gender, "language": lang, "city": person.city,
        "province": person.province, "country": person.country, "avatarUrl": person.avatar_url,
    })
}

fn told(wx: &mut Wx, api: &str, args: &Args, credentials: bool) -> Outcome {
    let lang = args.text("lang");
    if !matches!(lang, "en" | "zh_CN" | "zh_TW") {
        return Err(WxError::parameter("invalid lang"));
    }
    let info = user(wx, lang);
    let mut answer = ask(wx, api, "userInfo", json!({ "userInfo": info }))?;
    let raw = answer["userInfo"].to_string();
    let signature = hex::encode(sha1::Sha1::digest(format!("{raw}{SESSION_KEY}")));
    let mut add = |name: &str, value: String| {
        if answer.get(name).is_none() {
            answer[name] = value.into();
        }
    };
    add("rawData", raw);
    if credentials {
        add("signature", signature);
        add("encryptedData", String::new());
        add("iv", String::new());
    }
    ok_with(answer)
}

/// Nobody is asked since 2021: what everybody may know comes back.
fn user_info(wx: &mut Wx, args: &Args) -> Outcome {
    let credentials = args.value.get("withCredentials") != Some(&Value::Bool(false));
    told(wx, "getUserInfo", args, credentials && wx.memory.logged_in)
}

fn user_profile(wx: &mut Wx, args: &Args) -> Outcome {
    if args.text("desc").is_empty() {
        return Err(WxError::parameter("desc should not be empty"));
    }
    told(wx, "getUserProfile", args, true)
}

fn enrolled(wx: &mut Wx, args: &Args) -> Outcome {
    let mode = args.text("checkAuthMode");
    if wx.profile.biometrics.iter().any(|known| known == mode) {
        return ok_with(json!({ "isEnrolled": true }));
    }
    Err(WxError::new("not supported").with_code(90003))
}

fn authenticate(wx: &mut Wx, args: &Args) -> Outcome {
    const LONGEST_CHALLENGE: usize = 512;
    let asked: Vec<&str> = args.value["requestAuthModes"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let mode = asked
        .into_iter()
        .find(|mode| wx.profile.biometrics.iter().any(|known| known == mode));
    let Some(mode) = mode.map(str::to_owned) else {
        return Err(WxError::new("request auth mode not supported").with_code(90003));
    };
    let challenge = args.text("challenge");
    if challenge.is_empty() || challenge.len() > LONGEST_CHALLENGE {
        return Err(WxError::new("challenge is missing or too long").with_code(90004));
    }
    let seen = json!({ "raw": challenge, "fid": "", "counter": 1, "uid": "" }).to_string();
    let signature = base64::to_text(&sha2::Sha256::digest(seen.as_bytes()));
    let willing = json!({
        "errCode": 0, "authMode": mode, "resultJSON": seen, "resultJSONSignature": signature,
    });
    match ask(wx, "startSoterAuthentication", "authMode", willing) {
        Err(error) if error.reason == "cancel" => Err(error.with_code(90008)),
        answered => answered.and_then(ok_with),
    }
}
