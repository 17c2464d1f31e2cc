//! Refuses places where a site or a kit must not be written.

use super::manifest::{Manifest, NAME};
use super::{Failure, Target, kit};
use crate::diagnostic::said;
use crate::plan::clashes::is_possible;
use std::path::{Component, Path, PathBuf};

/// Where a site goes if nothing else is said, below its root.
pub const FOLDER: &str = "public";

fn refuse(code: &'static str, out: &Path, zh: &str, en: &str) -> Failure {
    let shown = out.display().to_string().replace('\\', "/");
    // The folder that was refused is no advice.
    let other = if out.ends_with(FOLDER) { "public-2" } else { FOLDER };
    let hint = said(
        format!("用 --out 另选一个新的空文件夹，例如 --out {other}。"),
        format!("Choose a new empty folder with --out, such as --out {other}."),
    );
    Failure {
        code,
        message: said(format!("不能写到“{shown}”：{zh}。"), format!("Nothing is written to “{shown}”: {en}.")),
        hint: Some(hint),
        exit: 2,
    }
}

/// Checks a target; gives it with absolute paths. A kit has a place of its own, which is the best advice.
pub fn check(target: &Target) -> Result<Target, Failure> {
    let own = || said("不写 --out，放在默认的 .parkpress/kit/。", "Leave --out away: kits lie in .parkpress/kit/.");
    checked(target).map_err(|failure| Failure { hint: if target.kit.is_some() { Some(own()) } else { failure.hint }, ..failure })
}

fn checked(target: &Target) -> Result<Target, Failure> {
    let root = std::fs::canonicalize(&target.root).map_err(|error| Failure::io(&target.root, &error))?;
    let out = absolute(&root, &target.out);
    if out.is_symlink() {
        return Err(refuse("out-is-link", &out, "它是一个链接", "it is a link"));
    }
    // Links above the folder are resolved, so that no detour leads back into the content.
    let real = real_path(&out);
    if real == root {
        return Err(refuse("out-is-root", &out, "它是网站的源文件夹", "it is the source of the site"));
    }
    if root.starts_with(&real) {
        return Err(refuse("out-is-ancestor", &out, "它包含着网站的源文件夹", "it contains the source of the site"));
    }
    if real.parent().is_none() || std::env::home_dir().is_some_and(|home| real_path(&home) == real) {
        return Err(refuse("out-is-home", &out, "它是系统根目录或个人主目录", "it is the root of the system or your home folder"));
    }
    // The kits of records have a place among what Parkpress keeps for itself.
    let kits = root.join(kit::FOLDER);
    let is_kit = target.kit.is_some() && real.starts_with(&kits) && real != kits;
    for source in ["content", "themes", ".git", ".parkpress"] {
        if real.starts_with(root.join(source)) && !is_kit {
            return Err(refuse("out-in-content", &out, "它在源文件里面", "it lies among the sources"));
        }
    }
    if out.exists() && !out.is_dir() {
        return Err(refuse("out-is-file", &out, "它是一个文件", "it is a file"));
    }
    let marked = |folder: &Path| folder.join(NAME).is_file();
    // A folder that cannot be looked into may hold anything.
    let empty = !out.exists() || std::fs::read_dir(&out).is_ok_and(|mut entries| entries.next().is_none());
    if !empty && !marked(&out) && !marked(&out.join("current")) {
        return Err(refuse("out-not-ours", &out, "里面有别的东西，不是本工具生成的", "it holds things that this tool did not write"));
    }
    if target.kit.is_some() && real == root.join(FOLDER) {
        return Err(refuse("out-in-site", &out, "它留给网站，会挡住以后的生成", "it is kept for the site, which could not be built then"));
    }
    if target.kit.is_some()
        && let Some(above) = real.ancestors().skip(1).find(|above| marked(above))
    {
        let shown = above.display().to_string().replace('\\', "/");
        let (zh, en) =
            (format!("它在另一个输出文件夹“{shown}”里面，会被一起发布"), format!("it lies in the output “{shown}” and would be published"));
        return Err(refuse("out-in-site", &out, &zh, &en));
    }
    // A site takes the place of a site, a kit that of the kit of the same record.
    let known = if marked(&out) { Manifest::read(&out)? } else { None };
    if known.is_some_and(|known| known.kit != target.kit) {
        return Err(refuse(
            "out-not-ours",
            &out,
            "里面是别的东西（网站，或另一条内容的宣传材料）",
            "it holds something else (a site, or the kit of another record)",
        ));
    }
    Ok(Target { root, out: real, ..target.clone() })
}

fn absolute(root: &Path, path: &Path) -> PathBuf {
    let joined = if path.is_absolute() { path.to_path_buf() } else { root.join(path) };
    let mut plain = PathBuf::new();
    for part in joined.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            other => plain.push(other),
        }
    }
    plain
}

/// The path with every existing folder above it resolved.
fn real_path(path: &Path) -> PathBuf {
    if let Ok(real) = std::fs::canonicalize(path) {
        return real;
    }
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) => real_path(parent).join(name),
        _ => path.to_path_buf(),
    }
}

/// Refuses a path of an output that could leave the folder or that some system cannot hold.
pub fn check_path(path: &str) -> Result<(), Failure> {
    if is_possible(path) && path != NAME {
        return Ok(());
    }
    Err(Failure {
        code: "path-impossible",
        message: said(format!("文件路径“{path}”在有的系统上不能使用。"), format!("The path “{path}” is impossible on some systems.")),
        hint: Some(said(
            "改掉文件名里的特殊符号、保留名（如 con、aux）或结尾的点。",
            "Rename it: no special signs, reserved names (con, aux) or final dots.",
        )),
        exit: 1,
    })
}

#[cfg(test)]
mod tests {
    use super::check_path;

    #[test]
    fn paths_that_leave_the_site_or_break_a_system_are_refused() {
        for path in ["../a", "/a", "a//b", "a/./b", "con/index.html", "a/AUX.txt", "com1", "a.", "a:b", "a\\b", "", ".parkpress.json"] {
            assert!(check_path(path).is_err(), "{path}");
        }
        for path in ["index.html", "media/厂房.png", "parks/a/index.html", "assets/site.0a.css"] {
            assert!(check_path(path).is_ok(), "{path}");
        }
    }
}
