//! `new`: the questions of a type as a machine, and the verb with its answers from a pipe.

use crate::commands::Place;
use crate::site::Site;
use parkpress::desk::ask::{About, Form};
use parkpress::diagnostic::Diagnostics;
use parkpress::project::Snapshot;
use parkpress::read::{self, Project};
use parkpress::schema::scaffold::scaffold;
use parkpress::source::edit::Plain;
use parkpress::value::pinyin::Readings;
use parkpress::value::{Lang, RecordId, Zone};
use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

fn project() -> Project {
    let site = Site::base();
    let snapshot = Snapshot::from_texts(site.texts().iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())));
    read::project(&snapshot, &mut Diagnostics::new()).expect("because the settings are sound")
}

fn records() -> Vec<(RecordId, String)> {
    let name = |of: &str, id: &str, title: &str| (RecordId { of: of.into(), id: id.into() }, title.to_string());
    vec![name("park", "east", "东园"), name("contact", "desk", "招商科"), name("news", "kai-gong", "开工")]
}

#[test]
fn a_form_asks_for_what_is_required_and_refuses_what_check_would() {
    let project = project();
    let (records, readings, zone) = (records(), Readings::new(&[]), Zone::shanghai());
    let of = project.schemas.named("news").expect("a type of the theme");
    let mut form = Form::new(About { of, zone: &zone, records: &records, readings: &readings, lang: Lang::Zh }, None);
    let ask = |form: &mut Form<'_>| form.question().map(|said| said.zh).unwrap_or_default();
    let code = |form: &mut Form<'_>, typed: &str| form.answer(typed).err().map(|wrong| wrong.iter().next().expect("a reason").code);
    assert!(ask(&mut form).starts_with("标题"), "{}", ask(&mut form));
    assert_eq!(code(&mut form, ""), Some("answer-empty"), "a required field is not left out");
    assert_eq!(code(&mut form, "开工"), None);
    let mut asked = vec![];
    while !ask(&mut form).starts_with("编号") {
        let question = ask(&mut form);
        asked.push(question.lines().next().unwrap_or_default().to_string());
        let right = match question.split(['，', '\n']).next().unwrap_or_default() {
            "类别" => {
                assert!(question.contains("\n  1. 园区动态") && question.contains("\n  3. 媒体报道"), "{question}");
                assert_eq!(code(&mut form, "第九类"), Some("choice-unknown"));
                "3"
            }
            "发布时间" => {
                assert!(code(&mut form, "下个月").is_some());
                "2026年3月5日 09:30"
            }
            "来源" => "招商科",
            // 媒体报道 needs what the media said: asked because of an answer.
            "媒体·媒体名称" => "示例日报",
            "媒体·报道日期" => "2026-03-04",
            other => panic!("an unexpected question: {other}"),
        };
        assert_eq!(code(&mut form, right), None, "{question}: {right}");
    }
    assert_eq!(asked.len(), 5, "{asked:?}");
    assert!(ask(&mut form).contains("kai-gong-2"), "the id of another record is not suggested");
    assert_eq!(code(&mut form, "Kai Gong"), Some("id-pattern"));
    assert_eq!(code(&mut form, "kai-gong"), Some("answer-id-taken"), "taken");
    assert_eq!(code(&mut form, ""), None);
    let offer = ask(&mut form);
    assert!(offer.starts_with("还可以填写") && offer.contains("相关园区"), "{offer}");
    assert_eq!(code(&mut form, "相关园区"), None);
    assert!(ask(&mut form).contains("1. 东园（park/east）"), "{}", ask(&mut form));
    assert_eq!(code(&mut form, "west"), Some("link-unknown"));
    assert_eq!(code(&mut form, "1"), None);
    assert_eq!(code(&mut form, "相关园圆"), Some("answer-unknown"));
    assert_eq!(code(&mut form, ""), None);
    assert_eq!(form.question(), None);
    assert_eq!(form.id(), "kai-gong-2");
    let text = form.text();
    let site = Site::base().with("content/news/kai-gong-2.md", &text.replace("状态: 草稿", "状态: 已发布"));
    assert_eq!(site.build().said(), Vec::<String>::new(), "{text}");
    assert!(
        text.contains("状态: 草稿   # 写完后改为：已发布\n")
            && text.contains("类别: 媒体报道\n")
            && text.contains("相关园区: east\n")
            && text.contains("  媒体名称: 示例日报\n"),
        "{text}"
    );
}

#[test]
fn every_type_can_be_filled_in_to_its_end_or_says_why_not() {
    let project = project();
    let (records, readings, zone) = (records(), Readings::new(&[]), Zone::shanghai());
    for of in &project.schemas.types {
        let mut form = Form::new(About { of, zone: &zone, records: &records, readings: &readings, lang: Lang::Zh }, None);
        let mut rounds = 0;
        while let Some(question) = form.question() {
            rounds += 1;
            assert!(rounds < 200, "{} never ends: {}", of.name, question.zh);
            if question.zh.starts_with("还可以") {
                break;
            }
            let tries = [
                "",
                "1",
                "2026-03-05",
                "2026-03-05 09:30",
                "2026-03",
                "示例县示例单位",
                "12",
                "0597-000-0001",
                "https://www.example.com/a",
                "116.36,25.70,wgs84",
                "a.pdf",
                "C33",
                "91350800MA00000000",
                "350899",
                "示政〔2026〕3号",
                "a-1",
                "2026",
                "east",
                "1-2",
                "a@example.com",
                "其他",
            ];
            let shown = question.zh.lines().next().and_then(|line| line.split("，写作 ").nth(1)).unwrap_or_default().to_string();
            if !tries.iter().chain([&shown.as_str()]).any(|typed| form.answer(typed).is_ok()) {
                // What no word of the list fits is a link to a record that this small site has not.
                let stuck = form.answer("1").err().and_then(|wrong| wrong.iter().next().map(|found| found.code));
                assert_eq!(stuck, Some("link-unknown"), "{}: {}", of.name, question.zh);
                break;
            }
        }
        assert!(form.text().starts_with("---\n状态: 草稿"), "{}", of.name);
    }
}

