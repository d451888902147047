//! Transfers that break, each test named after the fault.

use super::*;
use crate::system::{
    CrashDisk, Disk, Failure, FaultyHttp, MemoryHttp, NetFault, RealDisk, SeededEntropy, VirtualClock,
};
use crate::update::Device;
use crate::update::testing::{BASE, T0, app, url};
use std::sync::Arc;

struct Bench {
    dir: tempfile::TempDir,
    memory: Arc<MemoryHttp>,
    net: FaultyHttp,
    clock: VirtualClock,
    object: Object,
    body: Vec<u8>,
}

impl Bench {
    fn new() -> Self {
        let body: Vec<u8> = (0..25_000_u32).flat_map(u32::to_le_bytes).collect();
        let memory = Arc::new(MemoryHttp::default());
        let object = Object {
            digest: Digest::of(&body),
            length: body.len() as u64,
        };
        memory.put(&url(&paths::object(&app(), &object.digest)), body.clone());
        Self {
            dir: tempfile::tempdir().unwrap(),
            net: FaultyHttp::new(memory.clone()),
            memory,
            clock: VirtualClock::new(T0),
            object,
            body,
        }
    }

    fn faults(self, faults: impl IntoIterator<Item = NetFault>) -> Self {
        self.net.plan("packages", faults);
        self
    }

    fn client_on(&self, disk: Arc<dyn Disk>) -> Client {
        Client {
            device: Device::open(self.dir.path(), Arc::new(self.clock.clone()), disk).unwrap(),
            http: Arc::new(self.net.clone()),
            entropy: Arc::new(SeededEntropy::new(1)),
            registry: BASE.to_owned(),
            app: app(),
            user: "u".to_owned(),
            base_library: None,
            root: None,
        }
    }

    async fn run(&self) -> Result<Downloaded, DownloadError> {
        let client = self.client_on(Arc::new(RealDisk));
        crate::update::testing::run_clock(&self.clock, download(&client, self.object, &|_| ())).await
    }

    /// The download works out in the end, and these were the ranges that it asked for.
    async fn works(&self, ranges: &[Option<&str>]) -> Downloaded {
        let done = self.run().await.unwrap();
        assert_eq!(done.bytes(), &self.body);
        let asked = self.memory.requests();
        let asked: Vec<_> = asked.iter().map(|request| request.get("range")).collect();
        assert_eq!(asked, ranges);
        done
    }

    fn partial(&self) -> std::path::PathBuf {
        self.dir.path().join("partial").join(self.object.digest.to_hex())
    }
}

#[tokio::test]
async fn reset_at_byte_k_is_resumed_from_there() {
    for k in [1, 1024, 99_999] {
        let bench = Bench::new().faults([NetFault::ResetAt(k)]);
        let range = format!("bytes={k}-");
        let done = bench.works(&[None, Some(&range)]).await;
        assert_eq!(done.received(), bench.object.length, "at {k}");
    }
}

#[tokio::test]
async fn truncated_body_is_completed_or_refused() {
    let bench = Bench::new().faults([NetFault::CutAt(5000)]);
    bench.works(&[None, Some("bytes=5000-")]).await;
    let bench = Bench::new().faults(vec![NetFault::CutAt(0); 9]);
    let error = bench.run().await.unwrap_err();
    assert!(matches!(error, DownloadError::TooShort { found: 0, .. }), "{error}");
}

#[tokio::test]
async fn oversized_body_is_refused_and_gone() {
    for fault in [NetFault::Append(b"!".to_vec()), NetFault::Endless] {
        let bench = Bench::new().faults([fault]);
        let error = bench.run().await.unwrap_err();
        assert!(
            matches!(error, DownloadError::TooLong { signed: 100_000, .. }),
            "{error}"
        );
        assert_eq!(RealDisk.metadata(&bench.partial()).unwrap(), None);
    }
}

#[tokio::test]
async fn corrupted_body_is_refused_and_gone() {
    let bench = Bench::new().faults([NetFault::Flip(7)]);
    let error = bench.run().await.unwrap_err();
    assert!(matches!(error, DownloadError::Corrupted { .. }), "{error}");
    assert_eq!(RealDisk.metadata(&bench.partial()).unwrap(), None);
}

#[tokio::test]
async fn server_ignores_range_and_the_download_begins_anew() {
    let bench = Bench::new().faults([NetFault::ResetAt(3000), NetFault::IgnoreRange]);
    let done = bench.works(&[None, None]).await;
    assert_eq!(done.received(), bench.object.length + 3000);
}

