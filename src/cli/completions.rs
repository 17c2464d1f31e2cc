//! `parkpress completions SHELL`.

use super::args;
use crate::diagnostic::Tongue;
use clap::ArgMatches;
use clap_complete::Shell;

/// Prints the script.
pub fn run(matches: &ArgMatches, tongue: Tongue) -> u8 {
    let shell: Option<Shell> = matches.get_one::<String>("shell").and_then(|name| name.parse().ok());
    let Some(shell) = shell else { return 2 };
    clap_complete::generate(shell, &mut args::command(tongue), "parkpress", &mut std::io::stdout());
    0
}
