//! Types and fields.

use super::rules::{Condition, Derive, Inherit, RollUp, Rule};
use crate::diagnostic::{Place, Said};
use crate::source::Spot;
use crate::value::{ChartKind, Decimal, Kind};
use std::sync::Arc;

/// All content types of a site, in the order of their `order:` number, then name.
#[derive(Debug, Clone, Default)]
pub struct Schemas {
    /// The types.
    pub types: Vec<Type>,
}

impl Schemas {
    /// The type of a name.
    pub fn named(&self, name: &str) -> Option<&Type> {
        self.types.iter().find(|t| &*t.name == name)
    }
    /// The type whose records live in a folder.
    pub fn in_folder(&self, folder: &str) -> Option<&Type> {
        self.types.iter().find(|t| t.folder == folder)
    }
}

/// A content type.
#[derive(Debug, Clone)]
pub struct Type {
    /// The name, as in `type: factory`.
    pub name: Arc<str>,
    /// What people call one of them.
    pub label: Said,
    /// The heading of their list page; the label where absent.
    pub title: Option<Said>,
    /// The folder under `content/` and the first part of the URL.
    pub folder: String,
    /// Do its records live at the top (`/<id>/`), and may they nest in sub-folders?
    pub at_root: bool,
    /// The key of the group whose items are the rows of the finder (spaces of a building).
    pub rows: Option<String>,
    /// Is its list page a finder, with a form that filters? A type with rows always is one.
    pub finder: Option<Layout>,
    /// The paths of the facts on a one-page sheet for printing, in order; without any there is no sheet.
    pub sheet: Vec<String>,
    /// The group of distances that is drawn on the page of a record.
    pub distances: Option<Distances>,
    /// The fields that make its records entries of a calendar.
    pub calendar: Option<Appointment>,
    /// All fields in the order in which they show.
    pub fields: Vec<Field>,
    /// The order of the list page.
    pub order: Vec<Order>,
    /// How many records a list page shows; 0 shows all of them (a finder).
    pub per_page: usize,
    /// What kind of column its list is, in the words of the guideline for government sites; one of [`COLUMN_TYPES`].
    pub column_type: Option<String>,
    /// The paths of the facts that stand together at the top of a record's page, as public documents have them.
    pub block: Vec<String>,
    /// Does it have a feed of its own? Needs the role `date`.
    pub feed: bool,
    /// Does its list have a page for every year and month? Needs the role `date`.
    pub archive: bool,
    /// The headings under which the facts of a record are grouped.
    pub sections: Vec<Section>,
    /// Rules across fields.
    pub rules: Vec<Rule>,
    /// Where it stands in menus and lists of types; smaller first.
    pub rank: i64,
    /// Does its list page stand in the main menu?
    pub menu: bool,
    /// Where the type was declared.
    pub place: Place,
}

/// The kinds of columns that the guideline for government sites knows.
pub const COLUMN_TYPES: [&str; 18] = [
    "首页",
    "概况信息",
    "机构职能",
    "负责人信息",
    "工作动态",
    "政策文件",
    "信息公开指南",
    "信息公开目录",
    "信息公开年报",
    "依法申请公开",
    "数据发布",
    "数据开放",
    "政策解读",
    "回应关切",
    "办事服务",
    "咨询投诉",
    "征集调查",
    "在线访谈",
];

/// How a finder shows its rows at first; readers may switch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// A line each.
    Table,
    /// A card each, with the picture and the summary of the record.
    Cards,
}

impl Type {
    /// The field of a key.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| &*field.key == key)
    }
    /// The field at a dotted path, through groups.
    pub fn field_at(&self, path: &str) -> Option<&Field> {
        let mut fields = &self.fields;
        let mut found = None;
        for part in path.split('.') {
            let field = fields.iter().find(|field| &*field.key == part)?;
            fields = &field.fields;
            found = Some(field);
        }
        found
    }
    /// The group of many items through which a path goes: `spaces` for `spaces.area_m2`.
    pub fn group_of<'a>(&self, path: &'a str) -> Option<&'a str> {
        let (first, _) = path.split_once('.')?;
        self.field(first).filter(|field| field.kind == Kind::Group && field.many).map(|_| first)
    }
    /// The field that plays a role.
    pub fn with_role(&self, role: Role) -> Option<&Field> {
        self.fields.iter().find(|field| field.role == Some(role))
    }
}

/// A field of a type or of a group.
#[derive(Debug, Clone)]
pub struct Field {
    /// The English key.
    pub key: Arc<str>,
    /// What it holds.
    pub kind: Kind,
    /// What people call it; the Chinese label is a key too.
    pub label: Said,
    /// Other words accepted as key.
    pub also: Vec<String>,
    /// One sentence for the person who fills it in.
    pub hint: Option<Said>,
    /// What Rust may know it as.
    pub role: Option<Role>,
    /// A list of them?
    pub many: bool,
    /// Must be given.
    pub required: bool,
    /// Must be given when one of these lists of conditions holds entirely.
    pub required_when: Vec<Vec<Condition>>,
    /// Must be given on sites of these profiles, each with its place in the type file; reading the site makes
    /// it required there.
    pub required_in: Vec<(String, Spot)>,
    /// Should be given: its absence is a warning.
    pub expected: bool,
    /// Should be given when one of these lists of conditions holds entirely.
    pub expected_when: Vec<Vec<Condition>>,
    /// Where it shows.
    pub show: Vec<Show>,
    /// The section of the facts it belongs to.
    pub section: Option<String>,
    /// Who may see it.
    pub privacy: Privacy,
    /// How large, long or many it may be.
    pub bounds: Bounds,
    /// The limits of the bands that a finder offers, ascending: `[500, 1000]` means below 500, 500 to 1000, from 1000.
    pub bands: Vec<Decimal>,
    /// In a group with `many`: the charts of its items.
    pub charts: Vec<ChartSpec>,
    /// A pattern for texts and codes, anchored at both ends.
    pub pattern: Option<String>,
    /// An example of a good value, for messages and scaffolds.
    pub example: Option<String>,
    /// Where the value comes from when it is not written.
    pub inherit: Option<Inherit>,
    /// How the value is computed from other fields of the record; such a field is never written.
    pub derive: Option<Derive>,
    /// How the value is computed over other records; such a field is never written.
    pub roll_up: Option<RollUp>,
    /// The fields of a group.
    pub fields: Vec<Field>,
    /// In a group with `many`: the field by which an item is known.
    pub item_key: Option<String>,
    /// In a group with `many`: the date after which an item is no longer shown.
    pub until: Option<String>,
    /// Where the field was declared.
    pub place: Place,
}

