//! `parkpress serve`: the preview.

use super::out::{eprintln, println};
use super::session::Session;
use crate::diagnostic::said;
use crate::serve::{self, Config};
use crate::value::Instant;
use clap::ArgMatches;

/// Runs the verb; it ends with the process.
pub fn run(session: &Session, matches: &ArgMatches) -> u8 {
    match start(session, matches) {
        Ok(()) => 0,
        Err(code) => code,
    }
}

fn start(session: &Session, matches: &ArgMatches) -> Result<(), u8> {
    let host = matches.get_one::<String>("host").map(String::as_str).unwrap_or("127.0.0.1");
    let host = if host == "localhost" { "127.0.0.1" } else { host };
    let Ok(host) = host.parse() else {
        let hint = said("例如 127.0.0.1，只限本机。", "Such as 127.0.0.1, for this machine only.");
        let message = said(format!("--host“{host}”不是 IP 地址。"), format!("--host “{host}” is no IP address."));
        return Err(session.refuse(&message, Some(&hint), 2));
    };
    let config = Config {
        root: session.root()?,
        host,
        port: matches.get_one::<u16>("port").copied().unwrap_or(8000),
        // Who writes wants to see what is written.
        drafts: matches.get_flag("drafts") || matches.get_flag("admin"),
        admin: matches.get_flag("admin"),
        at: matches.get_one::<String>("at").map(|_| session.instant(matches)).transpose()?,
        now: Instant::from_system,
        poll: matches.get_flag("poll"),
        tongue: session.tongue,
    };
    let open = matches.get_flag("open");
    let ready = |address: std::net::SocketAddr, door: Option<String>| {
        let mut url = format!("http://{address}/");
        println!("{}", session.say(format!("预览：{url}（按 Ctrl+C 结束）"), format!("Preview: {url} (Ctrl+C ends it)")));
        if let Some(door) = door {
            println!(
                "{}",
                session.say(
                    format!("编辑：{door}（只在本机有效，不要转发）"),
                    format!("Forms: {door} (for this machine only; do not pass it on)")
                )
            );
            url = door;
        }
        if open && let Err(error) = open::that(&url) {
            eprintln!("{}", session.say(format!("打不开浏览器：{error}"), format!("The browser did not open: {error}")));
        }
    };
    serve::run(config, ready).map_err(|failure| session.refuse(&failure.message, failure.hint.as_ref(), failure.exit))
}
