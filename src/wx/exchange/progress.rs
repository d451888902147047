//! How far a transfer is, told once for each percent.

use serde_json::{Value, json};

/// Counts the bytes of one body.
#[derive(Debug)]
pub struct Progress {
    /// `None` where nobody said how long the body is.
    total: Option<u64>,
    done: u64,
    told: Option<u64>,
}

impl Progress {
    /// Of a body of this length.
    pub fn of(total: Option<u64>) -> Self {
        Self {
            total,
            done: 0,
            told: None,
        }
    }

    /// Bytes that have passed.
    pub fn done(&self) -> u64 {
        self.done
    }

    /// More bytes have passed: what listeners are told, under the direction's names (`Written` or `Sent`
    /// and `Write` or `Send`); nothing where the percentage is as before.
    pub fn advance(&mut self, bytes: usize, (done, expected): (&str, &str)) -> Option<Value> {
        self.done += bytes as u64;
        // Without a length there is no percentage: every piece is told.
        let percent = match self.total {
            Some(total) => Some((self.done * 100).checked_div(total).unwrap_or(100).min(100)),
            None => None,
        };
        if percent.is_some() && percent == self.told {
            return None;
        }
        self.told = percent;
        Some(json!({
            "progress": percent.unwrap_or(0),
            format!("totalBytes{done}"): self.done,
            format!("totalBytesExpectedTo{expected}"): self.total.unwrap_or(0),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: (&str, &str) = ("Written", "Write");

    #[test]
    fn each_percent_is_told_once() {
        let mut progress = Progress::of(Some(1000));
        let told = |value: Option<Value>| value.map(|value| value["progress"].clone());
        assert_eq!(told(progress.advance(1, NAMES)), Some(json!(0)));
        assert_eq!(told(progress.advance(1, NAMES)), None);
        assert_eq!(told(progress.advance(18, NAMES)), Some(json!(2)));
        let last = progress.advance(980, NAMES).unwrap();
        assert_eq!(
            last,
            json!({ "progress": 100, "totalBytesWritten": 1000, "totalBytesExpectedToWrite": 1000 })
        );
    }

    #[test]
    fn a_body_without_a_length_has_no_percentage() {
        let mut progress = Progress::of(None);
        for done in [5, 10] {
            let told = progress.advance(5, NAMES).unwrap();
            assert_eq!(
                (&told["progress"], &told["totalBytesWritten"]),
                (&json!(0), &json!(done))
            );
        }
    }
}
