//! The log managers: what they are told is on the timeline.

use super::Api;

/// Rows of this family.
pub const APIS: &[Api] = &[
    Api::js("getLogManager").since("2.1.0"),
    Api::js("LogManager.debug").since("2.1.0"),
    Api::js("LogManager.info").since("2.1.0"),
    Api::js("LogManager.log").since("2.1.0"),
    Api::js("LogManager.warn").since("2.1.0"),
    Api::js("getRealtimeLogManager").since("2.7.1"),
    Api::js("RealtimeLogManager.info").since("2.7.1"),
    Api::js("RealtimeLogManager.warn").since("2.7.1"),
    Api::js("RealtimeLogManager.error").since("2.7.1"),
    Api::js("RealtimeLogManager.setFilterMsg").since("2.7.3"),
    Api::js("RealtimeLogManager.addFilterMsg").since("2.8.1"),
    Api::js("RealtimeLogManager.getCurrentState").since("2.19.4"),
    Api::js("RealtimeLogManager.in").since("2.9.1"),
    Api::js("RealtimeLogManager.tag").since("2.16.0"),
];
