//! The forms: records are made and changed in the browser, by people who never see YAML.
//!
//! In: requests of a browser on this machine that has the key of the run. Out: pages, JSON, and changed files below
//! `content/`. Never: answers anybody else, writes outside `content/` (but for `.parkpress/history/`), or overwrites a
//! text that the form was not made from.
//!
//! `gate` lets in; `form`, `values`, `changes` and `problems` translate between types, files and forms; `sheet` is one
//! record, `whole` its id and its end, `desk` the site as it was last read, `kit` what goes out of it, `draft` the site as it would be; `files` touches the disk; `api` answers.

mod api;
mod changes;
mod desk;
mod draft;
mod files;
mod form;
mod gate;
mod kit;
mod names;
mod problems;
mod sheet;
mod states;
mod upload;
mod values;
mod whole;

#[cfg(test)]
mod tests;

pub use desk::Desk;

use super::answer::{self, bytes_with};
use super::state::{Preview, State};
use crate::diagnostic::Tongue;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use gate::{Keys, Refusal};
use serde_json::Value as Json;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// Where the forms are.
pub const HOME: &str = "/__parkpress/admin/";

/// The policy of the forms' own page: it shows pictures before they are sent, and pages of the preview in a frame.
const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; frame-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/// The most that a form may weigh, in bytes: the largest text and its fields.
const LARGEST_FORM: usize = 2 * crate::source::encoding::LARGEST;

const PAGE: &str = include_str!("../assets/admin.html");
const ASSETS: [(&str, &str, &str); 7] = [
    ("admin.css", "text/css; charset=utf-8", include_str!("../assets/admin.css")),
    ("words.js", "text/javascript; charset=utf-8", include_str!("../assets/admin-words.js")),
    ("parts.js", "text/javascript; charset=utf-8", include_str!("../assets/admin-parts.js")),
    ("fields.js", "text/javascript; charset=utf-8", include_str!("../assets/admin-fields.js")),
    ("record.js", "text/javascript; charset=utf-8", include_str!("../assets/admin-record.js")),
    ("whole.js", "text/javascript; charset=utf-8", include_str!("../assets/admin-whole.js")),
    ("admin.js", "text/javascript; charset=utf-8", include_str!("../assets/admin.js")),
];

/// What the forms know.
pub struct Admin {
    keys: Keys,
    desk: RwLock<Option<Arc<Desk>>>,
    /// The site as the last judged form would have it, with the number in its address.
    shown: Mutex<(u64, Option<Arc<Preview>>)>,
    /// Held while something is written: one change after another.
    writing: Mutex<()>,
}

impl Admin {
    /// Forms with new keys.
    pub fn new() -> Result<Admin, String> {
        let keys = Keys::new().map_err(|error| error.to_string())?;
        Ok(Admin { keys, desk: RwLock::default(), shown: Mutex::default(), writing: Mutex::default() })
    }
    /// The address to open, below that of the preview.
    pub fn door(&self) -> String {
        format!("{HOME}?key={}", self.keys.door())
    }
    /// The site was read.
    pub fn know(&self, desk: Desk) {
        *self.desk.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(desk));
    }
    fn desk(&self) -> Option<Arc<Desk>> {
        self.desk.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
    /// Keeps a changed site for its page to be looked at; gives its number.
    fn show(&self, tried: draft::Tried) -> u64 {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        shown.0 += 1;
        shown.1 = tried.preview.map(Arc::new);
        shown.0
    }
    fn shown(&self) -> Option<Arc<Preview>> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).1.clone()
    }
}

/// Answers what begins with `__parkpress/admin` or `__parkpress/draft`; `path` is decoded, without the slash in front.
pub async fn answer(state: Arc<State>, path: String, request: Request) -> Response {
    let Some(admin) = state.admin.clone() else { return answer::plain(StatusCode::NOT_FOUND, "404") };
    let (parts, body) = request.into_parts();
    let query = parts.uri.query().unwrap_or_default().to_string();
    let home = format!("/{path}") == HOME;
    if home && parts.method == Method::GET && gate_opens(&admin, &parts.headers, &query, &state) {
        // The key leaves the address at once: it stays in no history and on no screen.
        let headers = [(header::SET_COOKIE, admin.keys.cookie(state.address.port())), (header::LOCATION, HOME.to_string())];
        return (StatusCode::SEE_OTHER, headers, answer::plain(StatusCode::SEE_OTHER, "")).into_response();
    }
    if let Err(refusal) = admin.keys.judge(&parts.method, &parts.headers, state.address) {
        return turned_away(refusal, state.config.tongue);
    }
    if !answer::is_read(&state).await {
        return answer::waiting();
    }
    if parts.method != Method::POST {
        return blocking(move || got(&state, &admin, &path, &query)).await;
    }
    let Some(name) = path.strip_prefix("__parkpress/admin/api/").map(str::to_string) else {
        return answer::plain(StatusCode::METHOD_NOT_ALLOWED, "405");
    };
    let is_file = name == "upload";
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind != if is_file { "application/octet-stream" } else { "application/json" } {
        return answer::plain(StatusCode::UNSUPPORTED_MEDIA_TYPE, "415");
    }
    let Ok(sent) = to_bytes(body, if is_file { upload::LARGEST } else { LARGEST_FORM }).await else {
        let (zh, en) = ("文件太大，最多 20 MB。", "The file is too large; 20 MB at most.");
        return told((413, serde_json::json!({"message": {"zh": zh, "en": en}})));
    };
    blocking(move || {
        let Some(visit) = api::Visit::new(&state, &admin) else { return unread() };
        if is_file {
            return told(visit.upload(&api::words(&query), &sent));
        }
        match serde_json::from_slice::<Json>(&sent) {
            Ok(asked @ Json::Object(_)) => told(visit.act(&name, &asked)),
            _ => answer::plain(StatusCode::BAD_REQUEST, "400"),
        }
    })
    .await
}

