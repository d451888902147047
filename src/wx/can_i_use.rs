//! `wx.canIUse`, answered from the table itself.

use super::{Api, Args, Form, Outcome, Param, Support, Wx, apis, off_since, ok_with, pair};
use serde_json::json;

/// Rows of this family.
pub const APIS: &[Api] = &[Api::sync("canIUse", "result", &[Param::optional("schema", "*")], answer).since("1.1.1")];

fn answer(wx: &mut Wx, args: &Args) -> Outcome {
    let usable = can_i_use(args.text("schema"), &wx.profile.sdk_version);
    ok_with(json!({ "result": usable }))
}

/// Whether `schema` (`${API}.${method}.${param}.${option}`, where method is return, success, object
/// or callback) names something that this engine has under base library `sdk_version`.
pub fn can_i_use(schema: &str, sdk_version: &str) -> bool {
    let mut parts = schema.split('.');
    let head = parts.next().unwrap_or_default();
    let rest: Vec<&str> = parts.collect();
    if schema.is_empty() || schema.starts_with('$') {
        return false;
    }
    let available = |api: &Api| {
        let off = api.form == Form::Event && head.starts_with("off");
        let since = if off { off_since(api) } else { api.since };
        api.support != Support::Refused && !is_newer(since, sdk_version)
    };
    if is_object(head) {
        return can_use_object(head, &rest, sdk_version);
    }
    let found = apis().find(|api| is_called(api, head) && available(api));
    found.is_some_and(|api| has_detail(api, head, &rest))
}

/// Whether the row puts a function of this name into `wx`.
fn is_called(api: &Api, function: &str) -> bool {
    match api.form {
        Form::Event => function.starts_with('o') && pair(api.name).iter().any(|name| name == function),
        Form::AsyncAndSync(_) => function == api.name || function.strip_suffix("Sync") == Some(api.name),
        // A row that the JS half makes and that the host runs is no function of the app's.
        Form::Js => function == api.name && matches!(api.run, super::Run::Js),
        Form::Global | Form::Game => false,
        _ => function == api.name && !api.name.contains('.'),
    }
}

fn is_object(name: &str) -> bool {
    methods(name).next().is_some()
}

fn methods(object: &str) -> impl Iterator<Item = (&'static str, &'static Api)> {
    apis().filter_map(move |api| {
        let (of, method) = api.name.split_once('.')?;
        (of == object).then_some((method, api))
    })
}

fn can_use_object(object: &str, rest: &[&str], sdk_version: &str) -> bool {
    let mut usable = methods(object).filter(|(_, api)| !is_newer(api.since, sdk_version));
    let Some((method, detail)) = rest.split_first() else {
        return usable.next().is_some();
    };
    let twin =
        |name: &str, api: &Api| matches!(api.form, Form::AsyncAndSync(_)) && method.strip_suffix("Sync") == Some(name);
    usable
        .find(|(name, api)| name == method || twin(name, api))
        .is_some_and(|(_, api)| has_detail(api, method, detail))
}

/// Whether the row knows this parameter or field of its result, and option of it.
fn has_detail(api: &Api, function: &str, detail: &[&str]) -> bool {
    match detail {
        [] => true,
        ["object"] => !api.params.is_empty(),
        ["return"] => matches!(api.form, Form::Sync(_) | Form::Task(_) | Form::Object(_)) || function.ends_with("Sync"),
        ["success"] => matches!(api.form, Form::Async | Form::AsyncAndSync(_) | Form::Task(_)),
        ["callback"] => api.form == Form::Event || function.starts_with("on"),
        ["object", "success" | "fail" | "complete"] => true,
        ["object", param] => api.params.iter().any(|p| p.name == *param),
        ["object", param, option] => listed(OPTIONS, &format!("{}.{param}", api.name), option),
        ["return" | "success" | "callback", "errMsg"] => true,
        ["return" | "success" | "callback", field] => listed(RESULTS, api.name, field),
        _ => false,
    }
}

fn listed(table: &[(&str, &str)], key: &str, word: &str) -> bool {
    (table.iter()).any(|(of, words)| *of == key && words.split(' ').any(|known| known == word))
}

/// Version labels compare as numbers, part by part; a missing part is 0.
fn is_newer(since: &str, than: &str) -> bool {
    let parts = |label: &str| -> Vec<u64> { label.split('.').map(|part| part.parse().unwrap_or(0)).collect() };
    let (mut a, mut b) = (parts(since), parts(than));
    let length = a.len().max(b.len());
    a.resize(length, 0);
    b.resize(length, 0);
    a > b
}

