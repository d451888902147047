//! `wx.downloadFile`: a file from a server, into a temporary file or to a path of the app.

use super::exchange::{Exchange, Progress, address, headers, signature};
use super::file_system::Incoming;
use super::transfers::{Kind, Slot, Transfer};
use super::{Api, Args, Outcome, Param, Payload, Wx, WxError, ok_with};
use crate::system::{WebBody, WebRequest};
use futures_util::future::BoxFuture;
use serde_json::{Value, json};
use std::path::Path;
use url::Url;

/// Bytes of the largest file that is downloaded.
const LIMIT: u64 = 200 * 1024 * 1024;

/// The download family.
pub const APIS: &[Api] = &[Api::task(
    "downloadFile",
    &["ProgressUpdate", "HeadersReceived"],
    &[
        Param::required("url", "String"),
        Param::optional("header", "Object|Undefined|Null"),
        Param::optional("filePath", "String|Undefined|Null"),
        Param::optional("timeout", "*"),
        Param::optional("enableProfile", "*"),
        Param::optional("enableHttp2", "*"),
        Param::optional("enableQuic", "*"),
    ],
    download,
)];

fn download(wx: &mut Wx, args: Args) -> BoxFuture<'static, Outcome> {
    let (transfer, request, file) = match prepare(wx, &args) {
        Ok(prepared) => prepared,
        Err(fault) => return Box::pin(std::future::ready(Err(fault))),
    };
    let exchange = Exchange::new(wx, &args);
    let timeout = wx.network.config.timeout_ms(&args, "downloadFile");
    Box::pin(transfer.run(async move |slot| {
        let work = |exchange| receive(exchange, request, file, slot);
        exchange.within(timeout, work).await
    }))
}

fn prepare(wx: &mut Wx, args: &Args) -> Result<(Transfer, WebRequest, Incoming), WxError> {
    let url = address(args.text("url"), ["https", "http"])?;
    let config = &wx.network.config;
    config.allow(Kind::Download, args.text("url"), &url)?;
    let mut headers = headers(args);
    headers.extend(signature(config));
    let transfer = wx.network.enter(Kind::Download, &wx.outbox, &wx.clock)?;
    let path = args.text_opt("filePath").filter(|path| !path.is_empty());
    let file = wx.files.incoming(args.id, path, wx.clock.now_ms())?;
    let request = WebRequest {
        method: "GET".into(),
        url,
        headers,
        body: WebBody::None,
        follow: true,
    };
    Ok((transfer, request, file))
}

/// Every status is a success; the file is whatever the server sent with it.
async fn receive(mut exchange: Exchange, request: WebRequest, mut file: Incoming, mut slot: Slot) -> Outcome {
    let named = request.url.clone();
    let (mut response, head) = exchange.open(request, &mut slot).await?;
    let mut progress = Progress::of(head.length);
    if head.length.is_some_and(|length| length > LIMIT) {
        return Err(too_large());
    }
    while let Some(piece) = exchange.next(&mut response, &mut slot).await? {
        let told = progress.advance(piece.len(), ("Written", "Write"));
        if progress.done() > LIMIT {
            return Err(too_large());
        }
        file.write(&piece)?;
        if let Some(told) = told {
            exchange.emit("ProgressUpdate", Payload::json(&told));
        }
    }
    let (key, path) = file.finish(&extension(&named, &head.content_type))?;
    let received = usize::try_from(progress.done()).unwrap_or(usize::MAX);
    let profile = exchange.profile(&response, received);
    let mut result = json!({
        "statusCode": head.status,
        "header": head.header,
        "cookies": head.cookies,
        "profile": profile,
        "dataLength": received,
    });
    result[key] = Value::String(path);
    ok_with(result)
}

fn too_large() -> WxError {
    WxError::new("exceed max file size")
}

/// The end of a temporary file's name: that of the address, else what the server calls the content.
fn extension(url: &Url, content_type: &str) -> String {
    let of_url = Path::new(url.path())
        .extension()
        .and_then(|extension| extension.to_str());
    let plain = |extension: &&str| extension.len() <= 10 && extension.chars().all(|c| c.is_ascii_alphanumeric());
    if let Some(extension) = of_url.filter(plain) {
        return format!(".{}", extension.to_ascii_lowercase());
    }
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    // Of a kind with many names the usual one is not always the first.
    let usual = match essence {
        "image/jpeg" => Some("jpg"),
        "text/plain" => Some("txt"),
        "text/html" => Some("html"),
        _ => mime_guess::get_mime_extensions_str(essence).and_then(|known| known.first().copied()),
    };
    usual.map_or_else(String::new, |extension| format!(".{extension}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_temporary_file_has_the_end_of_what_it_is() {
        for (url, content_type, expected) in [
            ("https://a.b/c/photo.PNG?x=1.gif", "text/html", ".png"),
            ("https://a.b/c/photo", "image/jpeg", ".jpg"),
            ("https://a.b/", "application/json; charset=utf-8", ".json"),
            ("https://a.b/x.%2e%2e", "", ""),
            ("https://a.b/x", "nonsense", ""),
        ] {
            assert_eq!(extension(&Url::parse(url).unwrap(), content_type), expected, "{url}");
        }
    }
}
