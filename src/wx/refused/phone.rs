//! The phone's own surfaces, and what the engine does not have yet.

use super::super::Api;
use super::{CLOUD, NETWORK, PHONE, PLUGIN, RENDERER, call, event, factory, sync};

/// Rows of this family.
pub const APIS: &[Api] = &[
    sync("cancelIdleCallback", "3.10.0", PHONE),
    call("checkIsSupportFacialRecognition", "3.8.12", PHONE),
    sync("createBufferURL", "2.14.0", PHONE),
    factory("createCacheManager", "CacheManager", "2.24.0", PHONE),
    factory("createTCPSocket", "TCPSocket", "2.18.0", NETWORK),
    call("getBackgroundFetchData", "2.8.0", CLOUD),
    call("getDeviceBenchmarkInfo", "3.4.5", PHONE),
    factory("getPluginUpdateManager", "PluginUpdateManager", "2.25.0", PLUGIN),
    call("getRendererUserAgent", "2.26.3", RENDERER),
    call("getSelectedTextRange", "2.7.0", PHONE),
    call("preloadAssets", "2.22.1", RENDERER),
    call("preloadSkylineView", "2.24.7", RENDERER),
    call("preloadWebview", "2.15.0", RENDERER),
    call("requestFacialVerify", "3.8.12", PHONE),
    sync("requestIdleCallback", "3.10.0", PHONE),
    sync("revokeBufferURL", "2.14.0", PHONE),
    call("rewriteRoute", "3.8.0", RENDERER),
    call("saveFileToDisk", "2.11.0", PHONE),
    call("setTopBarText", "1.4.3", RENDERER),
    call("setVisualEffectOnCapture", "2.20.1", PHONE),
    call("setWindowSize", "2.10.1", PHONE),
    event("appRoute", "3.5.5", PHONE),
    event("appRouteDone", "3.5.5", PHONE),
    event("backgroundFetchData", "2.8.0", CLOUD),
    event("beforeAppRoute", "3.5.5", PHONE),
    event("copyUrl", "2.14.3", PHONE),
    event("keyDown", "3.6.0", PHONE),
    event("keyUp", "3.6.0", PHONE),
    event("userOffTranslation", "3.14.2", PHONE),
    event("userTriggerTranslation", "3.7.9", PHONE),
    event("windowStateChange", "3.8.8", PHONE),
];