/// Fields of results (or of what an event's listener gets), by row.
const RESULTS: &[(&str, &str)] = &[
    ("showModal", "confirm cancel content"),
    ("showActionSheet", "tapIndex"),
    ("navigateTo", "eventChannel"),
    (
        "getSystemInfo",
        "brand model pixelRatio screenWidth screenHeight windowWidth windowHeight statusBarHeight language version \
         system platform fontSizeSetting SDKVersion benchmarkLevel albumAuthorized cameraAuthorized \
         locationAuthorized microphoneAuthorized notificationAuthorized bluetoothEnabled locationEnabled wifiEnabled \
         safeArea locationReducedAccuracy theme host enableDebug deviceOrientation",
    ),
    (
        "getSystemInfoAsync",
        "brand model pixelRatio screenWidth screenHeight windowWidth windowHeight statusBarHeight language version \
         system platform fontSizeSetting SDKVersion benchmarkLevel safeArea theme host enableDebug deviceOrientation",
    ),
    (
        "getAppBaseInfo",
        "SDKVersion enableDebug host language version theme fontSizeSetting fontSizeScaleFactor",
    ),
    (
        "getWindowInfo",
        "pixelRatio screenWidth screenHeight windowWidth windowHeight statusBarHeight safeArea screenTop",
    ),
    (
        "getDeviceInfo",
        "abi deviceAbi cpuType benchmarkLevel brand model system platform memorySize",
    ),
    (
        "getSystemSetting",
        "bluetoothEnabled locationEnabled wifiEnabled deviceOrientation",
    ),
    ("getAccountInfoSync", "miniProgram plugin"),
    ("getLaunchOptionsSync", "path query scene referrerInfo apiCategory"),
    ("getEnterOptionsSync", "path query scene referrerInfo apiCategory"),
    ("getMenuButtonBoundingClientRect", "width height top right bottom left"),
    ("getNetworkType", "networkType signalStrength hasSystemProxy weakNet"),
    ("getBatteryInfo", "level isCharging isLowPowerModeEnabled"),
    ("getClipboardData", "data"),
    ("networkStatusChange", "isConnected networkType"),
    ("networkWeakChange", "weakNet networkType"),
    ("appShow", "path query scene referrerInfo"),
    ("error", "message stack"),
    ("unhandledRejection", "reason promise"),
    ("pageNotFound", "path query isEntryPage"),
    ("themeChange", "theme"),
    ("windowResize", "size"),
    ("memoryWarning", "level"),
    ("UpdateManager.onCheckForUpdate", "hasUpdate"),
    ("getStorage", "data"),
    ("getStorageInfo", "keys currentSize limitSize"),
    ("request", "data statusCode header cookies"),
    (
        "downloadFile",
        "tempFilePath filePath statusCode header cookies profile",
    ),
    ("uploadFile", "data statusCode header cookies profile"),
    ("SocketTask.onOpen", "header profile"),
    ("SocketTask.onMessage", "data"),
    ("SocketTask.onError", "errMsg"),
    ("SocketTask.onClose", "code reason"),
    ("socketOpen", "header"),
    ("socketMessage", "data"),
    ("socketClose", "code reason"),
];

/// Values of parameters, by `row.param`.
const OPTIONS: &[(&str, &str)] = &[
    ("showToast.icon", "success error loading none"),
    ("vibrateShort.type", "heavy medium light"),
    ("setBackgroundTextStyle.textStyle", "dark light"),
    ("request.method", "OPTIONS GET HEAD POST PUT DELETE TRACE CONNECT"),
    ("request.dataType", "json"),
    ("request.responseType", "text arraybuffer"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemas() {
        let rows = [
            ("getUpdateManager", true),
            ("UpdateManager", true),
            ("UpdateManager.applyUpdate", true),
            ("UpdateManager.onCheckForUpdate.callback.hasUpdate", true),
            ("UpdateManager.isUpdateReady", false),
            ("applyUpdate", false),
            ("showModal", true),
            ("showModal.object.editable", true),
            ("showModal.success.confirm", true),
            ("showModal.success.errMsg", true),
            ("showModal.object.nothing", false),
            ("showModal.return", false),
            ("showToast.object.icon.error", true),
            ("showToast.object.icon.sad", false),
            ("getSystemInfoSync.return.safeArea", true),
            ("getSystemInfoSync", true),
            ("getSystemInfo.success.SDKVersion", true),
            ("onAppShow", true),
            ("offAppShow", true),
            ("appShow", false),
            ("onappShow", false),
            ("onMemoryWarning.callback.level", true),
            ("nextTick", true),
            ("showModel", false),
            ("addCard", false),
            ("onHCEMessage", false),
            ("NFCAdapter", false),
            ("setTimeout", false),
            ("$test.ui", false),
            ("$test", false),
            ("", false),
            (".", false),
            ("showModal.object.title.a.b", false),
        ];
        for (schema, expected) in rows {
            assert_eq!(can_i_use(schema, "3.7.0"), expected, "{schema}");
        }
    }

    #[test]
    fn newer_than_the_base_library() {
        assert!(!can_i_use("restartMiniProgram", "2.30.3"));
        assert!(can_i_use("restartMiniProgram", "3.0.1"));
        assert!(can_i_use("getWindowInfo", "2.20.1"));
        assert!(can_i_use("onMemoryWarning", "2.0.2") && !can_i_use("offMemoryWarning", "2.0.2"));
        assert!(can_i_use("offMemoryWarning", "2.9.0"));
        assert!(!can_i_use("getWindowInfo", "2.9.9"));
    }
}
