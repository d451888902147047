//! Gets one object of a release into `partial/`, going on where an earlier
//! attempt stopped. What comes is cut off at the signed length while it flows.

use super::client::Client;
use super::thresholds::LIMITS;
use crate::package::Digest;
use crate::release::{Object, paths};
use crate::system::{DiskError, DiskFile, Get, HttpError, Open, Response, before};
use backon::{BackoffBuilder, ExponentialBuilder};
use bytes::Bytes;
use futures_util::StreamExt;
use std::path::PathBuf;
use std::time::Duration;

/// Why an object could not be got.
#[derive(Debug, thiserror::Error)]
pub enum DownloadError {
    /// The transfer broke more often than it was tried again. What came is kept for the next time.
    #[error(transparent)]
    Transfer(#[from] HttpError),
    /// The registry does not serve the object.
    #[error("{url}: status {status}")]
    Status {
        /// What was fetched.
        url: String,
        /// The HTTP status.
        status: u16,
    },
    /// A part of the object was asked for, and another part came.
    #[error("{url}: asked for the bytes from {wanted}, got {found:?}")]
    WrongRange {
        /// What was fetched.
        url: String,
        /// The first byte that was asked for.
        wanted: u64,
        /// The range that came, as the registry describes it.
        found: String,
    },
    /// More bytes came than were signed. They are gone.
    #[error("{url}: more than the signed {signed} bytes")]
    TooLong {
        /// What was fetched.
        url: String,
        /// What was signed.
        signed: u64,
    },
    /// Fewer bytes came than were signed.
    #[error("{url}: {found} bytes instead of the signed {signed}")]
    TooShort {
        /// What was fetched.
        url: String,
        /// What was signed.
        signed: u64,
        /// What came.
        found: u64,
    },
    /// Other bytes came than were signed. They are gone.
    #[error("{url}: digest {found} instead of the signed {signed}")]
    Corrupted {
        /// What was fetched.
        url: String,
        /// What was signed.
        signed: Digest,
        /// What came.
        found: Digest,
    },
    /// The disk failed.
    #[error(transparent)]
    Disk(#[from] DiskError),
}

impl DownloadError {
    /// Whether trying again at once may help.
    fn is_transient(&self) -> bool {
        match self {
            Self::Transfer(error) => error.is_transient(),
            Self::Status { status, .. } => *status >= 500 && *status != 503,
            Self::WrongRange { .. } | Self::TooShort { .. } => true,
            _ => false,
        }
    }
}

/// Bytes with the signed length and digest.
#[derive(Debug)]
pub struct Downloaded {
    bytes: Bytes,
    received: u64,
}

impl Downloaded {
    /// The bytes.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// How many bytes came over the network for them.
    pub fn received(&self) -> u64 {
        self.received
    }
}

/// Who is told how many bytes are there.
pub type Meter<'a> = &'a (dyn Fn(u64) + Send + Sync);

/// Gets `object`. `meter` hears of every hundredth of it.
///
/// # Errors
/// See [`DownloadError`].
pub async fn download(client: &Client, object: Object, meter: Meter<'_>) -> Result<Downloaded, DownloadError> {
    let mut transfer = Transfer::new(client, object, meter);
    let mut delays = ExponentialBuilder::default()
        .with_min_delay(Duration::from_millis(500))
        .with_max_delay(Duration::from_secs(10))
        .with_max_times(LIMITS.retries)
        .build();
    loop {
        let failed = match transfer.run().await {
            Ok(bytes) => {
                return Ok(Downloaded {
                    bytes,
                    received: transfer.received,
                });
            }
            Err(error) => error,
        };
        let Some(delay) = delays.next().filter(|_| failed.is_transient()) else {
            return Err(failed);
        };
        tracing::debug!(error = %failed, "the transfer is tried again");
        // Between half and all of the delay, so that devices that failed together do not come back together.
        let wait_ms = delay.as_secs_f64() * 1000.0 * (0.5 + client.entropy.unit() / 2.0);
        // The device's time, in which a pause can be passed over; how long a server may take is measured in its own.
        client.device.clock().pause_until(client.now_ms() + wait_ms).await;
    }
}

struct Transfer<'a> {
    client: &'a Client,
    object: Object,
    url: String,
    path: PathBuf,
    deadline: f64,
    received: u64,
    meter: Meter<'a>,
    told: u64,
}

impl<'a> Transfer<'a> {
    fn new(client: &'a Client, object: Object, meter: Meter<'a>) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "a constant of minutes")]
        let deadline = client.waits().now_ms() + LIMITS.transfer_ms as f64;
        Self {
            client,
            object,
            url: client.url(&paths::object(&client.app, &object.digest)),
            path: client.device.partials().join(object.digest.to_hex()),
            deadline,
            received: 0,
            meter,
            told: 0,
        }
    }

    fn tell(&mut self, have: u64) {
        let hundredth = have * 100 / self.object.length.max(1);
        if std::mem::replace(&mut self.told, hundredth) != hundredth {
            (self.meter)(have);
        }
    }

    fn tag_path(&self) -> PathBuf {
        self.path.with_extension("etag")
    }

    /// One attempt: resumes what is there, or begins.
    async fn run(&mut self) -> Result<Bytes, DownloadError> {
        let have = self.resumable()?;
        if have < self.object.length {
            self.fetch(have).await?;
        }
        match self.finish() {
            // What an earlier attempt or process left behind may be torn: once more, from the start.
            Err(DownloadError::Corrupted { .. }) if have > 0 => {
                self.fetch(0).await?;
                self.finish()
            }
            finished => finished,
        }
    }

    /// How many bytes of an earlier attempt can be kept.
    fn resumable(&self) -> Result<u64, DownloadError> {
        let disk = self.client.device.disk();
        let have = disk.metadata(&self.path)?.map_or(0, |entry| entry.len);
        let tagged = disk.metadata(&self.tag_path())?.is_some();
        Ok(if have <= self.object.length && tagged { have } else { 0 })
    }

    async fn fetch(&mut self, have: u64) -> Result<(), DownloadError> {
        let disk = self.client.device.disk();
        let mut request = Get::new(&self.url);
        if have > 0 {
            let tag = String::from_utf8_lossy(&disk.read(&self.tag_path())?).into_owned();
            request = request
                .header("range", format!("bytes={have}-"))
                .header("if-range", tag);
        }
        let http = std::sync::Arc::clone(&self.client.http);
        let response = self.wait(http.get(request)).await??;
        let start = self.start_of(&response, have)?;
        let file = disk.open(&self.path, if start == 0 { Open::Truncate } else { Open::Keep })?;
        if start == 0 {
            match response.header("etag") {
                // A weak tag does not promise the same bytes.
                Some(tag) if !tag.starts_with("W/") => disk.write(&self.tag_path(), tag.as_bytes())?,
                _ => disk.remove(&self.tag_path())?,
            }
        }
        self.receive(response, file.as_ref(), start).await
    }

    /// Where in the object the answer begins.
    fn start_of(&self, response: &Response, have: u64) -> Result<u64, DownloadError> {
        match response.status {
            // The server ignores ranges, or the object is another one now.
            200 => Ok(0),
            // 416: the object there has no such bytes, and is not the signed one.
            206 | 416 => {
                let found = response.header("content-range").unwrap_or_default().to_owned();
                let wanted = format!("bytes {have}-{}/{}", self.object.length - 1, self.object.length);
                if response.status == 206 && have > 0 && found == wanted {
                    return Ok(have);
                }
                self.discard()?;
                Err(DownloadError::WrongRange {
                    url: self.url.clone(),
                    wanted: have,
                    found,
                })
            }
            status => Err(DownloadError::Status {
                url: self.url.clone(),
                status,
            }),
        }
    }

    async fn receive(&mut self, mut response: Response, file: &dyn DiskFile, start: u64) -> Result<(), DownloadError> {
        let mut have = start;
        while let Some(chunk) = self.wait(response.body.next()).await? {
            let chunk = chunk?;
            self.received += chunk.len() as u64;
            if have + chunk.len() as u64 > self.object.length {
                self.discard()?;
                return Err(DownloadError::TooLong {
                    url: self.url.clone(),
                    signed: self.object.length,
                });
            }
            file.write_at(have, &chunk)
                .map_err(|e| DiskError::new("write", &self.path, e))?;
            have += chunk.len() as u64;
            self.tell(have);
        }
        if have < self.object.length {
            return Err(DownloadError::TooShort {
                url: self.url.clone(),
                signed: self.object.length,
                found: have,
            });
        }
        Ok(())
    }

    /// Waits for the network, but neither too long at once nor in all.
    async fn wait<T>(&self, work: impl Future<Output = T>) -> Result<T, DownloadError> {
        let waits = self.client.waits();
        #[expect(clippy::cast_precision_loss, reason = "a constant of seconds")]
        let idle = waits.now_ms() + LIMITS.idle_ms as f64;
        let (until, after_ms) = if self.deadline < idle {
            (self.deadline, LIMITS.transfer_ms)
        } else {
            (idle, LIMITS.idle_ms)
        };
        let done = before(waits.as_ref(), until, work).await;
        done.ok_or_else(|| {
            DownloadError::Transfer(HttpError::TimedOut {
                url: self.url.clone(),
                after_ms,
            })
        })
    }

    /// The whole object, if it is the signed one.
    fn finish(&self) -> Result<Bytes, DownloadError> {
        let bytes = Bytes::from(self.client.device.disk().read(&self.path)?);
        let found = Digest::of(&bytes);
        if found == self.object.digest {
            return Ok(bytes);
        }
        self.discard()?;
        Err(DownloadError::Corrupted {
            url: self.url.clone(),
            signed: self.object.digest,
            found,
        })
    }

    fn discard(&self) -> Result<(), DownloadError> {
        let disk = self.client.device.disk();
        disk.remove(&self.path)?;
        Ok(disk.remove(&self.tag_path())?)
    }
}

#[cfg(test)]
#[path = "download_tests.rs"]
mod tests;
