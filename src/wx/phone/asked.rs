//! What the platform's own app does for an app at the person's hand: the person's answer is all that comes of it.

use super::permission::need;
use super::person::{ask, confirm};
use crate::wx::{Api, Args, Outcome, Param, Wx, WxError, base64, ok_with};
use serde_json::{Value, json};

const DONE: &str = "the person goes along with it, unless answered";
const CHOSEN: &str = "an example, unless answered";

type Now = fn(&mut Wx, &Args) -> Outcome;

const fn done(name: &'static str, params: &'static [Param], run: Now, since: &'static str) -> Api {
    Api::now(name, params, run).since(since).simulated(DONE)
}

const fn chosen(name: &'static str, params: &'static [Param], run: Now, since: &'static str) -> Api {
    Api::now(name, params, run).since(since).simulated(CHOSEN)
}

const USERNAME: &[Param] = &[Param::required("username", "String")];

/// Rows of this family.
pub const APIS: &[Api] = &[
    chosen(
        "scanCode",
        &[SCAN_TYPE, Param::optional("onlyFromCamera", "Boolean")],
        scan_code,
        "1.0.0",
    ),
    chosen(
        "chooseAddress",
        &[],
        |wx, _| ask(wx, "chooseAddress", "userName", address()).and_then(ok_with),
        "1.1.0",
    ),
    chosen(
        "chooseContact",
        &[],
        |wx, _| ask(wx, "chooseContact", "phoneNumber", contact()).and_then(ok_with),
        "2.8.0",
    ),
    chosen(
        "chooseInvoiceTitle",
        &[],
        |wx, _| ask(wx, "chooseInvoiceTitle", "title", title()).and_then(ok_with),
        "1.5.0",
    ),
    chosen(
        "chooseLicensePlate",
        &[],
        |wx, _| {
            let plate = json!({ "plateNumber": "粤A12345" });
            ask(wx, "chooseLicensePlate", "plateNumber", plate).and_then(ok_with)
        },
        "2.19.0",
    ),
    done(
        "addPhoneContact",
        &[Param::required("firstName", "String")],
        |wx, args| {
            allowed(wx, "addPhoneContact")?;
            recorded(wx, "addPhoneContact", args)
        },
        "1.2.0",
    ),
    done(
        "addPhoneCalendar",
        CALENDAR,
        |wx, args| {
            need(wx, "addPhoneCalendar")?;
            recorded(wx, "addPhoneCalendar", args)
        },
        "2.15.0",
    ),
    done(
        "addPhoneRepeatCalendar",
        CALENDAR,
        |wx, args| {
            need(wx, "addPhoneCalendar")?;
            recorded(wx, "addPhoneRepeatCalendar", args)
        },
        "2.15.0",
    ),
    done(
        "makePhoneCall",
        &[Param::required("phoneNumber", "String")],
        |wx, args| recorded(wx, "makePhoneCall", args),
        "1.0.0",
    ),
    done(
        "sendSms",
        &[
            Param::optional("phoneNumber", "String"),
            Param::optional("content", "String"),
        ],
        |wx, args| recorded(wx, "sendSms", args),
        "2.25.0",
    ),
    done(
        "openCustomerServiceChat",
        &[
            Param::required("extInfo", "Object"),
            Param::required("corpId", "String"),
        ],
        |wx, _| confirm(wx, "openCustomerServiceChat"),
        "2.19.0",
    ),
    done(
        "openOfficialAccountArticle",
        &[Param::required("url", "String")],
        |wx, _| confirm(wx, "openOfficialAccountArticle"),
        "3.4.8",
    ),
    done(
        "openOfficialAccountProfile",
        USERNAME,
        |wx, _| confirm(wx, "openOfficialAccountProfile"),
        "3.7.10",
    ),
    done(
        "openOfficialAccountChat",
        USERNAME,
        |wx, _| confirm(wx, "openOfficialAccountChat"),
        "3.10.0",
    ),
    done(
        "openAppAuthorizeSetting",
        &[],
        |wx, _| confirm(wx, "openAppAuthorizeSetting"),
        "2.20.1",
    ),
    done(
        "openSystemBluetoothSetting",
        &[],
        |wx, _| confirm(wx, "openSystemBluetoothSetting"),
        "2.20.1",
    ),
    done(
        "openPrivacyContract",
        &[],
        |wx, _| confirm(wx, "openPrivacyContract"),
        "2.32.3",
    ),
    done(
        "requestPayment",
        PAYMENT,
        |wx, args| {
            need_text(args, &["timeStamp", "nonceStr", "package", "paySign"])?;
            confirm(wx, "requestPayment")
        },
        "1.0.0",
    ),
    done(
        "requestSubscribeMessage",
        &[Param::required("tmplIds", "Array")],
        subscribe,
        "2.4.4",
    ),
];

