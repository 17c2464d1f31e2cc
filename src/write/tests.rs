//! Whole exchanges in temporary folders.

use super::{Stage, Target, rollback};
use std::fs;
use std::path::{Path, PathBuf};

struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Place {
        let path = std::env::temp_dir().join(format!("parkpress-write-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(path.join("site/content")).unwrap();
        Place(path)
    }
    fn target(&self, out: &str, keep: usize) -> Target {
        Target { root: self.0.join("site"), out: PathBuf::from(out), keep, kit: None }
    }
    fn text(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.0.join("site").join(path)).ok()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn build(target: &Target, files: &[(&str, &str)]) -> super::Receipt {
    let stage = Stage::open(target).unwrap();
    files.iter().for_each(|(path, text)| stage.put(path, text.as_bytes()).unwrap());
    stage.commit().unwrap()
}

#[test]
fn a_second_build_keeps_what_is_the_same_and_removes_what_is_gone() {
    let place = Place::new("second");
    let target = place.target("public", 0);
    build(&target, &[("index.html", "a"), ("old/index.html", "b"), ("same.txt", "c")]);
    let before = fs::metadata(place.0.join("site/public/same.txt")).unwrap().modified().unwrap();
    fs::write(place.0.join("site/public/own.txt"), "mine").unwrap();
    let receipt = build(&target, &[("index.html", "a2"), ("same.txt", "c")]);
    assert_eq!((receipt.written, receipt.unchanged, receipt.removed), (1, 1, 1));
    assert_eq!(receipt.foreign, vec!["own.txt".to_string()]);
    assert_eq!(place.text("public/index.html").as_deref(), Some("a2"));
    assert_eq!(place.text("public/own.txt").as_deref(), Some("mine"));
    assert_eq!(place.text("public/old/index.html"), None);
    assert_eq!(fs::metadata(place.0.join("site/public/same.txt")).unwrap().modified().unwrap(), before);
    let left: Vec<_> = fs::read_dir(place.0.join("site")).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    assert!(!left.iter().any(|name| name.contains("stage")), "{left:?}");
}

#[test]
fn a_failed_build_leaves_the_old_site() {
    let place = Place::new("failed");
    let target = place.target("public", 0);
    build(&target, &[("index.html", "a")]);
    let stage = Stage::open(&target).unwrap();
    stage.put("index.html", b"half").unwrap();
    assert_eq!(stage.put("INDEX.html", b"x").unwrap_err().code, "path-twice");
    drop(stage);
    assert_eq!(place.text("public/index.html").as_deref(), Some("a"));
    assert!(!place.0.join("site/.public.parkpress-stage").exists());
}

#[test]
fn two_builds_at_once_and_the_way_back() {
    let place = Place::new("back");
    let target = place.target("public", 1);
    build(&target, &[("index.html", "1")]);
    build(&target, &[("index.html", "2")]);
    build(&target, &[("index.html", "3")]);
    let running = Stage::open(&target).unwrap();
    assert_eq!(Stage::open(&target).unwrap_err().code, "build-running");
    drop(running);
    rollback(&target).unwrap();
    assert_eq!(place.text("public/index.html").as_deref(), Some("2"));
    rollback(&target).unwrap();
    assert_eq!(place.text("public/index.html").as_deref(), Some("3"));
    assert_eq!(rollback(&place.target("other", 1)).unwrap_err().code, "nothing-to-roll-back");
}

#[test]
fn dangerous_places_are_refused() {
    let place = Place::new("guard");
    let code = |out: &str| Stage::open(&place.target(out, 0)).map(|_| "").unwrap_or_else(|failure| failure.code);
    assert_eq!(code("."), "out-is-root");
    assert_eq!(code(".."), "out-is-ancestor");
    assert_eq!(code("/"), "out-is-ancestor");
    assert_eq!(code("content/public"), "out-in-content");
    fs::write(place.0.join("site/file"), "x").unwrap();
    assert_eq!(code("file"), "out-is-file");
    fs::create_dir_all(place.0.join("site/full")).unwrap();
    fs::write(place.0.join("site/full/letter.doc"), "x").unwrap();
    assert_eq!(code("full"), "out-not-ours");
    fs::create_dir_all(place.0.join("site/broken")).unwrap();
    fs::write(place.0.join("site/broken/.parkpress.json"), "{").unwrap();
    assert_eq!(code("broken"), "mark-broken");
    link(&place.0.join("site/full"), &place.0.join("site/link"));
    assert_eq!(code("link"), "out-is-link");
    link(&place.0.join("site/content"), &place.0.join("site/detour"));
    assert_eq!(code("detour/x"), "out-in-content");
}

#[cfg(unix)]
fn link(to: &Path, at: &Path) {
    std::os::unix::fs::symlink(to, at).unwrap();
}

#[cfg(windows)]
fn link(to: &Path, at: &Path) {
    std::os::windows::fs::symlink_dir(to, at).unwrap();
}

#[test]
fn assets_of_the_site_before_stay_for_one_generation() {
    let place = Place::new("assets");
    let target = place.target("public", 0);
    let with_old = |files: &[(&str, &str)]| {
        let stage = Stage::open(&target).unwrap();
        files.iter().for_each(|(path, text)| stage.put(path, text.as_bytes()).unwrap());
        stage.old_files("assets/").iter().for_each(|path| stage.retain(path).unwrap());
        stage.commit().unwrap();
    };
    with_old(&[("assets/a.1.css", "1")]);
    with_old(&[("assets/a.2.css", "2")]);
    assert_eq!(place.text("public/assets/a.1.css").as_deref(), Some("1"));
    with_old(&[("assets/a.3.css", "3")]);
    assert_eq!(place.text("public/assets/a.1.css"), None);
    assert_eq!(place.text("public/assets/a.2.css").as_deref(), Some("2"));
}

#[test]
fn a_kit_replaces_the_kit_of_its_record_and_nothing_else() {
    let place = Place::new("kit");
    let root = place.0.join("site");
    let kit = |out: Option<&str>, record: &str, text: &str| {
        super::kit(&root, out.map(PathBuf::from), record, &[("poster.html".to_string(), text.as_bytes().to_vec())])
    };
    let (folder, _) = kit(None, "news/a", "1").unwrap();
    assert!(folder.ends_with(".parkpress/kit/news-a"), "{}", folder.display());
    let of = |record: &str| kit(None, record, "1").unwrap().0;
    assert_ne!(of("page/about/us"), of("page/about-us"), "each record has a folder of its own");
    assert_eq!(place.text(".parkpress/.gitignore").as_deref(), Some("*\n"));
    fs::write(folder.join("own.pdf"), "mine").unwrap();
    let (_, receipt) = kit(None, "news/a", "2").unwrap();
    assert_eq!(receipt.foreign, ["own.pdf"]);
    assert_eq!(place.text(".parkpress/kit/news-a/poster.html").as_deref(), Some("2"));
    kit(Some("mine"), "news/a", "1").unwrap();
    let reserved = kit(Some("public"), "news/a", "1").unwrap_err();
    assert_eq!(reserved.code, "out-in-site", "the first build would find its place taken");
    assert!(reserved.hint.unwrap().zh.starts_with("不写 --out"), "a kit has a place of its own");
    let site = Stage::open(&place.target("content/public", 0)).unwrap_err();
    assert!(site.hint.unwrap().zh.ends_with("--out public-2。"), "the refused folder is no advice");
    assert_eq!(kit(Some("mine"), "news/b", "1").unwrap_err().code, "out-not-ours");
    build(&place.target("public", 0), &[("index.html", "a")]);
    build(&place.target("site-2", 0), &[("index.html", "a")]);
    assert_eq!(kit(Some("site-2"), "news/a", "1").unwrap_err().code, "out-not-ours");
    assert_eq!(kit(Some("public/kit/a"), "news/a", "1").unwrap_err().code, "out-in-site");
    assert_eq!(kit(Some("content/kit"), "news/a", "1").unwrap_err().code, "out-in-content");
    assert_eq!(kit(Some(".parkpress/kit"), "news/a", "1").unwrap_err().code, "out-in-content");
    assert_eq!(kit(Some(".parkpress/last"), "news/a", "1").unwrap_err().code, "out-in-content");
    assert_eq!(Stage::open(&place.target("mine", 0)).unwrap_err().code, "out-not-ours", "no site in the place of a kit");
    assert_eq!(Stage::open(&place.target(".parkpress/kit/news-a", 0)).unwrap_err().code, "out-in-content");
    assert_eq!(place.text("public/index.html").as_deref(), Some("a"));
}
