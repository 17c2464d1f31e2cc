//! `parkpress serve`.

use super::session::Session;
use clap::ArgMatches;

/// Runs the verb.
pub fn run(session: &Session, matches: &ArgMatches) -> u8 {
    let _ = (session, matches);
    2
}