#[tokio::test]
async fn wrong_offset_is_refused_and_the_download_begins_anew() {
    let bench = Bench::new().faults([NetFault::ResetAt(3000), NetFault::WrongOffset]);
    bench.works(&[None, Some("bytes=3000-"), None]).await;
}

#[tokio::test]
async fn object_changed_mid_resume_is_not_mixed() {
    let bench = Bench::new().faults(vec![NetFault::ResetAt(3000); 9]);
    assert!(bench.run().await.is_err());
    let changed = vec![b'?'; bench.body.len()];
    let address = url(&paths::object(&app(), &bench.object.digest));
    bench.memory.put(&address, changed);
    let calm = Bench {
        net: FaultyHttp::new(bench.memory.clone()),
        ..bench
    };
    // If-Range does not match, so the other object comes whole, and is not the signed one.
    assert!(matches!(calm.run().await.unwrap_err(), DownloadError::Corrupted { .. }));
    calm.memory.put(&address, calm.body.clone());
    assert_eq!(calm.run().await.unwrap().bytes(), &calm.body);
}

#[tokio::test]
async fn a_torn_partial_file_of_a_crash_is_fetched_anew() {
    let bench = Bench::new().faults(vec![NetFault::ResetAt(3000); 9]);
    assert!(bench.run().await.is_err());
    let mut torn = RealDisk.read(&bench.partial()).unwrap();
    torn[100..200].fill(0);
    RealDisk.write(&bench.partial(), &torn).unwrap();
    let calm = Bench {
        net: FaultyHttp::new(bench.memory.clone()),
        ..bench
    };
    assert_eq!(calm.run().await.unwrap().bytes(), &calm.body);
}

#[tokio::test]
async fn a_partial_file_that_is_whole_needs_no_network() {
    let bench = Bench::new();
    drop(bench.client_on(Arc::new(RealDisk)));
    RealDisk.write(&bench.partial(), &bench.body).unwrap();
    RealDisk
        .write(&bench.partial().with_extension("etag"), b"\"x\"")
        .unwrap();
    assert_eq!(bench.works(&[]).await.received(), 0);
}

#[tokio::test]
async fn stall_ends_after_the_idle_time_and_is_tried_again() {
    let bench = Bench::new().faults([NetFault::Stall]);
    bench.works(&[None, None]).await;
    let bench = Bench::new().faults(vec![NetFault::Stall; 9]);
    let error = bench.run().await.unwrap_err().to_string();
    assert!(error.ends_with("no answer within 15000 ms"), "{error}");
}

#[tokio::test]
async fn slow_drip_ends_at_the_total_deadline() {
    let bench = Bench::new();
    let slow = crate::system::Network::new("rate=100B/s".parse().unwrap(), 1);
    let mut client = bench.client_on(Arc::new(RealDisk));
    client.http = Arc::new(crate::system::ShapedHttp::new(
        client.http,
        slow,
        Arc::new(bench.clock.clone()),
    ));
    let done = crate::update::testing::run_clock(&bench.clock, download(&client, bench.object, &|_| ())).await;
    assert!(matches!(
        done,
        Err(DownloadError::Transfer(HttpError::TimedOut { after_ms: 600_000, .. }))
    ));
}

#[tokio::test]
async fn missing_object_is_not_asked_for_again() {
    let bench = Bench::new();
    bench.memory.remove(&url(&paths::object(&app(), &bench.object.digest)));
    assert!(matches!(
        bench.run().await,
        Err(DownloadError::Status { status: 404, .. })
    ));
    assert_eq!(bench.memory.requests().len(), 1);
}

#[tokio::test]
async fn server_error_is_tried_again() {
    let bench = Bench::new().faults([NetFault::Status(500, Vec::new()), NetFault::Status(502, Vec::new())]);
    bench.works(&[None]).await;
}

#[tokio::test]
async fn full_disk_at_each_write_is_an_error_that_names_the_file() {
    let bench = Bench::new();
    for nth in 0.. {
        let disk = CrashDisk::sound();
        let client = bench.client_on(Arc::new(disk.clone()));
        disk.fail_after(nth, Failure::Full);
        let done = download(&client, bench.object, &|_| ()).await;
        if !disk.has_failed() {
            assert_eq!(done.unwrap().bytes(), &bench.body);
            break;
        }
        let error = done.unwrap_err();
        assert!(matches!(error, DownloadError::Disk(_)), "{nth}: {error}");
        assert!(
            error.to_string().contains(&bench.object.digest.to_hex()),
            "{nth}: {error}"
        );
    }
}
