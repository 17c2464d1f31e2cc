//! A record in its form: the file, what it says, and what it would say after a change.

use super::desk::{Desk, Row, is_table};
use super::problems::{self, Seen};
use super::{changes, files, states, values};
use crate::desk::{row, source};
use crate::diagnostic::{Diagnostics, Place, Said, SitePath, said};
use crate::plan::clashes::is_name;
use crate::project::Snapshot;
use crate::read::keys::KeyTable;
use crate::schema::{Field, Role, Type};
use crate::source::edit::{self, Change};
use crate::source::{Node, Scalar, Shape, encoding, front_matter, yaml};
use crate::value::{Lang, RecordId};
use serde_json::{Map, Value as Json};
use std::path::Path;

/// Which record a request means.
pub struct Wanted<'a> {
    /// The type.
    pub of: &'a str,
    /// The id.
    pub id: &'a str,
    /// The language; the default one where nothing is said.
    pub lang: Option<&'a str>,
    /// Is it to be made?
    pub new: bool,
}

/// A record's file as it stands on the disk.
pub struct Sheet<'a> {
    /// Its type.
    pub schema: &'a Type,
    /// The spellings of the keys of its type.
    pub keys: &'a KeyTable,
    /// Its name.
    pub id: RecordId,
    /// Its language.
    pub lang: Lang,
    /// Its file.
    pub file: SitePath,
    /// How the list shows it; a record that is to be made is in no list.
    pub row: Option<&'a Row>,
    /// The bytes; nothing where it is to be made.
    pub bytes: Option<Vec<u8>>,
    /// What they say.
    pub text: Text,
    /// The line of its row, where its file is a table.
    pub line: Option<u32>,
}

/// A file as fields and prose.
#[derive(Debug, Default)]
pub struct Text {
    /// The fields.
    pub node: Option<Node>,
    /// The prose.
    pub body: String,
    /// Where the prose begins.
    pub body_line: Option<u32>,
}

impl Text {
    /// Reads the halves of a file, as far as they can be read.
    pub fn of(file: &SitePath, bytes: &[u8]) -> Text {
        let mut noted = Diagnostics::new();
        let Some(text) = encoding::decode(file, bytes, &mut noted) else { return Text::default() };
        if matches!(file.extension().as_str(), "md" | "markdown") {
            let Some(halves) = front_matter::split(file, &text, &mut noted) else { return Text::default() };
            let node = halves.front.and_then(|front| yaml::parse(file, front, halves.front_line, &mut noted));
            return Text { node, body: halves.body.trim().to_string(), body_line: Some(halves.body_line) };
        }
        let node = yaml::parse(file, &text, 1, &mut noted);
        let body = node.as_ref().and_then(|node| ["body", "正文"].iter().find_map(|key| node.get(key)?.scalar()));
        Text { body: body.unwrap_or_default().trim().to_string(), node, body_line: None }
    }

    /// Reads the row of a record, with several values of a cell as a list; nothing where it has none.
    fn of_row(file: &SitePath, bytes: &[u8], line: u32, fields: &[Field], keys: &KeyTable) -> Text {
        let row = source::rows(file, bytes).into_iter().find(|row| row.spot.line == line);
        Text { node: row.map(|row| listed(row, fields, keys)), ..Text::default() }
    }
}

fn listed(mut node: Node, fields: &[Field], keys: &KeyTable) -> Node {
    let Shape::Map(entries) = &mut node.shape else { return node };
    for entry in entries {
        let Some(index) = keys.find(&entry.key) else { continue };
        let field = &fields[index];
        let cell = entry.value.clone();
        entry.value = match (&cell.shape, keys.group(index)) {
            (Shape::Map(_), Some(group)) => listed(cell, &field.fields, group),
            (Shape::Scalar(scalar), None) if field.many && field.role != Some(Role::Keywords) => {
                let item = |text: &str| Node { spot: cell.spot, shape: Shape::Scalar(Scalar { text: text.to_string(), quoted: false }) };
                Node { spot: cell.spot, shape: Shape::List(row::split(&scalar.text).map(item).collect()) }
            }
            _ => cell,
        };
    }
    node
}

/// Why there is no sheet, with a status of HTTP.
pub type Refused = (u16, Said);

