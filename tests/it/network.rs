//! Answers from files, recordings, and the domains that an app may reach, as the command line has them.

use crate::program::{Dir, setup};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;

/// Serves `count` requests, each with its path as JSON, and says where.
fn server(count: usize) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming().take(count) {
            let mut stream = stream.unwrap();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let (mut first, mut line, mut length) = (String::new(), String::new(), 0);
            reader.read_line(&mut first).unwrap();
            while reader.read_line(&mut line).unwrap() > 2 {
                if let Some((_, value)) = line.split_once(": ").filter(|(name, _)| *name == "content-length") {
                    length = value.trim().parse().unwrap();
                }
                line.clear();
            }
            reader.read_exact(&mut vec![0; length]).unwrap();
            let body = json!({ "path": first.split(' ').nth(1) }).to_string();
            let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: ";
            write!(stream, "{head}{}\r\n\r\n{body}", body.len()).unwrap();
        }
    });
    url
}

/// An app that asks for these paths one after the other and prints what comes.
fn asking(dir: &Dir, url: &str, paths: &[&str]) -> String {
    let paths = json!(paths);
    let app_js = format!(
        "const get = path => new Promise(complete => wx.request({{ url: '{url}' + path, complete }}));
         App({{ async onLaunch() {{ for (const path of {paths}) {{
           const res = await get(path); console.log(JSON.stringify(res.data || res));
         }} }} }})"
    );
    dir.app("asking", &app_js, "Page({})")
}

#[test]
fn what_was_recorded_is_played_without_a_network() {
    let (dir, cmd) = setup();
    let url = server(2);
    let app = asking(&dir, &url, &["/a?n=1", "/b"]);
    let (recorded, ran) = cmd.timeline(&app, &["--record", "traffic"]);
    ran.code(0);
    assert_eq!(recorded.console(), [r#"{"path":"/a?n=1"}"#, r#"{"path":"/b"}"#]);
    assert_eq!(dir.list("traffic").len(), 2);
    // The server is gone by now: it was there for two requests.
    let (played, ran) = cmd.timeline(&app, &["--network-fixtures", "traffic"]);
    ran.code(0);
    assert_eq!(played.console(), recorded.console());
}

#[test]
fn a_request_without_a_fixture_fails_the_run_and_says_how_to_add_one() {
    let (dir, cmd) = setup();
    let app = asking(&dir, "https://api.example.com", &["/notes", "/gone"]);
    dir.write(
        "net/notes.json",
        r#"{ "request": { "url": "https://api.example.com/notes" }, "response": { "body": ["one"], "delay": 700 } }"#,
    );
    let (timeline, ran) = cmd.timeline(&app, &["--network-fixtures", "net"]);
    ran.code(1);
    let expected = "no network fixture answers GET https://api.example.com/gone; add one to net, such as ";
    let error = timeline.one("error");
    assert!(error.text("message").starts_with(expected), "{error:?}");
    let console = timeline.console();
    assert_eq!(console[0], r#"["one"]"#);
    let told: Value = serde_json::from_str(console[1]).unwrap();
    assert!(
        told["errMsg"]
            .as_str()
            .unwrap()
            .starts_with(&format!("request:fail {expected}")),
        "{told}"
    );
    let answered = timeline.all("console").next().unwrap();
    assert!(answered.at >= 700, "the delay is the app's time: {answered:?}");
}

#[test]
fn a_test_has_the_fixtures_from_their_beginning() {
    let (dir, cmd) = setup();
    dir.write(
        "net/n.json",
        r#"{ "request": { "method": "POST", "url": "https://a.b/n", "body": { "k": 1 } },
             "responses": [{ "body": "first" }, { "status": 500, "body": "then" }] }"#,
    );
    dir.write(
        "net/live.json",
        r#"{ "socket": { "url": "wss://a.b/live" },
             "script": [{ "expect": { "op": "join" } }, { "delay": 1000 }, { "send": { "joined": true } }] }"#,
    );
    let test = r"test('two answers', async () => {
        const post = () => new Promise((success, fail) => wx.request({ url: 'https://a.b/n', method: 'POST', data: { k: 1 }, success, fail }));
        expect((await post()).data).toBe('first');
        expect((await post()).statusCode).toBe(500);
        const task = wx.connectSocket({ url: 'wss://a.b/live' });
        await new Promise(done => task.onOpen(done));
        task.send({ data: JSON.stringify({ op: 'join' }) });
        expect(JSON.parse((await new Promise(done => task.onMessage(done))).data)).toEqual({ joined: true });
      });";
    dir.write("one.test.js", test);
    dir.write("two.test.js", test);
    let ran = cmd.ok(&["test", ".", "--network-fixtures", "net"]);
    assert!(ran.out.contains("2 passed, 0 failed"), "{ran}");
}

