//! Radios, chips and cards of a phone.

use super::super::Api;
use super::{CHIP, PHONE, RADIO, call, event, factory};

/// Rows of this family.
pub const APIS: &[Api] = &[
    call("addPaymentPassFinish", "3.8.5", CHIP),
    call("addPaymentPassGetCertificateData", "3.8.5", CHIP),
    call("canAddSecureElementPass", "3.8.5", CHIP),
    call("checkTransitCardSupport", "3.16.0", CHIP),
    call("deleteTransitCard", "3.16.0", CHIP),
    call("getAvailableAudioSources", "2.1.0", RADIO),
    call("getHCEState", "1.7.0", CHIP),
    factory("getNFCAdapter", "NFCAdapter", "2.11.2", CHIP),
    call("getSecureElementPasses", "3.8.5", CHIP),
    call("getTransitCardCPLC", "3.16.0", CHIP),
    call("getTransitCardInfo", "3.16.0", CHIP),
    call("getTransitCardList", "3.16.0", CHIP),
    call("isBluetoothDevicePaired", "2.20.1", RADIO),
    call("issueTransitCard", "3.16.0", CHIP),
    call("makeBluetoothPair", "2.12.0", RADIO),
    call("rechargeTransitCard", "3.16.0", CHIP),
    call("removeSecureElementPass", "3.8.5", CHIP),
    call("sendHCEMessage", "1.7.0", CHIP),
    call("setBLEMTU", "2.11.0", RADIO),
    call("setEnable1v1Chat", "2.20.1", PHONE),
    call("setWifiList", "1.6.0", RADIO),
    call("startHCE", "1.7.0", CHIP),
    call("stopHCE", "1.7.0", CHIP),
    event("bLEMTUChange", "2.20.1", RADIO),
    event("hCEMessage", "1.7.0", CHIP),
    event("parallelStateChange", "3.12.1", PHONE),
];
