//! `parkpress export`: the records of a type as a spreadsheet that an office can fill in and import again.

use super::out::{eprintln, println};
use super::session::Session;
use crate::desk::export::Wanted;
use crate::desk::{book, export};
use crate::diagnostic::{failed, said};
use crate::read;
use clap::ArgMatches;
use std::path::PathBuf;

/// Runs the verb.
pub fn run(session: &Session, matches: &ArgMatches) -> u8 {
    match write(session, matches) {
        Ok(code) | Err(code) => code,
    }
}

fn write(session: &Session, matches: &ArgMatches) -> Result<u8, u8> {
    let mut loaded = session.load()?;
    let Some(project) = read::project(&loaded.snapshot, &mut loaded.diagnostics) else {
        session.print(&loaded);
        return Err(1);
    };
    let name = matches.get_one::<String>("type").map(String::as_str).unwrap_or_default();
    let types = &project.schemas.types;
    let of = session.type_of(types, name)?;
    let out = PathBuf::from(matches.get_one::<String>("out").map(String::as_str).unwrap_or_default());
    let ending = out.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let internal = matches.get_flag("internal");
    let wanted = Wanted { internal, all: matches.get_flag("all") };
    let table = export::table(&project, &loaded.snapshot, of, wanted);
    let bytes = match ending.as_str() {
        "xlsx" => book::xlsx(&types[of], &table, &export::offers(&project, &table)).map_err(|message| session.refuse(&message, None, 2))?,
        "csv" => book::csv(&table),
        _ => {
            let message = said("导出的文件名以 .xlsx 或 .csv 结尾。", "The name of the file ends in .xlsx or .csv.");
            return Err(session.refuse(&message, None, 2));
        }
    };
    if let Err(error) = std::fs::write(&out, bytes) {
        let message = failed(format!("写不了 {}", out.display()), format!("Cannot write {}", out.display()), &error);
        return Err(session.refuse(&message, None, 3));
    }
    let mut ids: Vec<&str> = table.rows.iter().map(|(id, _)| id.as_str()).collect();
    ids.dedup();
    println!("{}", session.say(format!("{}：{} 条", out.display(), ids.len()), format!("{}: {} records", out.display(), ids.len())));
    if let Some(fewer) = book::fewer(&types[of], &table) {
        println!("{}", fewer.in_tongue(session.tongue));
    }
    if internal {
        eprintln!(
            "{}",
            session.say("含内部字段，只在单位内部流转，不要放到网站或群里。", "It holds private fields: keep it inside the office.")
        );
    }
    if !table.left_out.is_empty() {
        let names = table.left_out.join("、");
        eprintln!(
            "{}",
            session.say(format!("文件有错、没有导出：{names}"), format!("Left out, because their files have mistakes: {names}"))
        );
        return Ok(1);
    }
    Ok(0)
}
