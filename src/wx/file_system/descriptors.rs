//! Open files: open, close, read, write, fstat, ftruncate.

use super::content::given;
use super::fault::{Fault, on};
use super::path::Place;
use super::{stats, whole};
use crate::wx::{Args, Outcome, Payload, Wx, WxError, ok, ok_with};
use serde_json::json;
use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{Cursor, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;

/// Files that an app may have open at the same time.
const LIMIT: usize = 1024;

/// The open files of an app instance, by descriptor.
#[derive(Debug, Default)]
pub struct Descriptors {
    open: HashMap<String, Open>,
    last: u64,
}

#[derive(Debug)]
struct Open {
    source: Source,
    access: Access,
}

#[derive(Debug)]
enum Source {
    Disk(File, PathBuf),
    /// A file of the package; those are small and never change.
    Package(Cursor<Vec<u8>>),
}

/// What a flag allows and does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Access {
    read: bool,
    write: bool,
    append: bool,
    create: bool,
    truncate: bool,
    /// A file that is there already is an error.
    new: bool,
}

impl Access {
    fn of(flag: &str) -> Result<Self, Fault> {
        let plus = flag.ends_with('+');
        let base = flag.strip_suffix('+').unwrap_or(flag);
        let (kind, new) = match base {
            "ax" => ("a", true),
            "wx" => ("w", true),
            "as" => ("a", false),
            base => (base, false),
        };
        let access = |write: bool, append: bool, truncate: bool| Self {
            read: plus || !write,
            write: write || plus,
            append,
            create: write,
            truncate,
            new,
        };
        match kind {
            "r" => Ok(access(false, false, false)),
            "w" => Ok(access(true, false, true)),
            "a" => Ok(access(true, true, false)),
            _ => Err(Fault::Flag),
        }
    }

    fn options(self) -> OpenOptions {
        let mut options = OpenOptions::new();
        let write = self.write && !self.append;
        options
            .read(self.read)
            .write(write)
            .append(self.append)
            .truncate(self.truncate && !self.new);
        options.create(self.create).create_new(self.new);
        options
    }
}

impl Descriptors {
    fn add(&mut self, open: Open) -> Result<String, Fault> {
        if self.open.len() >= LIMIT {
            return Err(Fault::TooManyDescriptors);
        }
        self.last += 1;
        let fd = self.last.to_string();
        self.open.insert(fd.clone(), open);
        Ok(fd)
    }

    fn get(&mut self, args: &Args) -> Result<&mut Open, Fault> {
        self.open.get_mut(args.text("fd")).ok_or(Fault::BadDescriptor)
    }
}

pub fn open(wx: &mut Wx, args: &Args) -> Outcome {
    let path = args.text("filePath");
    let access = Access::of(args.text("flag"))?;
    let source = match wx.files.visible("open", path)? {
        _ if access.write => {
            let place = wx.files.writable("open", path)?;
            let file = wx
                .files
                .folder
                .open(&place, &access.options())
                .map_err(on("open", path))?;
            wx.files.recount();
            Source::Disk(file, place)
        }
        Place::Local(_, place) => {
            let file = wx
                .files
                .folder
                .open(&place, &access.options())
                .map_err(on("open", path))?;
            Source::Disk(file, place)
        }
        _ => Source::Package(Cursor::new(wx.files.read(path)?)),
    };
    let fd = wx.files.descriptors.add(Open { source, access })?;
    ok_with(json!({ "fd": fd }))
}

pub fn close(wx: &mut Wx, args: &Args) -> Outcome {
    let closed = wx.files.descriptors.open.remove(args.text("fd"));
    closed.map(drop).ok_or(Fault::BadDescriptor)?;
    ok()
}

pub fn fstat(wx: &mut Wx, args: &Args) -> Outcome {
    let stats = match &wx.files.descriptors.get(args)?.source {
        Source::Disk(file, _) => stats::of_open(file.metadata())?,
        Source::Package(bytes) => json!({
            "mode": 0o100_444, "size": bytes.get_ref().len(), "lastAccessedTime": 0, "lastModifiedTime": 0,
        }),
    };
    ok_with(json!({ "stats": stats }))
}