#[test]
fn the_verb_takes_its_answers_from_flags_or_a_pipe() {
    let place = Place::new("new-ask");
    let file = |name: &str| fs::read_to_string(place.0.join("content/news").join(name)).unwrap_or_default();
    let words = [
        "new",
        "news",
        "--title",
        "示例园区开工",
        "--set",
        "类别=园区动态",
        "--set",
        "published_at=2026-03-05 09:30",
        "--set",
        "来源＝招商科",
    ];
    let made = place.run(&words);
    assert_eq!(String::from_utf8(made.stdout).expect("UTF-8").trim(), "content/news/shi-li-yuan-qu-kai-gong.md");
    assert!(file("shi-li-yuan-qu-kai-gong.md").contains("标题: 示例园区开工\n"), "{}", file("shi-li-yuan-qu-kai-gong.md"));
    assert_eq!(place.code(&["new", "news", "--set", "类别=没有"]), 2);
    assert_eq!(place.code(&["new", "news", "--set", "没有=1"]), 2);
    assert_eq!(place.code(&["check"]), 0, "{}", place.errors(&["check"]));
    let piped = |answers: &str| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_parkpress"))
            .args(["new", "动态", "--ask", "--lang", "zh"])
            .current_dir(&place.0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        child.stdin.take().expect("a pipe").write_all(answers.as_bytes()).expect("it reads");
        child.wait_with_output().expect("it ends")
    };
    // In the order of the questions; a wrong word is asked for again.
    let order: Vec<String> = {
        let out = piped("");
        assert_eq!(out.status.code(), Some(2), "answers that end too early write nothing");
        String::from_utf8(out.stdout).expect("UTF-8").lines().map(str::to_string).collect()
    };
    assert!(order[0].starts_with("标题"), "{order:?}");
    let out = piped("竣工\n九\n1\n2026-03-06 10:00\n招商科\njun-gong\n\n");
    let said = String::from_utf8_lossy(&out.stderr).into_owned() + &String::from_utf8_lossy(&out.stdout);
    assert_eq!(out.status.code(), Some(0), "{said}");
    assert!(said.contains("“九”"), "{said}");
    assert!(file("jun-gong.md").contains("标题: 竣工\n") && file("jun-gong.md").contains("状态: 草稿"), "{said}");
}

#[test]
fn a_new_file_speaks_the_language_of_the_site_only() {
    let project = project();
    let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    for of in &project.schemas.types {
        let chinese = scaffold(of, &[], Lang::Zh);
        let keys = chinese.lines().filter_map(|line| line.trim_start_matches([' ', '-']).split_once(':')).map(|(key, _)| key);
        for key in keys.filter(|key| !key.starts_with('#')) {
            assert!(key.chars().any(is_chinese), "{}: {key}\n{chinese}", of.name);
        }
        assert!(!chinese.contains("draft") && !chinese.contains("such as"), "{chinese}");
        let english = scaffold(of, &[], Lang::En);
        let example = |line: &str| line.contains("such as");
        for line in english.lines().filter(|line| !example(line)) {
            assert!(!line.chars().any(is_chinese), "{}: {line}", of.name);
        }
        assert!(english.starts_with("---\nstate: draft   # change it when all is written to: published\n"), "{english}");
    }
    // Values of choices, flags and pictures are words of the site as well, and are read as what they stand for.
    let of = project.schemas.named("factory").expect("a type of the theme");
    let text = |word: &str| Plain::Text(word.to_string());
    let given = [
        ("listing_type".to_string(), Plain::List(vec![text("lease"), text("sale")])),
        ("is_standard_factory".to_string(), Plain::Verbatim("true".into())),
        ("cover".to_string(), Plain::Group(vec![("src".into(), text("/media/a.jpg")), ("alt".into(), text("厂房"))])),
    ];
    let chinese = scaffold(of, &given, Lang::Zh);
    assert!(chinese.contains("标准厂房: 是\n") && chinese.contains("题图: {图片: /media/a.jpg, 替代文字: 厂房}\n"), "{chinese}");
    assert!(scaffold(of, &given, Lang::En).contains("listing_type: [lease, sale]   # "));
}

#[test]
fn without_questions_a_new_file_is_the_empty_draft() {
    let place = Place::new("new-empty");
    let made = |words: &[&str], file: &str| {
        assert_eq!(place.code(words), 0, "{words:?}");
        fs::read_to_string(place.0.join(file)).expect("the file is there")
    };
    let text = made(&["new", "news", "a-1", "--yes", "--lang", "en"], "content/news/a-1.md");
    assert!(text.starts_with("---\n状态: 草稿   # 写完后改为：已发布\n类别:   # 园区动态、"), "the file belongs to the site: {text}");
    let settings = fs::read_to_string(place.0.join("content/site.yaml")).expect("settings");
    fs::write(place.0.join("content/site.yaml"), settings.replace("languages: [zh, en]", "languages: [en, zh]")).expect("settings");
    let text = made(&["new", "news", "a-2", "--yes", "--title", "Opening"], "content/news/a-2.md");
    assert!(text.contains("title: Opening   # Title\n") && text.contains("kind:   # Kind: Park news, "), "{text}");
}
