//! `init`, `schema --vscode`: new sites are whole, and the files around them are what Windows and an editor read.

use crate::commands::Place;
use serde_json::Value as Json;
use std::fs;

#[test]
fn a_new_site_of_every_profile_is_whole() {
    let place = Place::new("init");
    for profile in [None, Some("gov_portal"), Some("gov_column"), Some("company")] {
        for samples in [false, true] {
            let dir = format!("{}-{samples}", profile.unwrap_or("open"));
            let mut words = vec!["init", &dir, "--title", "东县: 园区"];
            words.extend(profile.iter().flat_map(|profile| ["--profile", profile]));
            words.extend(samples.then_some("--samples"));
            assert_eq!(place.code(&words), 0, "{dir}");
            assert_eq!(place.code(&words), 2, "it never overwrites");
            let mut words = vec!["build", "--root", &dir];
            // Without a profile it says what is still open, and that is all.
            words.extend(profile.map(|_| "--strict"));
            let built = place.run(&words);
            let said = String::from_utf8(built.stderr).expect("UTF-8");
            assert_eq!(built.status.code(), Some(0), "{dir}: {said}");
            let home = fs::read_to_string(place.0.join(&dir).join("public/index.html")).expect("a home page");
            assert!(home.contains("东县: 园区"), "{dir}");
            assert_eq!(place.0.join(&dir).join("public/factories/east-1/index.html").is_file(), samples, "{dir}");
        }
    }
}

#[test]
fn the_preview_opens_by_double_click_on_every_system() {
    let place = Place::new("opener");
    assert_eq!(place.code(&["init", "site"]), 0);
    let bat = fs::read(place.0.join("site/预览.bat")).expect("a file");
    assert!(bat.is_ascii(), "cmd reads it in the code page of the machine");
    let text = String::from_utf8(bat).expect("ASCII");
    assert!(text.lines().count() > 5 && text.matches('\n').count() == text.matches("\r\n").count(), "cmd wants CRLF");
    assert!(text.contains("\"%APP%\" serve --open --root \"%~dp0.\""), "a path may hold spaces");
    for name in ["preview.command", "preview.sh"] {
        let path = place.0.join("site").join(name);
        assert!(fs::read_to_string(&path).expect("a file").starts_with("#!/bin/sh\n"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).expect("a file").permissions().mode() & 0o111, 0o111, "{name} can be run");
        }
    }
}

#[test]
fn an_editor_gets_schemas_settings_and_snippets() {
    let place = Place::new("editor");
    let own = place.0.join(".vscode/settings.json");
    fs::create_dir_all(own.parent().expect("a folder")).expect("a folder");
    fs::write(&own, "{}").expect("a file");
    let out = place.run(&["schema", "--vscode"]);
    assert_eq!(out.status.code(), Some(0));
    assert_eq!(fs::read_to_string(&own).expect("a file"), "{}", "the person's own settings stay");
    assert_eq!(place.code(&["schema", "--vscode", "--out", "elsewhere"]), 0);
    let json = |name: &str| -> Json {
        let text = fs::read_to_string(place.0.join("elsewhere/.vscode").join(name)).unwrap_or_else(|_| panic!("{name}"));
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
    };
    let settings = json("settings.json");
    let map = settings["yaml.schemas"].as_object().expect("a map");
    for (schema, globs) in map {
        json(schema.strip_prefix("./.vscode/").expect("beside the settings"));
        assert!(globs[0].as_str().is_some_and(|glob| glob.starts_with("content/")));
    }
    let factory = json("schemas/factory.json");
    assert_eq!(factory["title"], "标准厂房");
    assert_eq!(factory["definitions"]["power_kva"]["title"], "配电容量");
    assert_eq!(factory["properties"]["配电容量"], factory["properties"]["power_kva"]);
    assert!(factory["properties"]["供电容量"].is_object(), "a synonym");
    assert!(factory["definitions"]["power_kva"]["description"].as_str().is_some_and(|told| told.contains("kVA")));
    let snippets = json("parkpress.code-snippets");
    assert!(
        snippets["动态"]["body"]
            .as_array()
            .is_some_and(|lines| lines.iter().any(|line| line.as_str().is_some_and(|line| line.starts_with("title: "))))
    );
}

#[test]
fn what_is_printed_says_where_more_stands() {
    let place = Place::new("pointer");
    fs::write(place.0.join("content/parks/east.md"), "---\ntitle: 东园\nlevl: township\n---\n").expect("a file");
    let said = place.errors(&["check"]);
    assert_eq!(said.matches("parkpress explain ").count(), 1, "{said}");
    let code = said.split("parkpress explain ").nth(1).and_then(|rest| rest.split_whitespace().next()).expect("a code");
    assert_eq!(place.code(&["explain", code]), 0);
    assert!(place.errors(&["check", "--lang", "en"]).contains("more about it: parkpress explain "));
}
