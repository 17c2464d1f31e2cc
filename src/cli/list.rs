//! `parkpress list`: the records, how they stand, why, and when that will change by itself.

use super::out::{eprintln, println};
use super::session::Session;
use crate::diagnostic::{Said, said};
use crate::resolve::{Catalog, Change, State, Turn};
use crate::value::Lang;
use clap::ArgMatches;
use serde_json::json;

/// One record.
struct Line {
    state: String,
    of: String,
    id: String,
    lang: Lang,
    title: String,
    /// May everybody read it?
    public: bool,
    /// When it will appear by itself.
    appears: Option<String>,
    changes: Option<Change>,
}

/// Prints one line per record: state, type/id, language, title, what keeps it back and what happens next.
pub fn run(session: &Session, matches: &ArgMatches) -> u8 {
    let options = match session.options(matches) {
        Ok(options) => options,
        Err(code) => return code,
    };
    let mut loaded = match session.load() {
        Ok(loaded) => loaded,
        Err(code) => return code,
    };
    let Some(catalog) = session.understand(&mut loaded, options) else {
        session.print(&loaded);
        return 1;
    };
    let wanted = matches.get_one::<String>("state");
    let lines: Vec<Line> = lines(&catalog).into_iter().filter(|line| wanted.is_none_or(|wanted| *wanted == line.state)).collect();
    if matches.get_one::<String>("format").is_some_and(|format| format == "json") {
        println!("{:#}", as_json(&catalog, &lines));
        return 0;
    }
    for line in &lines {
        let open = || catalog.reviews.of_word(&format!("{}/{}", line.of, line.id)).map(|review| review.said());
        let why = if line.state == "unapproved" { open() } else { why(&line.state) };
        let why = why.map(|why| format!("  {}", why.in_tongue(session.tongue))).unwrap_or_default();
        let next = line.changes.map(|change| format!("  [{}]", coming(&catalog, change).in_tongue(session.tongue))).unwrap_or_default();
        let name = format!("{}/{}", line.of, line.id);
        println!("{:<12} {name:<36} {:<8} {}{why}{next}", line.state, line.lang.code(), line.title);
    }
    if loaded.diagnostics.has_errors() {
        eprintln!("{}", session.say("内容里有错误，运行 parkpress check 查看。", "The content has errors; see “parkpress check”."));
    }
    let held = lines.iter().filter(|line| !line.public).count();
    let counted =
        said(format!("{} 条，其中 {held} 条现在不公开", lines.len()), format!("{} records, {held} of them not public now", lines.len()));
    eprintln!("{}", counted.in_tongue(session.tongue));
    0
}

fn lines(catalog: &Catalog) -> Vec<Line> {
    let zone = &catalog.site.zone;
    let public = catalog.entries.iter().map(|entry| Line {
        state: entry.state.word().to_string(),
        of: entry.id.of.to_string(),
        id: entry.id.id.to_string(),
        lang: entry.lang,
        title: entry.title.clone(),
        public: !matches!(entry.state, State::Draft | State::Scheduled),
        appears: None,
        changes: entry.changes,
    });
    let held = catalog.held.iter().map(|held| Line {
        state: held.state.clone(),
        of: held.id.of.to_string(),
        id: held.id.id.to_string(),
        lang: held.lang,
        title: held.title.clone(),
        public: false,
        appears: held.appears.map(|moment| moment.instant.rfc3339(zone)),
        changes: held.changes,
    });
    let mut lines: Vec<Line> = public.chain(held).collect();
    lines.sort_by(|a, b| (&a.of, &a.id, a.lang).cmp(&(&b.of, &b.id, b.lang)));
    lines
}

fn as_json(catalog: &Catalog, lines: &[Line]) -> serde_json::Value {
    let zone = &catalog.site.zone;
    let record = |line: &Line| {
        json!({
            "type": line.of,
            "id": line.id,
            "lang": line.lang.code(),
            "title": line.title,
            "state": line.state,
            "public": line.public,
            "reason": why(&line.state).map(|why| json!({"zh": why.zh, "en": why.en})),
            "appears": line.appears,
            "next": line.changes.map(|change| json!({"at": change.at.rfc3339(zone), "what": word(change.turn)})),
        })
    };
    json!({
        "at": catalog.at.rfc3339(zone),
        "next_change": catalog.next_change.map(|at| at.rfc3339(zone)),
        "total": lines.len(),
        "held": lines.iter().filter(|line| !line.public).count(),
        "records": lines.iter().map(record).collect::<Vec<_>>(),
    })
}

/// Why a record is not, or not simply, published, and what would change that.
pub(super) fn why(state: &str) -> Option<Said> {
    let (zh, en) = match state {
        "draft" => ("草稿：写好后把 state 改为 published", "a draft: write state: published when it is ready"),
        "in_review" => ("审核中：审定后把 state 改为 published", "in review: write state: published when it is approved"),
        "approved" => ("已审定待发布：把 state 改为 published", "approved, not published: write state: published"),
        "scheduled" => ("定时发布：到时重新构建即出现", "scheduled: it appears in the first build after its time"),
        "unpublished" => ("已到下线时间", "its time to be taken off has come"),
        "not_public" => ("公开属性为不予公开", "it is not to be disclosed"),
        "withdrawn" => ("已撤稿，只留撤稿说明", "withdrawn: only the tombstone is left"),
        "archived" => ("已归档，列入历史信息", "archived: it stands in the history"),
        "expired" => ("已过有效期，不再进首页和订阅", "past its validity: not on the home page or in feeds"),
        _ => return None,
    };
    Some(said(zh, en))
}

fn word(turn: Turn) -> &'static str {
    match turn {
        Turn::Appears => "appears",
        Turn::Leaves => "leaves",
        Turn::Expires => "expires",
        Turn::Archives => "archives",
        Turn::Ages => "ages",
        Turn::Passes => "passes",
    }
}

/// What happens to a record by itself, and when.
pub(super) fn coming(catalog: &Catalog, change: Change) -> Said {
    let (zh, en) = match change.turn {
        Turn::Appears => ("发布", "is published"),
        Turn::Leaves => ("下线", "is taken off"),
        Turn::Expires => ("到期", "expires"),
        Turn::Archives => ("归档", "is archived"),
        Turn::Ages => ("核验提醒变化", "shows an older verification"),
        Turn::Passes => ("有条目到期或状态变化", "has an item that is over or a word that changes"),
    };
    let at = change.at.minute_in(&catalog.site.zone);
    said(format!("{at} {zh}"), format!("{at} {en}"))
}
