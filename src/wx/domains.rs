//! The domains that an app may reach, as the platform's operators register them.
//!
//! Source: the platform's network guide (wx-semantics, section 7): `https` and `wss` only, host and port
//! exactly as registered; addresses of the local network are nobody's domain and need no registration.

use super::transfers::Kind;
use serde::Deserialize;
use std::net::IpAddr;
use url::{Host, Url};

/// The lists, under the names that the platform's own interfaces give them (in any case).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Domains {
    /// Of `wx.request`: `https://api.example.com`.
    #[serde(alias = "requestDomain", alias = "requestdomain")]
    request: Vec<String>,
    /// Of `wx.uploadFile`.
    #[serde(alias = "uploadDomain", alias = "uploaddomain")]
    upload: Vec<String>,
    /// Of `wx.downloadFile`.
    #[serde(alias = "downloadDomain", alias = "downloaddomain")]
    download: Vec<String>,
    /// Of `wx.connectSocket`: `wss://push.example.com`.
    #[serde(alias = "wsRequestDomain", alias = "wsrequestdomain")]
    socket: Vec<String>,
}

/// A list of domains that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum DomainsError {
    /// It is no JSON, or has other keys.
    #[error("{0}")]
    Json(#[from] serde_json::Error),
    /// An entry that can never allow anything.
    #[error("\"{0}\" is not a domain: expected an address such as {1}, without a path")]
    Entry(String, &'static str),
}

impl Domains {
    /// Reads the lists.
    ///
    /// # Errors
    /// It is no JSON, has unknown keys, or an entry that is no domain.
    pub fn parse(text: &str) -> Result<Self, DomainsError> {
        let domains: Self = serde_json::from_str(text)?;
        for (list, scheme, example) in [
            (&domains.request, "https://", "https://api.example.com"),
            (&domains.upload, "https://", "https://api.example.com"),
            (&domains.download, "https://", "https://api.example.com"),
            (&domains.socket, "wss://", "wss://push.example.com"),
        ] {
            let bad = list.iter().find(|entry| !is_domain(entry, scheme));
            if let Some(entry) = bad {
                return Err(DomainsError::Entry(entry.clone(), example));
            }
        }
        Ok(domains)
    }

    /// Whether this API may go there; `text` is the address as the app wrote it, for a port
    /// that is written out is another domain, even where it is the scheme's own.
    pub fn allow(&self, kind: Kind, text: &str, url: &Url) -> bool {
        let list = match kind {
            Kind::Request => &self.request,
            Kind::Upload => &self.upload,
            Kind::Download => &self.download,
            Kind::Socket => &self.socket,
        };
        is_local(url)
            || list
                .iter()
                .any(|entry| origin(entry).eq_ignore_ascii_case(origin(text)))
    }
}

fn is_domain(entry: &str, scheme: &str) -> bool {
    let rest = entry.strip_prefix(scheme).map(|rest| rest.trim_end_matches('/'));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(['/', '?', '#', '@']))
}

/// Scheme, host and port, as they are written.
fn origin(text: &str) -> &str {
    let text = text.trim();
    let Some(begin) = text.find("://").map(|at| at + 3) else {
        return text;
    };
    let end = text[begin..].find(['/', '?', '#']);
    end.map_or(text, |end| &text[..begin + end])
}

/// A device of the same local network, by its number. This machine itself is none.
fn is_local(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_private() || address.is_link_local(),
        Some(Host::Ipv6(address)) => matches!(IpAddr::V6(address), IpAddr::V6(v6) if v6.is_unique_local()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn domains() -> Domains {
        Domains::parse(
            r#"{ "requestDomain": ["https://api.example.com", "https://api.example.com:8443"],
                 "wsRequestDomain": ["wss://push.example.com/"] }"#,
        )
        .unwrap()
    }

    #[test]
    fn host_scheme_and_port_must_be_as_registered() {
        let domains = domains();
        for (kind, url, allowed) in [
            (Kind::Request, "https://api.example.com/notes?a=1", true),
            (Kind::Request, "https://API.example.com", true),
            (Kind::Request, "https://api.example.com:8443/x", true),
            (Kind::Request, "https://api.example.com:443/x", false),
            (Kind::Request, "https://api.example.com:9000/x", false),
            (Kind::Request, "http://api.example.com/x", false),
            (Kind::Request, "https://sub.api.example.com/x", false),
            (Kind::Request, "https://api.example.com.evil.org/x", false),
            (Kind::Request, "https://api.example.com@evil.org/x", false),
            (Kind::Request, "https://127.0.0.1/x", false),
            (Kind::Request, "http://192.168.1.7:3000/x", true),
            (Kind::Upload, "https://api.example.com/x", false),
            (Kind::Socket, "wss://push.example.com/live", true),
            (Kind::Socket, "ws://push.example.com/live", false),
        ] {
            assert_eq!(domains.allow(kind, url, &Url::parse(url).unwrap()), allowed, "{url}");
        }
    }

    #[test]
    fn an_entry_that_allows_nothing_is_refused() {
        for text in [
            r#"{ "requestDomain": ["api.example.com"] }"#,
            r#"{ "requestDomain": ["http://api.example.com"] }"#,
            r#"{ "requestDomain": ["https://api.example.com/path"] }"#,
            r#"{ "wsRequestDomain": ["https://push.example.com"] }"#,
            r#"{ "requestDomains": [] }"#,
            "[1",
        ] {
            assert!(Domains::parse(text).is_err(), "{text}");
        }
    }
}
