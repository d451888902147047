//! Silence, as a WAV file: 16 bits a sample.

/// Bytes of the longest recording that is written.
const LIMIT: u32 = 256 * 1024 * 1024;

/// Bytes of so much silence without a header; `None` where it would be too much.
pub fn samples(duration_ms: f64, rate: u32, channels: u16) -> Option<Vec<u8>> {
    let frames = (duration_ms.max(0.0) / 1000.0 * f64::from(rate)).round();
    let bytes = frames * f64::from(channels) * 2.0;
    if bytes > f64::from(LIMIT) {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and the limit"
    )]
    let length = bytes as usize;
    Some(vec![0; length])
}

/// A file of so much silence; `None` where it would be too large.
pub fn silence(duration_ms: f64, rate: u32, channels: u16) -> Option<Vec<u8>> {
    let data = samples(duration_ms, rate, channels)?;
    let length = u32::try_from(data.len()).ok()?;
    let frame = channels.checked_mul(2)?;
    let mut file = Vec::with_capacity(data.len() + 44);
    file.extend_from_slice(b"RIFF");
    file.extend_from_slice(&(length + 36).to_le_bytes());
    file.extend_from_slice(b"WAVEfmt ");
    file.extend_from_slice(&16_u32.to_le_bytes());
    file.extend_from_slice(&1_u16.to_le_bytes());
    file.extend_from_slice(&channels.to_le_bytes());
    file.extend_from_slice(&rate.to_le_bytes());
    file.extend_from_slice(&rate.checked_mul(u32::from(frame))?.to_le_bytes());
    file.extend_from_slice(&frame.to_le_bytes());
    file.extend_from_slice(&16_u16.to_le_bytes());
    file.extend_from_slice(b"data");
    file.extend_from_slice(&length.to_le_bytes());
    file.extend_from_slice(&data);
    Some(file)
}
