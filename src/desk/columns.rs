//! The columns of a type's sheet: how a field is called there, and which field a header means.

use super::rows::join;
use crate::diagnostic::nearest;
use crate::read::keys::{KeyTable, vocabulary};
use crate::schema::{Field, Privacy, Role, Show, Type};
use crate::value::{Kind, Lang, Unit, money, number};

/// A column: the way to a field, and where on it the items of a list begin.
#[derive(Debug, Clone)]
pub struct Column<'s> {
    /// The fields on the way; the last one holds the values.
    pub path: Vec<&'s Field>,
    /// How many fields there are up to the group whose items stand in rows of their own.
    pub list: Option<usize>,
    /// The measure that the header names, where it is not that of the field.
    pub measure: Option<String>,
}

/// What a header means.
#[derive(Debug, Clone)]
pub enum Meant<'s> {
    /// The id.
    Id,
    /// A field.
    Column(Column<'s>),
    /// A field that is computed: nothing is read.
    Computed(&'s Field),
    /// Several fields; how each would be named.
    Several(Vec<String>),
    /// The field is known, the unit in the brackets is of another dimension.
    Unit(Column<'s>, String),
    /// Nothing.
    Nothing,
}

impl<'s> Column<'s> {
    /// The field that holds the values.
    pub fn leaf(&self) -> &'s Field {
        self.path[self.path.len() - 1]
    }
    /// The way in English keys: `spaces.area_m2`.
    pub fn key(&self) -> String {
        join(self.path.iter().map(|field| &*field.key))
    }
    /// The way in Chinese labels.
    pub fn label(&self) -> String {
        join(self.path.iter().map(|field| label(field)))
    }
    /// The way to the list in English keys, where there is one.
    pub fn list_key(&self) -> Option<String> {
        self.list.map(|length| join(self.path[..length].iter().map(|field| &*field.key)))
    }
    /// Is its value a whole that stands in one cell as YAML?
    pub fn is_whole(&self) -> bool {
        matches!(self.leaf().kind, Kind::Image | Kind::File | Kind::Place | Kind::Dates(_) | Kind::Group)
    }
    /// Is it, or something around it, private?
    pub fn is_private(&self) -> bool {
        self.path.iter().any(|field| field.privacy != Privacy::Public || crate::read::is_private_key(&field.key))
    }
}

fn label(field: &Field) -> &str {
    if field.label.zh.is_empty() { &field.key } else { &field.label.zh }
}

/// Every column of a type's sheet, in the order of the type. Prose stays out.
pub fn all(of: &Type) -> Vec<Column<'_>> {
    let mut columns = Vec::new();
    walk(&of.fields, &mut Vec::new(), None, &mut columns);
    // People look for the name first.
    columns.sort_by_key(|column| match column.leaf().role {
        Some(Role::Title) if column.path.len() == 1 => 0,
        Some(Role::Summary) if column.path.len() == 1 => 1,
        _ => 2,
    });
    columns
}

/// Is a column one that a record must or should fill, or one that the type shows before all others? Of a group that a
/// record may leave out entirely only what the type names counts.
pub fn is_main(of: &Type, column: &Column<'_>) -> bool {
    let shown = |field: &Field| [Show::Card, Show::Filter, Show::Compare].into_iter().any(|show| field.shows(show));
    let asked = |field: &Field| {
        let when = field.required_when.iter().chain(&field.expected_when).next().is_some();
        field.required || field.expected || when || matches!(field.role, Some(Role::State | Role::Summary))
    };
    let (leaf, groups) = (column.leaf(), &column.path[..column.path.len() - 1]);
    let is_rows = |field: &Field| of.rows.as_deref().is_some_and(|rows| *rows == *field.key);
    of.sheet.iter().any(|named| *named == column.key() || *named == *column.path[0].key)
        || (asked(leaf) || shown(leaf)) && groups.iter().all(|group| is_rows(group) || asked(group) && !is_told(group))
}

