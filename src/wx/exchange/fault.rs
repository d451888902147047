//! What the app is told when there is no answer: the network stack's names, as the platform passes them on.

use crate::system::WebError;
use crate::wx::WxError;

/// A fault by Chromium's number and name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NetError(i32, &'static str);

/// The device has no network.
pub const OFFLINE: NetError = NetError(-106, "ERR_INTERNET_DISCONNECTED");
/// The device lost its network while the transfer was under way.
pub const LOST: NetError = NetError(-21, "ERR_NETWORK_CHANGED");
/// The simulated network lost the request.
pub const DROPPED: NetError = NetError(-101, "ERR_CONNECTION_RESET");

/// The answer did not come in time.
pub fn timeout() -> WxError {
    WxError::coded("timeout", 5)
}

/// What a fault of the connection is called.
pub fn of(fault: &WebError) -> WxError {
    match fault {
        WebError::Invalid(cause) => return WxError::coded(format!("invalid request: {cause}"), 600_005),
        WebError::TimedOut => return timeout(),
        WebError::Unmatched(what_to_do) => return WxError::new(what_to_do.clone()),
        WebError::NotASocket(_) => return WxError::coded(fault.to_string(), 600_001),
        WebError::NotResolved => NetError(-105, "ERR_NAME_NOT_RESOLVED"),
        WebError::Refused => NetError(-102, "ERR_CONNECTION_REFUSED"),
        WebError::Tls(_) => NetError(-202, "ERR_CERT_AUTHORITY_INVALID"),
        WebError::Unreachable(_) => NetError(-104, "ERR_CONNECTION_FAILED"),
        WebError::TooManyRedirects => NetError(-310, "ERR_TOO_MANY_REDIRECTS"),
        WebError::Broken(_) => NetError(-100, "ERR_CONNECTION_CLOSED"),
        WebError::Offline => OFFLINE,
    }
    .into()
}

impl From<NetError> for WxError {
    fn from(NetError(code, name): NetError) -> Self {
        let reason = format!("errcode:{code} cronet_error_code:{code} error_msg:net::{name}");
        Self::coded(reason, 600_001)
    }
}