fn gate_opens(admin: &Admin, headers: &HeaderMap, query: &str, state: &State) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    gate::is_here(host, state.address.port()) && admin.keys.opens(query)
}

fn got(state: &State, admin: &Admin, path: &str, query: &str) -> Response {
    if let Some(rest) = path.strip_prefix("__parkpress/draft/") {
        let page = rest.split_once('/').map_or("", |(_, page)| page);
        return match admin.shown() {
            Some(preview) => answer::still(state, &preview, page),
            None => answer::plain(StatusCode::NOT_FOUND, "404"),
        };
    }
    let Some(path) = path.strip_prefix("__parkpress/admin") else { return answer::plain(StatusCode::NOT_FOUND, "404") };
    match path {
        "" => (StatusCode::FOUND, [(header::LOCATION, HOME)]).into_response(),
        "/" => bytes_with(StatusCode::OK, "text/html; charset=utf-8", PAGE.replace("{{key}}", admin.keys.pen()).into_bytes(), CSP),
        _ => {
            let name = path.trim_start_matches('/');
            if let Some((_, mime, text)) = ASSETS.iter().find(|(known, ..)| *known == name) {
                return bytes_with(StatusCode::OK, mime, text.as_bytes().to_vec(), CSP);
            }
            let Some(visit) = api::Visit::new(state, admin) else { return unread() };
            if let Some(rest) = name.strip_prefix("kit/") {
                return match admin.desk().and_then(|desk| kit::page(&desk, state.config.options(), rest)) {
                    Some(page) => bytes_with(StatusCode::OK, answer::mime(rest), page, kit::CSP),
                    None => {
                        answer::plain(StatusCode::NOT_FOUND, "现在不能发布，或内容有错。/ Not to be published now, or something is wrong.")
                    }
                };
            }
            let words = api::words(query);
            match name.strip_prefix("api/") {
                Some("picture") => match visit.picture(&words) {
                    // A drawing that is opened by itself is a page; this policy lets it do nothing.
                    Some((file, bytes)) => {
                        bytes_with(StatusCode::OK, answer::mime(&file), bytes, "default-src 'none'; style-src 'unsafe-inline'; sandbox")
                    }
                    None => answer::plain(StatusCode::NOT_FOUND, "404"),
                },
                Some(name) => told(visit.ask(name, &words)),
                None => answer::plain(StatusCode::NOT_FOUND, "404"),
            }
        }
    }
}

/// The site cannot be read at all: its settings or its theme are broken.
fn unread() -> Response {
    told((
        503,
        serde_json::json!({"message": {
            "zh": "网站读不出来：请先按预览页上的提示改好 content/site.yaml 或主题。",
            "en": "The site cannot be read: mend content/site.yaml or the theme first; the preview says what is wrong.",
        }}),
    ))
}

fn told((status, json): api::Told) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    bytes_with(status, "application/json; charset=utf-8", json.to_string().into_bytes(), CSP)
}

/// Work that reads and writes files does not hold up the others.
async fn blocking(work: impl FnOnce() -> Response + Send + 'static) -> Response {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| answer::plain(StatusCode::INTERNAL_SERVER_ERROR, "500"))
}

fn turned_away(refusal: Refusal, tongue: Tongue) -> Response {
    let (status, zh, en) = match refusal {
        Refusal::Method => (StatusCode::METHOD_NOT_ALLOWED, "不支持这种请求。", "This method is not known."),
        Refusal::Stranger => (StatusCode::FORBIDDEN, "只回应本机上的编辑页面。", "Only pages of this machine are answered."),
        Refusal::NoPen => (StatusCode::FORBIDDEN, "编辑页面已经失效，请重新打开。", "This page is out of date; open it anew."),
        Refusal::NoKey => (
            StatusCode::FORBIDDEN,
            "编辑页面要用启动时给出的完整网址打开（每次启动都不同）。请回到启动窗口，复制“编辑”后面的网址。",
            "Open the forms with the whole address that was printed at the start (it is new each time).",
        ),
    };
    let shown = if tongue == Tongue::Zh { zh } else { en };
    let body: Body = format!("{shown}\n").into();
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (status, headers, body).into_response()
}
