//! Workers. The objects live in the JS half, on both sides; the world of a worker is made by the app's loop.

use super::Api;

/// Rows of this family. Inside of a worker the global `worker` has the methods.
pub const APIS: &[Api] = &[
    Api::js("createWorker").since("1.9.90"),
    Api::js("Worker.getCameraFrameData")
        .since("2.25.1")
        .noted("throws: there is no camera"),
    Api::js("Worker.onError").since("1.9.90"),
    Api::js("Worker.onMessage").since("1.9.90"),
    Api::js("Worker.onProcessKilled").since("1.9.90"),
    Api::js("Worker.postMessage").since("1.9.90"),
    Api::js("Worker.terminate").since("1.9.90"),
    Api::js("Worker.testOnProcessKilled").since("1.9.90"),
];
