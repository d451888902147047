//! What the network of the device is like: there or not, slow, losing requests.

use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Notify;

/// The conditions that every transfer of a device meets.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct NetworkConditions {
    /// There is no network at all.
    pub offline: bool,
    /// Milliseconds that pass before an answer begins.
    pub latency_ms: f64,
    /// Bytes a second at which bodies arrive; `None` for as fast as they come.
    pub rate: Option<f64>,
    /// Share of the transfers that fail, from 0 to 1.
    pub drop: f64,
}

/// What happens to one transfer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Passage {
    /// There is no network.
    Offline,
    /// The connection breaks after the latency.
    Dropped,
    /// It goes through.
    Open,
}

/// A description of conditions that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("network condition `{part}`: {expected}")]
pub struct NetworkParseError {
    part: String,
    expected: &'static str,
}

impl NetworkConditions {
    /// A device without network.
    pub const OFFLINE: Self = Self {
        offline: true,
        latency_ms: 0.0,
        rate: None,
        drop: 0.0,
    };

    /// What happens to a transfer, for a `roll` between 0 and 1 (1 excluded).
    pub fn passage(&self, roll: f64) -> Passage {
        if self.offline {
            Passage::Offline
        } else if roll < self.drop {
            Passage::Dropped
        } else {
            Passage::Open
        }
    }

    /// Milliseconds that `bytes` bytes take to arrive.
    pub fn transfer_ms(&self, bytes: usize) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a body of 2^52 bytes does not come")]
        self.rate.map_or(0.0, |rate| bytes as f64 * 1000.0 / rate)
    }
}

impl FromStr for NetworkConditions {
    type Err = NetworkParseError;

    /// Reads `online`, `offline`, or any of `latency=300ms`, `rate=50KB/s` and `drop=0.1`, parted by commas.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut conditions = Self::default();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let fault = |expected| NetworkParseError {
                part: part.to_owned(),
                expected,
            };
            match part.split_once('=').unwrap_or((part, "")) {
                ("online", "") => conditions.offline = false,
                ("offline", "") => conditions.offline = true,
                ("latency", value) => {
                    conditions.latency_ms = duration_ms(value).ok_or_else(|| fault("expected a time such as 300ms"))?;
                }
                ("rate", value) => {
                    conditions.rate = Some(rate(value).ok_or_else(|| fault("expected a speed such as 50KB/s"))?);
                }
                ("drop", value) => {
                    let share = value.parse().ok().filter(|share| (0.0..=1.0).contains(share));
                    conditions.drop = share.ok_or_else(|| fault("expected a share between 0 and 1"))?;
                }
                _ => return Err(fault("expected online, offline, latency=, rate= or drop=")),
            }
        }
        Ok(conditions)
    }
}

/// `300ms`, `2s` or a bare number of milliseconds.
fn duration_ms(text: &str) -> Option<f64> {
    let (number, factor) = match text.strip_suffix("ms") {
        Some(number) => (number, 1.0),
        None => text.strip_suffix('s').map_or((text, 1.0), |number| (number, 1000.0)),
    };
    positive(number, 0.0).map(|value| value * factor)
}

/// `50KB/s`, `1MB/s` or a bare number of bytes a second.
fn rate(text: &str) -> Option<f64> {
    let text = text.strip_suffix("/s").unwrap_or(text);
    let units = [("KB", 1024.0), ("MB", 1024.0 * 1024.0), ("B", 1.0)];
    let (number, factor) = units
        .iter()
        .find_map(|(unit, factor)| Some((text.strip_suffix(unit)?, *factor)))
        .unwrap_or((text, 1.0));
    positive(number, f64::MIN_POSITIVE).map(|value| value * factor)
}

fn positive(text: &str, least: f64) -> Option<f64> {
    text.trim()
        .parse()
        .ok()
        .filter(|value: &f64| value.is_finite() && *value >= least)
}

/// The device's network, as whoever sends and whoever changes the conditions share it.
///
/// Which transfers are dropped follows from the seed, so that two runs lose the same ones.
#[derive(Debug, Clone)]
pub struct Network {
    state: Arc<Mutex<State>>,
    changed: Arc<Notify>,
}