/// Is a group only needed where something happened to the record, such as its withdrawal?
fn is_told(group: &Field) -> bool {
    matches!(group.role, Some(Role::Withdrawal | Role::Corrections))
}

fn walk<'s>(fields: &'s [Field], path: &mut Vec<&'s Field>, list: Option<usize>, columns: &mut Vec<Column<'s>>) {
    for field in fields.iter().filter(|field| !field.is_computed() && field.role != Some(Role::Body)) {
        path.push(field);
        match (&field.kind, field.many, list) {
            (Kind::Group, true, None) => walk(&field.fields, path, Some(path.len()), columns),
            (Kind::Group, false, _) => walk(&field.fields, path, list, columns),
            _ => columns.push(Column { path: path.clone(), list, measure: None }),
        }
        path.pop();
    }
}

/// The header of a column in an exported sheet: a name that means it again, with its unit.
pub fn header(of: &Type, keys: &KeyTable, column: &Column<'_>) -> String {
    let leaf = column.leaf();
    let means = |word: &String| matches!(find_plain(of, keys, word), Meant::Column(found) if found.key() == column.key());
    let synonyms = leaf.also.iter().filter(|word| !word.is_ascii()).cloned();
    // What belongs to a group is called by the group too, but for the rows of the type.
    let own = column.path.len() == 1 || of.rows.as_deref().is_some_and(|rows| column.path.len() == 2 && *column.path[0].key == *rows);
    let names = if own { [label(leaf).to_string(), column.label()] } else { [column.label(), label(leaf).to_string()] };
    let words = names.into_iter().chain(synonyms).chain([column.key()]);
    let word = words.into_iter().find(means).unwrap_or_else(|| column.key());
    let unit = match &leaf.kind {
        Kind::Percent => "%".to_string(),
        kind => kind.unit_label(Lang::Zh),
    };
    // The unit is said once, where the label does not say it.
    if unit.is_empty() || word.ends_with(['）', ')']) { word } else { format!("{word}（{unit}）") }
}

/// What a header means.
pub fn find<'s>(of: &'s Type, keys: &KeyTable, header: &str) -> Meant<'s> {
    let plain = header.trim().trim_matches(['*', '＊', '※', '★']).replace(['\n', '\r'], "");
    let plain = plain.trim();
    if is_id(plain) {
        return Meant::Id;
    }
    let found = find_plain(of, keys, plain);
    if !matches!(found, Meant::Nothing) {
        return found;
    }
    let Some((word, inside)) = bracket(plain) else { return found };
    if is_id(word) {
        return Meant::Id;
    }
    match find_plain(of, keys, word) {
        Meant::Column(column) => measured(column, inside),
        Meant::Nothing => found,
        other => other,
    }
}

fn is_id(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "id" | "编号" | "网址编号")
}

/// `面积（亩）` as `面积` and `亩`.
fn bracket(header: &str) -> Option<(&str, &str)> {
    let rest = header.strip_suffix(['）', ')'])?;
    let at = rest.rfind(['（', '('])?;
    let open = rest[at..].chars().next()?.len_utf8();
    Some((rest[..at].trim(), rest[at + open..].trim()))
}

/// A column whose header names a measure.
fn measured<'s>(column: Column<'s>, inside: &str) -> Meant<'s> {
    let measure = |text: &str| Some(text.to_string());
    match &column.leaf().kind {
        Kind::Quantity(unit) | Kind::Range(Some(unit)) => match Unit::parse(inside) {
            Some(found) if found == *unit => Meant::Column(column),
            Some(found) if found.convert(crate::value::Decimal::ONE, *unit).is_some() => {
                Meant::Column(Column { measure: measure(inside), ..column })
            }
            _ => Meant::Unit(column, inside.to_string()),
        },
        Kind::Money(per) => match money::per(inside) {
            Some(found) if found == *per => Meant::Column(column),
            Some(found) if found.converts(per) => Meant::Column(Column { measure: measure(inside), ..column }),
            _ => Meant::Unit(column, inside.to_string()),
        },
        // `名称（必填）`: a remark.
        _ => Meant::Column(column),
    }
}

