//! A server that lies on the wire, below what the fakes of the network can say: lengths and redirections.

use minirun::package::{AppId, CodePackage as _, SourcePackage};
use minirun::registry::{InProcess, Publication, Store, publish};
use minirun::release::SecretKey;
use minirun::system::{Get, Http, RealClock, RealDisk, RealHttp, SeededEntropy};
use minirun::update::{Client, Device, UpdateEvent, Updater};
use std::collections::VecDeque;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// What the next answer with a package does.
#[derive(Debug, Clone, Copy)]
enum Lie {
    /// The head promises more bytes than come.
    TooLong,
    /// The head promises fewer bytes than there are.
    TooShort,
    /// It sends the device to the same address.
    RedirectLoop,
}

type Lies = Arc<Mutex<VecDeque<Lie>>>;

struct Bench {
    store: Store,
    lies: Lies,
    url: String,
    dir: tempfile::TempDir,
}

impl Bench {
    /// 1.0.0 is installed, 2.0.0 is published, and the lies come with its package.
    async fn new(lies: &[Lie]) -> Self {
        let store = Store::in_memory();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let bench = Self {
            store: store.clone(),
            lies: Lies::default(),
            url,
            dir: tempfile::tempdir().unwrap(),
        };
        tokio::spawn(accept(listener, InProcess::new(store), Arc::clone(&bench.lies)));
        bench.publish("1.0.0").await;
        assert_eq!(bench.session().await.0, "1.0.0");
        bench.publish("2.0.0").await;
        bench.lies.lock().unwrap().extend(lies);
        bench
    }

    async fn publish(&self, version: &str) {
        let source = SourcePackage::open([
            ("app.json", bytes::Bytes::from_static(br#"{"pages":["a"]}"#)),
            ("app.js", bytes::Bytes::from(format!("App({{ version: '{version}' }})"))),
            ("a.js", bytes::Bytes::from_static(b"Page({})")),
        ]);
        let what = Publication::new(app(), version.parse().unwrap(), 1_800_000_000_000);
        let key = SecretKey::from_seed(&[7; 32]);
        publish(&self.store, &source.unwrap(), &what, &key).await.unwrap();
    }

    /// A start and the work beside it: what ran, and what was told.
    async fn session(&self) -> (String, Vec<UpdateEvent>) {
        let updater = Updater::new(Client {
            device: Device::open(self.dir.path(), Arc::new(RealClock), Arc::new(RealDisk)).unwrap(),
            http: Arc::new(RealHttp::new().unwrap()),
            entropy: Arc::new(SeededEntropy::new(1)),
            registry: self.url.clone(),
            app: app(),
            user: "user1".to_owned(),
            base_library: None,
            root: None,
        });
        let told = Mutex::new(Vec::new());
        let tell = |event| told.lock().unwrap().push(event);
        let start = updater.cold_start(&tell).await.unwrap();
        let code = start.package.files().read("app.js").unwrap();
        assert!(String::from_utf8_lossy(code).contains(start.version.as_str()));
        updater.confirm().unwrap();
        updater.background(start.background, &tell).await;
        (start.version.to_string(), told.into_inner().unwrap())
    }
}

fn app() -> AppId {
    AppId::parse("wxhostile").unwrap()
}

async fn accept(listener: TcpListener, registry: InProcess, lies: Lies) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(answer(stream, registry.clone(), Arc::clone(&lies)));
    }
}

/// One request, one answer, and the connection is closed.
async fn answer(mut stream: TcpStream, registry: InProcess, lies: Lies) -> Option<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8(head).ok()?;
    let mut lines = head.lines();
    let path = lines.next()?.split(' ').nth(1)?.to_owned();
    let headers = lines.filter_map(|line| line.split_once(": "));
    let get = headers.fold(Get::new(format!("{}{path}", InProcess::URL)), |get, (name, value)| {
        get.header(name, value)
    });
    let response = registry.get(get).await.ok()?;
    let (status, headers) = (response.status, response.headers.clone());
    let body = response.collect(u64::MAX).await.ok()?;
    let lie = path
        .contains("/packages/")
        .then(|| lies.lock().unwrap().pop_front())
        .flatten();
    let length = match lie {
        Some(Lie::TooLong) => body.len() + 1000,
        Some(Lie::TooShort) => body.len() / 2,
        _ => body.len(),
    };
    let mut text = format!("HTTP/1.1 {status} OK\r\ncontent-length: {length}\r\nconnection: close\r\n");
    if let Some(Lie::RedirectLoop) = lie {
        text = format!("HTTP/1.1 302 Found\r\nlocation: {path}\r\ncontent-length: 0\r\nconnection: close\r\n");
    }
    for (name, value) in headers
        .iter()
        .filter(|(name, _)| !name.eq_ignore_ascii_case("content-length"))
    {
        write!(text, "{name}: {value}\r\n").ok()?;
    }
    stream.write_all(text.as_bytes()).await.ok()?;
    stream.write_all(b"\r\n").await.ok()?;
    stream.write_all(&body).await.ok()?;
    stream.shutdown().await.ok()
}

#[tokio::test]
async fn wrong_content_length_does_not_decide_the_digest_does() {
    for lie in [Lie::TooLong, Lie::TooShort] {
        let bench = Bench::new(&[lie]).await;
        let (ran, told) = bench.session().await;
        assert_eq!(ran, "1.0.0");
        assert!(
            matches!(told.last(), Some(UpdateEvent::Ready { .. })),
            "{lie:?}: {told:?}"
        );
        assert_eq!(bench.session().await.0, "2.0.0", "{lie:?}");
    }
}

#[tokio::test]
async fn redirect_loop_ends_and_the_installed_version_runs() {
    let bench = Bench::new(&[Lie::RedirectLoop; 20]).await;
    let (ran, told) = bench.session().await;
    assert_eq!(ran, "1.0.0");
    let Some(UpdateEvent::Failed { reason, .. }) = told.last() else {
        panic!("{told:?}")
    };
    assert!(reason.contains("too many redirections"), "{reason}");
    bench.lies.lock().unwrap().clear();
    bench.session().await;
    assert_eq!(bench.session().await.0, "2.0.0");
}
