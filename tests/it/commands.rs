//! The commands as people run them: words in, exit codes and files out.

use crate::site::sections;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

pub struct Place(pub PathBuf);

impl Place {
    /// The base site on disk.
    pub fn new(name: &str) -> Place {
        let path = std::env::temp_dir().join(format!("parkpress-commands-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        for (file, text) in sections(include_str!("base.txt")) {
            let file = path.join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        Place(path)
    }
    pub fn run(&self, words: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_parkpress"))
            .args(words)
            .current_dir(&self.0)
            .env("LANG", "zh_CN.UTF-8")
            .env_remove("LC_ALL")
            .output()
            .unwrap()
    }
    pub fn code(&self, words: &[&str]) -> i32 {
        self.run(words).status.code().unwrap()
    }
    pub fn errors(&self, words: &[&str]) -> String {
        String::from_utf8(self.run(words).stderr).unwrap()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_site_is_checked_built_and_rolled_back() {
    let place = Place::new("build");
    assert_eq!(place.code(&["check"]), 0);
    assert!(!place.0.join("public").exists(), "check writes nothing");
    let built = place.run(&["build", "--keep", "1"]);
    let said = String::from_utf8(built.stdout).unwrap();
    assert_eq!(built.status.code(), Some(0), "{said}");
    assert!(said.lines().last().unwrap().starts_with("online content="), "{said}");
    assert!(place.0.join("public/factories/e1/index.html").is_file());
    let page = fs::read(place.0.join("public/parks/east/index.html")).unwrap();
    let text = fs::read_to_string(place.0.join("content/parks/east.md")).unwrap();
    fs::write(place.0.join("content/parks/east.md"), text.replace("东园在", "东园就在")).unwrap();
    assert_eq!(place.code(&["build", "--keep", "1"]), 0);
    assert_ne!(fs::read(place.0.join("public/parks/east/index.html")).unwrap(), page);
    assert_eq!(place.code(&["rollback"]), 0);
    assert_eq!(fs::read(place.0.join("public/parks/east/index.html")).unwrap(), page);
}

#[test]
fn a_build_says_how_many_clauses_are_covered_and_refuses_a_promise_it_breaks() {
    let place = Place::new("trace");
    let said = |out: &Output| String::from_utf8(out.stdout.clone()).unwrap();
    assert!(!said(&place.run(&["build"])).contains("条款"), "a site without a trace has no such line");
    let trace = "clauses:\n  - {no: a, title: {zh: 甲, en: A}, page: /parks/east/, element: main}\n  - {no: b, title: {zh: 乙, en: B}}\n";
    fs::write(place.0.join("content/_trace.yaml"), trace).unwrap();
    assert!(said(&place.run(&["build"])).contains("条款覆盖 1/2"));
    assert!(said(&place.run(&["build", "--lang", "en"])).contains("Clauses covered 1/2"));
    fs::write(place.0.join("content/_trace.yaml"), trace.replace("element: main", "element: mane")).unwrap();
    let out = place.run(&["build"]);
    assert_eq!(out.status.code(), Some(1));
    let errors = String::from_utf8(out.stderr).unwrap();
    assert!(errors.contains("trace-element-missing") && errors.contains("content/_trace.yaml:2:6"), "{errors}");
}

#[test]
fn a_mistake_leaves_the_old_site_and_says_so() {
    let place = Place::new("mistake");
    assert_eq!(place.code(&["build"]), 0);
    let page = fs::read(place.0.join("public/parks/east/index.html")).unwrap();
    fs::write(place.0.join("content/parks/east.md"), "---\ntitle: 东园\nlevl: township\n---\n").unwrap();
    let out = place.run(&["build"]);
    assert_eq!(out.status.code(), Some(1));
    let said = String::from_utf8(out.stderr).unwrap();
    assert!(said.contains("levl") && said.contains("content/parks/east.md:3:1") && said.contains("原来的网站不变"), "{said}");
    assert_eq!(fs::read(place.0.join("public/parks/east/index.html")).unwrap(), page);
    let report = place.run(&["check", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&report.stdout).unwrap();
    assert!(json["summary"]["errors"].as_u64().unwrap() > 0);
    assert!(json["diagnostics"].as_array().unwrap().iter().any(|d| d["code"] == "field-unknown" && d["line"] == 3));
    let sarif: serde_json::Value = serde_json::from_slice(&place.run(&["check", "--format", "sarif"]).stdout).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
}

#[test]
fn warnings_become_errors_when_asked() {
    let place = Place::new("strict");
    let site = place.0.join("content/site.yaml");
    let text = fs::read_to_string(&site).unwrap();
    fs::write(&site, text.lines().filter(|line| !line.starts_with("base_url")).map(|line| format!("{line}\n")).collect::<String>())
        .unwrap();
    assert!(place.errors(&["check"]).contains("base-url-missing"));
    assert_eq!(place.code(&["check"]), 0);
    assert_eq!(place.code(&["check", "--strict"]), 1);
    assert_eq!(place.code(&["build", "--strict"]), 1);
}

#[test]
fn usage_and_refusals_are_exit_code_two() {
    let place = Place::new("usage");
    for words in [
        &["biuld"][..],
        &["build", "--bse-url", "x"],
        &["check", "--format", "xml"],
        &["build", "--at", "明天"],
        &["build", "--base-url", "x"],
        &["new", "fctory"],
        &["explain", "field-unknwn"],
        &["explain", "xyz"],
        &["init", "."],
        &["fix", "content/nwes"],
        &["serve", "--host", "local"],
        &["rollback"],
        &["build", "--out", "content/x"],
        &["check", "--root", "content"],
    ] {
        assert_eq!(place.code(words), 2, "{words:?}");
        let said = place.errors(words);
        assert!(said.trim().lines().count() > 1, "what is wrong, and what to do: {said}");
    }
    assert!(place.errors(&["biuld"]).contains("没有这个命令"));
    assert!(place.errors(&["new", "fctory"]).contains("factory"));
    let home = place.0.to_string_lossy().into_owned();
    let out = Command::new(env!("CARGO_BIN_EXE_parkpress"))
        .args(["build", "--root", &home, "--out", &format!("{home}/home")])
        .env("HOME", format!("{home}/home"))
        .output()
        .unwrap();
    assert_eq!(out.status.code(), Some(2), "the home folder is refused");
}

#[test]
fn somebody_elses_staging_folder_is_not_touched() {
    let place = Place::new("stage");
    let folder = place.0.join(".public.parkpress-stage");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("letter.txt"), "mine").unwrap();
    assert_eq!(place.code(&["build"]), 2);
    assert_eq!(fs::read_to_string(folder.join("letter.txt")).unwrap(), "mine");
}

#[test]
fn new_sites_and_records_never_overwrite() {
    let place = Place::new("new");
    assert_eq!(place.code(&["new", "news", "opening"]), 0);
    let text = fs::read_to_string(place.0.join("content/news/opening.md")).unwrap();
    assert!(text.contains("状态: 草稿") && text.contains("标题:"), "{text}");
    assert_eq!(place.code(&["new", "news", "opening"]), 2);
    assert_eq!(place.code(&["new", "news", "Bad Name"]), 2);
    assert_eq!(place.code(&["init", "fresh"]), 0);
    assert_eq!(place.code(&["init", "fresh"]), 2);
    assert_eq!(place.code(&["check", "--root", "fresh"]), 0);
    assert_eq!(place.code(&["build", "--root", "fresh"]), 0);
    assert!(place.0.join("fresh/public/index.html").is_file() || Path::new("public").exists());
}

#[test]
fn lists_schemas_completions_and_explanations_are_printed() {
    let place = Place::new("print");
    let out = |words: &[&str]| String::from_utf8(place.run(words).stdout).unwrap();
    assert!(out(&["list"]).contains("factory/e1"));
    assert!(out(&["schema", "factory"]).contains("power_kva"));
    let schema: serde_json::Value = serde_json::from_str(&out(&["schema", "factory", "--json"])).unwrap();
    assert!(schema["properties"]["records"].is_object());
    assert!(out(&["completions", "bash"]).contains("parkpress"));
    assert!(out(&["explain", "field-unknown"]).contains("字段"));
    assert!(out(&["explain", "field-unknown", "--lang", "en"]).contains("key"));
    assert!(out(&["--help"]).contains("命令") && out(&["--help", "--lang", "en"]).contains("Commands"));
}

#[cfg(unix)]
#[test]
fn links_among_the_content_are_left_out() {
    let place = Place::new("links");
    std::os::unix::fs::symlink("/etc/passwd", place.0.join("content/parks/passwd.md")).unwrap();
    assert!(place.errors(&["check"]).contains("file-not-regular"));
    assert_eq!(place.code(&["check"]), 0);
}

#[test]
fn a_time_means_the_zone_of_the_site() {
    let place = Place::new("zone");
    let site = place.0.join("content/site.yaml");
    let text = fs::read_to_string(&site).unwrap();
    fs::write(&site, text + "timezone: America/New_York\n").unwrap();
    assert_eq!(place.code(&["build", "--at", "2026-11-24 09:00"]), 0);
    let info = fs::read_to_string(place.0.join("public/build.json")).unwrap();
    assert!(info.contains("2026-11-24T09:00:00-05:00"), "{info}");
}

#[test]
fn a_changed_file_of_the_site_is_made_again() {
    let place = Place::new("healed");
    assert_eq!(place.code(&["build"]), 0);
    let page = place.0.join("public/parks/east/index.html");
    let text = fs::read_to_string(&page).unwrap();
    fs::write(&page, text.replace("县城", "县衙")).unwrap();
    assert_eq!(place.code(&["build"]), 0);
    assert_eq!(fs::read_to_string(&page).unwrap(), text);
}

#[test]
fn without_keep_no_earlier_site_remains() {
    let place = Place::new("keep");
    for words in [&["build", "--keep", "2"][..], &["build", "--keep", "2"], &["build", "--keep", "2"], &["build"]] {
        assert_eq!(place.code(words), 0, "{words:?}");
    }
    assert!(!place.0.join(".public.parkpress-previous-1").exists() && !place.0.join(".public.parkpress-previous-2").exists());
    assert_eq!(place.code(&["rollback"]), 2);
}

#[test]
fn a_new_record_of_any_type_leaves_the_site_buildable() {
    let place = Place::new("scaffold");
    for of in ["park", "factory", "policy", "story", "news", "page", "contact"] {
        assert_eq!(place.code(&["new", of, "fresh"]), 0, "{of}");
    }
    assert_eq!(place.code(&["check"]), 0, "{}", place.errors(&["check"]));
    assert_eq!(place.code(&["build"]), 0);
    assert_eq!(place.code(&["new", "page", "con"]), 2, "no system may trip over a name");
    for reserved in ["search", "factories"] {
        assert_eq!(place.code(&["new", "page", reserved]), 2, "{reserved} is an address of the site's own");
    }
    assert_eq!(place.code(&["new", "news", "search"]), 0, "below a folder it is free");
}

#[test]
fn usage_is_explained_in_the_language_of_the_person() {
    let place = Place::new("words");
    let help = String::from_utf8(place.run(&["build", "--help"]).stdout).unwrap();
    assert!(help.contains("用法：parkpress build [选项]") && help.contains("（默认：public）"), "{help}");
    for english in ["Options", "default", "possible", "Print"] {
        assert!(!help.contains(english), "{english} in:\n{help}");
    }
    let said = place.errors(&["biuld"]);
    assert!(said.contains("是不是“build”？") && !said.contains("error"), "{said}");
    let said = place.errors(&["list", "--state", "publishd"]);
    assert!(said.contains("是不是“published”？"), "{said}");
    assert!(place.errors(&["biuld", "--lang", "en"]).contains("similar"));
}

#[test]
fn a_text_too_large_is_refused_without_being_read() {
    let place = Place::new("large");
    let file = fs::File::create(place.0.join("content/parks/huge.md")).unwrap();
    file.set_len(1 << 36).unwrap();
    assert!(place.errors(&["check"]).contains("file-too-large"));
    assert_eq!(place.code(&["check"]), 1);
}

#[test]
fn styles_are_kept_for_one_generation_and_data_is_not() {
    let place = Place::new("generation");
    let style = place.0.join("themes/park/styles/tokens.css");
    fs::create_dir_all(style.parent().unwrap()).unwrap();
    let assets = || {
        let list = fs::read_dir(place.0.join("public/assets")).unwrap();
        let names = list.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.partition::<Vec<_>, _>(|name| name.starts_with("site.") && name.ends_with(".css"))
    };
    for (at, count) in [1, 2, 2, 1].into_iter().enumerate() {
        fs::write(&style, format!(":root {{ --generation: {} }}", at.min(2))).unwrap();
        let text = fs::read_to_string(place.0.join("content/parks/east.md")).unwrap();
        fs::write(place.0.join("content/parks/east.md"), text + "又一句。\n").unwrap();
        assert_eq!(place.code(&["build"]), 0);
        let (styles, others) = assets();
        assert_eq!(styles.len(), count, "{styles:?}");
        let data: Vec<_> = others.iter().filter(|name| name.starts_with("compare-factories-zh")).collect();
        assert_eq!(data.len(), 1, "{others:?}");
    }
}

#[test]
fn a_sheet_goes_out_is_changed_and_comes_in_again() {
    let place = Place::new("sheets");
    let read = |file: &str| fs::read_to_string(place.0.join(file)).unwrap();
    let out = |words: &[&str]| String::from_utf8(place.run(words).stdout).unwrap();
    assert_eq!(place.code(&["export", "factory", "-o", "厂房.csv"]), 0);
    assert_eq!(place.code(&["export", "factory", "-o", "厂房.doc"]), 2);
    assert_eq!(place.code(&["export", "factroy", "-o", "厂房.csv"]), 2);
    let said = place.errors(&["export", "factory", "-o", "内部.xlsx", "--internal"]);
    assert!(said.contains("内部"), "{said}");
    assert!(out(&["import", "内部.xlsx"]).contains("新增 0 条，修改 0 条，未变 1 条"));
    let before = read("content/factories/e1.md");
    let sheet = read("厂房.csv").replace("东园一号厂房", "东园甲厂房");
    fs::write(place.0.join("厂房.csv"), &sheet).unwrap();
    let said = out(&["import", "厂房.csv", "--type", "factory", "--dry-run"]);
    assert!(said.contains("~ e1  东园甲厂房") && said.contains("东园一号厂房 → 东园甲厂房") && said.contains("试运行"), "{said}");
    assert_eq!(read("content/factories/e1.md"), before, "a dry run writes nothing");
    let json: serde_json::Value =
        serde_json::from_str(&out(&["import", "厂房.csv", "--type", "factory", "--dry-run", "--format", "json"])).unwrap();
    assert_eq!((json["summary"]["changed"].as_u64(), json["records"][0]["changes"][0]["new"].as_str()), (Some(1), Some("东园甲厂房")));
    fs::write(place.0.join("坏.csv"), sheet.replace("1800", "约1800")).unwrap();
    let refused = place.run(&["import", "坏.csv", "--type", "factory"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8(refused.stderr).unwrap().contains("number-vague"));
    assert_eq!(read("content/factories/e1.md"), before, "with a mistake nothing is written");
    assert_eq!(place.code(&["import", "厂房.csv", "--type", "factory"]), 0);
    assert_eq!(read("content/factories/e1.md"), before.replace("东园一号厂房", "东园甲厂房"));
    assert_eq!(place.code(&["import", "没有.xlsx"]), 3);
    assert_eq!(place.code(&["check"]), 0);
}

#[test]
fn whoever_stops_listening_is_no_breakdown() {
    let place = Place::new("deaf");
    for words in [&["explain"][..], &["list"], &["check", "--format", "json"], &["--help"], &["schema"]] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_parkpress"))
            .args(words)
            .current_dir(&place.0)
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).to_string();
        assert!(!said.contains("panicked") && output.status.code() != Some(101), "{words:?}: {said}");
    }
}

#[test]
fn a_type_that_there_is_not_is_answered_alike_everywhere() {
    let place = Place::new("types");
    for words in [&["new", "厂方"][..], &["export", "厂方", "-o", "x.xlsx"], &["schema", "厂方"]] {
        assert_eq!(place.code(words), 2, "{words:?}");
        let said = place.errors(words);
        assert!(said.contains("厂方") && said.contains("标准厂房"), "{words:?}: {said}");
    }
}
