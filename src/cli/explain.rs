//! `parkpress explain CODE`.

use super::out::println;
use super::session::Session;
use crate::diagnostic::{codes, nearest, said};
use clap::ArgMatches;

/// Prints the explanation of a code, or the list of all codes.
pub fn run(session: &Session, matches: &ArgMatches) -> u8 {
    let all = codes::all();
    let Some(code) = matches.get_one::<String>("code") else {
        for found in &all {
            println!("{:<24} {}", found.code, found.text.in_tongue(session.tongue));
        }
        return 0;
    };
    match codes::explain(code) {
        Some(found) => {
            println!("{code}\n{}", found.text.in_tongue(session.tongue));
            if let Some(group) = codes::group(code) {
                let page = format!("reference/codes/{}/#{code}", group.key);
                println!("{}", session.say(format!("使用手册：{page}"), format!("In the manual: {page}")));
            }
            0
        }
        None => {
            let hint = match nearest(code, all.iter().map(|found| found.code)) {
                Some(near) => said(format!("是不是“{near}”？"), format!("Did you mean “{near}”?")),
                None => said("全部代码：parkpress explain", "All codes: parkpress explain"),
            };
            session.refuse(&said(format!("没有代码“{code}”。"), format!("There is no code “{code}”.")), Some(&hint), 2)
        }
    }
}