const SCAN_TYPE: Param = Param::optional("scanType", "Array");

const CALENDAR: &[Param] = &[
    Param::required("title", "String"),
    Param::required("startTime", "Number"),
];

const PAYMENT: &[Param] = &[
    Param::required("timeStamp", "String"),
    Param::required("nonceStr", "String"),
    Param::required("package", "String"),
    Param::required("paySign", "String"),
    Param::optional("signType", "String"),
];

/// The person answers, and what was asked is on the timeline beside it.
fn recorded(wx: &mut Wx, api: &str, args: &Args) -> Outcome {
    wx.outbox.note("person.asked", json!({ "api": api, "for": args.value }));
    confirm(wx, api)
}

/// A scope that the phone's own question stands for: a person who says no cancels.
fn allowed(wx: &mut Wx, scope: &str) -> Result<(), WxError> {
    need(wx, scope)
}

fn need_text(args: &Args, names: &[&str]) -> Result<(), WxError> {
    match names.iter().find(|name| args.text(name).is_empty()) {
        Some(name) => Err(WxError::parameter(format!(
            "parameter error: parameter.{name} should be not empty string;"
        ))),
        None => Ok(()),
    }
}

/// The raw data is the result's bytes, unless the answer has its own.
fn scan_code(wx: &mut Wx, _: &Args) -> Outcome {
    let willing = json!({
        "result": "https://example.com/", "scanType": "QR_CODE", "charSet": "UTF-8", "path": "", "rawData": "",
    });
    let mut scanned = ask(wx, "scanCode", "result", willing)?;
    if scanned["rawData"] == "" {
        scanned["rawData"] = base64::to_text(scanned["result"].as_str().unwrap_or_default().as_bytes()).into();
    }
    ok_with(scanned)
}

fn address() -> Value {
    json!({
        "userName": "张三", "postalCode": "510000", "provinceName": "广东省", "cityName": "广州市",
        "countyName": "海珠区", "streetName": "", "detailInfo": "新港中路397号", "detailInfoNew": "新港中路397号",
        "nationalCode": "510105", "telNumber": "020-81167888",
    })
}

fn contact() -> Value {
    json!({ "phoneNumber": "02081167888", "displayName": "张三", "phoneNumberList": ["02081167888"] })
}

fn title() -> Value {
    json!({
        "type": "0", "title": "示例公司", "taxNumber": "91440101MA00000000", "companyAddress": "", "telephone": "",
        "bankName": "", "bankAccount": "",
    })
}

/// Each template is accepted, unless the answer names it: `{ id = "reject" }`, or one word for all.
fn subscribe(wx: &mut Wx, args: &Args) -> Outcome {
    const MOST: usize = 3;
    let ids: Vec<&str> = args.value["tmplIds"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    if ids.is_empty() {
        return Err(WxError::new("TmplIds can't be empty").with_code(10001));
    }
    if ids.len() > MOST {
        return Err(WxError::new("Templates count out of max bounds").with_code(20003));
    }
    let answers = ask(wx, "requestSubscribeMessage", "*", json!({}))?;
    let word = |id: &str| {
        answers
            .get(id)
            .or_else(|| answers.get("*"))
            .cloned()
            .unwrap_or_else(|| "accept".into())
    };
    ok_with(ids.iter().map(|id| ((*id).to_owned(), word(id))).collect())
}
