//! Randomness as a dependency: the machine's, and a sequence that a seed fixes.

use std::fmt::Debug;
use std::sync::{Mutex, PoisonError};

/// The only source of randomness.
pub trait Entropy: Debug + Send + Sync {
    /// 64 random bits.
    fn bits(&self) -> u64;

    /// A number from 0 to 1, 1 excluded.
    fn unit(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "53 bits are exactly what a float holds")]
        let unit = (self.bits() >> 11) as f64 / (1_u64 << 53) as f64;
        unit
    }
}

/// The machine's randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealEntropy;

impl Entropy for RealEntropy {
    /// Used for spreading load, never for secrets: a machine without randomness gives zeros.
    fn bits(&self) -> u64 {
        getrandom::u64().unwrap_or(0)
    }
}

/// The SplitMix64 sequence of a seed: the same in every run.
#[derive(Debug)]
pub struct SeededEntropy(Mutex<u64>);

impl SeededEntropy {
    /// The sequence of `seed`.
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(seed))
    }
}

impl Entropy for SeededEntropy {
    fn bits(&self) -> u64 {
        let mut seed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *seed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = *seed;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_fixes_the_sequence() {
        let (a, b) = (SeededEntropy::new(3), SeededEntropy::new(3));
        for _ in 0..64 {
            let unit = a.unit();
            assert!((0.0..1.0).contains(&unit));
            assert_eq!(unit.to_bits(), b.unit().to_bits());
        }
    }
}
