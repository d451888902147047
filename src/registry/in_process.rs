//! A registry without a socket: the same routes, called in this process.

use super::{Store, router};
use crate::system::{Get, Http, HttpError, Response};
use async_trait::async_trait;
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use futures_util::StreamExt;
use tower::ServiceExt;

/// The registry over this store, as an update client reaches it.
#[derive(Clone)]
pub struct InProcess(Router);

impl InProcess {
    /// Where it pretends to be.
    pub const URL: &str = "http://registry.invalid";

    /// The registry over `store`.
    pub fn new(store: Store) -> Self {
        Self(router(store))
    }
}

#[async_trait]
impl Http for InProcess {
    async fn get(&self, get: Get) -> Result<Response, HttpError> {
        let mut request = Request::get(&get.url);
        for (name, value) in &get.headers {
            request = request.header(name, value);
        }
        let refused = |reason: String| HttpError::Refused {
            url: get.url.clone(),
            reason,
        };
        let request = request
            .body(Body::empty())
            .map_err(|error| refused(error.to_string()))?;
        let answer = self
            .0
            .clone()
            .oneshot(request)
            .await
            .map_err(|never| refused(never.to_string()))?;
        let headers = answer.headers().iter();
        let headers =
            headers.map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()));
        let (url, status, headers) = (get.url.clone(), answer.status().as_u16(), headers.collect());
        let at = get.url;
        let body = answer.into_body().into_data_stream();
        let body = body
            .map(move |chunk| chunk.map_err(|error| HttpError::broken(&at, error)))
            .boxed();
        Ok(Response {
            url,
            status,
            headers,
            body,
        })
    }
}
