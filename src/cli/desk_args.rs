//! The verbs of the desk: repairs, renaming, taking away.

use super::args::t;
use crate::diagnostic::Tongue;
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
