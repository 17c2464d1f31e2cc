//! The verbs and their options, in the language of the person. The only module that builds clap commands.

use super::desk_args;
use super::out::eprintln;
use crate::diagnostic::Tongue;
use crate::read::ledger::Stage;
use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command};

/// The words of `list --state`.
const STATES: [&str; 12] = [
    "published",
    "corrected",
    "expired",
    "archived",
    "withdrawn",
    "draft",
    "in_review",
    "approved",
    "scheduled",
    "unapproved",
    "unpublished",
    "not_public",
];

/// Chinese or English.
pub(super) fn t(tongue: Tongue, zh: &str, en: &str) -> String {
    if tongue == Tongue::Zh { zh.to_string() } else { en.to_string() }
}

/// The whole command line.
pub fn command(tongue: Tongue) -> Command {
    let say = |zh: &str, en: &str| t(tongue, zh, en);
    let root = Arg::new("root")
        .long("root")
        .value_name("DIR")
        .global(true)
        .help(say("网站所在的文件夹（默认：当前或上级）", "The folder of the site (default: here or above)"));
    let lang = Arg::new("lang")
        .long("lang")
        .value_name("zh|en")
        .global(true)
        .value_parser(PossibleValuesParser::new(["zh", "en"]))
        .help(say("提示用的语言", "The language of messages"));
    let flag = |name: &'static str, zh: &str, en: &str| Arg::new(name).long(name).action(ArgAction::SetTrue).help(say(zh, en));
    let value = |name: &'static str, shown: &'static str, zh: &str, en: &str| Arg::new(name).long(name).value_name(shown).help(say(zh, en));
    let at = || value("at", "TIME", "按这一时刻构建，例如 \"2026-11-23 09:00\"", "Build for this instant, such as \"2026-11-23 09:00\"");
    let strict = || flag("strict", "提醒也当作错误", "Treat warnings as errors");
    let drafts = || flag("drafts", "连同草稿和定时内容", "Include drafts and scheduled records");
    let out = || value("out", "DIR", "输出文件夹", "The output folder").default_value(crate::write::FOLDER);
    let verb = |name: &'static str, zh: &str, en: &str| Command::new(name).about(say(zh, en));
    let build = verb("build", "生成网站", "Build the site")
        .args([
            out(),
            value("base-url", "URL", "网站地址，代替 site.yaml 里的", "The address of the site, instead of site.yaml's"),
            at(),
            drafts(),
        ])
        .arg(flag("portable", "链接写明 index.html，可直接双击打开", "Write index.html into links, for opening from a folder"))
        .arg(flag("audit", "另存一份检查报告 .parkpress/audit.html", "Keep a report in .parkpress/audit.html"))
        .args([
            strict(),
            value(
                "report",
                "FORMAT",
                "列出与上次构建相比的变化，并写一份可打印的签发单",
                "Say what changed since the last build, and write a page to be signed",
            )
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("text")
            .value_parser(PossibleValuesParser::new(["text", "json", "html"])),
            value("keep", "N", "保留以前的 N 个网站，供 rollback 用", "Keep N earlier sites for rollback")
                .value_parser(clap::value_parser!(usize))
                .default_value("0"),
        ]);
    let format = value("format", "FORMAT", "输出格式", "The format of the report")
        .value_parser(PossibleValuesParser::new(["text", "json", "sarif", "html"]))
        .default_value("text");
    let check = verb("check", "检查内容，不写文件", "Check everything, write nothing").args([
        format,
        value("out", "FILE", "把 html 报告写到这个文件", "Write the html report to this file"),
        at(),
        strict(),
        drafts(),
    ]);
    let serve = verb("serve", "本地预览，改动即时刷新", "Preview with live reload")
        .arg(value("port", "PORT", "端口", "The port").value_parser(clap::value_parser!(u16)).default_value("8000"))
        .arg(value("host", "ADDRESS", "监听地址", "The address to listen on").default_value("127.0.0.1"))
        .args([
            flag("open", "打开浏览器", "Open the browser"),
            flag(
                "admin",
                "在浏览器里填表编辑内容（只限本机；同时显示草稿）",
                "Edit the content with forms in the browser (this machine only; drafts are shown)",
            ),
            drafts(),
            at(),
            flag("poll", "用轮询代替系统通知", "Poll instead of watching"),
        ]);
    let state = value("state", "STATE", "只列这种状态", "Only this state").value_parser(PossibleValuesParser::new(STATES));
    let as_list = value("format", "FORMAT", "输出格式", "The format of the list")
        .value_parser(PossibleValuesParser::new(["text", "json"]))
        .default_value("text");
    let list = verb("list", "列出内容及其状态", "List the records and their states").args([state, at(), as_list]);
    let init = verb("init", "新建一个网站", "Make a new site")
        .arg(Arg::new("dir").value_name("DIR").required(true).help(say("文件夹", "The folder")))
        .args(desk_args::of_init(tongue));
    let new = verb("new", "新建一条内容", "Make a new record")
        .arg(Arg::new("type").value_name("TYPE").required(true).help(say("内容类型", "The type")))
        .arg(Arg::new("id").value_name("ID").help(say("编号，即文件名", "The id, which is the file name")))
        .args(desk_args::of_new(tongue));
    let explain = verb("explain", "解释一个提示代码", "Explain a diagnostic code")
        .arg(Arg::new("code").value_name("CODE").help(say("代码；不写则全部列出", "The code; all without it")));
    let schema = verb("schema", "列出类型和字段，或输出 JSON Schema", "Show types and fields, or JSON Schema")
        .arg(Arg::new("type").value_name("TYPE").help(say("内容类型", "The type")))
        .arg(flag("json", "输出 JSON Schema", "As JSON Schema"))
        .args(desk_args::of_schema(tongue));
    let shells = PossibleValuesParser::new(["bash", "zsh", "fish", "powershell", "elvish"]);
    let completions = verb("completions", "输出命令补全脚本", "Print a completion script")
        .arg(Arg::new("shell").value_name("SHELL").required(true).value_parser(shells).help(say("命令行外壳", "The shell")));
    let freshness = verb("freshness", "各栏目多久没更新、何时到期", "How long columns went without something new")
        .arg(
            value("format", "FORMAT", "输出格式", "The format")
                .value_parser(PossibleValuesParser::new(["text", "json"]))
                .default_value("text"),
        )
        .args([
            value("ics", "FILE", "把到期日写成日历文件；- 为标准输出", "Write the deadlines as a calendar; - for standard output"),
            at(),
        ]);
    let review = review(tongue, &at);
    let publish = desk_args::publish(tongue, at(), drafts());
    let [fix, rename, remove] = desk_args::commands(tongue);
    let (import, export) = sheets(tongue);
    let rollback = verb("rollback", "换回上一次的网站", "Bring back the site before").arg(out());
    let whole = Command::new("parkpress")
        .version(env!("CARGO_PKG_VERSION"))
        .about(say("园区宣传与信息公开的静态网站生成器", "A static site generator for industrial-park promotion and public information"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .args([root, lang])
        .subcommands([
            build,
            check,
            serve,
            init,
            new,
            import,
            export,
            list,
            explain,
            schema,
            fix,
            rename,
            remove,
            review,
            publish,
            freshness,
            completions,
            rollback,
        ]);
    if tongue == Tongue::En {
        return whole;
    }
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version).help("显示版本");
    in_chinese(whole.disable_version_flag(true).arg(version), "parkpress")
}

/// `import` and `export`.
fn sheets(tongue: Tongue) -> (Command, Command) {
    let say = |zh: &str, en: &str| t(tongue, zh, en);
    let flag = |name: &'static str, zh: &str, en: &str| Arg::new(name).long(name).action(ArgAction::SetTrue).help(say(zh, en));
    let value = |name: &'static str, shown: &'static str, zh: &str, en: &str| Arg::new(name).long(name).value_name(shown).help(say(zh, en));
    let import = Command::new("import")
        .about(say(
            "把表格（.xlsx .xls .csv）或 Word 文件（.docx）导入为内容",
            "Import a spreadsheet (.xlsx .xls .csv) or Word files (.docx)",
        ))
        .arg(
            Arg::new("file")
                .value_name("FILE")
                .required(true)
                .num_args(1..)
                .help(say("一张表格，或一个、几个 Word 文件", "One spreadsheet, or one or several Word files")),
        )
        .args([
            value(
                "type",
                "TYPE",
                "内容类型（表格默认按工作表名或文件名）",
                "The type (of sheets by default: by the name of the sheet or file)",
            ),
            value("id", "ID", "编号（Word；默认取标题的拼音）", "The id (Word; default: the title in pinyin)"),
            value("sheet", "NAME", "工作表", "The sheet"),
            flag("dry-run", "只列出变化和错误，不写文件", "Show changes and mistakes, write nothing"),
            flag("clear", "空格子和表里没有的单元表示去掉", "Empty cells and items that are not in the sheet are taken away"),
            value("format", "FORMAT", "输出格式", "The format of the report")
                .value_parser(PossibleValuesParser::new(["text", "json"]))
                .default_value("text"),
        ]);
    let export = Command::new("export")
        .about(say("把一种内容导出为表格（.xlsx .csv），改好后可再导入", "Export a type as a spreadsheet that can be imported again"))
        .arg(Arg::new("type").value_name("TYPE").required(true).help(say("内容类型", "The type")))
        .args([
            value("out", "FILE", "写到这个文件（.xlsx 或 .csv）", "Write to this file (.xlsx or .csv)").short('o').required(true),
            flag("all", "全部列，包括不必填、也没有内容用到的", "Every column, also those that no record needs or uses"),
            flag("internal", "连同内部字段；文件只在单位内部流转", "Include private fields; keep the file inside the office"),
        ]);
    (import, export)
}

/// `review` and its verbs.
fn review(tongue: Tongue, at: &dyn Fn() -> Arg) -> Command {
    let say = |zh: &str, en: &str| t(tongue, zh, en);
    let verb = |name: &'static str, zh: &str, en: &str| Command::new(name).about(say(zh, en));
    let value = |name: &'static str, shown: &'static str, zh: &str, en: &str| Arg::new(name).long(name).value_name(shown).help(say(zh, en));
    let record =
        || Arg::new("record").value_name("RECORD").help(say("内容：类型/编号，或文件路径", "The record: type/id, or the path of its file"));
    let stage = value("stage", "STAGE", "环节：写 初审、复审、终审、保密审查，或英文词", "The level")
        .value_parser(PossibleValuesParser::new(Stage::ALL.map(|stage| PossibleValue::new(stage.word()).alias(stage.said().0))))
        .required(true);
    let by = value("by", "NAME", "审核人姓名（自行申报，系统不验证身份）", "Who signs (declared, not authenticated)").required(true);
    let note = value("note", "TEXT", "意见", "A remark");
    let format =
        value("format", "FORMAT", "输出格式", "The format").value_parser(PossibleValuesParser::new(["text", "json"])).default_value("text");
    let out = value("out", "FILE", "写到这个文件；- 为标准输出", "Write to this file; - for standard output");
    verb("review", "三审三校：审签、查看、核对台账、打印审批单", "Sign-offs: sign, status, verify the ledgers, print a sheet")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommands([
            verb("sign", "审签一条内容；姓名为申报，不作身份认证", "Sign a record; names are declared, not authenticated")
                .arg(record().required(true))
                .args([stage, by, note, at()]),
            verb("status", "审签到哪一步", "How far the reviews are").args([record(), format]),
            verb("verify", "核对全部台账是否完整", "Check that every ledger is whole"),
            verb("sheet", "打印用的审批单（A4）", "An approval sheet for printing (A4)").arg(record().required(true)).args([out, at()]),
        ])
}

/// Help in Chinese: headings, usage, defaults and choices, which clap knows in English only.
fn in_chinese(command: Command, path: &str) -> Command {
    let inner: Vec<String> = command.get_subcommands().map(|verb| verb.get_name().to_string()).collect();
    let mut usage = format!("{path} [选项]");
    for arg in command.get_positionals() {
        let name = arg.get_id().as_str().to_uppercase();
        usage.push_str(&if arg.is_required_set() { format!(" <{name}>") } else { format!(" [{name}]") });
    }
    if !inner.is_empty() {
        usage.push_str(" <命令>");
    }
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).help("显示帮助");
    let mut command = command
        .help_template("{about}\n\n用法：{usage}\n\n{all-args}")
        .override_usage(usage)
        .subcommand_help_heading("命令")
        .disable_help_flag(true)
        .arg(help)
        .mut_args(explained);
    for name in inner {
        command = command.mut_subcommand(&name, |verb| in_chinese(verb, &format!("{path} {name}")));
    }
    command
}

