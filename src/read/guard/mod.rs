//! Guards on words and data: what must not be published, or not without a source, a review or a mask.
//!
//! In: the text of a file and what was read from it. Out: warnings and errors with line and column. Never: changes a
//! text, or looks at another file.
//!
//! The text is looked at as it was typed, in one pass for all words ([`words`]) and one for numbers ([`numbers`]), so
//! that a file in which nothing is found costs nothing more. Only then is asked whose text it is ([`leaves`]): private
//! fields, keys and comments reach no page.

mod leaves;
mod numbers;
mod silence;
mod words;

use super::keys::KeyTable;
use super::profile::Profile;
use super::record::Reader;
use super::theme::Sources;
use super::{Record, Site, check};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, SitePath, messages};
use crate::schema::{Field, Privacy, Role, Schemas, Type};
use crate::source::{Spot, encoding, front_matter, yaml};
use crate::value::{Document, Fields, Lang, Value, Zone, doc_no};
use leaves::{About, Leaf};
use numbers::Number;
use silence::Silence;
use words::{Hit, Meaning, Words};

/// What the guards of a site look for.
pub struct Guards {
    words: Words,
    silences: Vec<Silence>,
    file: SitePath,
    /// Is an absolute term an error? The law on advertising fully applies to companies.
    strict: bool,
}

/// The fields of the settings and what each word in them means.
const LISTS: [(&str, Meaning); 15] = [
    ("allow", Meaning::Fine),
    ("designations", Meaning::Designation),
    ("words", Meaning::Listed),
    ("absolute", Meaning::Absolute),
    ("claims", Meaning::Claim),
    ("incentive_barred", Meaning::Barred),
    ("incentive", Meaning::Incentive),
    ("internal", Meaning::Internal),
    ("secret", Meaning::Secret),
    ("keys", Meaning::Key),
    ("passwords", Meaning::Password),
    ("hosts", Meaning::Host),
    ("placeholder", Meaning::Placeholder),
    ("units", Meaning::Unit),
    ("wrong_units", Meaning::Unit),
];

impl Guards {
    /// The words of the site and its theme. Labels of fields that look private are told here.
    pub fn new(sources: &Sources<'_>, site: &Site, schemas: &Schemas, diagnostics: &mut Diagnostics) -> Guards {
        let of_theme = of_theme(sources, diagnostics);
        let none = Fields::new();
        let of_site = match site.fields.value("guards") {
            Some(Value::Group(fields)) => fields,
            _ => &none,
        };
        let mut list = Vec::new();
        for fields in [of_site, &of_theme] {
            for (key, meaning) in LISTS {
                for text in texts(fields, key) {
                    let (word, right) = sides(&text, meaning);
                    list.push((word, meaning, right));
                }
            }
            list.extend(texts(fields, "link_texts").into_iter().map(|text| (format!("[{text}]("), Meaning::LinkText, text)));
        }
        let labels: Vec<String> = [of_site, &of_theme].into_iter().flat_map(|fields| texts(fields, "private_labels")).collect();
        schemas.types.iter().for_each(|of| look_private(&of.fields, &labels, diagnostics));
        Guards {
            words: Words::new(list),
            silences: silence::read(of_site.get("silence"), &site.file, diagnostics),
            file: site.file.clone(),
            strict: site.profile == Some(Profile::Company),
        }
    }
    /// Says which silences of the settings silenced nothing, after all files were read.
    pub fn finish(&self, diagnostics: &mut Diagnostics) {
        self.silences.iter().filter(|silence| !silence.was_used()).for_each(|silence| silence.unused(&self.file, diagnostics));
    }
    /// Looks at a file of records.
    pub fn records(&self, file: &SitePath, text: &str, records: &[Record], site: &Site, types: &[Type], diagnostics: &mut Diagnostics) {
        let mut leaves = Vec::new();
        let mut about = Vec::new();
        let mut silences = Vec::new();
        let found = self.find(text);
        for record in records {
            let schema = &types[record.of];
            let held = schema.with_role(Role::Silence).and_then(|field| record.fields.get(&field.key));
            silences.extend(silence::read(held, file, diagnostics));
        }
        if found.is_none() && silences.is_empty() && !doc_no::may_slip(text) {
            return;
        }
        for (number, record) in records.iter().enumerate() {
            let schema = &types[record.of];
            leaves::of_record(record, schema, number, &mut leaves);
            about.push(leaves::about(record, schema, types, super::files::is_draft(&record.fields, schema, site)));
        }
        let body = records.first().and_then(|record| record.body.as_ref());
        let mut noted = Diagnostics::new();
        let mut look =
            Look { guards: self, file, text, leaves, about, silences: &silences, body, free: body_start(file, text), noted: &mut noted };
        look.all(found);
        look.document_numbers();
        silences.iter().filter(|silence| !silence.was_used()).for_each(|silence| silence.unused(file, &mut noted));
        diagnostics.append(noted);
    }
    /// Looks at an introduction, all of whose words are public.
    pub fn intro(&self, file: &SitePath, text: &str, diagnostics: &mut Diagnostics) {
        let about = vec![About { reviewed: true, ..About::default() }];
        let mut look =
            Look { guards: self, file, text, leaves: Vec::new(), about, silences: &[], body: None, free: Some(0), noted: diagnostics };
        look.all(self.find(text));
    }
    /// Looks at the settings.
    pub fn settings(&self, text: &str, site: &Site, grammar: &[Field], diagnostics: &mut Diagnostics) {
        let mut leaves = Vec::new();
        leaves::of_fields(&site.fields, grammar, &mut leaves);
        let about = vec![About { reviewed: true, ..About::default() }];
        let mut look =
            Look { guards: self, file: &site.file, text, leaves, about, silences: &[], body: None, free: None, noted: diagnostics };
        look.all(self.find(text));
    }
    /// Everything in a text that may mean something.
    fn find(&self, text: &str) -> Found {
        Found { words: self.words.find(text).collect(), numbers: numbers::find(text) }
    }
}

