//! The guides are followed word by word: what stands in the Markdown is typed, written and compared.
//!
//! In a block of code `> parkpress …` is run and `> cd …` goes to a folder; another line with `>` is an answer, every
//! other line must be in what the program says, in this order (`…` stands for anything). A block without `>` is what
//! goes into the file that the text before it names: a whole file (`---`), what is added 在文件头, or at its end. The
//! text itself changes a file by 把 `…` 改为 `…`, in English by change `…` to `…` and at the head of the file.

use parkpress::project;
use parkpress::render::Output as Made;
use parkpress::resolve::Options;
use parkpress::value::{Instant, Zone};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Mutex;

/// The instant at which the guides are followed.
const AT: &str = "2026-11-25 12:00";
const CHINESE: &str = "zh_CN.UTF-8";
const ENGLISH: &str = "en_GB.UTF-8";
/// The verbs that know an instant.
const DATED: [&str; 4] = ["build", "check", "list", "sign"];

fn guide(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/content/pages").join(name)).expect("because guides are texts")
}

/// The words of a command; quotes keep a word together.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut quoted) = (vec![String::new()], false);
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().expect("because there is one").push(c),
        }
    }
    words.into_iter().filter(|word| !word.is_empty()).collect()
}

fn run(folder: &Path, words: &[String], answers: &str, locale: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_parkpress"))
        .args(words)
        .current_dir(folder)
        .env("LANG", locale)
        .env_remove("LC_ALL")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("because the program is built");
    child.stdin.take().expect("because it is piped").write_all(answers.as_bytes()).expect("because the program reads");
    child.wait_with_output().expect("because it ends")
}

/// Follows a guide in a folder of its own.
struct Reader {
    folder: PathBuf,
    file: Option<PathBuf>,
    commands: usize,
    /// The language of the person who reads.
    locale: &'static str,
}

impl Reader {
    /// What a text says to do: which file is meant, what is changed in it.
    fn text(&mut self, line: &str) {
        let spans: Vec<&str> = line.split('`').skip(1).step_by(2).collect();
        if let Some(path) = spans.iter().find(|span| ["content/", "themes/"].iter().any(|top| span.starts_with(top)) && span.contains('.'))
        {
            self.file = Some(self.folder.join(path));
        }
        let change = [("把 `", "` 改为 `"), ("hange `", "` to `")].into_iter().find_map(|(before, between)| {
            let (from, rest) = line.split_once(before)?.1.split_once(between)?;
            Some((from, rest.split_once('`')?.0))
        });
        if let Some((from, to)) = change {
            let file = self.file.as_ref().expect("because a guide names the file first");
            let text = fs::read_to_string(file).expect("because the file is there");
            assert!(text.contains(from), "{} does not hold {from}:\n{text}", file.display());
            fs::write(file, text.replacen(from, to, 1)).expect("because it can be written");
        }
    }

    /// A block that goes into a file.
    fn write(&self, block: &[String], before: &str) {
        let file = self.file.as_ref().unwrap_or_else(|| panic!("no file is named before {block:?}"));
        let block = block.join("\n") + "\n";
        let old = fs::read_to_string(file).unwrap_or_default();
        let new = if block.starts_with("---") {
            block
        } else if ["在文件头", "at the head of the file"].iter().any(|words| before.contains(words)) {
            let end = old[3..].find("\n---").expect("because the file has a head") + 4;
            format!("{}{block}{}", &old[..end], &old[end..])
        } else {
            format!("{old}{block}")
        };
        fs::create_dir_all(file.parent().expect("because it lies in a folder")).expect("because a folder can be made");
        fs::write(file, new).expect("because it can be written");
    }

