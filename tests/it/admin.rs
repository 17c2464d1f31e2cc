//! The forms as a browser meets them: who may come in, and what a save does to the file and leaves alone.

use crate::preview::Preview;
use serde_json::{Value, json};
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::Duration;

pub const E1: &str = "content/factories/e1.md";

/// A browser that was given the address of the forms.
pub struct Clerk {
    pub preview: Preview,
    cookie: String,
    pen: String,
}

impl Clerk {
    pub fn start(name: &str) -> Clerk {
        let preview = Preview::start(name, &["--admin", "--at", "2026-11-24 09:00"]);
        let door = preview.more.split(&preview.address).nth(1).and_then(|rest| rest.split(' ').next()).expect("an address").to_string();
        let (status, answer) = preview.get(&door);
        assert_eq!(status, 303, "{answer}");
        assert!(answer.contains("location: /__parkpress/admin/\r\n"), "the key leaves the address: {answer}");
        let line = answer.lines().find_map(|line| line.strip_prefix("set-cookie: ")).expect("a cookie");
        assert!(line.contains("; HttpOnly") && line.contains("; SameSite=Strict") && line.contains("; Path=/__parkpress/"), "{line}");
        let cookie = line.split(';').next().expect("a pair").to_string();
        let mut clerk = Clerk { preview, cookie, pen: String::new() };
        let (status, page) = clerk.get("/__parkpress/admin/");
        assert_eq!(status, 200);
        for line in ["content-security-policy: default-src 'none'; script-src 'self';", "frame-ancestors 'none'", "cache-control: no-store"]
        {
            assert!(page.contains(line), "{page}");
        }
        assert!(!page.contains("<script>") && !page.contains(" style=") && !page.contains("onclick"), "nothing inline");
        clerk.pen =
            page.split("name=\"parkpress-key\" content=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a key").to_string();
        clerk
    }
    fn head(&self) -> String {
        let address = &self.preview.address;
        format!("Host: {address}\r\nCookie: {}\r\n", self.cookie)
    }
    pub fn get(&self, path: &str) -> (u16, String) {
        self.preview.ask(&format!("GET {path} HTTP/1.1\r\n{}", self.head()))
    }
    pub fn json(&self, path: &str) -> Value {
        let (status, answer) = self.get(&format!("/__parkpress/admin/api/{path}"));
        assert_eq!(status, 200, "{path}: {answer}");
        serde_json::from_str(answer.split("\r\n\r\n").nth(1).expect("a body")).expect("JSON")
    }
    fn send(&self, name: &str, kind: &str, body: &[u8]) -> (u16, Value) {
        let head = format!(
            "POST /__parkpress/admin/api/{name} HTTP/1.1\r\n{}Origin: http://{}\r\nX-Parkpress-Key: {}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            self.head(),
            self.preview.address,
            self.pen,
            body.len()
        );
        let mut stream = TcpStream::connect(&self.preview.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream.write_all(&[head.as_bytes(), body].concat()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let status = answer.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
        (status, answer.split("\r\n\r\n").nth(1).and_then(|body| serde_json::from_str(body).ok()).unwrap_or(Value::Null))
    }
    pub fn act(&self, name: &str, body: &Value) -> (u16, Value) {
        self.send(name, "application/json", body.to_string().as_bytes())
    }
    fn record(&self, of: &str, id: &str) -> Value {
        self.json(&format!("record?type={of}&id={id}"))
    }
    /// The request that saves a record as it is; a test changes it.
    fn form(&self, of: &str, id: &str) -> Value {
        let record = self.record(of, id);
        json!({"type": of, "id": id, "digest": record["digest"], "values": record["values"], "body": record["body"]})
    }
    pub fn text(&self, path: &str) -> String {
        fs::read_to_string(self.preview.root.join(path)).unwrap()
    }
}

#[test]
fn the_forms_open_only_to_who_has_the_key_and_comes_from_here() {
    let clerk = Clerk::start("forms");
    let (own, preview) = (&clerk.preview.address, &clerk.preview);
    for path in ["/__parkpress/admin/", "/__parkpress/admin/admin.js", "/__parkpress/admin/api/records", "/__parkpress/draft/1/"] {
        assert_eq!(preview.get(path).0, 403, "{path} without a key");
        let other = format!("GET {path} HTTP/1.1\r\nHost: {own}\r\nCookie: {}0\r\n", clerk.cookie);
        assert_eq!(preview.ask(&other).0, 403, "{path} with another key");
    }
    for key in ["", "?key=", "?key=0", &format!("?key={}", clerk.pen)] {
        assert_eq!(preview.get(&format!("/__parkpress/admin/{key}")).0, 403, "{key}");
    }
    let port = own.rsplit(':').next().unwrap();
    for (host, status) in [("example.com", 403), (&*format!("evil.example:{port}"), 403), ("127.0.0.1:1", 403), (own, 200)] {
        let request = format!("GET /__parkpress/admin/ HTTP/1.1\r\nHost: {host}\r\nCookie: {}\r\n", clerk.cookie);
        assert_eq!(preview.ask(&request).0, status, "{host}");
    }
    let before = clerk.text(E1);
    let body = clerk.form("factory", "e1");
    let mut changed = body.clone();
    changed["values"]["title"] = "改过".into();
    let text = changed.to_string();
    let (origin, pen) = (format!("Origin: http://{own}\r\n"), format!("X-Parkpress-Key: {}\r\n", clerk.pen));
    let kind = "Content-Type: application/json\r\n";
    let cookie = format!("Cookie: {}\r\n", clerk.cookie);
    for (why, lines, status) in [
        ("no origin", [&cookie, &pen, "", kind], 403),
        ("another origin", [&cookie, &pen, "Origin: http://example.com\r\n", kind], 403),
        ("no origin to speak of", [&cookie, &pen, "Origin: null\r\n", kind], 403),
        ("no second key", [&cookie, "", &*origin, kind], 403),
        ("a wrong second key", [&cookie, "X-Parkpress-Key: 0\r\n", &*origin, kind], 403),
        ("no cookie", ["", &pen, &*origin, kind], 403),
        ("a form of another site", [&cookie, &pen, &*origin, "Content-Type: text/plain\r\n"], 415),
    ] {
        let lines = lines.concat();
        let request = format!(
            "POST /__parkpress/admin/api/save HTTP/1.1\r\nHost: {own}\r\n{lines}Content-Length: {}\r\nConnection: close\r\n\r\n{text}",
            text.len()
        );
        let mut stream = TcpStream::connect(own).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert_eq!(answer.split(' ').nth(1), Some(&*status.to_string()), "{why}: {answer}");
        assert_eq!(clerk.text(E1), before, "{why}");
    }
    for method in ["PUT", "DELETE", "OPTIONS"] {
        assert_eq!(preview.ask(&format!("{method} /__parkpress/admin/api/save HTTP/1.1\r\n{}Content-Length: 0\r\n", clerk.head())).0, 405);
    }
    assert_eq!(clerk.act("nothing", &json!({})).0, 404);
    assert_eq!(clerk.send("save", "application/json", b"[1").0, 400);
    assert_eq!(preview.get("/factories/e1/").0, 200, "the preview itself asks for no key");

    let plain = Preview::start("no-forms", &[]);
    assert_eq!(plain.get("/__parkpress/admin/").0, 404);
    for host in ["0.0.0.0", "::"] {
        let words = ["serve", "--admin", "--host", host, "--port", "0"];
        let refused = Command::new(env!("CARGO_BIN_EXE_parkpress")).args(words).current_dir(&plain.root).output().unwrap();
        assert_eq!(refused.status.code(), Some(2), "{host}");
    }
}

#[test]
fn a_save_changes_what_was_changed_and_every_text_before_it_comes_back() {
    let clerk = Clerk::start("saves");
    let commented = clerk
        .text(E1)
        .replace("title: 东园一号厂房", "名称: 东园一号厂房   # 与门牌一致")
        .replace("spaces:\n", "# 面积以不动产证为准\nspaces:\n")
        .replace("  - {no: \"101\"", "  # 东侧\n  - {no: \"101\"");
    clerk.preview.write(E1, &commented);
    clerk.preview.until("/factories/e1/", "the file with its comments", |_, page| page.contains("东园一号厂房"));
    let same = clerk.form("factory", "e1");
    let (status, told) = clerk.act("save", &same);
    assert_eq!((status, clerk.text(E1)), (200, commented.clone()), "a form that nobody touched changes no byte: {told}");
    assert_eq!(told["versions"], 0);

    let mut form = same.clone();
    form["values"]["title"] = "东园1号厂房".into();
    form["values"]["power_kva"] = "1000".into();
    form["values"]["sprinkler"] = "true".into();
    form["values"]["spaces"][0]["_at"] = 0.into();
    form["values"]["spaces"][1]["_at"] = 1.into();
    form["values"]["spaces"][1]["status"] = "available".into();
    form["values"]["spaces"][1]["rent"] = "面议".into();
    let third = json!({"no": "301", "floor": "2", "area_m2": "500", "status": "available", "rent": "9"});
    form["values"]["spaces"].as_array_mut().unwrap().push(third);
    form["body"] = "两层框架厂房，可以看厂。".into();
    let (status, told) = clerk.act("save", &form);
    assert_eq!(status, 200, "{told}");
    let after = clerk.text(E1);
    for kept in
        ["名称: 东园1号厂房   # 与门牌一致", "# 面积以不动产证为准", "  # 东侧\n", "power_kva: 1000", "sprinkler: 是", "可以看厂。", "301"]
    {
        assert!(after.contains(kept), "{kept} is missing:\n{after}");
    }
    let untouched = |text: &str| {
        text.lines()
            .filter(|line| ["park:", "structure:", "ground:", "certificates:"].iter().any(|key| line.starts_with(key)))
            .collect::<String>()
    };
    assert_eq!(untouched(&after), untouched(&commented));
    assert_eq!((&told["versions"], &told["values"]["spaces"][2]["no"]), (&1.into(), &"301".into()));
    assert!(clerk.get("/factories/e1/").1.contains("东园1号厂房"), "the preview shows it at once");

    // The form from before knows an older text: nothing is overwritten, both are told.
    let (status, told) = clerk.act("save", &same);
    assert_eq!((status, &told["now"]["values"]["power_kva"]), (409, &"1000".into()));
    assert_eq!(clerk.text(E1), after);
    let mut behind = clerk.form("factory", "e1");
    clerk.preview.write(E1, &after.replace("storeys: 2", "storeys: 2 # 地上"));
    behind["values"]["title"] = "覆盖".into();
    assert_eq!(clerk.act("save", &behind).0, 409, "a hand at the file itself counts too, even a comment");
    clerk.preview.write(E1, &after);

    let history = clerk.json("history?type=factory&id=e1");
    let name = history["versions"][0]["name"].as_str().unwrap().to_string();
    assert_eq!(history["versions"][0]["until"], "2026-11-24 09:00:00");
    let old = clerk.json(&format!("version?type=factory&id=e1&version={name}"));
    assert_eq!((&old["values"]["power_kva"], &old["now"]["values"]["power_kva"]), (&"800".into(), &"1000".into()));
    let back = json!({"type": "factory", "id": "e1", "digest": history["digest"], "version": name});
    assert_eq!(clerk.act("restore", &json!({"type": "factory", "id": "e1", "digest": "0", "version": name})).0, 409);
    assert_eq!(clerk.act("restore", &back).0, 200);
    assert_eq!(clerk.text(E1), commented);
    assert_eq!(clerk.json("history?type=factory&id=e1")["versions"].as_array().unwrap().len(), 2, "what was replaced is kept as well");
    for version in ["..%2F..%2Fe1.md", "x", ""] {
        assert_eq!(clerk.get(&format!("/__parkpress/admin/api/version?type=factory&id=e1&version={version}")).0, 404);
    }
    let left: Vec<String> = fs::read_dir(clerk.preview.root.join("content/factories"))
        .unwrap()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(left, ["e1.md"], "no half-written file is left");
    assert_eq!(clerk.text(".parkpress/.gitignore"), "*\n");
}

#[test]
fn errors_stand_at_their_fields_and_keep_a_record_from_being_published_but_not_from_being_kept() {
    let clerk = Clerk::start("errors");
    let before = clerk.text(E1);
    let mut form = clerk.form("factory", "e1");
    form["values"]["power_kva"] = "很多".into();
    form["values"]["spaces"][1]["area_m2"] = "0".into();
    form["values"]["title"] = "".into();
    let (status, told) = clerk.act("check", &form);
    assert_eq!((status, clerk.text(E1) == before), (200, true), "judging writes nothing");
    let errors = |told: &Value| -> Vec<String> {
        let list = told["problems"].as_array().cloned().unwrap_or_default();
        list.iter().filter(|one| one["error"] == true).filter_map(|one| one["field"].as_str().map(str::to_string)).collect()
    };
    let mut found = errors(&told);
    found.sort();
    assert_eq!(found, ["power_kva", "spaces.1.area_m2", "title"], "{told}");
    let page = told["page"].as_str().expect("a page, whatever is wrong").to_string();
    assert!(clerk.get(&page).1.contains("两层框架厂房"));
    let (status, told) = clerk.act("save", &form);
    assert_eq!((status, clerk.text(E1) == before), (422, true), "{told}");
    assert!(!errors(&told).is_empty() && told["message"]["zh"].as_str().is_some_and(|text| text.contains("草稿")));
    form["state"] = "published".into();
    assert_eq!(clerk.act("save", &form).0, 422);
    form["state"] = "draft".into();
    let (status, told) = clerk.act("save", &form);
    assert_eq!((status, &told["state"]), (200, &"draft".into()), "{told}");
    assert!(clerk.text(E1).contains("state: draft"));
    assert_eq!(told["next"], json!(["in_review", "published"]));
    let mut form = clerk.form("factory", "e1");
    form["values"]["power_kva"] = "800".into();
    form["values"]["spaces"][1]["area_m2"] = "1700".into();
    form["values"]["title"] = "东园一号厂房".into();
    form["state"] = "published".into();
    let (status, told) = clerk.act("save", &form);
    assert_eq!((status, &told["standing"]), (200, &"published".into()), "{told}");
}

#[test]
fn new_records_and_files_get_safe_names_and_never_leave_the_content() {
    let clerk = Clerk::start("names");
    assert_eq!(clerk.json("suggest?type=page&title=%E5%85%B3%E4%BA%8E%E5%9B%AD%E5%8C%BA")["id"], "guan-yu-yuan-qu");
    let new = |id: &str| json!({"type": "page", "id": id, "new": true, "digest": "", "values": {"title": "关于园区"}, "body": "正文。", "state": "draft"});
    for id in ["../x", "..%2fx", "/etc/passwd", "a\\b", "", "A", "con", "a/../../b", ".hidden", "a.md"] {
        assert_eq!(clerk.act("save", &new(id)).0, 422, "{id}");
    }
    let (status, told) = clerk.act("save", &new("guan-yu-yuan-qu"));
    assert_eq!((status, &told["title"]), (200, &"关于园区".into()), "{told}");
    let text = clerk.text("content/pages/guan-yu-yuan-qu.md");
    assert!(
        text.starts_with("---\n") && text.contains("title: 关于园区") && text.contains("state: draft") && text.ends_with("正文。\n"),
        "{text}"
    );
    assert_eq!(clerk.act("save", &new("guan-yu-yuan-qu")).0, 409, "an id is given once");
    assert_eq!(clerk.json("suggest?type=page&title=%E5%85%B3%E4%BA%8E%E5%9B%AD%E5%8C%BA")["id"], "guan-yu-yuan-qu-2");
    for (of, id) in [("page", "../site"), ("nothing", "x"), ("page", "gone"), ("page", "../../content/site.yaml")] {
        assert_eq!(clerk.get(&format!("/__parkpress/admin/api/record?type={of}&id={id}")).0, 404, "{of}/{id}");
    }
    let png: &[u8] = include_bytes!("../../content/media/floor-plan-valley-1.png");
    let send = |name: &str, bytes: &[u8]| clerk.send(&format!("upload?name={name}"), "application/octet-stream", bytes);
    let (status, told) = send("%E5%8E%82%E6%88%BF%20%E5%9B%BE.png", png);
    assert_eq!((status, &told["src"]), (200, &"chang-fang-tu.png".into()), "{told}");
    assert_eq!(fs::read(clerk.preview.root.join("content/media/chang-fang-tu.png")).unwrap(), png);
    assert_eq!(send("%E5%8E%82%E6%88%BF%20%E5%9B%BE.png", png).1["src"], "chang-fang-tu.png", "the same file once");
    let other = [png, b" "].concat();
    let named = send("..%2F..%2Fthemes%2F%E5%8E%82%E6%88%BF%20%E5%9B%BE.png", &other);
    assert!(named.0 == 422 || named.1["src"] == "chang-fang-tu-2.png", "{named:?}");
    assert!(!clerk.preview.root.join("themes").exists());
    for (name, bytes) in [
        ("a.png", &b"<script>"[..]),
        ("a.html", b"<p>"),
        ("a.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"x()\"/>"),
        ("a", png),
    ] {
        let (status, told) = send(name, bytes);
        assert!(status == 422 || name == "a" && told["src"] == "a.png", "{name}: {told}");
    }
    assert_eq!(send("large.png", &vec![0; 20_000_001]).0, 413);
    assert_eq!(clerk.get("/__parkpress/admin/api/picture?src=chang-fang-tu.png&from=content/pages/x.md").0, 200);
    for src in ["../../../etc/passwd", "/etc/passwd", "site.yaml", "../themes/park/theme.yaml"] {
        assert_eq!(clerk.get(&format!("/__parkpress/admin/api/picture?src={src}&from=content/pages/x.md")).0, 404, "{src}");
    }
    #[cfg(unix)]
    {
        let outside = clerk.preview.root.join("outside");
        fs::create_dir_all(&outside).unwrap();
        fs::remove_dir_all(clerk.preview.root.join("content/news")).ok();
        std::os::unix::fs::symlink(&outside, clerk.preview.root.join("content/news")).unwrap();
        let news = json!({"type": "news", "id": "x", "new": true, "digest": "", "values": {"title": "外面"}, "body": "", "state": "draft"});
        assert_eq!(clerk.act("save", &news).0, 500);
        assert_eq!(fs::read_dir(&outside).unwrap().count(), 0, "a link out of the content is not followed");
    }
}

#[test]
fn a_site_with_reviews_is_signed_in_the_forms_by_those_who_looked() {
    let clerk = Clerk::start("signs");
    clerk.preview.write("content/site.yaml", &format!("{}review: required\n", clerk.text("content/site.yaml")));
    clerk.preview.until("/factories/e1/", "a draft", |_, page| page.contains("badge--draft"));
    let seen = |record: &Value| record["review"]["digest"].clone();
    let record = clerk.record("factory", "e1");
    assert_eq!(
        (&record["review"]["required"], &record["review"]["stages"][0]["open"], &record["review"]["stages"][1]["open"]),
        (&true.into(), &true.into(), &false.into())
    );
    let sign = |stage: &str, by: &str, seen: Value| {
        clerk.act("sign", &json!({"type": "factory", "id": "e1", "stage": stage, "by": by, "note": "", "seen": seen}))
    };
    assert_eq!(sign("draft", "甲", "0".into()).0, 409, "nobody signs what they have not seen");
    assert_eq!(sign("draft", " ", seen(&record)).0, 422);
    assert_eq!(sign("second", "乙", seen(&record)).0, 422, "one level after the other");
    assert_eq!(sign("draft", "甲", seen(&record)).0, 200);
    let (status, told) = sign("second", "甲", seen(&record));
    assert!(status == 422 && told["message"]["zh"].as_str().is_some_and(|text| text.contains("另一个人")), "{told}");
    for (stage, by) in [("second", "乙"), ("final", "丙"), ("secrecy", "丁")] {
        assert_eq!(sign(stage, by, seen(&record)).0, 200, "{stage}");
    }
    assert_eq!(clerk.text("content/_review/factory/e1.jsonl").lines().count(), 4);
    let record = clerk.record("factory", "e1");
    assert_eq!((&record["review"]["approved"], &record["review"]["stages"][3]["by"]), (&true.into(), &"丁".into()));
    let mut form = clerk.form("factory", "e1");
    form["state"] = "published".into();
    let (_, told) = clerk.act("save", &form);
    assert_eq!((&told["standing"], &told["review"]["approved"]), (&"published".into(), &true.into()), "publishing is no edit: {told}");
    let mut form = clerk.form("factory", "e1");
    form["values"]["power_kva"] = "900".into();
    assert_eq!(clerk.act("save", &form).1["standing"], "unapproved", "an edit reopens the review");
}

#[test]
fn the_kit_of_a_published_record_is_shown_to_who_may_come_in_and_of_nothing_else() {
    let clerk = Clerk::start("kit");
    let (status, page) = clerk.get("/__parkpress/admin/kit/zh/factory/e1/poster-a4.html");
    assert!(status == 200 && page.contains("东园一号厂房") && page.contains("size:A4 portrait"), "{status}");
    assert!(page.contains("content-security-policy: default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"));
    let (status, page) = clerk.get("/__parkpress/admin/kit/zh/factory/e1/wechat.html");
    assert!(status == 200 && page.contains("phone__article"), "{status}");
    for other in [
        "zh/factory/e1/other.html",
        "zh/factory/zz/wechat.html",
        "en/factory/e1/wechat.html",
        "zh/zz/e1/wechat.html",
        "zh/factory",
        "xx/factory/e1/wechat.html",
    ] {
        assert_eq!(clerk.get(&format!("/__parkpress/admin/kit/{other}")).0, 404, "{other}");
    }
    assert_eq!(clerk.preview.get("/__parkpress/admin/kit/zh/factory/e1/wechat.html").0, 403, "nobody without the key");
    let text = clerk.text(E1);
    clerk.preview.write(E1, &text.replacen("---\n", "---\nstate: draft\n", 1));
    clerk.preview.until("/factories/e1/", "a draft", |_, page| page.contains("badge--draft"));
    assert_eq!(clerk.get("/__parkpress/admin/kit/zh/factory/e1/wechat.html").0, 404, "the preview shows drafts, the kit does not");
}