fn find_plain<'s>(of: &'s Type, keys: &KeyTable, header: &str) -> Meant<'s> {
    if let Some(found) = along(&of.fields, keys, header) {
        let rows = of.rows.as_deref().and_then(|rows| of.field(rows));
        let inner = || {
            let group = rows?;
            let at = of.fields.iter().position(|field| field.key == group.key)?;
            let inside = keys.group(at)?.find(header)?;
            Some(meant(vec![group, &group.fields[inside]]))
        };
        // 状态 in a list of units is that of the unit; whether the record is published has a name of its own.
        if found.len() == 1
            && found[0].role == Some(Role::State)
            && *found[0].key != *header
            && let Some(inner) = inner()
        {
            return inner;
        }
        return meant(found);
    }
    if let Some(rows) = of.rows.as_deref().and_then(|rows| of.field(rows))
        && let Some(at) = of.fields.iter().position(|field| field.key == rows.key)
        && let Some(inside) = keys.group(at).and_then(|table| table.find(header))
    {
        return meant(vec![rows, &rows.fields[inside]]);
    }
    let mut found = Vec::new();
    deep(&of.fields, keys, header, &mut Vec::new(), &mut found);
    match found.len() {
        1 => found.pop().map_or(Meant::Nothing, meant),
        0 => Meant::Nothing,
        _ => Meant::Several(found.iter().map(|path| join(path.iter().map(|field| label(field)))).collect()),
    }
}

/// A dotted header through groups.
fn along<'s>(fields: &'s [Field], keys: &KeyTable, header: &str) -> Option<Vec<&'s Field>> {
    if let Some(at) = keys.find(header) {
        return Some(vec![&fields[at]]);
    }
    let plain = number::narrow(header);
    let (first, rest) = plain.split_once(['.', '/'])?;
    let at = keys.find(first)?;
    let mut path = vec![&fields[at]];
    path.extend(along(&fields[at].fields, keys.group(at)?, rest)?);
    Some(path)
}

fn deep<'s>(fields: &'s [Field], keys: &KeyTable, header: &str, path: &mut Vec<&'s Field>, found: &mut Vec<Vec<&'s Field>>) {
    for (at, field) in fields.iter().enumerate() {
        let Some(table) = keys.group(at) else { continue };
        path.push(field);
        if let Some(inside) = table.find(header) {
            found.push(path.iter().copied().chain([&field.fields[inside]]).collect());
        }
        deep(&field.fields, table, header, path, found);
        path.pop();
    }
}

/// The word of a type that is nearest to a header which means nothing.
pub fn near<'s>(of: &'s Type, header: &str) -> Option<&'s str> {
    nearest(bracket(header).map_or(header, |(word, _)| word), words(&of.fields))
}

fn words(fields: &[Field]) -> Vec<&str> {
    let inner = fields.iter().flat_map(|field| vocabulary(&field.fields));
    vocabulary(fields).into_iter().chain(inner).collect()
}

/// What a way means: a column, or something that is no column.
fn meant<'s>(path: Vec<&'s Field>) -> Meant<'s> {
    let Some(leaf) = path.last() else { return Meant::Nothing };
    if leaf.is_computed() {
        return Meant::Computed(leaf);
    }
    let list = path.iter().position(|field| field.kind == Kind::Group && field.many).map(|at| at + 1).filter(|at| *at < path.len());
    // A list of groups, or a group, is no column but its fields are.
    if leaf.kind == Kind::Group && list.is_none() {
        return Meant::Several(leaf.fields.iter().map(|field| format!("{}.{}", label(leaf), label(field))).collect());
    }
    Meant::Column(Column { path, list, measure: None })
}

#[cfg(test)]
mod tests {
    use super::bracket;

    #[test]
    fn brackets_at_the_end_are_units() {
        assert_eq!(bracket("面积（亩）"), Some(("面积", "亩")));
        assert_eq!(bracket("租金 (元/㎡·月)"), Some(("租金", "元/㎡·月")));
        assert_eq!(bracket("面积"), None);
    }
}