impl<'a> Sheet<'a> {
    /// Finds the record and reads its file.
    pub fn open(desk: &'a Desk, root: &Path, wanted: &Wanted<'_>) -> Result<Sheet<'a>, Refused> {
        let (schema, keys) = desk.of(wanted.of).ok_or_else(|| (404, said("没有这种内容。", "There is no such type.")))?;
        let default = desk.site.default_lang();
        let lang = match wanted.lang {
            None => default,
            Some(code) => Lang::parse(code)
                .filter(|lang| desk.site.languages.contains(lang))
                .ok_or_else(|| (404, said("网站没有这种语言。", "The site does not have this language.")))?,
        };
        let id = RecordId { of: schema.name.clone(), id: wanted.id.into() };
        let row = desk.row(wanted.of, wanted.id, lang);
        let file = match row {
            Some(_) if wanted.new => return Err((409, said("这个编号已经有了。", "This id is taken."))),
            Some(row) if is_table(&row.file) && lang != default => {
                let message = said(
                    format!("其他语言写在表格 {} 的“@{}”列里，请在表格里修改。", row.file, lang.code()),
                    format!("Other languages stand in the columns “@{1}” of {0}; edit them in the table.", row.file, lang.code()),
                );
                return Err((422, message));
            }
            Some(row) => row.file.clone(),
            None if !wanted.new => return Err((404, said("没有这条内容。", "There is no such record."))),
            None if !is_name(wanted.id, schema, &desk.schemas.types) => {
                let message = said(
                    "编号只用小写字母、数字和连字符，64 个以内，不用 con、search 一类的保留名。",
                    "An id has lower-case letters, digits and hyphens, up to 64, and is no reserved name such as con or search.",
                );
                return Err((422, message));
            }
            None => {
                let language = if lang == default { String::new() } else { format!(".{}", lang.code()) };
                SitePath::new(&format!("content/{}/{}{language}.md", schema.folder, wanted.id))
            }
        };
        let bytes = files::read(root, &file).map_err(|why| (500, why))?;
        match (&bytes, wanted.new) {
            (Some(_), true) => return Err((409, said("这个编号的文件已经有了。", "There is a file of this id."))),
            (None, false) => return Err((404, said("文件已经不在了。", "The file is gone."))),
            _ => {}
        }
        let mut sheet = Sheet { schema, keys, id, lang, file, row, bytes, text: Text::default(), line: None };
        if is_table(&sheet.file) {
            sheet.line = sheet.bytes.as_deref().and_then(|bytes| row::line(bytes, wanted.id));
            if sheet.line.is_none() {
                return Err((
                    404,
                    said("表格里已经没有这一行，或者表格读不懂。", "The table has no such row any more, or cannot be read."),
                ));
            }
        }
        sheet.text = sheet.bytes.as_deref().and_then(|bytes| sheet.read(bytes)).unwrap_or_default();
        Ok(sheet)
    }

    /// What the file says of the record with other bytes; `None` where they hold no row of it.
    pub fn read(&self, bytes: &[u8]) -> Option<Text> {
        if self.line.is_none() {
            return Some(Text::of(&self.file, bytes));
        }
        let line = row::line(bytes, &self.id.id)?;
        Some(Text::of_row(&self.file, bytes, line, &self.schema.fields, self.keys))
    }

    /// The digest of the file, which a form carries.
    pub fn digest(&self) -> String {
        files::digest(self.bytes.as_deref())
    }
    /// The values of its form.
    pub fn values(&self, desk: &Desk) -> Map<String, Json> {
        self.values_of(desk, &self.text)
    }
    /// The values of another text of it.
    pub fn values_of(&self, desk: &Desk, text: &Text) -> Map<String, Json> {
        values::of(text.node.as_ref(), &self.schema.fields, self.keys, &desk.site.zone)
    }
    /// The word of its state.
    pub fn state(&self, desk: &Desk, values: &Map<String, Json>) -> String {
        let key = self.schema.with_role(Role::State).map(|field| &*field.key).unwrap_or_default();
        let written = values.get(key).and_then(Json::as_str).filter(|word| !word.is_empty());
        written.unwrap_or(states::implied(desk.site.review_required)).to_string()
    }
    /// The bytes of the file with the values of a form.
    pub fn changed(&self, desk: &Desk, after: &Map<String, Json>, body: &str) -> Result<Vec<u8>, edit::Refused> {
        let empty = Node { spot: Default::default(), shape: Shape::Map(Vec::new()) };
        let node = self.text.node.as_ref().unwrap_or(&empty);
        let mut changes = changes::between(node, &self.schema.fields, self.keys, &self.values(desk), after);
        if body.trim() != self.text.body && (self.schema.with_role(Role::Body).is_some() || !self.text.body.is_empty()) {
            changes.push(Change::Body(body.trim().to_string()));
        }
        if let Some(line) = self.line {
            let bytes = self.bytes.as_deref().unwrap_or_default();
            let refused = |why| edit::Refused { place: Place::new(&self.file, line, 1), why, found: Vec::new() };
            return row::changed(bytes, line, &self.schema.fields, &changes).map_err(refused);
        }
        let order = order(&self.schema.fields, "");
        let order: Vec<&str> = order.iter().map(String::as_str).collect();
        edit::apply_bytes(&self.file, self.bytes.as_deref().unwrap_or(b"---\n---\n"), &changes, &order)
    }
    /// The site with this file changed.
    pub fn in_site(&self, desk: &Desk, bytes: Vec<u8>) -> Snapshot {
        let mut snapshot = desk.snapshot.clone();
        snapshot.insert(self.file.clone(), bytes.into());
        snapshot
    }
    /// What is wrong with the file as it was just read.
    pub fn problems(&self, diagnostics: &Diagnostics, text: &Text) -> Vec<Json> {
        let seen = Seen { file: &self.file, node: text.node.as_ref(), body_line: text.body_line, row: self.line };
        problems::of(diagnostics, seen, self.schema, self.keys)
    }
}

/// The keys of a type in its order, dotted within groups.
fn order(fields: &[Field], prefix: &str) -> Vec<String> {
    let mut keys = Vec::new();
    for field in fields {
        let path = if prefix.is_empty() { field.key.to_string() } else { format!("{prefix}.{}", field.key) };
        keys.push(path.clone());
        keys.extend(order(&field.fields, &path));
    }
    keys
}
