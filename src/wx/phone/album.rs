//! Choosing, showing and keeping pictures, videos and files.

use super::facts::Item;
use super::permission::need;
use super::person::{ask, confirm};
use super::pictures::size_of;
use super::share_menu::handed_over;
use crate::wx::{Api, Args, Outcome, Param, Wx, WxError, base64, ok, ok_with};
use serde_json::{Value, json};

const ALBUM: &str = "the newest of the profile's album, unless answered";
const SHOWN: &str = "it is shown and closed, unless answered";

/// Rows of this family.
pub const APIS: &[Api] = &[
    Api::now("chooseImage", &[COUNT, SIZE_TYPE, SOURCE_TYPE], choose_image).simulated(ALBUM),
    Api::now("chooseVideo", &[SOURCE_TYPE], choose_video).simulated(ALBUM),
    Api::now(
        "chooseMedia",
        &[COUNT, Param::optional("mediaType", "Array"), SOURCE_TYPE, SIZE_TYPE],
        choose_media,
    )
    .since("2.10.0")
    .simulated(ALBUM),
    Api::now(
        "chooseMessageFile",
        &[
            Param::required("count", "Number"),
            Param::default("type", "String", "\"all\""),
            Param::optional("extension", "Array"),
        ],
        choose_file,
    )
    .since("2.5.0")
    .simulated("the first of the profile's documents, unless answered"),
    Api::now("saveImageToPhotosAlbum", &[FILE_PATH], |wx, args| {
        keep(wx, args, "image")
    })
    .since("1.2.0")
    .simulated("it is the newest of the album then"),
    Api::now("saveVideoToPhotosAlbum", &[FILE_PATH], |wx, args| {
        keep(wx, args, "video")
    })
    .since("1.2.0")
    .simulated("it is the newest of the album then"),
    Api::now("previewImage", &[Param::required("urls", "Array")], |wx, args| {
        preview(wx, "previewImage", args, "urls")
    })
    .simulated(SHOWN),
    Api::now("previewMedia", &[Param::required("sources", "Array")], |wx, args| {
        preview(wx, "previewMedia", args, "sources")
    })
    .since("2.12.0")
    .simulated(SHOWN),
    Api::now(
        "openDocument",
        &[FILE_PATH, Param::optional("fileType", "String")],
        open_document,
    )
    .simulated(SHOWN),
];

/// Documents are of a few types only: what the call says, else what the name ends in.
fn open_document(wx: &mut Wx, args: &Args) -> Outcome {
    const TYPES: [&str; 7] = ["doc", "docx", "xls", "xlsx", "ppt", "pptx", "pdf"];
    let path = args.text("filePath");
    wx.files.read(path)?;
    let named = args.text_opt("fileType").filter(|named| !named.is_empty());
    let end = path.rsplit_once('.').map_or("", |(_, end)| end).to_ascii_lowercase();
    if !TYPES.contains(&named.unwrap_or(&end)) {
        return Err(WxError::new("filetype not supported"));
    }
    handed_over(wx, "openDocument", path)
}

const COUNT: Param = Param::default("count", "Number", "9");
const FILE_PATH: Param = Param::required("filePath", "String");
const SIZE_TYPE: Param = Param::optional("sizeType", "Array");
const SOURCE_TYPE: Param = Param::optional("sourceType", "Array");

/// A file that the person chose, and where the app finds it.
struct Picked {
    item: Item,
    path: String,
    bytes: Vec<u8>,
}

/// The first `count` items that fit become temporary files. A person who finds none gives up.
fn pick(wx: &mut Wx, api: &str, items: &[Item], count: usize) -> Result<Vec<Picked>, WxError> {
    if count == 0 {
        return Err(WxError::parameter("count should be at least 1"));
    }
    let answer = ask(wx, api, "count", json!({ "count": items.len() }))?;
    let most = answer["count"]
        .as_u64()
        .and_then(|most| usize::try_from(most).ok())
        .unwrap_or(usize::MAX);
    let chosen: Vec<Item> = items.iter().take(count.min(most)).cloned().collect();
    if chosen.is_empty() {
        return Err(WxError::new("cancel"));
    }
    chosen.into_iter().map(|item| put(wx, item)).collect()
}

fn put(wx: &mut Wx, item: Item) -> Result<Picked, WxError> {
    let bytes = base64::to_bytes(&item.base64).map_err(|error| WxError::new(format!("{}: {error}", item.name)))?;
    wx.memory.phone.picked += 1;
    let name = format!("{:08x}.{}", wx.memory.phone.picked, item.extension());
    let path = wx.files.create_temp(&name, &bytes)?;
    Ok(Picked { item, path, bytes })
}

/// The newest picture of the album as a temporary file: its path, width and height.
pub fn photo(wx: &mut Wx) -> Result<(String, usize, usize), WxError> {
    let Picked { path, bytes, .. } = newest(wx, "image")?;
    let (width, height) = size_of(&bytes).unwrap_or_default();
    Ok((path, width, height))
}

/// The newest video of the album as a temporary file.
pub fn film(wx: &mut Wx) -> Result<String, WxError> {
    newest(wx, "video").map(|video| video.path)
}

