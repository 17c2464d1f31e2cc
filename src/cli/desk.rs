//! What the verbs of the desk share: showing a change, asking, writing.

use super::out::{print, println};
use super::session::Session;
use crate::desk::{Edit, diff};
use crate::diagnostic::{Diagnostics, said};
use crate::source::encoding;
use crate::value::Instant;
use crate::write;
use clap::ArgMatches;
use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// May what goes to the output be coloured?
pub fn colour() -> bool {
    std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Prints what an edit changes: a diff of texts, a line for anything else.
pub fn show(session: &Session, edit: &Edit) {
    let text = |bytes: &Option<Vec<u8>>| match bytes {
        Some(bytes) => encoding::decode(&edit.path, bytes, &mut Diagnostics::new()),
        None => Some(String::new()),
    };
    match (&edit.before, &edit.after, text(&edit.before), text(&edit.after)) {
        (Some(_), Some(_), Some(old), Some(new)) => print!("{}", diff::unified(edit.path.as_str(), &old, &new, colour())),
        (Some(_), None, ..) => println!("- {}", edit.path),
        (None, Some(_), ..) => println!("+ {}", edit.path),
        _ => println!("{}", session.say(format!("修改 {}", edit.path), format!("changes {}", edit.path))),
    }
}

/// Asks whether to write: on a terminal a person, else `--yes` must say so. `Ok(false)` is a no.
pub fn may_write(session: &Session, matches: &ArgMatches) -> Result<bool, u8> {
    if matches.get_flag("yes") {
        return Ok(true);
    }
    if !std::io::stdin().is_terminal() {
        let message = said("没有写入：不在终端里运行时，要加 --yes 才写入。", "Nothing was written: without a terminal, say --yes.");
        return Err(session.refuse(&message, None, 2));
    }
    let answer = answer(&session.say("写入以上修改吗？[y/N] ", "Write these changes? [y/N] "));
    Ok(matches!(answer.to_lowercase().as_str(), "y" | "yes" | "是" | "好"))
}

/// Asks for an id to be typed, where a plain yes would come too easily; on a terminal or from a pipe.
pub fn has_typed(session: &Session, matches: &ArgMatches, id: &str) -> bool {
    matches.get_flag("yes")
        || answer(&session.say(
            format!("仍要删除，请输入 {id} 后回车（直接回车不删除）："),
            format!("To take it away all the same, type {id} (Enter alone leaves it): "),
        )) == id
}

/// Whether the question was shown or not, the answer is read.
fn answer(question: &str) -> String {
    print!("{question}");
    let _ = std::io::stdout().flush();
    let mut answer = String::new();
    let _ = std::io::stdin().lock().read_line(&mut answer);
    answer.trim().to_string()
}

/// Writes the edits; `what` is the verb, for the folder of the copies.
pub fn write(session: &Session, root: &Path, edits: &[Edit], what: &str) -> Result<Option<PathBuf>, u8> {
    // People look for the folder by the clock on their wall.
    let stamp = Instant::from_system().stamp(&session.zone()?);
    write::edit(root, edits, &stamp, what).map_err(|failure| session.refuse(&failure.message, failure.hint.as_ref(), failure.exit))
}

/// Says where the copies lie.
pub fn say_kept(session: &Session, root: &Path, kept: Option<PathBuf>) {
    if let Some(kept) = kept {
        let shown = kept.strip_prefix(root).unwrap_or(&kept).display().to_string().replace('\\', "/");
        println!("{}", session.say(format!("原来的文件留在 {shown}"), format!("What was there before lies in {shown}")));
    }
}
