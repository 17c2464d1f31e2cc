//! Codes → a page for each group, and a list of all.

use super::{Page, both, pick, plain};
use crate::diagnostic::{codes, said};

/// The index and the pages of the groups.
pub fn pages() -> Vec<Page> {
    let all = codes::all();
    let of = |group: codes::Group| all.iter().filter(move |found| codes::group(found.code) == Some(group));
    let groups: Vec<codes::Group> = codes::groups().filter(|group| of(*group).next().is_some()).collect();
    let index = Page {
        path: "reference/codes".to_string(),
        title: said("提示代码", "Codes"),
        summary: said(
            format!("方括号里的 {} 个代码分别是什么意思、怎么改。", all.len()),
            format!("What the {} words in brackets mean, and how to mend what they say.", all.len()),
        ),
        body: both(|tongue| {
            let mut text = String::from(pick(
                tongue,
                "每条提示开头的方括号里有一个代码。在命令行里也能查：`parkpress explain 代码`。",
                "Each message begins with a code in brackets. The command line explains it too: `parkpress explain CODE`.",
            ));
            text.push_str("\n\n");
            for group in &groups {
                let name = pick(tongue, group.name.0, group.name.1);
                text.push_str(&format!("## [{name}](codes/{}.md) {{#{}}}\n\n", group.key, group.key));
                let links: Vec<String> =
                    of(*group).map(|found| format!("[`{}`](codes/{}.md#{})", found.code, group.key, found.code)).collect();
                text.push_str(&links.join(pick(tongue, "　", " · ")));
                text.push_str("\n\n");
            }
            text
        }),
    };
    let one = |group: &codes::Group| Page {
        path: format!("reference/codes/{}", group.key),
        title: said(format!("提示代码：{}", group.name.0), format!("Codes: {}", group.name.1)),
        summary: said(
            format!("{} 个代码的意思和改法。", of(*group).count()),
            format!("What {} codes mean, and how to mend what they say.", of(*group).count()),
        ),
        body: both(|tongue| {
            let mut text = format!("[{}](../codes.md)\n\n", pick(tongue, "全部代码", "All codes"));
            for found in of(*group) {
                text.push_str(&format!("## {} {{#{}}}\n\n{}\n\n", found.code, found.code, plain(found.text.in_tongue(tongue))));
            }
            text
        }),
    };
    std::iter::once(index).chain(groups.iter().map(one)).collect()
}
