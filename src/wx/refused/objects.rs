//! The objects that refused factories hand out, and their methods.

/// A method of a refused object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// Its name.
    pub name: &'static str,
    /// What is refused by it.
    pub gives: Gives,
}

/// What the app would get from a method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gives {
    /// Nothing: the refusal is told once on the console.
    Nothing,
    /// A promise, or a call of its callbacks.
    Promise,
    /// A value that nobody can make up: it throws.
    Value,
    /// An object of this name, refused as well.
    Object(&'static str),
}

/// The methods of an object that a refused row hands out.
pub fn members_of(object: &str) -> Vec<Member> {
    let methods = OBJECTS
        .iter()
        .find(|(name, _)| *name == object)
        .map_or("", |(_, methods)| methods);
    methods.split_ascii_whitespace().map(member).collect()
}

fn member(text: &'static str) -> Member {
    let (name, gives) = match (text.split_once('>'), text.strip_suffix('!'), text.strip_suffix('^')) {
        (Some((name, object)), _, _) => (name, Gives::Object(object)),
        (_, Some(name), _) => (name, Gives::Promise),
        (_, _, Some(name)) => (name, Gives::Value),
        _ => (text, Gives::Nothing),
    };
    Member { name, gives }
}

/// `name` gives nothing, `name!` a promise, `name^` a value, `name>Object` an object.
const OBJECTS: &[(&str, &str)] = &[
    ("AudioContext", "pause play seek setSrc"),
    (
        "CacheManager",
        "addRule^ addRules^ clearCaches clearRules deleteCache deleteCaches deleteRule deleteRules match^ \
         off on start stop",
    ),
    ("CameraContext", "onCameraFrame>CameraFrameListener"),
    ("CameraFrameListener", "start stop"),
    ("GlobalPayment", "abort! openMethodPicker! requestGlobalPayment!"),
    ("InferenceSession", "destroy offError offLoad onError onLoad run!"),
    (
        "IsoDep",
        "close connect getHistoricalBytes getMaxTransceiveLength isConnected setTimeout transceive",
    ),
    (
        "LivePlayerContext",
        "exitBackgroundPlayback exitCasting exitPictureInPicture reconnectCasting \
         requestBackgroundPlayback startCasting switchCasting",
    ),
    (
        "LivePusherContext",
        "applyBlusherStickMakeup applyEyeBrowMakeup applyEyeShadowMakeup applyFaceContourMakeup \
         applyFilter applyLipStickMakeup applySticker clearFilters clearMakeups clearStickers \
         createOffscreenCanvas exitPictureInPicture getMaxZoom onCustomRendererEvent setZoom",
    ),
    (
        "MapContext",
        "addArc addCustomLayer addGroundOverlay addVisualLayer eraseLines executeVisualLayerCommand \
         fromScreenLocation initMarkerCluster moveAlong on removeArc removeCustomLayer \
         removeGroundOverlay removeVisualLayer setBoundary setCenterOffset setLocMarkerIcon \
         toScreenLocation updateGroundOverlay",
    ),
    (
        "MediaAudioPlayer",
        "addAudioSource! destroy! removeAudioSource! start! stop!",
    ),
    (
        "MediaRecorder",
        "destroy! off on pause! requestFrame! resume! start! stop!",
    ),
    (
        "MifareClassic",
        "close connect getMaxTransceiveLength isConnected setTimeout transceive",
    ),
    (
        "MifareUltralight",
        "close connect getMaxTransceiveLength isConnected setTimeout transceive",
    ),
    (
        "NFCAdapter",
        "getIsoDep>IsoDep getMifareClassic>MifareClassic getMifareUltralight>MifareUltralight getNdef>Ndef \
         getNfcA>NfcA getNfcB>NfcB getNfcF>NfcF getNfcV>NfcV offDiscovered onDiscovered startDiscovery \
         stopDiscovery",
    ),
    (
        "Ndef",
        "close connect isConnected offNdefMessage onNdefMessage setTimeout writeNdefMessage",
    ),
    (
        "NfcA",
        "close connect getAtqa getMaxTransceiveLength getSak isConnected setTimeout transceive",
    ),
    (
        "NfcB",
        "close connect getMaxTransceiveLength isConnected setTimeout transceive",
    ),
    (
        "NfcF",
        "close connect getMaxTransceiveLength isConnected setTimeout transceive",
    ),
    (
        "NfcV",
        "close connect getMaxTransceiveLength isConnected setTimeout transceive",
    ),
    ("PluginUpdateManager", "onCheckForUpdate onUpdateFailed onUpdateReady"),
    ("RecorderManager", "onFrameRecorded"),
    ("Router", "addRouteBuilder getRouteContext removeRouteBuilder"),
    (
        "TCPSocket",
        "bindWifi close connect offBindWifi offClose offConnect offError offMessage onBindWifi onClose \
         onConnect onError onMessage write",
    ),
    ("UserCryptoManager", "getLatestUserKey getRandomValues"),
    (
        "VKSession",
        "addMarker^ addOSDMarker^ cancelAnimationFrame destroy detectBody detectDepth detectFace detectHand \
         getAllMarker^ getAllOSDMarker^ getVKFrame^ hitTest^ off on removeMarker removeOSDMarker \
         requestAnimationFrame^ runOCR setDepthOccRange start stop update3DMode updateMaskMode \
         updateOSDThreshold",
    ),
    (
        "VideoContext",
        "exitBackgroundPlayback exitCasting exitPictureInPicture reconnectCasting \
         requestBackgroundPlayback startCasting switchCasting",
    ),
    (
        "WebAudioContext",
        "close! createAnalyser^ createBiquadFilter^ createBufferSource^ createBuffer^ createChannelMerger^ \
         createChannelSplitter^ createConstantSource^ createDelay^ createDynamicsCompressor^ createGain^ \
         createIIRFilter^ createOscillator^ createPanner^ createPeriodicWave^ createScriptProcessor^ \
         createWaveShaper^ decodeAudioData^ resume! suspend!",
    ),
    (
        "Worklet",
        "cancelAnimation decay^ delay^ derived^ repeat^ runOnJS^ runOnUI^ scrollTo sequence^ shared^ \
         spring^ timing^",
    ),
];
