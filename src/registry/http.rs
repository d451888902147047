//! The client API over HTTP: the same addresses as the store's paths, made to be cached. It is read-only but for the count
//! of devices on which a release failed to start.

use super::failures::note_failures;
use super::range::{Asked, read_range};
use super::store::{Store, StoreError};
use crate::package::{AppId, Digest};
use crate::release::{FAILED_HEADER, paths, read_failed};
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::future::Future;
use std::io;
use tokio::net::TcpListener;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::trace::TraceLayer;

/// Nobody has to send us anything.
const MAX_REQUEST_BODY: usize = 64 << 10;
/// For what is named by its content.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// For what changes: caches keep it, and ask each time whether it is still right.
const ASK_EACH_TIME: &str = "no-cache";

/// Serves a registry on a bound listener until `stop` is done; requests under way are finished.
///
/// # Errors
/// What the listener says.
pub async fn serve(
    listener: TcpListener,
    store: Store,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    axum::serve(listener, router(store)).with_graceful_shutdown(stop).await
}

/// The client API, for mounting into another server.
pub fn router(store: Store) -> Router {
    Router::new()
        .route("/apps/{app}/manifest.json", get(manifest))
        .route("/apps/{app}/root.json", get(latest_root))
        .route("/apps/{app}/root/{file}", get(root))
        .route("/apps/{app}/packages/{file}", get(package))
        .layer(RequestBodyLimitLayer::new(MAX_REQUEST_BODY))
        .layer(TraceLayer::new_for_http())
        .with_state(store)
}

/// What a request ends with when it has no document to give.
enum Refusal {
    NotFound,
    Store(StoreError),
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::NotFound => (
                StatusCode::NOT_FOUND,
                [(header::CACHE_CONTROL, ASK_EACH_TIME)],
                "not found\n",
            )
                .into_response(),
            Self::Store(error) => {
                // What the store says may name inner paths: it is for the operator, not for the client.
                tracing::error!(%error, "request failed");
                (StatusCode::INTERNAL_SERVER_ERROR, "store failed\n").into_response()
            }
        }
    }
}

fn app_id(text: &str) -> Result<AppId, Refusal> {
    AppId::parse(text).map_err(|_| Refusal::NotFound)
}

async fn manifest(
    State(store): State<Store>,
    Path(app): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let app = app_id(&app)?;
    let mut response = document(&store, &paths::manifest(&app), &headers, ASK_EACH_TIME).await?;
    if let Some(told) = headers.get(FAILED_HEADER) {
        match note_failures(&store, &app, &read_failed(told.to_str().unwrap_or_default())).await {
            Ok(()) => {
                response.headers_mut().insert(FAILED_HEADER, told.clone());
            }
            // The device tells it again.
            Err(error) => tracing::error!(%error, "a failed release could not be noted"),
        }
    }
    Ok(response)
}

async fn latest_root(
    State(store): State<Store>,
    Path(app): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    document(&store, &paths::latest_root(&app_id(&app)?), &headers, ASK_EACH_TIME).await
}

async fn root(
    State(store): State<Store>,
    Path((app, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let version = file
        .strip_suffix(".json")
        .and_then(|version| version.parse().ok())
        .ok_or(Refusal::NotFound)?;
    document(&store, &paths::root(&app_id(&app)?, version), &headers, FOR_EVER).await
}

/// A small document with its digest as ETag.
async fn document(store: &Store, path: &str, headers: &HeaderMap, cache: &'static str) -> Result<Response, Refusal> {
    let bytes = store.get(path).await?.ok_or(Refusal::NotFound)?;
    let etag = format!("\"{}\"", Digest::of(&bytes));
    let head = [(header::ETAG, etag.clone()), (header::CACHE_CONTROL, cache.to_owned())];
    if is_match(headers, &etag) {
        return Ok((StatusCode::NOT_MODIFIED, head).into_response());
    }
    Ok((head, [(header::CONTENT_TYPE, "application/json")], bytes).into_response())
}

/// A compressed archive or a delta, whole or a range of it.
async fn package(
    State(store): State<Store>,
    Path((app, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let digest = file
        .strip_suffix(".zst")
        .and_then(|digest| Digest::parse(digest).ok())
        .ok_or(Refusal::NotFound)?;
    let path = paths::object(&app_id(&app)?, &digest);
    let length = store.length(&path).await?.ok_or(Refusal::NotFound)?;
    let etag = format!("\"{digest}\"");
    let head = [
        (header::ETAG, etag.clone()),
        (header::CACHE_CONTROL, FOR_EVER.to_owned()),
        (header::ACCEPT_RANGES, "bytes".to_owned()),
        (header::CONTENT_TYPE, "application/zstd".to_owned()),
    ];
    if is_match(&headers, &etag) {
        return Ok((StatusCode::NOT_MODIFIED, head).into_response());
    }
    // A range of another version of the object would be garbage: then it comes whole.
    let same = text(&headers, &header::IF_RANGE).is_none_or(|wanted| wanted == etag);
    let asked = if same {
        read_range(text(&headers, &header::RANGE), length)
    } else {
        Asked::Whole
    };
    let (status, range) = match asked {
        Asked::Whole => (StatusCode::OK, 0..length),
        Asked::Part(range) => (StatusCode::PARTIAL_CONTENT, range),
        Asked::Unsatisfiable => {
            let there = [(header::CONTENT_RANGE, format!("bytes */{length}"))];
            return Ok((StatusCode::RANGE_NOT_SATISFIABLE, there).into_response());
        }
    };
    let mut response = (status, head).into_response();
    set(
        &mut response,
        header::CONTENT_LENGTH,
        (range.end - range.start).to_string(),
    );
    if status == StatusCode::PARTIAL_CONTENT {
        set(
            &mut response,
            header::CONTENT_RANGE,
            format!("bytes {}-{}/{length}", range.start, range.end - 1),
        );
    }
    *response.body_mut() = Body::from_stream(store.stream(&path, range).await?);
    Ok(response)
}

fn set(response: &mut Response, name: HeaderName, value: String) {
    if let Ok(value) = value.parse() {
        response.headers_mut().insert(name, value);
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

/// Whether the client has this version: `If-None-Match` holds its ETag, weak or strong, or a star.
fn is_match(headers: &HeaderMap, etag: &str) -> bool {
    let Some(known) = text(headers, &header::IF_NONE_MATCH) else {
        return false;
    };
    known
        .split(',')
        .map(str::trim)
        .any(|tag| tag == "*" || tag.trim_start_matches("W/") == etag)
}
