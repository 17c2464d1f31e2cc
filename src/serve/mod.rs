//! SERVE: the preview. Renders what the browser asks for and reloads it when the content changes.
//!
//! In: the root of a site. Out: answers on a local port. Never: writes the built site (only the cache of pictures, and
//! the content where the forms were asked for), answers another host, or leaves the site: an address is looked up in the
//! plan, never on the disk.
//!
//! `state` holds the last good site and what is wrong with the present one; `watch` follows the disk; `answer`
//! makes responses. `admin` is the forms: with them, and only then, the content is written.

mod admin;
mod answer;
mod memory;
mod state;
mod watch;

use crate::diagnostic::{Said, Tongue, failed, said};
use crate::resolve::Options;
use crate::value::Instant;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;

/// How to serve.
#[derive(Debug, Clone)]
pub struct Config {
    /// The root of the site.
    pub root: PathBuf,
    /// The address to listen on.
    pub host: IpAddr,
    /// The port; 0 for any free one.
    pub port: u16,
    /// Show drafts.
    pub drafts: bool,
    /// The instant, where one was given; else each load asks `now`.
    pub at: Option<Instant>,
    /// The clock of the command line.
    pub now: fn() -> Instant,
    /// Serve the forms in which records are made and changed.
    pub admin: bool,
    /// Poll instead of being told by the system.
    pub poll: bool,
    /// The language of messages.
    pub tongue: Tongue,
}

impl Config {
    fn options(&self) -> Options {
        Options { at: self.at.unwrap_or_else(self.now), drafts: self.drafts, portable: false }
    }
}

/// Why there is no preview.
#[derive(Debug)]
pub struct Failure {
    /// What happened.
    pub message: Said,
    /// What to do.
    pub hint: Option<Said>,
    /// 2 for a busy port, 3 when the machine failed.
    pub exit: u8,
}

/// Listens and answers until the process ends. `ready` is told the address, and that of the forms.
pub fn run(config: Config, ready: impl FnOnce(SocketAddr, Option<String>)) -> Result<(), Failure> {
    if config.admin && !config.host.is_loopback() {
        return Err(Failure {
            message: said("--admin 只能在本机使用，不能向别的电脑开放。", "--admin is for this machine only."),
            hint: Some(said("去掉 --host，或写 --host 127.0.0.1。", "Leave out --host, or write --host 127.0.0.1.")),
            exit: 2,
        });
    }
    let wanted = SocketAddr::new(config.host, config.port);
    let listener = TcpListener::bind(wanted).map_err(|error| Failure {
        message: failed(format!("不能在 {wanted} 上监听"), format!("Cannot listen on {wanted}"), &error),
        hint: Some(said("端口可能被占用，换一个：--port 8001。", "The port may be busy; try --port 8001.")),
        exit: 2,
    })?;
    let broken = |error: std::io::Error| Failure { message: failed("预览出错", "The preview failed", &error), hint: None, exit: 3 };
    listener.set_nonblocking(true).map_err(broken)?;
    let address = listener.local_addr().map_err(broken)?;
    let admin = config.admin.then(admin::Admin::new).transpose().map_err(|error| broken(std::io::Error::other(error)))?.map(Arc::new);
    let door = admin.as_ref().map(|admin| format!("http://{address}{}", admin.door()));
    let state = Arc::new(state::State::new(config, address, admin));
    // However large the site, the address answers at once; the pages come when it is read.
    watch::start(&state)
        .map_err(|message| Failure { message, hint: Some(said("加 --poll 再试。", "Try again with --poll.")), exit: 3 })?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().map_err(broken)?;
    ready(address, door);
    runtime.block_on(async move {
        let listener = tokio::net::TcpListener::from_std(listener).map_err(broken)?;
        axum::serve(listener, answer::router(state)).await.map_err(broken)
    })
}