/// What stands in a text, before anybody asked whose text it is.
struct Found {
    words: Vec<Hit>,
    numbers: Vec<(Number, usize, usize)>,
}

impl Found {
    fn is_none(&self) -> bool {
        self.words.is_empty() && self.numbers.is_empty()
    }
}

/// The theme's file, where it has one.
fn of_theme(sources: &Sources<'_>, diagnostics: &mut Diagnostics) -> Fields {
    let found = sources.under("guards.yaml").next().and_then(|(_, file, bytes)| {
        let text = encoding::decode(file, bytes, diagnostics)?;
        let node = yaml::parse(file, &text, 1, diagnostics)?;
        let grammar = super::site::grammar();
        let group = grammar.field("guards")?;
        let zone = Zone::shanghai();
        let reader = Reader { file, zone: &zone, lang: Lang::Zh, in_cells: false, sample: false };
        let fields = reader.fields(&node, &group.fields, &KeyTable::new(&group.fields), "", diagnostics);
        check::bounds(&fields, &group.fields, file, "", diagnostics);
        Some(fields)
    });
    found.unwrap_or_default()
}

fn texts(fields: &Fields, key: &str) -> Vec<String> {
    let all = fields.all(key).into_iter();
    all.filter_map(|held| if let Value::Text(text) = &held.value { Some(text.clone()) } else { None }).collect()
}

/// `错＝对` in two; a unit alone is its own right form.
fn sides(text: &str, meaning: Meaning) -> (String, String) {
    match text.split_once(['＝', '=']).filter(|_| matches!(meaning, Meaning::Listed | Meaning::Unit)) {
        Some((wrong, right)) => (wrong.trim().to_string(), right.trim().to_string()),
        None if meaning == Meaning::Unit => (text.to_string(), text.to_string()),
        None => (text.to_string(), String::new()),
    }
}

/// Tells of public fields whose label says that they are none.
fn look_private(fields: &[Field], labels: &[String], diagnostics: &mut Diagnostics) {
    for field in fields.iter().filter(|field| field.privacy == Privacy::Public) {
        let english = field.label.en.to_lowercase();
        let looks = |word: &&String| field.label.zh.contains(word.as_str()) || english.split(' ').any(|part| part == word.as_str());
        if let Some(word) = labels.iter().find(looks) {
            diagnostics.push(messages::guard::field_looks_private(field.place.clone(), &field.key, &field.label, word));
        }
        look_private(&field.fields, labels, diagnostics);
    }
}

/// Where the Markdown of a file begins, in bytes.
fn body_start(file: &SitePath, text: &str) -> Option<usize> {
    if !matches!(file.extension().as_str(), "md" | "markdown") {
        return None;
    }
    // What is wrong with the fences was told when the file was read.
    let halves = front_matter::split(file, text, &mut Diagnostics::new())?;
    Some(text.len() - halves.body.len())
}

/// Whose a piece of text is.
struct Whose<'l, 'a> {
    leaf: Option<&'l Leaf<'a>>,
    record: usize,
}

