//! Amounts of memory on the command line.

/// `256MB`, `1GB`, `64KB`; a bare number is bytes.
pub fn parse_size(text: &str) -> Result<u64, String> {
    let split = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at(split);
    let factor: u64 = match unit {
        "" | "B" => 1,
        "KB" => 1 << 10,
        "MB" => 1 << 20,
        "GB" => 1 << 30,
        _ => return Err("expected a size such as 256MB or 1GB".into()),
    };
    let number: u64 = number
        .parse()
        .map_err(|_| "expected a size such as 256MB or 1GB".to_owned())?;
    Ok(number.saturating_mul(factor))
}