pub fn ftruncate(wx: &mut Wx, args: &Args) -> Outcome {
    let (length, now) = (whole(args, "length").unwrap_or(0), wx.clock.now_ms());
    let (file, place) = writable(wx, args)?;
    wx.files.reserve(&place, length)?;
    file.set_len(length).map_err(|fault| Fault::of(&fault))?;
    wx.files.finish(&file, now);
    ok()
}

/// The file behind a descriptor that was opened for writing.
fn writable(wx: &mut Wx, args: &Args) -> Result<(File, PathBuf), WxError> {
    let open = wx.files.descriptors.get(args)?;
    match &open.source {
        Source::Disk(file, place) if open.access.write => {
            // The copy shares the position with the one that stays.
            let file = file.try_clone().map_err(|fault| Fault::of(&fault))?;
            Ok((file, place.clone()))
        }
        _ => Err(Fault::DescriptorDenied.into()),
    }
}

/// `size` is the length of the app's buffer; the JS half copies what comes into it.
pub fn read(wx: &mut Wx, args: &Args) -> Outcome {
    let size = whole(args, "size").unwrap_or(0);
    let offset = whole(args, "offset").unwrap_or(0);
    let length = whole(args, "length").unwrap_or(0);
    if offset > size {
        return Err(Fault::OffsetRange.into());
    }
    if length > size - offset {
        return Err(Fault::LengthRange.into());
    }
    let open = wx.files.descriptors.get(args)?;
    if !open.access.read {
        return Err(Fault::DescriptorDenied.into());
    }
    let position = whole(args, "position");
    let bytes = match &mut open.source {
        Source::Disk(file, _) => read_at(file, position, length),
        Source::Package(bytes) => read_at(bytes, position, length),
    };
    let bytes = bytes.map_err(|fault| Fault::of(&fault))?;
    let count = json!({ "bytesRead": bytes.len() });
    Ok(Payload::json(&count).with_buffer("data", bytes))
}

/// Reading from a given position leaves the file's own position where it was.
fn read_at<S: Read + Seek>(source: &mut S, position: Option<u64>, length: u64) -> std::io::Result<Vec<u8>> {
    let before = source.stream_position()?;
    if let Some(position) = position {
        source.seek(SeekFrom::Start(position))?;
    }
    let mut bytes = Vec::new();
    source.by_ref().take(length).read_to_end(&mut bytes)?;
    if position.is_some() {
        source.seek(SeekFrom::Start(before))?;
    }
    Ok(bytes)
}

pub fn write(wx: &mut Wx, args: &Args) -> Outcome {
    let mut bytes = given(args)?;
    if args.buffers.contains_key("data") {
        bytes = window(args, bytes)?;
    }
    let now = wx.clock.now_ms();
    let (mut file, place) = writable(wx, args)?;
    let position = match args.value.get("position").and_then(serde_json::Value::as_f64) {
        Some(_) => whole(args, "position").ok_or(Fault::PositionRange)?,
        None => file.stream_position().map_err(|fault| Fault::of(&fault))?,
    };
    let old = file.metadata().map_err(|fault| Fault::of(&fault))?.len();
    wx.files.reserve(&place, old.max(position + bytes.len() as u64))?;
    let before = file.stream_position().and_then(|before| {
        file.seek(SeekFrom::Start(position))?;
        file.write_all(&bytes)?;
        Ok(before)
    });
    let before = before.map_err(|fault| Fault::of(&fault))?;
    if position != before {
        file.seek(SeekFrom::Start(before)).map_err(|fault| Fault::of(&fault))?;
    }
    wx.files.finish(&file, now);
    ok_with(json!({ "bytesWritten": bytes.len() }))
}

/// The part of the app's buffer that `offset` and `length` name.
fn window(args: &Args, bytes: Vec<u8>) -> Result<Vec<u8>, WxError> {
    let total = bytes.len() as u64;
    let offset = whole(args, "offset").unwrap_or(0);
    if offset > total {
        return Err(Fault::OffsetRange.into());
    }
    let length = whole(args, "length").unwrap_or(total - offset);
    if length > total - offset {
        return Err(Fault::LengthRange.into());
    }
    let at = |at: u64| usize::try_from(at).unwrap_or(bytes.len());
    Ok(bytes[at(offset)..at(offset + length)].to_vec())
}