/// One file while it is looked at.
struct Look<'a, 'd> {
    guards: &'a Guards,
    file: &'a SitePath,
    text: &'a str,
    leaves: Vec<Leaf<'a>>,
    about: Vec<About>,
    silences: &'a [Silence],
    body: Option<&'a Document>,
    /// From here on everything is public.
    free: Option<usize>,
    noted: &'d mut Diagnostics,
}

impl Look<'_, '_> {
    fn all(&mut self, found: Found) {
        self.leaves.sort_by_key(|leaf| leaf.spot);
        // The incentives of one record are one matter.
        let mut told: Vec<(usize, &'static str)> = Vec::new();
        let guards = self.guards;
        let mut wide_line = 0;
        for hit in found.words {
            let piece = &self.text[hit.start..hit.end];
            let Some(whose) = self.whose(hit.start, if hit.meaning == Meaning::LinkText { guards.words.right(hit) } else { piece }) else {
                continue;
            };
            let (record, path, sourced) =
                (whose.record, whose.leaf.map(|leaf| leaf.path.to_string()), whose.leaf.is_some_and(|leaf| leaf.sourced));
            let Some(found) = self.judge(hit, record, sourced) else { continue };
            let repeated = matches!(found.code, "incentive-unreviewed") && told.contains(&(record, found.code));
            let line = found.place.as_ref().map_or(0, |place| place.line);
            let wide = found.code == "number-style" && hit.meaning == Meaning::Wide && std::mem::replace(&mut wide_line, line) == line;
            if repeated || wide {
                continue;
            }
            if self.say(found, hit.start, hit.end, record, path) {
                told.push((record, hit_code(hit)));
            }
        }
        for (number, start, end) in found.numbers {
            let Some(whose) = self.whose(start, &self.text[start..end]) else { continue };
            if number == Number::Mobile && whose.leaf.is_some_and(|leaf| leaf.released) {
                continue;
            }
            let (record, path) = (whose.record, whose.leaf.map(|leaf| leaf.path.to_string()));
            let shown = numbers::masked(number, &self.text[start..end]);
            let place = self.spot(start, end).at(self.file);
            let found = match number {
                Number::Mobile => messages::guard::personal_mobile(place, &shown),
                Number::Identity => messages::guard::personal_id(place, &shown),
                Number::Card => messages::guard::personal_card(place, &shown),
                Number::Private => messages::guard::address_local(place, &shown),
            };
            self.say(found, start, end, record, path);
        }
    }

    /// Notes something unless it is silenced or the record is never disclosed.
    fn say(&mut self, mut found: Diagnostic, start: usize, end: usize, record: usize, path: Option<String>) -> bool {
        let about = self.about.get(record);
        if about.is_some_and(|about| about.closed || about.draft && found.code == "text-placeholder") {
            return false;
        }
        let line_start = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line = self.text[line_start..].lines().next().unwrap_or_default();
        let mut covered = false;
        for silence in self.silences.iter().chain(&self.guards.silences) {
            covered |= silence.covers(self.file, found.code, line, start - line_start, end - line_start);
        }
        if covered {
            return false;
        }
        if about.is_some_and(|about| about.draft) {
            // What is still being written holds up nobody else's work.
            found.severity = Severity::Warning;
        }
        self.noted.push(match path {
            Some(path) => found.in_field(&path),
            None => found,
        });
        true
    }

    /// Whose text is it? `None` where no reader will see it.
    fn whose(&self, at: usize, piece: &str) -> Option<Whose<'_, '_>> {
        if self.free.is_some_and(|free| at >= free) {
            return Some(Whose { leaf: None, record: 0 });
        }
        let spot = self.spot(at, at);
        let upto = self.leaves.partition_point(|leaf| leaf.spot <= spot);
        let near = self.leaves[..upto].last().filter(|leaf| leaf.holds(piece));
        let same_line = || self.leaves.iter().find(|leaf| leaf.spot.line == spot.line && leaf.holds(piece));
        match near.or_else(same_line) {
            Some(leaf) => leaf.public.then_some(Whose { leaf: Some(leaf), record: leaf.record }),
            // The prose of a YAML file stands under `body:`.
            None => {
                let body = self.body.filter(|_| self.free.is_none())?;
                leaves::of_document(body).iter().any(|text| text.contains(piece)).then_some(Whose { leaf: None, record: 0 })
            }
        }
    }

    /// Line and column of a piece of the file.
    fn spot(&self, start: usize, end: usize) -> Spot {
        let before = &self.text[..start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let count = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        let line = u32::try_from(before.bytes().filter(|byte| *byte == b'\n').count() + 1).unwrap_or(u32::MAX);
        Spot { line, column: count(&before[line_start..]) + 1, length: count(&self.text[start..end]) }
    }

    /// What a word means where it stands.
    fn judge(&self, hit: Hit, record: usize, sourced: bool) -> Option<Diagnostic> {
        let piece = &self.text[hit.start..hit.end];
        let (before, after) = (&self.text[..hit.start], &self.text[hit.end..]);
        let place = self.spot(hit.start, hit.end).at(self.file);
        let about = self.about.get(record);
        let line = || {
            let from = before.rfind('\n').map_or(0, |at| at + 1);
            self.text[from..].lines().next().unwrap_or_default()
        };
        // A document or its number in the same line is an origin too.
        let has_origin = || sourced || about.is_some_and(|about| about.sourced) || line().contains(['《', '〔']);
        let digit_before = || before.trim_end_matches(' ').ends_with(|c: char| c.is_ascii_digit());
        let right = self.guards.words.right(hit);
        match hit.meaning {
            Meaning::Fine => None,
            Meaning::Absolute => Some(messages::guard::word_absolute(place, piece, self.guards.strict)),
            Meaning::Claim => (!has_origin()).then(|| messages::guard::claim_unsourced(place, piece)),
            Meaning::Designation => (!has_origin()).then(|| messages::guard::honour_unsourced(place, piece)),
            Meaning::Incentive => about.is_none_or(|about| !about.reviewed).then(|| messages::guard::incentive_unreviewed(place, piece)),
            Meaning::Barred => Some(messages::guard::incentive_barred(place, piece)),
            Meaning::Internal => Some(messages::guard::mark_internal(place, piece)),
            Meaning::Secret => Some(messages::guard::mark_secret(place, piece)),
            Meaning::Key => {
                let long = after.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"_-. ".contains(byte)).count();
                (long >= 12 || piece.starts_with('-')).then(|| messages::guard::secret_key(place, piece))
            }
            Meaning::Password => {
                let value = after.trim_start_matches(' ').strip_prefix([':', '：', '='])?.trim_start_matches(' ');
                let signs = value.bytes().take_while(|byte| byte.is_ascii_graphic() && !b",;()[]{}<>\"'".contains(byte)).count();
                (signs >= 4).then(|| messages::guard::secret_key(place, piece))
            }
            Meaning::Host => Some(messages::guard::address_local(place, piece)),
            Meaning::Placeholder => Some(messages::guard::text_placeholder(place, piece)),
            Meaning::LinkText => {
                let image = before.ends_with('!');
                (!image).then(|| messages::guard::link_text(place, right))
            }
            Meaning::Unit => {
                let ends = !after.starts_with(|c: char| c.is_ascii_alphanumeric());
                (ends && piece != right && digit_before()).then(|| messages::guard::unit_style(place, piece, right))
            }
            Meaning::Listed => Some(messages::guard::word_listed(place, piece, right)),
            Meaning::Unseen => Some(messages::guard::text_hidden(place, piece.chars().next().map_or(0, u32::from))),
            Meaning::Wide => Some(messages::guard::number_style(place, piece)),
            Meaning::Zero => {
                let day = after.starts_with(|c: char| c.is_ascii_digit()) && after[1..].starts_with(['月', '日']);
                (day && digit_before()).then(|| messages::guard::number_style(place, &format!("{piece}{}", &after[..1])))
            }
        }
    }

    /// Document numbers in texts of fields that are not written as they should be; those of prose are told by the lint
    /// of Markdown.
    fn document_numbers(&mut self) {
        let plain = self.leaves.iter().filter(|leaf| leaf.public && leaf.plain);
        let mut found = Vec::new();
        for leaf in plain {
            let Some(text) = leaf.texts.first().filter(|text| text.contains('号')) else { continue };
            for (at, slip) in doc_no::slips(text) {
                let typed = &text[at..at + slip.length];
                let line_start =
                    self.text.split_inclusive('\n').take(leaf.spot.line.saturating_sub(1) as usize).map(str::len).sum::<usize>();
                // Where it cannot be found as it was typed, the field begins the place.
                let spot = self.text[line_start..]
                    .find(typed)
                    .map_or(leaf.spot, |offset| self.spot(line_start + offset, line_start + offset + typed.len()));
                found.push(messages::lint::doc_no_slip(spot.at(self.file).in_field(&*leaf.path), typed, &slip.corrected));
            }
        }
        found.into_iter().for_each(|found| self.noted.push(found));
    }
}

/// The code under which a word is told once for a record.
fn hit_code(hit: Hit) -> &'static str {
    if hit.meaning == Meaning::Incentive { "incentive-unreviewed" } else { "" }
}
