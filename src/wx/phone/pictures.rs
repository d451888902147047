//! What is in a picture file, and the same picture in fewer bytes.

use crate::wx::{Api, Args, Outcome, Param, Wx, WxError, ok_with};
use imagesize::ImageType;
use serde_json::json;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// Rows of this family.
pub const APIS: &[Api] = &[
    Api::now("getImageInfo", &[Param::required("src", "String")], info)
        .noted("of files and of the package; an address on the network is refused"),
    Api::now(
        "compressImage",
        &[
            Param::required("src", "String"),
            Param::default("quality", "Number", "80"),
            Param::optional("compressedWidth", "Number"),
            Param::optional("compressedHeight", "Number"),
        ],
        compress,
    )
    .since("2.4.0")
    .noted("of JPEG; another picture keeps its bytes, and cannot get another size"),
];

/// Width and height.
pub fn size_of(bytes: &[u8]) -> Option<(usize, usize)> {
    let size = imagesize::blob_size(bytes).ok()?;
    Some((size.width, size.height))
}

fn picture(wx: &mut Wx, path: &str) -> Result<Vec<u8>, WxError> {
    if path.starts_with("http://") || path.starts_with("https://") {
        return Err(WxError::coded("not supported", 100));
    }
    wx.files.read(path)
}

fn info(wx: &mut Wx, args: &Args) -> Outcome {
    let path = args.text("src");
    let bytes = picture(wx, path)?;
    let (width, height) = size_of(&bytes).ok_or_else(|| WxError::new("image decode failed"))?;
    let kind = match imagesize::image_type(&bytes) {
        Ok(ImageType::Jpeg) => "jpeg",
        Ok(ImageType::Png) => "png",
        Ok(ImageType::Gif) => "gif",
        Ok(ImageType::Tiff) => "tiff",
        _ => "unknown",
    };
    // A file of the package is told without the slash, as the platform does.
    let path = path.trim_start_matches('/');
    ok_with(json!({ "width": width, "height": height, "path": path, "orientation": "up", "type": kind }))
}

fn compress(wx: &mut Wx, args: &Args) -> Outcome {
    let bytes = picture(wx, args.text("src"))?;
    let kind = imagesize::image_type(&bytes).map_err(|_| WxError::new("image decode failed"))?;
    let wanted = ["compressedWidth", "compressedHeight"].map(|name| args.number(name).filter(|px| *px >= 1.0));
    let (smaller, end) = match kind {
        ImageType::Jpeg => (jpeg(&bytes, args.number("quality").unwrap_or(80.0), wanted)?, "jpg"),
        _ if wanted != [None, None] => return Err(WxError::coded("not supported", 100)),
        ImageType::Png => (bytes, "png"),
        ImageType::Gif => (bytes, "gif"),
        _ => (bytes, "img"),
    };
    wx.memory.phone.picked += 1;
    let name = format!("{:08x}.{end}", wx.memory.phone.picked);
    let path = wx.files.create_temp(&name, &smaller)?;
    ok_with(json!({ "tempFilePath": path }))
}

/// The same picture again in this quality; in another size where one is named, the other side in proportion.
fn jpeg(bytes: &[u8], quality: f64, wanted: [Option<f64>; 2]) -> Result<Vec<u8>, WxError> {
    let failed = || WxError::new("image decode failed");
    let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    let pixels = decoder.decode().map_err(|_| failed())?;
    let (width, height) = decoder.dimensions().ok_or_else(failed)?;
    let size = target((width, height), wanted);
    let pixels = scaled(&pixels, (width, height), size);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "within 1 and 100"
    )]
    let quality = quality.clamp(1.0, 100.0) as u8;
    let side = |length: usize| u16::try_from(length).map_err(|_| WxError::new("image is too large"));
    let mut smaller = Vec::new();
    jpeg_encoder::Encoder::new(&mut smaller, quality)
        .encode(&pixels, side(size.0)?, side(size.1)?, jpeg_encoder::ColorType::Rgb)
        .map_err(|error| WxError::new(error.to_string()))?;
    Ok(smaller)
}

fn target((width, height): (usize, usize), wanted: [Option<f64>; 2]) -> (usize, usize) {
    #[expect(clippy::cast_precision_loss, reason = "sides of pictures are small")]
    let (w, h) = (width as f64, height as f64);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at least 1, and saturating"
    )]
    let whole = |side: f64| side.round().max(1.0) as usize;
    match wanted {
        [None, None] => (width, height),
        [Some(to), None] => (whole(to), whole(to * h / w)),
        [None, Some(to)] => (whole(to * w / h), whole(to)),
        [Some(w), Some(h)] => (whole(w), whole(h)),
    }
}

/// Each new pixel is the mean of the old ones that it covers.
fn scaled(pixels: &[u8], from: (usize, usize), to: (usize, usize)) -> Vec<u8> {
    if from == to {
        return pixels.to_vec();
    }
    let mut out = Vec::with_capacity(to.0 * to.1 * 3);
    for y in 0..to.1 {
        let rows = span(y, from.1, to.1);
        for x in 0..to.0 {
            let columns = span(x, from.0, to.0);
            for channel in 0..3 {
                let covered = rows
                    .clone()
                    .flat_map(|row| columns.clone().map(move |column| (row, column)));
                let values = covered.map(|(row, column)| u64::from(pixels[(row * from.0 + column) * 3 + channel]));
                let (sum, count) = values.fold((0, 0), |(sum, count), value| (sum + value, count + 1));
                out.push(u8::try_from(sum / count).unwrap_or(u8::MAX));
            }
        }
    }
    out
}

/// What of the old side the new place covers: at least one.
fn span(at: usize, from: usize, to: usize) -> std::ops::Range<usize> {
    let start = at * from / to;
    start..((at + 1) * from / to).clamp(start + 1, from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn photo(width: u16, height: u16) -> Vec<u8> {
        let pixels: Vec<u8> = (0..usize::from(width) * usize::from(height))
            .flat_map(|n| [(n % 251) as u8, (n * 7 % 253) as u8, (n / 3 % 255) as u8])
            .collect();
        let mut bytes = Vec::new();
        let encoder = jpeg_encoder::Encoder::new(&mut bytes, 95);
        encoder
            .encode(&pixels, width, height, jpeg_encoder::ColorType::Rgb)
            .unwrap();
        bytes
    }

    #[test]
    fn a_picture_of_less_quality_has_fewer_bytes_and_the_same_size() {
        let bytes = photo(64, 48);
        let [high, low] = [90.0, 10.0].map(|quality| jpeg(&bytes, quality, [None, None]).unwrap());
        assert!(low.len() < high.len() && high.len() < bytes.len());
        assert_eq!(size_of(&low), Some((64, 48)));
    }

    #[test]
    fn a_named_side_takes_the_other_with_it() {
        let bytes = photo(64, 48);
        for (wanted, size) in [
            ([Some(32.0), None], (32, 24)),
            ([None, Some(12.0)], (16, 12)),
            ([Some(10.0), Some(10.0)], (10, 10)),
            ([Some(128.0), None], (128, 96)),
        ] {
            assert_eq!(size_of(&jpeg(&bytes, 80.0, wanted).unwrap()), Some(size), "{wanted:?}");
        }
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        assert!(jpeg(b"not a picture", 80.0, [None, None]).is_err());
        assert_eq!(size_of(b"not a picture"), None);
    }
}