fn newest(wx: &mut Wx, kind: &str) -> Result<Picked, WxError> {
    let item = of_album(wx, &[kind]).into_iter().next();
    let item = item.ok_or_else(|| WxError::new(format!("the album has no {kind}")))?;
    put(wx, item)
}

fn count(args: &Args) -> usize {
    let count = args.number("count").unwrap_or_default();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 100")]
    let count = count.clamp(0.0, 100.0) as usize;
    count
}

fn of_album(wx: &Wx, kinds: &[&str]) -> Vec<Item> {
    wx.profile
        .album
        .iter()
        .filter(|item| kinds.contains(&item.kind()))
        .cloned()
        .collect()
}

fn choose_image(wx: &mut Wx, args: &Args) -> Outcome {
    let picked = pick(wx, "chooseImage", &of_album(wx, &["image"]), count(args))?;
    let paths: Vec<&str> = picked.iter().map(|one| one.path.as_str()).collect();
    let files = picked
        .iter()
        .map(|one| json!({ "path": one.path, "size": one.bytes.len() }));
    ok_with(json!({ "tempFilePaths": paths, "tempFiles": files.collect::<Vec<_>>() }))
}

fn choose_video(wx: &mut Wx, _: &Args) -> Outcome {
    let picked = pick(wx, "chooseVideo", &of_album(wx, &["video"]), 1)?;
    let Some(Picked { item, path, bytes }) = picked.into_iter().next() else {
        return Err(WxError::new("cancel"));
    };
    ok_with(json!({
        "tempFilePath": path, "duration": item.duration, "size": bytes.len(), "width": item.width, "height": item.height,
    }))
}

fn choose_media(wx: &mut Wx, args: &Args) -> Outcome {
    let asked: Vec<&str> = args.value["mediaType"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let kinds: &[&str] = match asked.as_slice() {
        ["image"] => &["image"],
        ["video"] => &["video"],
        _ => &["image", "video"],
    };
    let picked = pick(wx, "chooseMedia", &of_album(wx, kinds), count(args))?;
    let kind = match picked
        .iter()
        .map(|one| one.item.kind())
        .collect::<std::collections::BTreeSet<_>>()
    {
        kinds if kinds.len() > 1 => "mix",
        kinds => kinds.first().copied().unwrap_or("image"),
    };
    let files: Vec<Value> = picked.iter().map(media_file).collect();
    ok_with(json!({ "type": kind, "tempFiles": files }))
}

fn media_file(picked: &Picked) -> Value {
    let Picked { item, path, bytes } = picked;
    let mut file = json!({ "tempFilePath": path, "size": bytes.len(), "fileType": item.kind() });
    let (width, height) = match item.kind() {
        "image" => size_of(bytes).unwrap_or_default(),
        _ => (item.width as usize, item.height as usize),
    };
    file["width"] = width.into();
    file["height"] = height.into();
    if item.kind() == "video" {
        file["duration"] = item.duration.into();
        file["thumbTempFilePath"] = "".into();
    }
    file
}

fn choose_file(wx: &mut Wx, args: &Args) -> Outcome {
    let kind = args.text("type");
    if !matches!(kind, "all" | "image" | "video" | "file") {
        return Err(WxError::parameter("invalid type"));
    }
    let ends: Vec<String> = args.value["extension"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(|end| end.trim_start_matches('.').to_ascii_lowercase())
        .collect();
    let fits = |item: &&Item| {
        (kind == "all" || item.kind() == kind)
            && (kind != "file" || ends.is_empty() || ends.contains(&item.extension()))
    };
    let items: Vec<Item> = wx.profile.documents.iter().filter(fits).cloned().collect();
    let picked = pick(wx, "chooseMessageFile", &items, count(args))?;
    #[expect(clippy::cast_possible_truncation, reason = "seconds since 1970")]
    let time = (wx.clock.now_ms() / 1000.0) as i64;
    let files = picked.iter().map(|one| {
        json!({
            "path": one.path, "name": one.item.name, "size": one.bytes.len(), "type": one.item.kind(), "time": time,
        })
    });
    ok_with(json!({ "tempFiles": files.collect::<Vec<_>>() }))
}

/// What is kept is the newest in the album, and can be chosen again.
fn keep(wx: &mut Wx, args: &Args, kind: &str) -> Outcome {
    let path = args.text("filePath");
    let bytes = wx.files.read(path)?;
    let name = path.rsplit('/').next().unwrap_or(path).to_owned();
    let item = Item {
        name,
        base64: base64::to_text(&bytes),
        ..Item::default()
    };
    if item.kind() != kind {
        return Err(WxError::new("invalid file type"));
    }
    need(wx, "writePhotosAlbum")?;
    wx.outbox
        .note("album.save", json!({ "name": item.name, "size": bytes.len() }));
    wx.profile.album.insert(0, item);
    wx.memory.phone.profile = Some(Box::new(wx.profile.clone()));
    ok()
}

fn preview(wx: &mut Wx, api: &str, args: &Args, list: &str) -> Outcome {
    let shown = args.value[list].as_array().map_or(0, Vec::len);
    if shown == 0 {
        let text = format!("parameter error: parameter.{list} should have at least 1 item;");
        return Err(WxError::parameter(text));
    }
    confirm(wx, api)
}
