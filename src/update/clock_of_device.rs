//! How far a device's clock is ahead of the machine's: time that somebody lets
//! pass on the device, so that what the policy does after days can be seen at once.
//!
//! The records stay as they are; only the clock is another. So everything that
//! looks at it, the app's own included, sees the same time pass.

use super::device::{DeviceError, lock, must_exist};
use crate::system::Disk;
use std::path::Path;

/// The file with the milliseconds, as decimal text.
pub(super) const FILE: &str = "clock";

/// Milliseconds that the clock of the device at `dir` is ahead of the machine's.
/// 0 where nobody has moved it, or the file makes no sense.
pub fn clock_ahead_ms(dir: &Path, disk: &dyn Disk) -> f64 {
    let text = disk.read(&dir.join(FILE)).unwrap_or_default();
    let ahead = String::from_utf8_lossy(&text).trim().parse::<f64>();
    ahead.ok().filter(|ahead| ahead.is_finite()).unwrap_or_default()
}

/// Moves the clock by `by_ms` from where it is; gives how far it is ahead now.
///
/// # Errors
/// When `dir` is no device, another process uses it, or the disk fails.
pub fn advance_clock(dir: &Path, disk: &dyn Disk, by_ms: f64) -> Result<f64, DeviceError> {
    set(dir, disk, |ahead| ahead + by_ms)
}

/// Sets the clock to the machine's again.
///
/// # Errors
/// As [`advance_clock`].
pub fn reset_clock(dir: &Path, disk: &dyn Disk) -> Result<(), DeviceError> {
    set(dir, disk, |_| 0.0).map(|_| ())
}

fn set(dir: &Path, disk: &dyn Disk, to: impl FnOnce(f64) -> f64) -> Result<f64, DeviceError> {
    must_exist(dir, disk)?;
    let _lock = lock(dir, disk)?;
    let ahead = to(clock_ahead_ms(dir, disk));
    disk.write_atomic(&dir.join(FILE), ahead.to_string().as_bytes())?;
    Ok(ahead)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::{RealClock, RealDisk};
    use crate::update::Device;
    use std::sync::Arc;

    #[test]
    fn time_that_was_let_pass_adds_up_until_the_clock_is_set_again() {
        let dir = tempfile::tempdir().unwrap();
        let dir = dir.path();
        assert!(matches!(
            advance_clock(dir, &RealDisk, 1.0),
            Err(DeviceError::NotADevice { .. })
        ));
        let device = Device::open(dir, Arc::new(RealClock), Arc::new(RealDisk)).unwrap();
        assert!(matches!(
            advance_clock(dir, &RealDisk, 1.0),
            Err(DeviceError::InUse { .. })
        ));
        drop(device);
        assert_eq!(clock_ahead_ms(dir, &RealDisk), 0.0);
        advance_clock(dir, &RealDisk, 60_000.0).unwrap();
        assert_eq!(advance_clock(dir, &RealDisk, 0.5).unwrap(), 60_000.5);
        assert_eq!(clock_ahead_ms(dir, &RealDisk), 60_000.5);
        reset_clock(dir, &RealDisk).unwrap();
        assert_eq!(clock_ahead_ms(dir, &RealDisk), 0.0);
        for nonsense in ["", "NaN", "inf", "soon"] {
            RealDisk.write(&dir.join(FILE), nonsense.as_bytes()).unwrap();
            assert_eq!(clock_ahead_ms(dir, &RealDisk), 0.0, "{nonsense}");
        }
    }
}
