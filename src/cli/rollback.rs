//! `parkpress rollback`: brings back the site before.

use super::out::println;
use super::session::Session;
use crate::write::{self, Target};
use clap::ArgMatches;
use std::path::PathBuf;

/// Runs the verb.
pub fn run(session: &Session, matches: &ArgMatches) -> u8 {
    let root = match session.root() {
        Ok(root) => root,
        Err(code) => return code,
    };
    let given = matches.value_source("out") == Some(clap::parser::ValueSource::CommandLine);
    let out = matches.get_one::<String>("out").map_or_else(|| PathBuf::from(crate::write::FOLDER), PathBuf::from);
    let out = if given { std::env::current_dir().unwrap_or_default().join(out) } else { out };
    match write::rollback(&Target { root, out, keep: 1, kit: None }) {
        Ok(receipt) => {
            println!(
                "{}",
                session.say(
                    format!("已换回以前的网站，共 {} 个文件。", receipt.written),
                    format!("The site before is back, {} files.", receipt.written)
                )
            );
            0
        }
        Err(failure) => session.refuse(&failure.message, failure.hint.as_ref(), failure.exit),
    }
}
