//! CLI: the command line. Words in, exit code out; one file per verb.
//!
//! In: the arguments of the process. Out: what a person or a script reads, and an exit code (0 fine, 1 content errors,
//! 2 usage or refusal, 3 input/output). The only module that asks the clock and the environment.

mod args;
mod build;
mod check;
mod completions;
mod desk;
mod desk_args;
mod explain;
mod export;
mod fix;
mod freshness;
mod import;
mod import_word;
mod init;
mod list;
mod new;
mod out;
mod progress;
mod publish;
pub mod reference;
mod rename;
mod review;
mod rollback;
mod schema;
mod serve;
mod session;

use session::Session;

/// Runs the program; gives its exit code.
pub fn run(words: impl IntoIterator<Item = std::ffi::OsString>) -> u8 {
    let words: Vec<std::ffi::OsString> = words.into_iter().collect();
    let tongue = session::tongue(&words);
    let matches = match args::command(tongue).try_get_matches_from(&words) {
        Ok(matches) => matches,
        Err(error) => return args::explain(&error, tongue),
    };
    let Some((verb, own)) = matches.subcommand() else { return 2 };
    let session = Session::new(own, tongue);
    match verb {
        "build" => build::run(&session, own),
        "check" => check::run(&session, own),
        "serve" => serve::run(&session, own),
        "init" => init::run(&session, own),
        "new" => new::run(&session, own),
        "import" => import::run(&session, own),
        "export" => export::run(&session, own),
        "list" => list::run(&session, own),
        "explain" => explain::run(&session, own),
        "schema" => schema::run(&session, own),
        "fix" => fix::run(&session, own),
        "rename" => rename::rename(&session, own),
        "remove" => rename::remove(&session, own),
        "freshness" => freshness::run(&session, own),
        "review" => review::run(&session, own),
        "publish" => publish::run(&session, own),
        "completions" => completions::run(own, tongue),
        _ => rollback::run(&session, own),
    }
}
