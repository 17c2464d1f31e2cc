//! Freshness: how long each column may go without something new, and when that is over.
//!
//! A rule is a record that plays the roles `folder` (a folder) and `within` (days), or an entry of `freshness:` in
//! site.yaml; the home page has a rule of its own. Only the dates that people wrote count: nothing here renews one.

use super::catalog::{Catalog, Entry, State};
use crate::diagnostic::{Diagnostics, Place, Said, SitePath, messages, said};
use crate::schema::Role;
use crate::value::ics::{Event, When};
use crate::value::time::{Day, day_of, days_between, later};
use crate::value::{self, Fields, Value};

/// How a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// There is time.
    Fresh,
    /// It is due in a few days.
    Soon,
    /// It is overdue.
    Stale,
    /// It has no record at all.
    Blank,
    /// It has no record and is not shown.
    Hidden,
}

impl Standing {
    /// The word for machines.
    pub fn word(self) -> &'static str {
        ["fresh", "soon", "stale", "blank", "hidden"][self as usize]
    }
    /// The word for people.
    pub fn said(self) -> Said {
        let (zh, en) =
            [("正常", "fresh"), ("即将到期", "due soon"), ("超期", "overdue"), ("空白", "blank"), ("空白，已隐藏", "blank, hidden")]
                [self as usize];
        said(zh, en)
    }
    /// Does somebody have to act?
    pub fn is_trouble(self) -> bool {
        matches!(self, Standing::Stale | Standing::Blank)
    }
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is called.
    pub name: String,
    /// The folder of its records; empty for the home page.
    pub folder: String,
    /// Where the rule stands.
    pub place: Place,
    /// How many days it may go without something new.
    pub days: i64,
    /// The day of the newest record.
    pub last: Option<Day>,
    /// The last day on which something new is in time.
    pub due: Option<Day>,
    /// Days until then; negative when it is over.
    pub left: Option<i64>,
    /// How it stands.
    pub standing: Standing,
    /// Is the rule that of a sample?
    pub sample: bool,
}

/// The home page may go this long without something new where the settings do not say.
const HOME_DAYS: i64 = 14;

/// Every column with a rule, in the order of the records, then of the settings; the home page first.
pub fn rows(catalog: &Catalog) -> Vec<Row> {
    let today = catalog.at.day_in(&catalog.site.zone);
    let mut rows = Vec::new();
    for entry in shown(catalog) {
        let schema = catalog.type_of(entry);
        let (Some(Value::Text(folder)), Some(days)) =
            (catalog.role(entry, Role::Folder), catalog.role(entry, Role::Within).and_then(whole))
        else {
            continue;
        };
        let only = match catalog.role(entry, Role::Only) {
            Some(Value::Group(group)) => Some(group),
            _ => None,
        };
        let names: Vec<&str> =
            schema.with_role(Role::Only).map(|field| field.fields.iter().map(|field| &*field.key).collect()).unwrap_or_default();
        let wanted = |item: &Entry| only.is_none_or(|only| holds(&item.fields, only, &names));
        let newest = newest(catalog, Some(folder), today, wanted);
        let hidden = matches!(catalog.role(entry, Role::HideEmpty), Some(Value::Flag(true)));
        let place = Place::new(&entry.file, entry.line, 1);
        rows.push(row(entry.title.clone(), folder.clone(), place, days, newest, today, hidden, entry.sample));
    }
    for held in catalog.site.fields.all("freshness") {
        let Value::Group(rule) = &held.value else { continue };
        let (Some(Value::Text(folder)), Some(days)) = (rule.value("folder"), rule.value("days").and_then(whole)) else { continue };
        let label = catalog.schemas.in_folder(folder).map_or(folder.as_str(), |of| of.title.as_ref().unwrap_or(&of.label).zh.as_str());
        let newest = newest(catalog, Some(folder), today, |_| true);
        rows.push(row(label.to_string(), folder.clone(), held.spot.at(&catalog.site.file), days, newest, today, true, false));
    }
    if !rows.is_empty() {
        let days = catalog.site.fields.at("thresholds.home_days").map(|held| &held.value).and_then(whole).unwrap_or(HOME_DAYS);
        let newest = newest(catalog, None, today, |_| true);
        let place = Place::start(&catalog.site.file);
        rows.insert(0, row("首页".to_string(), String::new(), place, days, newest, today, false, catalog.site.demo));
    }
    rows
}

/// Warns of columns that are blank, and on sites that are no demonstration of columns that are overdue.
pub fn judge(catalog: &Catalog, diagnostics: &mut Diagnostics) {
    for row in rows(catalog) {
        match row.standing {
            Standing::Blank => diagnostics.push(messages::review::column_blank(row.place, &row.name)),
            Standing::Stale if !catalog.site.demo => {
                diagnostics.push(messages::review::column_stale(row.place, &row.name, row.days, row.left.map_or(0, |left| -left)));
            }
            _ => {}
        }
    }
}

