//! The methods of the tasks that network functions return; the JS half builds them from the row of the function.

use super::Api;

/// Rows of this family.
pub const APIS: &[Api] = &[
    Api::js("DownloadTask.abort").since("1.4.0"),
    Api::js("DownloadTask.offHeadersReceived").since("2.1.0"),
    Api::js("DownloadTask.offProgressUpdate").since("2.1.0"),
    Api::js("DownloadTask.onHeadersReceived").since("2.1.0"),
    Api::js("DownloadTask.onProgressUpdate").since("1.4.0"),
    Api::js("PreDownloadSubpackageTask.onProgressUpdate").since("2.27.3"),
    Api::js("RequestTask.abort").since("1.4.0"),
    Api::js("RequestTask.offChunkReceived").since("2.20.1"),
    Api::js("RequestTask.offHeadersReceived").since("2.1.0"),
    Api::js("RequestTask.onChunkReceived").since("2.20.1"),
    Api::js("RequestTask.onHeadersReceived").since("2.1.0"),
    Api::js("UploadTask.abort").since("1.4.0"),
    Api::js("UploadTask.offHeadersReceived").since("2.1.0"),
    Api::js("UploadTask.offProgressUpdate").since("2.1.0"),
    Api::js("UploadTask.onHeadersReceived").since("2.1.0"),
    Api::js("UploadTask.onProgressUpdate").since("1.4.0"),
];
