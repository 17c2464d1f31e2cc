//! The verbs of the desk: repairs, renaming, taking away.

use super::args::t;
use crate::diagnostic::Tongue;
use crate::value::Kind;
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, Command};

/// `fix`, `rename` and `remove`.
pub fn commands(tongue: Tongue) -> [Command; 3] {
    let say = |zh: &str, en: &str| t(tongue, zh, en);
    let verb = |name: &'static str, zh: &str, en: &str| Command::new(name).about(say(zh, en));
    let flag = |name: &'static str, zh: &str, en: &str| Arg::new(name).long(name).action(ArgAction::SetTrue).help(say(zh, en));
    let yes = || flag("yes", "不再询问，直接写入", "Write without asking");
    let dry = || flag("dry-run", "只显示会改什么，不写入", "Only show what would change");
    let record =
        |name: &'static str, shown: &'static str, zh: &str, en: &str| Arg::new(name).value_name(shown).required(true).help(say(zh, en));
    let of = || record("record", "TYPE/ID", "内容：类型/编号", "The record: type/id");
    [
        verb(
            "fix",
            "修复写法上的小错：全角符号、编码、缩进、文号括号、链接里的空格",
            "Repair slips: full-width signs, encodings, indentation, brackets of document numbers, spaces in links",
        )
        .arg(
            Arg::new("path")
                .value_name("PATH")
                .num_args(0..)
                .help(say("文件或文件夹；不写则全部内容", "Files or folders; all content without it")),
        )
        .args([dry(), yes()]),
        verb(
            "rename",
            "改编号：文件、译文和链接一起改，旧地址自动跳转",
            "Change an id: file, translations and links; the old address leads on",
        )
        .args([of(), record("new", "NEW-ID", "新编号", "The new id"), dry(), yes()]),
        verb("remove", "删除一条内容；还有链接指向它时不删", "Take a record away; refused while something links to it").args([
            of(),
            Arg::new("withdraw")
                .long("withdraw")
                .value_name("REASON")
                .help(say("不删除，改为撤稿，写明对外说明的原因", "Withdraw it instead, for this public reason")),
            dry(),
            yes(),
        ]),
    ]
}

/// `publish`.
pub fn publish(tongue: Tongue, at: Arg, drafts: Arg) -> Command {
    let say = |zh: &str, en: &str| t(tongue, zh, en);
    let value = |name: &'static str, shown: &'static str, zh: &str, en: &str| Arg::new(name).long(name).value_name(shown).help(say(zh, en));
    Command::new("publish")
        .about(say(
            "一条内容的宣传材料：公众号文章、海报（A4、A3，带二维码）、短信",
            "The kit of a record: an article for WeChat, posters (A4, A3, with a code), texts for messages",
        ))
        .arg(
            Arg::new("record")
                .value_name("RECORD")
                .required(true)
                .help(say("内容：类型/编号，或文件路径", "The record: type/id, or the path of its file")),
        )
        .args([
            value("format", "PIECE", "只要哪一种", "Only one kind of piece")
                .value_parser(PossibleValuesParser::new(["all", "wechat", "poster", "text"]))
                .default_value("all"),
            value("site-lang", "LANG", "只做这种语言的版本（不写则各种语言都做）", "Only in this language of the site (default: in all)"),
            value(
                "out",
                "DIR",
                "写到这个文件夹（默认：.parkpress/kit/类型-编号）",
                "Write to this folder (default: .parkpress/kit/TYPE-ID)",
            ),
            value("base-url", "URL", "网站地址，代替 site.yaml 里的", "The address of the site, instead of site.yaml's"),
            drafts,
            at,
        ])
}

/// What `new` may be told.
pub fn of_new(tongue: Tongue) -> [Arg; 4] {
    let say = |zh: &str, en: &str| t(tongue, zh, en);
    let flag = |name: &'static str, zh: &str, en: &str| Arg::new(name).long(name).action(ArgAction::SetTrue).help(say(zh, en));
    [
        Arg::new("title").long("title").value_name("TITLE").help(say("标题", "The title")),
        Arg::new("set")
            .long("set")
            .value_name("KEY=VALUE")
            .action(ArgAction::Append)
            .help(say("填写一个字段，可多次；字段写英文名或中文名", "Give a field, repeatedly; by key or label")),
        flag("ask", "逐项提问（在终端里运行时默认如此）", "Ask for each field (the default on a terminal)"),
        flag("yes", "不提问", "Ask nothing").conflicts_with("ask"),
    ]
}

/// What `init` may be told.
pub fn of_init(tongue: Tongue) -> [Arg; 3] {
    let say = |zh: &str, en: &str| t(tongue, zh, en);
    [
        Arg::new("profile").long("profile").value_name("PROFILE").value_parser(PossibleValuesParser::new(profiles())).help(say(
            "网站性质：政府门户、门户专栏、公司网站",
            "What the site is: a government portal, a column of one, a company's site",
        )),
        Arg::new("samples").long("samples").action(ArgAction::SetTrue).help(say("带几条示例内容", "With a few sample records")),
        Arg::new("title").long("title").value_name("TITLE").help(say("网站名称", "The name of the site")),
    ]
}

/// What `schema` may be told besides.
pub fn of_schema(tongue: Tongue) -> [Arg; 3] {
    let say = |zh: &str, en: &str| t(tongue, zh, en);
    [
        Arg::new("vscode").long("vscode").action(ArgAction::SetTrue).conflicts_with("json").group("files").help(say(
            "写 VS Code 的设置、片段和各类型的 JSON Schema（.yaml 有校验和补全，.md 用片段）",
            "Write settings, snippets and JSON Schemas for VS Code (.yaml is checked, .md has snippets)",
        )),
        Arg::new("reference").long("reference").action(ArgAction::SetTrue).conflicts_with("json").group("files").requires("out").help(say(
            "写类型、设置、提示代码和命令的参考（Markdown 页面，需要 --out）",
            "Write the reference of types, settings, codes and commands (pages in Markdown; needs --out)",
        )),
        Arg::new("out")
            .long("out")
            .value_name("DIR")
            .requires("files")
            .help(say("写到这个文件夹（默认：网站根目录）", "Write below this folder (default: the site)")),
    ]
}

/// The profiles that the settings of a site know.
fn profiles() -> Vec<String> {
    match crate::read::site::grammar().field("profile").map(|field| &field.kind) {
        Some(Kind::Choice(choices)) => choices.iter().map(|choice| choice.key.clone()).collect(),
        _ => Vec::new(),
    }
}
