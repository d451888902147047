use super::*;
use crate::system::{FixtureWeb, Fixtures, VirtualClock};

fn fixtures(folder: &Path) -> Arc<dyn Web> {
    Arc::new(FixtureWeb::new(
        Arc::new(Fixtures::read(folder).unwrap()),
        Arc::new(VirtualClock::new(0.0)),
    ))
}

async fn exchange(web: &dyn Web, method: &str, url: &str, body: &str) -> Result<(u16, Headers, Vec<u8>), WebError> {
    let request = WebRequest {
        method: method.into(),
        url: url.parse().unwrap(),
        headers: vec![("content-type".into(), "application/json".into())],
        body: match body {
            "" => WebBody::None,
            body => WebBody::Whole(Bytes::from(body.to_owned())),
        },
        follow: true,
    };
    let mut response = web.send(request).await.outcome?;
    let mut all = Vec::new();
    while let Some(piece) = response.chunk().await? {
        all.extend_from_slice(&piece);
    }
    Ok((response.status, response.headers.clone(), all))
}

/// Traffic that is recorded gives the same again when it is played.
#[tokio::test]
async fn what_was_recorded_answers_as_the_server_did() {
    let (source, target) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    std::fs::write(source.path().join("photo.bin"), [0, 255, 1]).unwrap();
    std::fs::write(
        source.path().join("all.json"),
        r#"[{ "request": { "url": "https://a.b/notes" },
              "responses": [{ "body": [1] }, { "body": [1, 2], "headers": { "set-cookie": ["a=1", "b=2"] } }] },
            { "request": { "url": "https://a.b/add" }, "response": { "status": 201, "body": "plain" } },
            { "request": { "url": "https://a.b/photo" }, "response": { "bodyFile": "photo.bin" } },
            { "request": { "url": "https://a.b/down" }, "response": { "fail": "refused" } }]"#,
    )
    .unwrap();
    let requests = [
        ("GET", "https://a.b/notes", ""),
        ("GET", "https://a.b/notes", ""),
        ("POST", "https://a.b/add", r#"{"title":"x"}"#),
        ("GET", "https://a.b/photo", ""),
        ("GET", "https://a.b/down", ""),
    ];
    let recorder = RecorderWeb::new(fixtures(source.path()), target.path()).unwrap();
    let mut real = Vec::new();
    for (method, url, body) in requests {
        real.push(exchange(&recorder, method, url, body).await);
    }
    let played = fixtures(target.path());
    for ((method, url, body), expected) in requests.into_iter().zip(real) {
        let sorted = |answer: Result<(u16, Headers, Vec<u8>), WebError>| {
            answer.map(|(status, mut headers, body)| {
                headers.sort();
                (status, headers, body)
            })
        };
        let answer = exchange(played.as_ref(), method, url, body).await;
        assert_eq!(sorted(answer), sorted(expected), "{method} {url}");
    }
    let other = exchange(played.as_ref(), "POST", "https://a.b/add", r#"{"title":"y"}"#).await;
    assert!(
        matches!(other, Err(WebError::Unmatched(_))),
        "another body is another request"
    );
}

#[tokio::test]
async fn a_request_that_was_given_up_can_be_given_up_again() {
    let (source, target) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let text = r#"{ "request": { "url": "https://a.b/c" }, "response": { "chunks": ["a", "b"] } }"#;
    std::fs::write(source.path().join("a.json"), text).unwrap();
    let recorder = RecorderWeb::new(fixtures(source.path()), target.path()).unwrap();
    let request = WebRequest {
        method: "GET".into(),
        url: "https://a.b/c".parse().unwrap(),
        headers: Vec::new(),
        body: WebBody::None,
        follow: true,
    };
    let mut response = recorder.send(request).await.outcome.unwrap();
    response.chunk().await.unwrap();
    drop(response);
    let played = exchange(fixtures(target.path()).as_ref(), "GET", "https://a.b/c", "").await;
    assert_eq!(played, Err(WebError::TimedOut));
}

#[tokio::test]
async fn recording_again_replaces() {
    let (source, target) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for body in ["old", "new"] {
        let text = format!(r#"{{ "request": {{ "url": "https://a.b/c" }}, "response": {{ "body": "{body}" }} }}"#);
        std::fs::write(source.path().join("a.json"), text).unwrap();
        let recorder = RecorderWeb::new(fixtures(source.path()), target.path()).unwrap();
        exchange(&recorder, "GET", "https://a.b/c", "").await.unwrap();
    }
    assert_eq!(std::fs::read_dir(target.path()).unwrap().count(), 1);
    let (_, _, body) = exchange(fixtures(target.path()).as_ref(), "GET", "https://a.b/c", "")
        .await
        .unwrap();
    assert_eq!(body, b"new");
}

#[tokio::test]
async fn a_conversation_is_played_again() {
    let (source, target) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    std::fs::write(source.path().join("bytes"), [7, 8]).unwrap();
    std::fs::write(
        source.path().join("s.json"),
        r#"{ "socket": { "url": "wss://a.b/live" },
             "script": [{ "send": "hello" }, { "expect": "who" }, { "sendFile": "bytes" },
                        { "close": { "code": 4001, "reason": "enough" } }] }"#,
    )
    .unwrap();
    let recorder = RecorderWeb::new(fixtures(source.path()), target.path()).unwrap();
    let mut heard = Vec::new();
    for round in 0..2 {
        let web: Arc<dyn Web> = match round {
            0 => fixtures(source.path()),
            _ => fixtures(target.path()),
        };
        let request = SocketRequest {
            url: "wss://a.b/live".parse().unwrap(),
            headers: Vec::new(),
            protocols: Vec::new(),
        };
        let opened = match round {
            0 => recorder.connect(request).await,
            _ => web.connect(request).await,
        };
        let mut line = opened.outcome.unwrap().line;
        let mut frames = vec![line.next().await.unwrap()];
        line.send(Frame::Text("who".into())).await.unwrap();
        frames.push(line.next().await.unwrap());
        frames.push(line.next().await.unwrap());
        drop(line);
        heard.push(frames);
    }
    assert_eq!(heard[0], heard[1]);
    assert_eq!(heard[0][1], Frame::Binary(Bytes::from_static(&[7, 8])));
}