/// Records in the default language that readers see.
fn shown(catalog: &Catalog) -> impl Iterator<Item = &Entry> {
    let lang = catalog.site.default_lang();
    let hidden = [State::Withdrawn, State::Draft, State::Scheduled];
    catalog.entries.iter().filter(move |entry| entry.lang == lang && !hidden.contains(&entry.state))
}

#[allow(clippy::too_many_arguments, reason = "the parts of one row; a struct would only rename them")]
fn row(name: String, folder: String, place: Place, days: i64, last: Option<Day>, today: Day, hidden: bool, sample: bool) -> Row {
    let due = last.and_then(|last| later(last, days));
    let left = due.map(|due| days_between(today, due));
    let standing = match left {
        None if hidden => Standing::Hidden,
        None => Standing::Blank,
        Some(left) if left < 0 => Standing::Stale,
        Some(left) if left <= 3 || left <= days / 7 => Standing::Soon,
        Some(_) => Standing::Fresh,
    };
    Row { name, folder, place, days, last, due, left, standing, sample }
}

/// The day of the newest record of a folder, or of every list with a feed. What has no date counts as never renewed.
fn newest(catalog: &Catalog, folder: Option<&str>, today: Day, wanted: impl Fn(&Entry) -> bool) -> Option<Day> {
    let of_folder = |entry: &&Entry| {
        let schema = catalog.type_of(entry);
        folder.map_or(schema.feed, |folder| schema.folder == folder)
    };
    let date = |entry: &Entry| {
        let day = |role: Role| catalog.role(entry, role).and_then(day_of);
        day(Role::Date).or_else(|| day(Role::Verified)).or_else(|| day(Role::Updated))
    };
    shown(catalog).filter(of_folder).filter(|entry| wanted(entry)).filter_map(date).filter(|day| *day <= today).max()
}

/// Does a record satisfy the condition of a column: a field, and its value where one is named?
fn holds(fields: &Fields, only: &Fields, names: &[&str]) -> bool {
    let text = |at: usize| match names.get(at).and_then(|name| only.value(name)) {
        Some(Value::Text(text)) => Some(text.as_str()),
        _ => None,
    };
    let Some(found) = text(0).map(|path| fields.all(path)) else { return true };
    match text(1) {
        None => !found.is_empty(),
        Some(wanted) => found.iter().any(|held| matches!(&held.value, Value::Text(word) | Value::Choice(word) if word == wanted)),
    }
}

fn whole(value: &Value) -> Option<i64> {
    value::number::of(value).and_then(|number| number.trunc().to_string().parse().ok())
}

/// What falls due from today on: columns, verifications that grow stale, validities that end.
pub fn deadlines(catalog: &Catalog, english: bool) -> Vec<Event> {
    let today = catalog.at.day_in(&catalog.site.zone);
    let host = catalog.site.base_url.as_deref().and_then(|url| url.split("://").nth(1)).and_then(|rest| rest.split('/').next());
    let host = host.unwrap_or("parkpress.invalid").to_string();
    let say = |zh: String, en: String| if english { en } else { zh };
    let mut events: Vec<(Day, Event)> = Vec::new();
    let mut add = |day: Day, key: String, summary: String, description: String, url: Option<String>| {
        // What is overdue is due today.
        let day = day.max(today);
        let uid = format!("{key}@{host}");
        events.push((
            day,
            Event {
                uid,
                summary,
                description,
                location: String::new(),
                url,
                start: When::Day(day),
                end: None,
                stamp: catalog.at,
                remind: Some(2),
            },
        ));
    };
    for row in rows(catalog) {
        let Some(due) = row.due else { continue };
        let last = row.last.map(|day| day.to_string()).unwrap_or_default();
        let summary = say(format!("“{}”应有新内容", row.name), format!("“{}” needs something new", row.name));
        let more = say(
            format!("最近一条 {last}，规定 {} 天内更新。", row.days),
            format!("The last one is of {last}; {} days are allowed.", row.days),
        );
        add(due, format!("column-{}-{}", row.folder, stem(&row.place.file)), summary, more, None);
    }
    for entry in shown(catalog) {
        let url = catalog.site.base_url.as_ref().map(|base| format!("{base}/{}", entry.url.link(false)));
        let day = |role: Role| catalog.role(entry, role).and_then(day_of);
        if let Some(stale) = day(Role::Verified).and_then(|day| later(day, catalog.site.verified_days.1)) {
            let summary = say(format!("重新核验：{}", entry.title), format!("Verify again: {}", entry.title));
            add(stale, format!("verify-{}-{}", entry.id.of, entry.id.id.replace('/', "-")), summary, entry.file.to_string(), url.clone());
        }
        if let Some(end) = day(Role::Expires).filter(|day| *day >= today) {
            let summary = say(format!("到期：{}", entry.title), format!("Ends: {}", entry.title));
            add(end, format!("ends-{}-{}", entry.id.of, entry.id.id.replace('/', "-")), summary, entry.file.to_string(), url);
        }
    }
    events.sort_by(|a, b| (a.0, &a.1.uid).cmp(&(b.0, &b.1.uid)));
    events.into_iter().map(|(_, event)| event).collect()
}

fn stem(file: &SitePath) -> &str {
    file.name().split('.').next().unwrap_or_default()
}