    /// A block of commands, their answers and what they say.
    fn follow(&mut self, block: &[String]) {
        let is_command = |line: &String| line.starts_with("> parkpress ") || line.starts_with("> cd ");
        let starts: Vec<usize> = (0..block.len()).filter(|at| is_command(&block[*at])).collect();
        for (nth, start) in starts.iter().enumerate() {
            let lines = &block[start + 1..starts.get(nth + 1).copied().unwrap_or(block.len())];
            let command = block[*start].trim_start_matches("> ");
            if let Some(folder) = command.strip_prefix("cd ") {
                self.folder = self.folder.join(folder);
                assert!(self.folder.is_dir(), "{} is no folder", self.folder.display());
                continue;
            }
            self.command(command, lines);
        }
    }

    fn command(&mut self, command: &str, lines: &[String]) {
        let mut words = words(command.trim_start_matches("parkpress "));
        let answers: String = lines.iter().filter_map(|line| line.strip_prefix('>')).map(|answer| format!("{}\n", answer.trim())).collect();
        if words[0] == "serve" {
            // The preview ends with its window; here only its options are tried.
            words.push("--help".to_string());
        } else if words.iter().any(|word| DATED.contains(&word.as_str())) {
            words.extend(["--at".to_string(), AT.to_string()]);
        }
        if !answers.is_empty() {
            words.push("--ask".to_string());
        }
        let output = run(&self.folder, &words, &answers, self.locale);
        let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{command}:\n{said}");
        self.commands += 1;
        if words[0] == "serve" {
            return;
        }
        let mut rest = said.as_str();
        for piece in lines.iter().filter(|line| !line.starts_with('>')).flat_map(|line| line.split('…')) {
            let wanted = piece.trim();
            let Some(at) = rest.find(wanted) else { panic!("{command} does not say {wanted:?} there:\n{said}") };
            rest = &rest[at + wanted.len()..];
        }
    }
}

/// Follows the sections of a guide from the first heading to another one.
fn follow(text: &str, until: &str, folder: &Path, locale: &'static str) -> Reader {
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).expect("because a folder can be made");
    let mut reader = Reader { folder: folder.to_path_buf(), file: None, commands: 0, locale };
    let body = text.splitn(3, "---\n").nth(2).expect("because a guide has a head");
    let part = body.split(until).next().unwrap_or(body);
    let (mut block, mut before) = (Vec::<String>::new(), String::new());
    for line in part.lines().chain([""; 2]) {
        match line.strip_prefix("    ") {
            Some(code) => block.push(code.to_string()),
            None if line.is_empty() && !block.is_empty() => block.push(String::new()),
            None if line.is_empty() => {}
            None => {
                finish(&mut reader, &mut block, &before);
                reader.text(line);
                before = line.to_string();
            }
        }
    }
    finish(&mut reader, &mut block, &before);
    reader
}

fn finish(reader: &mut Reader, block: &mut Vec<String>, before: &str) {
    while block.last().is_some_and(String::is_empty) {
        block.pop();
    }
    match block.first() {
        Some(first) if first.starts_with('>') => reader.follow(block),
        Some(_) => reader.write(block, before),
        None => {}
    }
    block.clear();
}

fn place(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("parkpress-guide-{name}-{}", std::process::id()))
}

