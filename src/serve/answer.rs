//! Requests → responses. Only GET and HEAD, only our own host, only what the plan knows.

use super::state::{Preview, State};
use crate::diagnostic::codes;
use crate::render::{CSP, Output};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State as Shared};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

const LIVE_JS: &str = include_str!("assets/live.js");
const LIVE_CSS: &str = include_str!("assets/live.css");

/// Where a code is explained.
const EXPLAIN: &str = "__parkpress/explain/";

/// So long a browser waits without a word until the site is read for the first time.
const PATIENCE: Duration = Duration::from_millis(800);

/// The one route there is: everything.
pub fn router(state: Arc<State>) -> Router {
    Router::new().fallback(answer).with_state(state)
}

async fn answer(Shared(state): Shared<Arc<State>>, request: Request) -> Response {
    let path = percent_encoding::percent_decode_str(request.uri().path()).decode_utf8_lossy().trim_start_matches('/').to_string();
    if state.admin.is_some() && ["__parkpress/admin", "__parkpress/draft/"].iter().any(|own| path.starts_with(own)) {
        return super::admin::answer(state, path, request).await;
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return plain(StatusCode::METHOD_NOT_ALLOWED, "405");
    }
    if !is_ours(request.headers(), &state) {
        return plain(StatusCode::FORBIDDEN, "403");
    }
    match path.as_str() {
        "__parkpress/live.js" => bytes(StatusCode::OK, "text/javascript; charset=utf-8", LIVE_JS.as_bytes().to_vec()),
        "__parkpress/live.css" => bytes(StatusCode::OK, "text/css; charset=utf-8", LIVE_CSS.as_bytes().to_vec()),
        "__parkpress/events" => events(&state),
        _ if path.starts_with(EXPLAIN) => explained(&path[EXPLAIN.len()..]),
        _ if !is_read(&state).await => waiting(),
        "_components" => ([(header::LOCATION, "/_components/")], StatusCode::FOUND).into_response(),
        "_components/" => components(&state),
        path => page(&state, path),
    }
}

/// Is the site read for the first time? A small one is so soon that its browser only waits.
pub async fn is_read(state: &State) -> bool {
    let mut changes = state.changes();
    let read = changes.wait_for(|generation| *generation > 0);
    tokio::time::timeout(PATIENCE, read).await.is_ok_and(|read| read.is_ok())
}

/// A page of the preview's own, for what is wrong. With an icon, so that no browser asks the site for one.
const EMPTY: &str = "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><link rel=\"icon\" href=\"data:,\"><title>Parkpress</title></head><body><main></main></body></html>";

/// What stands there until a large site is read; it asks again by itself.
pub fn waiting() -> Response {
    let html = "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><link rel=\"icon\" href=\"data:,\"><meta http-equiv=\"refresh\" content=\"1\"><title>Parkpress</title></head><body><main><p>正在读取内容，读完后自动显示。</p><p lang=\"en\">Reading the content; the page will appear by itself.</p></main></body></html>";
    bytes(StatusCode::SERVICE_UNAVAILABLE, "text/html; charset=utf-8", html.as_bytes().to_vec())
}

/// A page on another site must not read the preview through a name that it points at this machine.
fn is_ours(headers: &HeaderMap, state: &State) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let Some(host) = text(header::HOST) else { return false };
    let name = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit())).map_or(host, |(name, _)| name);
    let local = matches!(name, "localhost" | "127.0.0.1" | "[::1]");
    // Listening on every address is a choice of the person; then any numeric address of this machine is ours.
    let numeric = state.config.host.is_unspecified() && name.trim_matches(['[', ']']).parse::<std::net::IpAddr>().is_ok();
    let named = name.trim_matches(['[', ']']) == state.config.host.to_string();
    let origin = text(header::ORIGIN).is_none_or(|origin| origin.strip_prefix("http://") == Some(host));
    (local || numeric || named) && origin
}

/// Tells the browser the generation of the site, now and after every change.
fn events(state: &State) -> Response {
    let changes = state.changes();
    let stream = stream::unfold((changes, true), |(mut changes, first)| async move {
        if !first {
            changes.changed().await.ok()?;
        }
        let generation = *changes.borrow_and_update();
        Some((Ok::<Event, Infallible>(Event::default().data(generation.to_string())), (changes, false)))
    });
    Sse::new(stream).keep_alive(KeepAlive::default()).into_response()
}

/// What `explain CODE` says, in both languages.
fn explained(code: &str) -> Response {
    match codes::explain(code) {
        Some(found) => plain(StatusCode::OK, &format!("{code}\n\n{}\n\n{}\n", found.text.zh, found.text.en)),
        None => plain(StatusCode::NOT_FOUND, "404"),
    }
}

