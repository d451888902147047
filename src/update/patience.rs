//! What an answer with `Retry-After` asks for.

use super::client::Client;
use super::device::DeviceError;
use super::thresholds::LIMITS;
use crate::system::Response;
use std::time::UNIX_EPOCH;

/// Remembers how long the registry does not want to be asked, if the answer says so.
///
/// # Errors
/// When the device fails.
pub(super) fn remember(client: &Client, response: &Response) -> Result<(), DeviceError> {
    let header = |name| response.header(name);
    let Some(wait) = wait_ms(header("retry-after"), header("date"), client.now_ms()) else {
        return Ok(());
    };
    let until = client.now_ms() + wait;
    client.change(|state| state.not_before_ms = Some(until))
}

/// The wait in milliseconds, at most [`super::thresholds::Limits::longest_patience_ms`]. A date
/// is compared with the server's own clock where the answer tells it, so that
/// a device whose clock is wrong waits as long as any other.
fn wait_ms(retry_after: Option<&str>, date: Option<&str>, now_ms: f64) -> Option<f64> {
    let text = retry_after?.trim();
    let wait = match text.parse::<f64>() {
        Ok(seconds) => seconds * 1000.0,
        Err(_) => instant_ms(text)? - date.and_then(instant_ms).unwrap_or(now_ms),
    };
    #[expect(clippy::cast_precision_loss, reason = "a constant of hours")]
    let longest = LIMITS.longest_patience_ms as f64;
    (wait > 0.0).then(|| wait.min(longest))
}

/// An HTTP date as milliseconds since 1970; a date before that is long over.
fn instant_ms(text: &str) -> Option<f64> {
    let date = httpdate::parse_http_date(text.trim()).ok()?;
    Some(
        date.duration_since(UNIX_EPOCH)
            .map_or(0.0, |d| d.as_secs_f64() * 1000.0),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fri, 15 Jan 2027 08:00:00 GMT.
    const NOW: f64 = 1_800_000_000_000.0;
    const DAY: f64 = 24.0 * 3_600_000.0;

    #[test]
    fn retry_after_is_seconds_or_a_date_and_a_day_at_most() {
        let server = Some("Fri, 15 Jan 2027 08:00:00 GMT");
        for (text, date, expected) in [
            ("120", None, Some(120_000.0)),
            (" 1.5 ", None, Some(1500.0)),
            ("1000000000", None, Some(DAY)),
            ("0", None, None),
            ("-5", None, None),
            ("NaN", None, None),
            ("soon", None, None),
            ("Fri, 15 Jan 2027 08:01:00 GMT", None, Some(60_000.0)),
            ("Friday, 15-Jan-27 08:01:00 GMT", None, Some(60_000.0)),
            ("Fri, 15 Jan 2027 07:59:00 GMT", None, None),
            ("Sat, 15 Jan 2033 08:00:00 GMT", None, Some(DAY)),
            // The server's clock is what its date is meant by.
            ("Fri, 15 Jan 2027 08:01:00 GMT", server, Some(60_000.0)),
            (
                "Fri, 15 Jan 2027 08:01:00 GMT",
                Some("Fri, 15 Jan 2027 08:00:50 GMT"),
                Some(10_000.0),
            ),
            ("Fri, 15 Jan 2027 08:01:00 GMT", Some("no date"), Some(60_000.0)),
        ] {
            assert_eq!(wait_ms(Some(text), date, NOW), expected, "{text}");
        }
        assert_eq!(wait_ms(None, server, NOW), None);
    }
}