/// An argument whose help says its default and its choices in Chinese.
fn explained(arg: Arg) -> Arg {
    let takes_value = arg.get_action().takes_values();
    let default: Vec<String> = arg.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    let choices: Vec<String> = arg.get_possible_values().iter().map(|value| value.get_name().to_string()).collect();
    let mut help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    if takes_value && !default.is_empty() {
        help.push_str(&format!("（默认：{}）", default.join("、")));
    }
    if takes_value && !choices.is_empty() {
        help.push_str(&format!("（可选：{}）", choices.join("、")));
    }
    let heading = if arg.is_positional() { "参数" } else { "选项" };
    let arg = arg.help(help).help_heading(heading);
    if takes_value { arg.hide_default_value(true).hide_possible_values(true) } else { arg }
}

/// Prints a usage error in the language of the person; gives the exit code.
pub fn explain(error: &clap::Error, tongue: Tongue) -> u8 {
    let fine = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    if tongue == Tongue::En || fine || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        // Whether the message could be printed changes nothing.
        let _ = error.print();
        return if fine { 0 } else { 2 };
    }
    let words = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(word)) => word.clone(),
        Some(ContextValue::Strings(words)) => words.join("、"),
        _ => String::new(),
    };
    let named = words(ContextKind::InvalidArg);
    let said = match error.kind() {
        ErrorKind::UnknownArgument => format!("没有这个选项：{named}"),
        ErrorKind::InvalidSubcommand => format!("没有这个命令：{}", words(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingRequiredArgument => format!("缺少必需的参数：{named}"),
        ErrorKind::InvalidValue if words(ContextKind::InvalidValue).is_empty() => format!("{named} 后面要写值。"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("{named} 的值不对：{}", words(ContextKind::InvalidValue))
        }
        ErrorKind::ArgumentConflict => format!("{named} 写了两次，或不能与别的选项同用。"),
        _ => "命令的写法不对。".to_string(),
    };
    eprintln!("{said}");
    let suggested = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    if let Some(near) = suggested.into_iter().map(words).find(|near| !near.is_empty()) {
        eprintln!("是不是“{near}”？");
    }
    let valid = words(ContextKind::ValidValue);
    if !valid.is_empty() {
        eprintln!("可选：{valid}");
    }
    eprintln!("用法见 parkpress --help");
    2
}