impl Field {
    /// The field of a key inside a group.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| &*field.key == key)
    }
    /// Is it what a key of a file means?
    pub fn is_spelt(&self, key: &str) -> bool {
        *self.key == *key || self.label.zh == key || self.label.en.eq_ignore_ascii_case(key) || self.also.iter().any(|word| word == key)
    }
    /// Does it show there?
    pub fn shows(&self, show: Show) -> bool {
        self.show.contains(&show)
    }
    /// Is it a value that nobody writes?
    pub fn is_computed(&self) -> bool {
        self.derive.is_some() || self.roll_up.is_some()
    }
}

/// A chart of the items of a group.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartSpec {
    /// How it is drawn.
    pub kind: ChartKind,
    /// The heading; the labels of the numbers where absent.
    pub title: Option<Said>,
    /// The field that names the rows.
    pub x: String,
    /// The fields whose numbers are drawn.
    pub y: Vec<String>,
    /// For a flow: the field that says where to.
    pub to: Option<String>,
    /// Where it was declared.
    pub place: Place,
}

/// What Rust knows instead of the names of types and fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the words are the documentation")]
pub enum Role {
    Title,
    Summary,
    Body,
    Date,
    Updated,
    Expires,
    Verified,
    Status,
    Parent,
    Place,
    Cover,
    Keywords,
    Source,
    Author,
    Contact,
    Price,
    Size,
    // Publication: fields every type has through types/_common.yaml.
    State,
    PublishAt,
    UnpublishAt,
    Sample,
    Redirects,
    Corrections,
    Withdrawal,
    Openness,
    /// The day after which the record is shown as archived.
    Archives,
    /// A group of hand-written figures; its first fields are name, number and unit.
    Figures,
    /// A group that says how fair-competition review ended.
    Fairness,
    /// A group of warnings that are not meant here; its first fields are code, text and reason.
    Silence,
    /// Which records of a column's folder: the first fields of the group are a field and its value.
    Only,
    /// How often a column needs something new.
    Within,
    /// Is a column without records meant to vanish?
    HideEmpty,
    /// Of a record that describes a column: the folder whose records the column holds.
    Folder,
    /// Of a column: its kind in the words of the guideline.
    ColumnType,
    /// Of a column: what it is for.
    Purpose,
    /// Of an official document: the organ that issues it.
    Issuer,
    /// Of an official document: the day under its signature.
    Dated,
}

/// Where a field shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Show {
    /// In the facts of the record's page (the default for a public field).
    Facts,
    /// On cards and rows of lists.
    Card,
    /// In the finder's form.
    Filter,
    /// In the comparison.
    Compare,
    /// In the search index.
    Search,
    /// As its own prose section on the record's page, under its label.
    Prose,
    /// Nowhere on pages (data outputs still have it).
    Nowhere,
}

/// Who may see a field.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Privacy {
    /// Everybody.
    #[default]
    Public,
    /// Nobody outside the office: it reaches no output byte.
    Private,
    /// Private unless all of these hold (`public_when: {mobile_public: true}`).
    PublicWhen(Vec<Condition>),
    /// Private unless the list at this path names the field's key (`public_within: consent.scope`).
    PublicWithin(String),
}

/// Limits. What `min` and `max` bound depends on the kind: the amount, or the number of characters of a text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bounds {
    /// At least.
    pub min: Option<Decimal>,
    /// At most.
    pub max: Option<Decimal>,
    /// Below this is probably a slip (a warning).
    pub sane_min: Option<Decimal>,
    /// Above this is probably a slip (a warning).
    pub sane_max: Option<Decimal>,
    /// With `many`: at least so many.
    pub least: Option<usize>,
    /// With `many`: at most so many.
    pub most: Option<usize>,
}

/// One key of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The field (dotted).
    pub field: String,
    /// Largest or latest first (`-field`).
    pub descending: bool,
}

/// A group with many items of which each is somewhere and so far away: `distances: {of: transport, name: name, km: km}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Distances {
    /// The group.
    pub of: String,
    /// What each item is called: a field of the group.
    pub name: String,
    /// How far it is: a length.
    pub km: String,
    /// Of what kind it is, where the group says so.
    pub kind: Option<String>,
}

/// What makes a record an entry of a calendar: `calendar: {start: start, end: end, place: place}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    /// When it begins: a day or a moment.
    pub start: String,
    /// When it ends.
    pub end: Option<String>,
    /// Where it is: a text.
    pub place: Option<String>,
    /// What else an entry should say: fields whose labels and values stand below the summary.
    pub notes: Vec<String>,
}

/// A heading of the facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its key, which `section:` of a field names.
    pub key: String,
    /// Its heading.
    pub label: Said,
}
