//! The command line → one page.

use super::{Page, both, code, pick, plain, table};
use crate::cli::args;
use crate::diagnostic::{Tongue, said};
use clap::{Arg, Command};

/// The page of all commands.
pub fn page() -> Page {
    Page {
        path: "reference/commands".to_string(),
        title: said("命令", "Commands"),
        summary: said("每个命令、选项和退出码。", "Every command, its options, and exit codes."),
        body: both(|tongue| {
            let whole = args::command(tongue);
            let mut text = String::from(pick(tongue, "## 退出码 {#exit-codes}\n\n", "## Exit codes {#exit-codes}\n\n"));
            let codes = [
                ("0", "正常；可能有提醒", "fine; there may be warnings"),
                (
                    "1",
                    "内容有错误，什么都没写；`freshness` 表示有栏目超期",
                    "the content has errors, nothing was written; of `freshness`: something is overdue",
                ),
                (
                    "2",
                    "命令的写法不对，或拒绝执行（例如输出文件夹里有别的东西）",
                    "wrong usage, or refused (the output folder holds other things, say)",
                ),
                ("3", "读写失败：磁盘满、没有权限", "reading or writing failed: disk full, no permission"),
            ];
            let rows: Vec<Vec<String>> =
                codes.iter().map(|(number, zh, en)| vec![number.to_string(), pick(tongue, zh, en).to_string()]).collect();
            text.push_str(&table(&[pick(tongue, "退出码", "Code"), pick(tongue, "意思", "Meaning")], &rows));
            text.push_str(pick(tongue, "\n## 每个命令都有的选项 {#global}\n\n", "\n## Options of every command {#global}\n\n"));
            let globals: Vec<&Arg> = whole.get_arguments().filter(|arg| arg.is_global_set()).collect();
            text.push_str(&arguments(&globals, tongue));
            whole.get_subcommands().for_each(|verb| command(verb, "parkpress", 2, tongue, &mut text));
            text
        }),
    }
}

fn command(verb: &Command, before: &str, level: usize, tongue: Tongue, text: &mut String) {
    let name = format!("{before} {}", verb.get_name());
    let anchor = name.trim_start_matches("parkpress ").replace(' ', "-");
    let about = verb.get_about().map(ToString::to_string).unwrap_or_default();
    text.push_str(&format!("\n{} {name} {{#{anchor}}}\n\n{}\n", "#".repeat(level), plain(&about)));
    let own: Vec<&Arg> = verb.get_arguments().filter(|arg| arg.get_id() != "help" && !arg.is_global_set()).collect();
    let needed = own.iter().filter(|arg| arg.is_positional()).map(|arg| {
        let name = shown(arg);
        if arg.is_required_set() { format!(" {name}") } else { format!(" [{name}]") }
    });
    let inner = if verb.has_subcommands() { pick(tongue, " 命令", " COMMAND") } else { "" };
    text.push_str(&format!("\n    {name}{}{inner}\n\n", needed.collect::<String>()));
    text.push_str(&arguments(&own, tongue));
    verb.get_subcommands().for_each(|deeper| command(deeper, &name, level + 1, tongue, text));
}

fn arguments(list: &[&Arg], tongue: Tongue) -> String {
    if list.is_empty() {
        return String::new();
    }
    let rows: Vec<Vec<String>> = list
        .iter()
        .map(|arg| {
            let mut named: Vec<String> = arg.get_short().map(|short| format!("-{short}")).into_iter().collect();
            named.extend(arg.get_long().map(|long| format!("--{long}")));
            let mut name = named.join(pick(tongue, "、", ", "));
            if arg.is_positional() {
                name = shown(arg);
            } else if arg.get_action().takes_values() {
                name.push_str(&format!(" {}", shown(arg)));
            }
            let values = arg.get_action().takes_values();
            let choices: Vec<String> =
                arg.get_possible_values().iter().filter(|_| values).map(|value| value.get_name().to_string()).collect();
            let default: Vec<String> =
                arg.get_default_values().iter().filter(|_| values).map(|value| value.to_string_lossy().into_owned()).collect();
            // In Chinese the help says choices and default itself.
            let mut help = plain(&arg.get_help().map(ToString::to_string).unwrap_or_default());
            if tongue == Tongue::En && !choices.is_empty() {
                help.push_str(&format!(" (one of: {})", choices.join(", ")));
            }
            if tongue == Tongue::En && !default.is_empty() {
                help.push_str(&format!(" (default: {})", default.join(", ")));
            }
            if arg.is_required_set() {
                help.push_str(pick(tongue, "（必需）", " (required)"));
            }
            vec![code(&name), help]
        })
        .collect();
    table(&[pick(tongue, "写法", "Option"), pick(tongue, "意思", "Meaning")], &rows)
}

/// The placeholder of a value.
fn shown(arg: &Arg) -> String {
    arg.get_value_names().map_or_else(|| arg.get_id().to_string(), |names| names.join(" "))
}
