//! Which typed key means which field: English keys, labels and synonyms, looked up without regard to case and width.

use crate::schema::Field;
use crate::source::lookup::Lookup;

/// The accepted spellings of the keys of one level, with the tables of its groups.
#[derive(Debug, Default)]
pub struct KeyTable {
    words: Lookup<String, usize>,
    groups: Vec<Option<KeyTable>>,
}

impl KeyTable {
    /// The table of some fields.
    pub fn new(fields: &[Field]) -> KeyTable {
        let mut words = Lookup::default();
        for (index, field) in fields.iter().enumerate() {
            // The English key of a field always wins over another field's label.
            words.insert(plain(&field.key), index);
        }
        for (index, field) in fields.iter().enumerate() {
            let labels = [&field.label.zh, &field.label.en].into_iter().chain(&field.also);
            for word in labels.filter(|word| !word.is_empty()) {
                words.entry(plain(word)).or_insert(index);
            }
        }
        let groups = fields.iter().map(|field| (!field.fields.is_empty()).then(|| KeyTable::new(&field.fields))).collect();
        KeyTable { words, groups }
    }
    /// The index of the field that a typed key means.
    pub fn find(&self, typed: &str) -> Option<usize> {
        self.words.get(typed).or_else(|| self.words.get(&plain(typed))).copied()
    }
    /// The table of the group at an index.
    pub fn group(&self, index: usize) -> Option<&KeyTable> {
        self.groups.get(index)?.as_ref()
    }
}

/// One spelling for all widths and cases: `净高（米）` and `净高(米)` are the same key.
fn plain(word: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let word = word.trim();
    if word.is_ascii() { word.to_ascii_lowercase() } else { word.nfkc().collect::<String>().to_lowercase() }
}

/// Every word a person may write at this level, English keys and Chinese labels first (for "did you mean").
pub fn vocabulary(fields: &[Field]) -> Vec<&str> {
    let keys = fields.iter().filter(|field| !field.is_computed());
    keys.flat_map(|field| {
        [&*field.key, field.label.zh.as_str(), field.label.en.as_str()].into_iter().chain(field.also.iter().map(String::as_str))
    })
    .filter(|word| !word.is_empty())
    .collect()
}