#[derive(Debug)]
struct State {
    conditions: NetworkConditions,
    seed: u64,
}

impl Network {
    /// A network with these conditions.
    pub fn new(conditions: NetworkConditions, seed: u64) -> Self {
        Self {
            state: Arc::new(Mutex::new(State { conditions, seed })),
            changed: Arc::default(),
        }
    }

    /// The conditions now.
    pub fn conditions(&self) -> NetworkConditions {
        self.lock().conditions
    }

    /// Begins the sequence of another seed.
    pub fn seed(&self, seed: u64) {
        self.lock().seed = seed;
    }

    /// Changes the conditions for every transfer that begins from now on.
    pub fn set(&self, conditions: NetworkConditions) {
        self.lock().conditions = conditions;
        self.changed.notify_waiters();
    }

    /// Returns when there is a network.
    pub async fn online(&self) {
        self.until(|conditions| !conditions.offline).await;
    }

    /// Returns when there is no network.
    pub async fn lost(&self) {
        self.until(|conditions| conditions.offline).await;
    }

    async fn until(&self, wanted: impl Fn(NetworkConditions) -> bool) {
        loop {
            let changed = self.changed.notified();
            tokio::pin!(changed);
            // Registered before the conditions are read, so that a change in between is not missed.
            changed.as_mut().enable();
            if wanted(self.conditions()) {
                return;
            }
            changed.await;
        }
    }

    /// What happens to the next transfer.
    pub fn next_passage(&self) -> Passage {
        let mut state = self.lock();
        let roll = roll(&mut state.seed);
        state.conditions.passage(roll)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Network {
    fn default() -> Self {
        Self::new(NetworkConditions::default(), 1)
    }
}

/// The next number between 0 and 1 of the SplitMix64 sequence.
fn roll(seed: &mut u64) -> f64 {
    *seed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut bits = *seed;
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^= bits >> 31;
    #[expect(clippy::cast_precision_loss, reason = "53 bits are exactly what a float holds")]
    let unit = (bits >> 11) as f64 / (1_u64 << 53) as f64;
    unit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_are_read() {
        let slow = NetworkConditions {
            latency_ms: 300.0,
            rate: Some(51200.0),
            drop: 0.1,
            ..NetworkConditions::default()
        };
        for (text, expected) in [
            ("", NetworkConditions::default()),
            ("online", NetworkConditions::default()),
            ("offline", NetworkConditions::OFFLINE),
            ("latency=300ms,rate=50KB/s,drop=0.1", slow),
            ("latency=0.3s, rate=51200, drop=0.1", slow),
        ] {
            assert_eq!(text.parse(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn a_description_that_cannot_be_read_names_its_part() {
        for (text, part) in [
            ("fast", "fast"),
            ("latency=soon", "latency=soon"),
            ("offline,rate=0", "rate=0"),
            ("drop=2", "drop=2"),
            ("online=1", "online=1"),
        ] {
            let fault = text.parse::<NetworkConditions>().unwrap_err();
            assert_eq!(fault.part, part, "{text}");
        }
    }

    #[test]
    fn the_same_seed_drops_the_same_transfers() {
        let lossy = NetworkConditions {
            drop: 0.5,
            ..NetworkConditions::default()
        };
        let fates = |seed| {
            let network = Network::new(lossy, seed);
            (0..32).map(|_| network.next_passage()).collect::<Vec<_>>()
        };
        assert_eq!(fates(7), fates(7));
        assert!(fates(7).contains(&Passage::Dropped) && fates(7).contains(&Passage::Open));
    }

    #[test]
    fn a_slow_network_takes_time_for_each_byte() {
        let conditions: NetworkConditions = "rate=1KB/s".parse().unwrap();
        assert!((conditions.transfer_ms(2048) - 2000.0).abs() < f64::EPSILON);
        assert!(NetworkConditions::default().transfer_ms(2048).abs() < f64::EPSILON);
    }
}
