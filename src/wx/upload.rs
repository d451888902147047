//! `wx.uploadFile`: a file of the app, sent to a server as one part of a form.

use super::exchange::{Exchange, Progress, address, decode, headers, signature, text};
use super::transfers::{Kind, Slot, Transfer};
use super::{Api, Args, Outcome, Param, Payload, Wx, WxError, ok_with};
use crate::system::{WebBody, WebRequest};
use bytes::Bytes;
use futures_util::future::BoxFuture;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The upload family.
pub const APIS: &[Api] = &[Api::task(
    "uploadFile",
    &["ProgressUpdate", "HeadersReceived"],
    &[
        Param::required("url", "String"),
        Param::required("filePath", "String"),
        Param::required("name", "String"),
        Param::optional("header", "Object|Undefined|Null"),
        Param::optional("formData", "Object|Undefined|Null"),
        Param::optional("timeout", "*"),
        Param::optional("enableProfile", "*"),
        Param::optional("enableHttp2", "*"),
        Param::optional("enableQuic", "*"),
    ],
    upload,
)];

fn upload(wx: &mut Wx, args: Args) -> BoxFuture<'static, Outcome> {
    let (transfer, request, form) = match prepare(wx, &args) {
        Ok(prepared) => prepared,
        Err(fault) => return Box::pin(std::future::ready(Err(fault))),
    };
    let exchange = Exchange::new(wx, &args);
    let (timeout, outbox, id) = (
        wx.network.config.timeout_ms(&args, "uploadFile"),
        wx.outbox.clone(),
        args.id,
    );
    let mut progress = Progress::of(Some(form.len() as u64));
    let report = move |bytes| {
        if let Some(told) = progress.advance(bytes, ("Sent", "Send")) {
            Wx::task_event(&outbox, id, "ProgressUpdate", Payload::json(&told));
        }
    };
    Box::pin(transfer.run(async move |slot| {
        let work = |exchange| send(exchange, request, form, slot, report);
        exchange.within(timeout, work).await
    }))
}

fn prepare(wx: &mut Wx, args: &Args) -> Result<(Transfer, WebRequest, Bytes), WxError> {
    let url = address(args.text("url"), ["https", "http"])?;
    let config = &wx.network.config;
    config.allow(Kind::Upload, args.text("url"), &url)?;
    let mut headers = headers(args);
    // The form has a type of its own, with the boundary of its parts.
    headers.retain(|(name, _)| name != "content-type");
    headers.extend(signature(config));
    let transfer = wx.network.enter(Kind::Upload, &wx.outbox, &wx.clock)?;
    let content = wx.files.read(args.text("filePath"))?;
    let boundary = boundary(&content, args);
    headers.push((
        "content-type".into(),
        format!("multipart/form-data; boundary={boundary}"),
    ));
    let request = WebRequest {
        method: "POST".into(),
        url,
        headers,
        body: WebBody::None,
        follow: true,
    };
    Ok((transfer, request, form(args, &content, &boundary)))
}

/// Follows from what it parts, so that it is not in it (but by somebody's design) and the same in every run.
fn boundary(content: &[u8], args: &Args) -> String {
    let digest = Sha256::new()
        .chain_update(content)
        .chain_update(args.value.to_string())
        .finalize();
    format!("----minirun{}", hex::encode(&digest[..12]))
}

/// The app's fields in their order, then the file.
fn form(args: &Args, content: &[u8], boundary: &str) -> Bytes {
    let mut form = Vec::with_capacity(content.len() + 512);
    let fields = args.value.get("formData").and_then(Value::as_object);
    for (name, value) in fields.into_iter().flatten() {
        let head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"\r\n\r\n{}\r\n",
            quoted(name),
            text(value),
        );
        form.extend_from_slice(head.as_bytes());
    }
    let path = args.text("filePath");
    let file_name = path.rsplit('/').next().unwrap_or(path);
    let head = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"; filename=\"{}\"\r\nContent-Type: {}\r\n\r\n",
        quoted(args.text("name")),
        quoted(file_name),
        mime_guess::from_path(file_name).first_or_octet_stream(),
    );
    form.extend_from_slice(head.as_bytes());
    form.extend_from_slice(content);
    form.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
    form.into()
}

/// A name inside quotes, as browsers write it.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// The answer is text, whatever it is.
async fn send(
    mut exchange: Exchange,
    request: WebRequest,
    form: Bytes,
    mut slot: Slot,
    report: impl FnMut(usize),
) -> Outcome {
    let (mut response, head) = exchange.send(request, form, &mut slot, report).await?;
    let mut body = Vec::new();
    while let Some(piece) = exchange.next(&mut response, &mut slot).await? {
        body.extend_from_slice(&piece);
    }
    let profile = exchange.profile(&response, body.len());
    ok_with(json!({
        "data": decode(&body, head.charset.as_deref()),
        "statusCode": head.status,
        "header": head.header,
        "cookies": head.cookies,
        "profile": profile,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_end_its_part() {
        let args = Wx::args(json!({
            "filePath": "wxfile://usr/a/photo.png", "name": "fi\"le\r\n", "formData": { "n": 1, "o": { "k": [true] } },
        }));
        let form = form(&args, b"PNG", "b");
        let expected = "--b\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\n1\r\n\
            --b\r\nContent-Disposition: form-data; name=\"o\"\r\n\r\n{\"k\":[true]}\r\n\
            --b\r\nContent-Disposition: form-data; name=\"fi%22le%0D%0A\"; filename=\"photo.png\"\r\n\
            Content-Type: image/png\r\n\r\nPNG\r\n--b--\r\n";
        assert_eq!(String::from_utf8_lossy(&form), expected);
    }
}
