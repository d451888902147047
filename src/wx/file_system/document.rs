//! Documents that the host would show: headless it notes what a person would see.

use crate::wx::{Args, Outcome, Wx, WxError, ok};
use serde_json::json;
use std::path::Path;

const TYPES: [&str; 7] = ["doc", "docx", "xls", "xlsx", "ppt", "pptx", "pdf"];

/// The type is what the call says, else what the name ends in.
pub fn open_document(wx: &mut Wx, args: &Args) -> Outcome {
    let path = args.text("filePath");
    let size = wx.files.read(path)?.len();
    let named = args.text_opt("fileType").filter(|named| !named.is_empty());
    let end = Path::new(path)
        .extension()
        .map(|end| end.to_string_lossy().to_ascii_lowercase());
    let kind = named.map(str::to_owned).or(end).unwrap_or_default();
    if !TYPES.contains(&kind.as_str()) {
        return Err(WxError::new("filetype not supported"));
    }
    wx.outbox.note(
        "document.open",
        json!({ "filePath": path, "fileType": kind, "size": size, "showMenu": args.truthy("showMenu") }),
    );
    ok()
}
