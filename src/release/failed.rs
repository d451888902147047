//! How a device tells the registry, with its next check, which releases failed to start on it: a header of the request
//! names them, and the same header of the answer says that they were noted. Until then the device says it again. A plain
//! file server ignores the header.

use super::manifest::ReleaseId;

/// The header's name.
pub const FAILED_HEADER: &str = "minirun-failed-releases";
/// The most that one request names.
const MOST: usize = 16;

/// The header's value: the latest of `releases`, as decimal numbers with commas between them.
pub fn write_failed(releases: impl DoubleEndedIterator<Item = ReleaseId>) -> String {
    let latest = releases.rev().take(MOST).map(|release| release.to_string());
    latest.collect::<Vec<_>>().join(",")
}

/// The releases that a header's value names; what is no number is left out.
pub fn read_failed(value: &str) -> Vec<ReleaseId> {
    let numbers = value.split(',').take(MOST).filter_map(|text| text.trim().parse().ok());
    numbers.map(ReleaseId).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_the_rest_is_left_out() {
        let releases = [3, 7].map(ReleaseId);
        assert_eq!(write_failed(releases.into_iter()), "7,3");
        assert_eq!(read_failed(" 7, 3,x,-1,,"), [ReleaseId(7), ReleaseId(3)]);
        assert_eq!(read_failed(&write_failed((0..99).map(ReleaseId))).len(), MOST);
    }
}
