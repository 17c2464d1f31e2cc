//! Sites that are published below another one: built, checked and previewed with it, each with a search of its own.

use crate::commands::Place;
use crate::preview::Preview;
use crate::site::Site;
use std::fs;
use std::path::Path;

const SETTINGS: &str = "demo: true\nbeside:\n  - {at: docs, folder: 手册}\n";
const MANUAL: [(&str, &str); 2] =
    [("content/site.yaml", "title: 测试手册\nlanguages: [zh]\n"), ("content/pages/first.md", "---\ntitle: 第一步\n---\n\n打开文件。\n")];

fn put(root: &Path, path: &str, text: &str) {
    let file = root.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

fn change(root: &Path, path: &str, from: &str, to: &str) {
    let text = fs::read_to_string(root.join(path)).unwrap();
    assert!(text.contains(from), "{path} does not hold {from:?}");
    fs::write(root.join(path), text.replace(from, to)).unwrap();
}

/// The base site with a manual beside it, to which a park links.
fn furnish(root: &Path) {
    MANUAL.iter().for_each(|(path, text)| put(&root.join("手册"), path, text));
    change(root, "content/site.yaml", "demo: true\n", SETTINGS);
    change(root, "content/parks/east.md", "东园在县城东面。", "东园在县城东面，见[手册](/docs/first/)。");
}

#[test]
fn both_sites_are_built_in_one_exchange() {
    let place = Place::new("beside");
    furnish(&place.0);
    let built = place.run(&["build"]);
    assert!(built.status.success() && built.stderr.is_empty(), "{}", String::from_utf8_lossy(&built.stderr));
    let read = |path: &str| fs::read_to_string(place.0.join("public").join(path)).unwrap_or_else(|_| panic!("{path} was built"));
    assert!(read("parks/east/index.html").contains("href=\"../../docs/first/\""));
    assert!(read("docs/first/index.html").contains("打开文件"));
    assert!(read("docs/sitemap.xml").contains("https://www.example.com/base/docs/first/"));
    assert!(read("robots.txt").contains("Sitemap: https://www.example.com/base/docs/sitemap.xml"));
    for own in ["docs/404.html", "docs/robots.txt"] {
        assert!(!place.0.join("public").join(own).exists(), "{own} is the host's");
    }
    assert_ne!(read("docs/search/index.html"), read("search/index.html"));
    // A mistake of one leaves both as they were.
    put(&place.0, "手册/content/pages/first.md", "---\ntitl: 第一步\n---\n\n打开文件夹。\n");
    assert_eq!(place.code(&["build"]), 1);
    assert!(read("docs/first/index.html").contains("打开文件。"));
    assert!(place.errors(&["check"]).contains("手册/content/pages/first.md:2:1"), "{}", place.errors(&["check"]));
    assert!(place.errors(&["check"]).contains("2 | titl: 第一步"), "the line of the companion is shown");
}

#[test]
fn a_double_click_leads_there_too() {
    let place = Place::new("beside-portable");
    furnish(&place.0);
    assert_eq!(place.code(&["build", "--portable"]), 0);
    let page = fs::read_to_string(place.0.join("public/parks/east/index.html")).unwrap();
    assert!(page.contains("href=\"../../docs/first/index.html\""));
}

#[test]
fn what_is_no_companion_is_said() {
    let place = Place::new("beside-wrong");
    furnish(&place.0);
    let said = |place: &Place| {
        let text = String::from_utf8(place.run(&["check", "--format", "json"]).stdout).unwrap();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let one = |found: &serde_json::Value| format!("{} {}", found["code"].as_str().unwrap(), found["file"].as_str().unwrap());
        value["diagnostics"].as_array().unwrap().iter().map(one).collect::<Vec<_>>()
    };
    assert_eq!(said(&place), Vec::<String>::new());
    change(&place.0, "content/parks/east.md", "/docs/first/", "/docs/frist/");
    assert_eq!(said(&place), ["output-link-dead parks/east/index.html"], "a link to nothing of the companion");
    change(&place.0, "content/parks/east.md", "/docs/frist/", "/docs/first/");
    change(&place.0, "手册/content/site.yaml", "languages", "beside: [{at: more, folder: more}]\nlanguages");
    assert_eq!(said(&place), ["beside-nested 手册/content/site.yaml"]);
    fs::remove_file(place.0.join("手册/content/site.yaml")).unwrap();
    assert_eq!(said(&place), ["beside-missing content/site.yaml"]);
    for folder in ["../other", "/tmp", ".", "手册/..", "C:x"] {
        let wrong = format!("folder: \"{folder}\"");
        change(&place.0, "content/site.yaml", "folder: 手册", &wrong);
        let told = said(&place);
        assert!(told.contains(&"pattern-mismatch content/site.yaml".to_string()), "{folder}: {told:?}");
        change(&place.0, "content/site.yaml", &wrong, "folder: 手册");
    }
}

#[test]
fn anchors_between_the_two_are_looked_for() {
    let place = Place::new("beside-anchors");
    furnish(&place.0);
    put(
        &place.0,
        "手册/content/pages/first.md",
        "---\ntitle: 第一步\n---\n\n## 打开 {#open}\n\n见[东园](https://www.example.com/base/parks/east/#main)。\n",
    );
    change(&place.0, "content/parks/east.md", "/docs/first/", "/docs/first/#open");
    assert_eq!(place.errors(&["check"]), "", "both are there");
    change(&place.0, "content/parks/east.md", "#open", "#opne");
    change(&place.0, "手册/content/pages/first.md", "#main", "#mian");
    let said = place.errors(&["check", "--lang", "en"]);
    assert!(said.contains("output-anchor-dead") && said.contains("docs/first/index.html#opne"), "{said}");
    assert!(said.contains("docs/first/index.html") && said.contains("parks/east/index.html#mian"), "{said}");
    assert_eq!(place.code(&["build"]), place.code(&["check"]), "both judge alike");
    change(&place.0, "content/parks/east.md", "#opne", "#open");
    change(&place.0, "手册/content/pages/first.md", "parks/east/#mian", "parks/esat/");
    let said = place.errors(&["check"]);
    assert!(said.contains("output-link-dead") && said.contains("parks/esat/index.html") && !said.contains("output-anchor-dead"), "{said}");
    // What another site shares only the beginning of its name with is another site.
    change(&place.0, "手册/content/pages/first.md", "example.com/base/parks/esat/", "example.com/basement/");
    assert_eq!(place.errors(&["check"]), "");
}

#[test]
fn two_sites_cannot_have_one_address() {
    let twice = |at: &str| Site::base().changed("content/site.yaml", "demo: true", &format!("demo: true\nbeside:\n{at}")).build().said();
    assert_eq!(twice("  - {at: parks, folder: a}"), ["error address-taken content/site.yaml:7:10"]);
    assert_eq!(twice("  - {at: a, folder: a}\n  - {at: a, folder: b}"), ["error address-taken content/site.yaml:8:10"]);
    assert_eq!(twice("  - {at: a/b, folder: a}"), ["error pattern-mismatch content/site.yaml:7:10"]);
}

#[test]
fn the_preview_answers_for_both_and_sees_changes_of_either() {
    let preview = Preview::start("beside", &[]);
    assert_eq!(preview.get("/docs/").0, 404);
    furnish(&preview.root);
    preview.until("/docs/first/", "the companion", |status, page| status == 200 && page.contains("打开文件"));
    assert_eq!(preview.get("/docs").0, 302);
    assert_eq!(preview.get("/docs/first").0, 302);
    assert_eq!(preview.get("/docs/none/").0, 404);
    put(&preview.root, "手册/content/pages/first.md", "---\ntitle: 第一步\n---\n\n打开文件夹。\n");
    preview.until("/docs/first/", "a change of the companion", |_, page| page.contains("打开文件夹"));
}
