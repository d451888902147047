//! The files of a cloud environment.

use super::{missing, unusable};
use crate::wx::{Args, Outcome, Wx, WxError, ok_with};
use serde_json::{Value, json};

/// Seconds for which the platform's addresses of files are good.
const MAX_AGE: u64 = 86_400;

/// `{cloudPath, filePath}` to `{fileID, statusCode}`.
pub fn upload(wx: &mut Wx, args: &Args) -> Outcome {
    let path = args.text("cloudPath").trim_start_matches('/').to_owned();
    if !is_path(&path) {
        return Err(failure(-401_002, "api parameter error", "cloudPath is not a path"));
    }
    let bytes = wx.files.read(args.text("filePath"))?;
    let kept = wx.cloud.keep_file(&path, &bytes).and_then(|()| wx.cloud.settings());
    match kept {
        Ok(settings) => ok_with(json!({
            "fileID": format!("cloud://{env}.{env}-storage/{path}", env = settings.env),
            "statusCode": 204,
            "size": bytes.len(),
        })),
        Err(reason) => Err(unusable(wx, "uploadFile", &path, &reason)),
    }
}

/// `{fileID}` to `{tempFilePath, statusCode}`.
pub fn download(wx: &mut Wx, args: &Args) -> Outcome {
    let id = args.text("fileID");
    let Some(bytes) = content(wx, "downloadFile", id)? else {
        let text = format!("storage file not exists: {id}");
        return Err(failure(-503_003, "storage file not exists", &text));
    };
    wx.memory.phone.picked += 1;
    let end = id.rsplit('/').next().and_then(|name| name.rsplit_once('.'));
    let end = end.map_or_else(String::new, |(_, end)| format!(".{end}"));
    let name = format!("{:08x}{end}", wx.memory.phone.picked);
    let path = wx.files.create_temp(&name, &bytes)?;
    ok_with(json!({ "tempFilePath": path, "statusCode": 200, "size": bytes.len() }))
}

/// `{fileList}` of ids, or of `{fileID, maxAge}`, to `{fileList}` of addresses. Nothing listens there.
pub fn urls(wx: &mut Wx, args: &Args) -> Outcome {
    let mut list = Vec::new();
    for file in args.value["fileList"].as_array().into_iter().flatten() {
        let id = file.as_str().or_else(|| file["fileID"].as_str()).unwrap_or_default();
        let age = file["maxAge"].as_u64().unwrap_or(MAX_AGE);
        list.push(match content(wx, "getTempFileURL", id)? {
            Some(_) => {
                let address = id.replacen("cloud://", "https://", 1);
                let (host, path) = address.split_at(address[8..].find('/').map_or(address.len(), |at| at + 8));
                let url = format!("{host}.invalid{path}");
                json!({ "fileID": id, "tempFileURL": url, "maxAge": age, "status": 0, "errMsg": "ok" })
            }
            None => json!({
                "fileID": id, "tempFileURL": "", "maxAge": age, "status": -503_003, "errMsg": "STORAGE_FILE_NONEXIST",
            }),
        });
    }
    ok_with(json!({ "fileList": list }))
}

/// `{fileList}` of ids to `{fileList}` of what became of each.
pub fn remove(wx: &mut Wx, args: &Args) -> Outcome {
    let mut list = Vec::new();
    for id in args.value["fileList"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
    {
        let there = content(wx, "deleteFile", id)?.is_some();
        if let Some(path) = path_of(id).filter(|_| there) {
            let removed = wx.cloud.remove_file(path);
            removed.map_err(|reason| unusable(wx, "deleteFile", id, &reason))?;
        }
        let (status, text) = if there {
            (0, "ok")
        } else {
            (-503_003, "STORAGE_FILE_NONEXIST")
        };
        list.push(json!({ "fileID": id, "status": status, "errMsg": text }));
    }
    ok_with(json!({ "fileList": list }))
}

/// The content of a file; one that is not there is told on the timeline.
fn content(wx: &Wx, api: &str, id: &str) -> Result<Option<Vec<u8>>, WxError> {
    let path = path_of(id);
    let content = path.map_or(Ok(None), |path| wx.cloud.file(path));
    let content = content.map_err(|reason| unusable(wx, api, id, &reason))?;
    if content.is_none() {
        let help = match path {
            Some(path) => format!("add the file storage/{path}"),
            None => "files have ids such as cloud://env.bucket/a/b.png".to_owned(),
        };
        missing(wx, api, id, &help);
    }
    Ok(content)
}

/// `a/b.png` of `cloud://env.bucket/a/b.png`.
fn path_of(id: &str) -> Option<&str> {
    let (_, path) = id.strip_prefix("cloud://")?.split_once('/')?;
    is_path(path).then_some(path)
}

fn is_path(path: &str) -> bool {
    let plain = |part: &str| !matches!(part, "" | "." | "..");
    path.split('/').all(plain) && !path.contains('\0')
}

fn failure(code: i32, meaning: &str, text: &str) -> WxError {
    WxError::new(format!("Error: errCode: {code} {meaning} | errMsg: {text}")).with_code(code)
}