#[test]
fn the_guide_for_clerks_works_word_by_word() {
    let folder = place("clerk");
    let reader = follow(&guide("clerk.md"), "## 在浏览器里编辑", &folder, CHINESE);
    assert!(reader.commands > 20, "{} commands", reader.commands);
    let notice = fs::read_to_string(folder.join("园区网站/public/notices/tingshui-1124/index.html")).expect("the notice is published");
    assert!(notice.contains("请各企业提前储水"));
    let gone = fs::read_to_string(folder.join("审签练习/public/news/2026-11-24-1/index.html")).expect("the tombstone stays");
    assert!(gone.contains("验收结论有误") && !gone.contains("可租面积"));
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn the_guide_for_clerks_works_in_english_as_well() {
    let folder = place("clerk-en");
    let reader = follow(&guide("clerk.en.md"), "## Editing in a browser", &folder, ENGLISH);
    assert!(reader.commands > 20, "{} commands", reader.commands);
    let notice = fs::read_to_string(folder.join("park-site/public/notices/water-1124/index.html")).expect("the notice is published");
    assert!(notice.contains("请各企业提前储水"));
    let gone = fs::read_to_string(folder.join("signing/public/news/2026-11-24-1/index.html")).expect("the tombstone stays");
    assert!(gone.contains("验收结论有误") && !gone.contains("可租面积"));
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn the_guide_for_designers_works_word_by_word() {
    let folder = place("designer");
    let reader = follow(&guide("designer.md"), "## 再往下", &folder, CHINESE);
    assert!(reader.commands == 5, "{} commands", reader.commands);
    let site = reader.folder.join("public");
    let page = |path: &str| fs::read_to_string(site.join(path)).unwrap_or_else(|_| panic!("{path} was built"));
    assert!(page("index.html").contains("找空厂房"), "a word was changed");
    assert!(page("about/index.html").contains("own-note"), "a block was changed");
    assert!(page("factories/east-1/index.html").contains("洁净等级"), "a field was added");
    assert!(page("visits/north/index.html").contains("接待人数"), "a type was added");
    assert!(page("visiting/index.html").contains("own-visits"), "a page was added");
    assert!(page("reception/index.html").contains("接待情况"), "a board was added");
    assert!(page("enquiry/index.html").contains("夜间生产"), "a question was added");
    assert!(page("about/index.html").contains("规上工业产值"), "a chart was drawn");
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn every_command_in_the_guides_is_one_that_the_program_knows() {
    let mut tried = 0;
    for name in ["clerk.md", "clerk.en.md", "designer.md", "designer.en.md", "operator.md", "operator.en.md"] {
        let text = guide(name);
        let spans = text.split('`').filter(|span| span.starts_with("parkpress ") && !span.contains('\n'));
        let lines = text.lines().filter_map(|line| line.trim_start().strip_prefix("> ")).filter(|line| line.starts_with("parkpress "));
        for command in spans.chain(lines) {
            let mut words = words(command.trim_start_matches("parkpress "));
            words.push("--help".to_string());
            let output = run(Path::new(env!("CARGO_MANIFEST_DIR")), &words, "", CHINESE);
            assert!(output.status.success(), "{name}: {command}\n{}", String::from_utf8_lossy(&output.stderr));
            tried += 1;
        }
    }
    assert!(tried > 70, "{tried} commands");
}

#[test]
fn the_menu_of_the_manual_leads_to_its_guides_in_both_languages() {
    let (snapshot, mut noted) = project::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")).expect("the manual can be read");
    let options = Options { at: Instant::parse("2026-11-25 12:00", &Zone::shanghai()).expect("an instant"), drafts: false, portable: true };
    let catalog = parkpress::understand(&snapshot, options, &mut noted).expect("the manual is sound");
    let made = Mutex::new(BTreeMap::new());
    let take = |path: &str, output: &Made| {
        if let (true, Made::Bytes(bytes)) = (path.ends_with("index.html"), output) {
            made.lock().expect("nobody panics").insert(path.to_string(), String::from_utf8_lossy(bytes).into_owned());
        }
        Ok::<(), Infallible>(())
    };
    let Ok(_) = parkpress::produce(&catalog, &mut noted, take);
    let pages = made.into_inner().expect("nobody panics");
    for (page, root, below) in [("index.html", "./", ""), ("en/operator/index.html", "../../", "en/")] {
        let menu = pages[page].split("site-menu__list").nth(1).and_then(|rest| rest.split("</ul>").next()).expect("a menu");
        for name in ["clerk", "designer", "operator", "reference", "search"] {
            let target = format!("{below}{name}/index.html");
            assert!(menu.contains(&format!("{root}{target}")) && pages.contains_key(&target), "{page}: {target}\n{menu}");
        }
        // A minified page has no quotes.
        let here = menu.replace('"', "");
        assert_eq!(here.matches("aria-current=true").count() + here.matches("aria-current=page").count(), 1, "{menu}");
    }
}