/// The components of the theme with their examples; no part of the site.
fn components(state: &State) -> Response {
    let Some(preview) = state.good() else { return page(state, "") };
    match preview.renderer.components_page() {
        Ok(html) => html_page(StatusCode::OK, html, &state.trouble()),
        Err(diagnostic) => failed(state, diagnostic),
    }
}

fn page(state: &State, path: &str) -> Response {
    let trouble = state.trouble();
    let Some(preview) = state.good() else {
        return html_page(StatusCode::INTERNAL_SERVER_ERROR, EMPTY.into(), &trouble);
    };
    found(state, &preview, path, &|status, html| html_page(status, html, &trouble))
}

/// A page of a site that is only looked at: it does not reload.
pub fn still(state: &State, preview: &Preview, path: &str) -> Response {
    found(state, preview, path, &|status, html| bytes(status, "text/html; charset=utf-8", html))
}

fn found(state: &State, host: &Preview, path: &str, html_page: &dyn Fn(StatusCode, Vec<u8>) -> Response) -> Response {
    let (preview, top, path) = host.of(path);
    let file = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_string() };
    let Some(planned) = preview.plan.get(&file) else {
        let is_companion = host.companions.iter().any(|(at, _)| at == path);
        if is_companion || preview.plan.contains_key(&format!("{path}/index.html")) {
            return ([(header::LOCATION, format!("/{top}{}/", crate::resolve::url::encode(path)))], StatusCode::FOUND).into_response();
        }
        let missing = host.plan.get("404.html").and_then(|planned| host.renderer.render(planned).ok());
        return match missing {
            Some(Output::Bytes(html)) => html_page(StatusCode::NOT_FOUND, html),
            _ => plain(StatusCode::NOT_FOUND, "404"),
        };
    };
    match preview.renderer.render(planned) {
        Ok(Output::Bytes(html)) if file.ends_with(".html") => html_page(StatusCode::OK, html),
        Ok(Output::Bytes(body)) => bytes(StatusCode::OK, mime(&file), body),
        Ok(Output::Copy(blob)) => match blob.read() {
            Ok(body) => bytes(StatusCode::OK, mime(&file), body.to_vec()),
            Err(failure) => plain(StatusCode::INTERNAL_SERVER_ERROR, failure.message.in_tongue(state.config.tongue)),
        },
        Err(diagnostic) => failed(state, diagnostic),
    }
}

/// A page that could not be rendered.
fn failed(state: &State, diagnostic: crate::diagnostic::Diagnostic) -> Response {
    let mut one = crate::diagnostic::Diagnostics::new();
    one.push(diagnostic);
    let shown = crate::diagnostic::print::text(&one, &|_| None, state.config.tongue, false);
    html_page(StatusCode::INTERNAL_SERVER_ERROR, EMPTY.into(), &shown)
}

/// A page with the script that reloads it, and with what is wrong at present.
fn html_page(status: StatusCode, html: Vec<u8>, trouble: &str) -> Response {
    let mut html = String::from_utf8_lossy(&html).into_owned();
    let mut more = String::from("<script src=\"/__parkpress/live.js\"></script>");
    if !trouble.is_empty() {
        let shown = linked(trouble.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"));
        more.push_str(&format!(
            "<link rel=\"stylesheet\" href=\"/__parkpress/live.css\"><section class=\"parkpress-errors\" role=\"alert\"><h2>内容有错误，显示的是改错前的页面 / The content has errors; this is the last good page</h2><pre>{shown}</pre></section>"
        ));
    }
    let at = html.rfind("</body>").unwrap_or(html.len());
    html.insert_str(at, &more);
    bytes(status, "text/html; charset=utf-8", html.into_bytes())
}

/// The codes in brackets lead to their explanation.
fn linked(mut shown: String) -> String {
    for found in codes::all() {
        let (code, bracketed) = (found.code, format!("[{}]", found.code));
        if shown.contains(&bracketed) {
            shown = shown.replace(&bracketed, &format!("[<a href=\"/{EXPLAIN}{code}\" target=\"_blank\">{code}</a>]"));
        }
    }
    shown
}

fn bytes(status: StatusCode, mime: &'static str, body: Vec<u8>) -> Response {
    bytes_with(status, mime, body, CSP)
}

/// An answer under a policy of its own.
pub fn bytes_with(status: StatusCode, mime: &'static str, body: Vec<u8>, policy: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, mime),
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
    ];
    (status, headers, Body::from(body)).into_response()
}

/// A few words.
pub fn plain(status: StatusCode, text: &str) -> Response {
    bytes(status, "text/plain; charset=utf-8", text.as_bytes().to_vec())
}

/// What a file is, by its ending.
pub fn mime(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "gif" => "image/gif",
        "avif" => "image/avif",
        "pdf" => "application/pdf",
        "mp4" => "video/mp4",
        _ => "application/octet-stream",
    }
}
