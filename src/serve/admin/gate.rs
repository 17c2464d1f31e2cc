//! Who may come in: only a browser on this machine that was given the key of this run. Pure but for the making of keys.
//!
//! The key stands in the address that is opened and becomes a cookie that no script can read and no other site can send.
//! Whoever changes something also shows the second key, which stands in the page itself: a form on another site cannot
//! know it.

use axum::http::{HeaderMap, HeaderName, Method, header};
use sha2::{Digest, Sha256};
use std::net::SocketAddr;

/// The header in which a page shows the second key.
pub const HEADER: &str = "x-parkpress-key";

/// The keys of one run.
#[derive(Debug)]
pub struct Keys {
    /// In the address that is opened, then in the cookie.
    door: String,
    /// In the page, then in the header of every change.
    pen: String,
}

/// Why a request is turned away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It was sent to or from somewhere else.
    Stranger,
    /// It does not have the key of this run.
    NoKey,
    /// A change without the second key.
    NoPen,
    /// Neither asking nor changing.
    Method,
}

impl Keys {
    /// New keys from the random source of the system.
    pub fn new() -> Result<Keys, getrandom::Error> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed)?;
        Ok(Keys::from_seed(&seed))
    }

    fn from_seed(seed: &[u8]) -> Keys {
        let made = |word: &str| crate::source::hex(&Sha256::new().chain_update(seed).chain_update(word).finalize());
        Keys { door: made("door"), pen: made("pen") }
    }

    /// What the address that is opened carries.
    pub fn door(&self) -> &str {
        &self.door
    }
    /// What the page carries.
    pub fn pen(&self) -> &str {
        &self.pen
    }
    /// Does an address carry the key?
    pub fn opens(&self, query: &str) -> bool {
        query.split('&').filter_map(|part| part.strip_prefix("key=")).any(|key| same(key, &self.door))
    }
    /// The cookie for a browser that came with the key. Cookies know no ports, so its name does: two previews stay apart.
    pub fn cookie(&self, port: u16) -> String {
        format!("{}={}; Path=/__parkpress/; HttpOnly; SameSite=Strict", cookie_name(port), self.door)
    }

    /// May this request be answered? `own` is where the preview listens.
    pub fn judge(&self, method: &Method, headers: &HeaderMap, own: SocketAddr) -> Result<(), Refusal> {
        let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        let changes = match *method {
            Method::GET | Method::HEAD => false,
            Method::POST => true,
            _ => return Err(Refusal::Method),
        };
        let host = text(header::HOST).ok_or(Refusal::Stranger)?;
        if !is_here(host, own.port()) {
            return Err(Refusal::Stranger);
        }
        // Asking may come without an origin, as browsers do; a change never.
        match text(header::ORIGIN) {
            Some(origin) if origin.strip_prefix("http://") != Some(host) => return Err(Refusal::Stranger),
            None if changes => return Err(Refusal::Stranger),
            _ => {}
        }
        if !text(HeaderName::from_static("sec-fetch-site")).is_none_or(|site| matches!(site, "same-origin" | "none")) {
            return Err(Refusal::Stranger);
        }
        let wanted = cookie_name(own.port());
        let mut cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|line| line.split(';'));
        if !cookies.any(|pair| pair.trim().split_once('=').is_some_and(|(name, value)| name == wanted && same(value, &self.door))) {
            return Err(Refusal::NoKey);
        }
        let pen = text(HeaderName::from_static(HEADER));
        if changes && !pen.is_some_and(|pen| same(pen, &self.pen)) {
            return Err(Refusal::NoPen);
        }
        Ok(())
    }
}

/// Is the host this machine, at our port?
pub fn is_here(host: &str, port: u16) -> bool {
    ["127.0.0.1", "localhost", "[::1]"].iter().any(|name| host.strip_prefix(name).is_some_and(|rest| rest == format!(":{port}")))
}

fn cookie_name(port: u16) -> String {
    format!("parkpress_{port}")
}

/// Compares digests, so that the time it takes says nothing about the key.
fn same(given: &str, key: &str) -> bool {
    Sha256::digest(given.as_bytes()) == Sha256::digest(key.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::{HEADER, Keys, Refusal};
    use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
    use std::net::SocketAddr;

    fn judge(method: Method, lines: &[(&'static str, &str)]) -> Result<(), Refusal> {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(HeaderName::from_static(name), HeaderValue::from_str(value).expect("a header"));
        }
        Keys::from_seed(b"seed").judge(&method, &headers, SocketAddr::from(([127, 0, 0, 1], 8000)))
    }

    #[test]
    fn only_a_browser_here_with_the_key_may_ask_and_only_its_page_may_change() {
        let keys = Keys::from_seed(b"seed");
        let (cookie, pen) = (format!("a=b; parkpress_8000={}", keys.door()), keys.pen().to_string());
        let host = ("host", "127.0.0.1:8000");
        let origin = ("origin", "http://127.0.0.1:8000");
        assert_eq!(judge(Method::GET, &[host, ("cookie", &cookie)]), Ok(()));
        assert_eq!(judge(Method::GET, &[("host", "localhost:8000"), ("cookie", &cookie)]), Ok(()));
        for other in ["127.0.0.1", "127.0.0.1:8001", "example.com:8000", "127.0.0.1.example.com:8000", "127.0.0.1:8000.example.com"] {
            assert_eq!(judge(Method::GET, &[("host", other), ("cookie", &cookie)]), Err(Refusal::Stranger), "{other}");
        }
        assert_eq!(judge(Method::GET, &[("cookie", &cookie)]), Err(Refusal::Stranger));
        assert_eq!(judge(Method::GET, &[host]), Err(Refusal::NoKey));
        assert_eq!(judge(Method::GET, &[host, ("cookie", "parkpress_8000=x")]), Err(Refusal::NoKey));
        assert_eq!(judge(Method::GET, &[host, ("cookie", &cookie.replace("8000", "8001"))]), Err(Refusal::NoKey));
        for site in ["cross-site", "same-site"] {
            assert_eq!(judge(Method::GET, &[host, ("cookie", &cookie), ("sec-fetch-site", site)]), Err(Refusal::Stranger));
        }
        let whole = [host, origin, ("cookie", &*cookie), (HEADER, &*pen), ("sec-fetch-site", "same-origin")];
        assert_eq!(judge(Method::POST, &whole), Ok(()));
        let without = |name: &str| whole.iter().copied().filter(|(known, _)| *known != name).collect::<Vec<_>>();
        assert_eq!(judge(Method::POST, &without("origin")), Err(Refusal::Stranger));
        assert_eq!(judge(Method::POST, &without(HEADER)), Err(Refusal::NoPen));
        assert_eq!(judge(Method::POST, &without("cookie")), Err(Refusal::NoKey));
        for origin in ["null", "http://example.com", "https://127.0.0.1:8000", "http://127.0.0.1:8001", "http://localhost:8000"] {
            let mut lines = without("origin");
            lines.push(("origin", origin));
            assert_eq!(judge(Method::POST, &lines), Err(Refusal::Stranger), "{origin}");
        }
        for method in [Method::PUT, Method::DELETE, Method::OPTIONS, Method::PATCH] {
            assert_eq!(judge(method, &whole), Err(Refusal::Method));
        }
        assert!(keys.opens(&format!("a=1&key={}", keys.door())) && !keys.opens("key=") && !keys.opens(&format!("key={}", keys.pen())));
        assert_ne!(keys.door(), keys.pen());
    }
}
