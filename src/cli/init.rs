//! `parkpress init DIR`: a new site with its settings and an introduction. It never overwrites.

use super::session::Session;
use crate::diagnostic::said;
use clap::ArgMatches;
use std::path::{Path, PathBuf};

const FILES: [(&str, &str); 3] = [
    (
        "content/site.yaml",
        "# 网站设置 / settings of the site\ntitle: 我的园区\nsummary: 一句话介绍园区\n# 网站地址，填写后才会生成站点地图和订阅\n# base_url: https://www.example.com/park\n# 网站性质：gov_column 门户专栏、gov_portal 政府门户、company 公司网站；各要写明什么，运行 parkpress check 会提示\n# profile: gov_column\ntheme: park\nlanguages: [zh]\n",
    ),
    ("content/_index.md", "---\ntitle: 我的园区\nsummary: 一句话介绍园区\n---\n\n在这里写首页的导语。\n"),
    (".gitignore", "public/\n.parkpress/\n.*.parkpress-*\n"),
];

/// Runs the verb.
pub fn run(session: &Session, matches: &ArgMatches) -> u8 {
    let dir = PathBuf::from(matches.get_one::<String>("dir").map(String::as_str).unwrap_or_default());
    if dir.join("content").exists() {
        return session.refuse(&said("这个文件夹里已经有网站。", "This folder holds a site already."), None, 2);
    }
    let make = |path: &Path, text: &str| path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(path, text));
    for (name, text) in FILES {
        let path = dir.join(name);
        if path.exists() {
            continue;
        }
        if let Err(error) = make(&path, text) {
            return session.refuse(&said(format!("写不了文件：{error}"), format!("Cannot write: {error}")), None, 3);
        }
        println!("{}", path.display().to_string().replace('\\', "/"));
    }
    let shown = dir.display();
    println!(
        "{}",
        session.say(format!("下一步：parkpress serve --open --root {shown}"), format!("Next: parkpress serve --open --root {shown}"))
    );
    0
}
