//! The `Range` header, as far as resuming a download needs it.

use std::ops::Range;

/// What a `Range` header asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Asked {
    /// Everything: there is no range, or one that a server may ignore (another unit, several ranges, not readable).
    Whole,
    /// These bytes.
    Part(Range<u64>),
    /// Bytes that the object does not have.
    Unsatisfiable,
}

/// Reads a `Range` header for an object of `length` bytes (RFC 9110, section 14).
pub(super) fn read_range(header: Option<&str>, length: u64) -> Asked {
    let Some((first, last)) = header
        .and_then(|h| h.trim().strip_prefix("bytes="))
        .and_then(|spec| spec.split_once('-'))
    else {
        return Asked::Whole;
    };
    let number = |text: &str| {
        text.bytes()
            .all(|b| b.is_ascii_digit())
            .then(|| text.parse::<u64>().ok())
            .flatten()
    };
    let range = match (first.is_empty(), last.is_empty()) {
        (false, true) => number(first).map(|first| first..length),
        (false, false) => match number(first).zip(number(last)) {
            Some((first, last)) if first > last => return Asked::Whole,
            ends => ends.map(|(first, last)| first..last.saturating_add(1).min(length)),
        },
        (true, false) => number(last).map(|count| length.saturating_sub(count)..length),
        (true, true) => None,
    };
    match range {
        None => Asked::Whole,
        Some(range) if range.start >= range.end => Asked::Unsatisfiable,
        Some(range) => Asked::Part(range),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_follow_the_rfc() {
        let table = [
            (None, Asked::Whole),
            (Some("bytes=0-"), Asked::Part(0..100)),
            (Some("bytes=10-19"), Asked::Part(10..20)),
            (Some("bytes=90-500"), Asked::Part(90..100)),
            (Some("bytes=-5"), Asked::Part(95..100)),
            (Some("bytes=-500"), Asked::Part(0..100)),
            (Some("bytes=100-"), Asked::Unsatisfiable),
            (Some("bytes=100-200"), Asked::Unsatisfiable),
            (Some("bytes=-0"), Asked::Unsatisfiable),
            (Some("bytes=20-10"), Asked::Whole),
            (Some("bytes=0-1,5-6"), Asked::Whole),
            (Some("bytes=-"), Asked::Whole),
            (Some("bytes=+1-2"), Asked::Whole),
            (Some("bytes=99999999999999999999-"), Asked::Whole),
            (Some("lines=0-1"), Asked::Whole),
        ];
        for (header, expected) in table {
            assert_eq!(read_range(header, 100), expected, "{header:?}");
        }
    }
}