#[test]
fn only_registered_domains_are_reached_unless_the_project_does_without() {
    let (dir, cmd) = setup();
    let app = dir.app(
        "app",
        "const tell = name => res => console.log(name, res.errMsg, res.errno);
         App({ onLaunch() {
           const url = 'https://other.example.com/x';
           wx.request({ url, fail: tell('request') });
           wx.downloadFile({ url, fail: tell('download') });
           wx.uploadFile({ url, filePath: '/app.json', name: 'f', fail: tell('upload') });
           wx.connectSocket({ url: 'wss://other.example.com', fail: tell('socket') });
           wx.request({ url: 'http://api.example.com/notes', fail: tell('http') });
           wx.request({ url: 'https://api.example.com/notes', success: res => console.log('reached', res.data) });
         } })",
        "Page({})",
    );
    dir.write("domains.json", r#"{ "requestDomain": ["https://api.example.com"] }"#);
    dir.write(
        "net/all.json",
        r#"[{ "request": { "url": "*" }, "response": { "body": "hello" } }, { "socket": { "url": "*" } }]"#,
    );
    let args = ["--network-fixtures", "net", "--domains", "domains.json"];
    let (timeline, ran) = cmd.timeline(&app, &args);
    ran.code(0);
    let refused = |name: &str, api: &str| format!("{name} {api}:fail url not in domain list 600002");
    let mut seen = timeline.console();
    seen.sort_unstable();
    let mut expected = [
        refused("request", "request"),
        refused("download", "downloadFile"),
        refused("upload", "uploadFile"),
        refused("socket", "connectSocket"),
        refused("http", "request"),
        "reached hello".to_owned(),
    ];
    expected.sort_unstable();
    assert_eq!(seen, expected);
    dir.write(
        "app/project.private.config.json",
        r#"{ "setting": { "urlCheck": false } }"#,
    );
    let (timeline, ran) = cmd.timeline(&app, &args);
    ran.code(0);
    assert_eq!(timeline.console(), ["reached hello"]);
}

#[test]
fn files_that_are_not_what_they_should_be_are_bad_input() {
    let (dir, cmd) = setup();
    let app = dir.app("app", "App({})", "Page({})");
    dir.write(
        "bad/a.json",
        r#"{ "request": { "url": "https://a.b" }, "respond": {} }"#,
    );
    dir.write("empty/readme.txt", "");
    dir.write("domains.json", r#"{ "requestDomain": ["api.example.com"] }"#);
    for (args, word) in [
        (["--network-fixtures", "bad"], "respond"),
        (["--network-fixtures", "empty"], "no .json file"),
        (["--network-fixtures", "nowhere"], "nowhere"),
        (["--domains", "domains.json"], "is not a domain"),
        (["--domains", "nowhere.json"], "nowhere.json"),
        (["--record", "domains.json"], "--record"),
    ] {
        let ran = cmd.run(&[&["run", &app], &args[..]].concat()).code(2);
        assert!(ran.err.contains(word), "{ran}");
    }
    let both = ["run", &app, "--record", "x", "--network-fixtures", "bad"];
    assert!(cmd.run(&both).code(2).err.contains("cannot be used with"));
}

/// Two sockets of one app; in virtual time a timer must not overtake what is on its way.
const TALKING: &str = "App({ onLaunch() {
  const [a, b] = [wx.createUDPSocket(), wx.createUDPSocket()];
  a.onError(res => console.log(res.errMsg));
  b.onMessage(res => { console.log('heard ' + res.remoteInfo.size); });
  const port = b.bind(0);
  a.send({ address: '127.0.0.1', port: port || 9, message: 'four' });
  setTimeout(() => { console.log('later'); a.close(); b.close(); }, 10);
} })";

#[test]
fn a_datagram_arrives_before_virtual_time_goes_on() {
    let (dir, cmd) = setup();
    let app = dir.app("talking", TALKING, "Page({})");
    let (timeline, ran) = cmd.timeline(&app, &[]);
    ran.code(0);
    assert_eq!(timeline.console(), ["heard 4", "later"]);
}

#[test]
fn datagrams_are_refused_where_fixtures_answer() {
    let (dir, cmd) = setup();
    let app = dir.app("talking", TALKING, "Page({})");
    dir.write("net/none.json", "[]");
    let (timeline, ran) = cmd.timeline(&app, &["--network-fixtures", "net"]);
    ran.code(1);
    let reason = "UDP goes over the machine's own network only: there are no fixtures of it, and it cannot be recorded";
    assert_eq!(timeline.console(), [format!("bind:fail {reason}").as_str(), "later"]);
}

/// A WebSocket server that says what it hears, and is on another core: where.
fn echoing() -> String {
    use axum::extract::ws::{Message, WebSocketUpgrade};
    use axum::routing::any;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("ws://{}", listener.local_addr().unwrap());
    listener.set_nonblocking(true).unwrap();
    let echo = |upgrade: WebSocketUpgrade| async {
        upgrade.on_upgrade(|mut socket| async move {
            while let Some(Ok(message)) = socket.recv().await {
                if matches!(message, Message::Text(_)) && socket.send(message).await.is_err() {
                    return;
                }
            }
        })
    };
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.unwrap().block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            let router = axum::Router::new().route("/", any(echo));
            axum::serve(listener, router).await.unwrap();
        });
    });
    url
}

#[test]
fn a_socket_waits_for_a_server_that_is_quick_and_for_one_that_is_not_in_virtual_time() {
    let (dir, cmd) = setup();
    let test = "
        const heard = (task, event) => new Promise(done => task['on' + event](done));
        for (let n = 1; n <= 40; n++) test('connection ' + n, async () => {
          const began = Date.now(), order = [];
          const task = wx.connectSocket({ url: 'URL' });
          await heard(task, 'Open');
          task.send({ data: 'x' });
          expect((await heard(task, 'Message')).data).toBe('x');
          task.onClose(() => order.push('close'));
          await new Promise(done => task.close({ success: () => order.push('success'), complete: done }));
          await heard(task, 'Close');
          expect(order).toEqual(['success', 'close']);
          expect(Date.now()).toBe(began);
        });";
    dir.write("socket.test.js", &test.replace("URL", &echoing()));
    let ran = cmd.ok(&["test", "socket.test.js"]);
    assert!(ran.out.contains("40 passed, 0 failed"), "{}", ran.out);
}
