//! The methods of the tasks that network functions return; the JS half builds them from the row of the function.

use super::Api;

/// Rows of this family.
pub const APIS: &[Api] = &[
    Api::js("PreDownloadSubpackageTask.onProgressUpdate").since("2.27.3"),
    Api::js("RequestTask.abort").since("1.4.0"),
    Api::js("RequestTask.offChunkReceived").since("2.20.1"),
    Api::js("RequestTask.offHeadersReceived").since("2.1.0"),
    Api::js("RequestTask.onChunkReceived").since("2.20.1"),
    Api::js("RequestTask.onHeadersReceived").since("2.1.0"),
];
