//! The preview as a browser meets it: who may ask, what is answered, and what a change on the disk does.

use crate::site::sections;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

pub struct Preview {
    pub root: PathBuf,
    pub address: String,
    /// The rest of what was printed at the start: the address of the forms, where they were asked for.
    pub more: String,
    process: Child,
}

impl Preview {
    /// Serves the base site at a free port.
    pub fn start(name: &str, words: &[&str]) -> Preview {
        let root = std::env::temp_dir().join(format!("parkpress-preview-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        for (file, text) in sections(include_str!("base.txt")) {
            let file = root.join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        let mut process = Command::new(env!("CARGO_BIN_EXE_parkpress"))
            .args(["serve", "--port", "0", "--lang", "en"])
            .args(words)
            .current_dir(&root)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (mut line, mut more) = (String::new(), String::new());
        let mut printed = BufReader::new(process.stdout.take().unwrap());
        printed.read_line(&mut line).unwrap();
        if words.contains(&"--admin") {
            printed.read_line(&mut more).unwrap();
        }
        let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_else(|| panic!("{line}")).to_string();
        let preview = Preview { root, address, more, process };
        // The address answers before the site is read.
        preview.until("/", "the site is read", |status, _| status != 503);
        preview
    }
    /// The status and the whole answer.
    pub fn ask(&self, request: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream.write_all(format!("{request}Connection: close\r\n\r\n").as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        (answer.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or_else(|| panic!("{answer}")), answer)
    }
    pub fn get(&self, path: &str) -> (u16, String) {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\n", self.address))
    }
    /// Waits until a page is as it should be; a preview that never gets there fails.
    pub fn until(&self, path: &str, what: &str, holds: impl Fn(u16, &str) -> bool) {
        let start = Instant::now();
        loop {
            let (status, text) = self.get(path);
            if holds(status, &text) {
                return;
            }
            assert!(start.elapsed() < Duration::from_secs(60), "{what} was not seen at {path}: {status}\n{text}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
    pub fn write(&self, path: &str, text: &str) {
        let file = self.root.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.root);
    }
}

#[test]
fn only_our_own_pages_are_answered_and_only_to_ourselves() {
    let preview = Preview::start("doors", &[]);
    let own = preview.address.clone();
    let (status, page) = preview.get("/parks/east/");
    assert!(status == 200 && page.contains("content-security-policy: default-src 'none'"), "{page}");
    assert_eq!(preview.get("/parks").0, 302);
    for path in
        ["/nope", "/../Cargo.toml", "/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/content/site.yaml", "//example.com/", "/%00"]
    {
        assert_eq!(preview.get(path).0, 404, "{path}");
    }
    for (host, status) in [("example.com", 403), ("127.0.0.1.example.com", 403), ("localhost", 200)] {
        assert_eq!(preview.ask(&format!("GET / HTTP/1.1\r\nHost: {host}\r\n")).0, status, "{host}");
    }
    for (origin, status) in [("http://example.com", 403), ("null", 403), (&*format!("http://{own}"), 200)] {
        assert_eq!(preview.ask(&format!("GET / HTTP/1.1\r\nHost: {own}\r\nOrigin: {origin}\r\n")).0, status, "{origin}");
    }
    assert_eq!(preview.ask(&format!("POST / HTTP/1.1\r\nHost: {own}\r\nContent-Length: 0\r\n")).0, 405);
    let port = own.rsplit(':').next().unwrap();
    let second = Command::new(env!("CARGO_BIN_EXE_parkpress")).args(["serve", "--port", port]).current_dir(&preview.root).output().unwrap();
    assert_eq!(second.status.code(), Some(2), "a busy port is a refusal");
}

#[test]
fn changes_are_shown_and_mistakes_leave_the_last_good_page() {
    for words in [&[][..], &["--poll"]] {
        let preview = Preview::start(if words.is_empty() { "told" } else { "polled" }, words);
        let text = fs::read_to_string(preview.root.join("content/parks/east.md")).unwrap();
        preview.write("content/parks/east.md", &text.replace("县城东面", "县城西面"));
        preview.until("/parks/east/", "an edit", |_, page| page.contains("县城西面"));
        preview.write("content/parks/east.md", &text.replace("level:", "levl:"));
        preview.until("/parks/east/", "a mistake", |status, page| {
            status == 200 && page.contains("县城西面") && page.contains("parkpress-errors") && page.contains("content/parks/east.md:3:1")
        });
        let (_, page) = preview.get("/parks/east/");
        assert!(page.contains("[<a href=\"/__parkpress/explain/field-unknown\"") && page.contains("parkpress explain "));
        let (status, why) = preview.get("/__parkpress/explain/field-unknown");
        assert!(status == 200 && why.contains("text/plain") && why.contains("content/_types/"), "{why}");
        assert_eq!(preview.get("/__parkpress/explain/nothing").0, 404);
        preview.write("content/parks/east.md", &text);
        preview.until("/parks/east/", "the correction", |_, page| page.contains("县城东面") && !page.contains("parkpress-errors"));
        let page = "---\ntitle: 一般页面\n---\n正文\n";
        preview.write("content/pages/fresh.md", page);
        preview.until("/fresh/", "a new page", |status, _| status == 200);
        fs::remove_file(preview.root.join("content/pages/fresh.md")).unwrap();
        preview.until("/fresh/", "a removed page", |status, _| status == 404);
        preview
            .write("themes/park/pages/record.html", "{% extends \"theme:record.html\" %}{% block main %}改过的{{ super() }}{% endblock %}");
        preview.until("/parks/east/", "the first file of an own theme", |_, page| page.contains("改过的"));
    }
}
