//! Terms → where they stand, weighted and cut into files.
//!
//! A weight is computed here once (BM25 of every part of a record, times what the part is worth) and kept in eight
//! steps: the browser needs neither lengths nor frequencies. Terms are sorted, so that a file is a range of them, the
//! browser knows from a short list of first terms where to look, and all terms with one beginning are neighbours.

use super::texts::{self, BOOSTS, Texts};
use super::tokens::{Term, tokens};
use crate::plan::search::shards;
use crate::resolve::{Catalog, EntryIx};
use crate::value::pinyin::Readings;
use std::collections::{BTreeSet, HashMap};
use std::fmt::Write;
use std::hash::{BuildHasherDefault, Hasher};

/// Pairs are numbers: a multiplication mixes them well enough.
#[derive(Default)]
struct Mixer(u64);

impl Hasher for Mixer {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }
    fn write_u64(&mut self, n: u64) {
        self.0 = (self.0.rotate_left(5) ^ n).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }
}

type Pairs<T> = HashMap<u64, T, BuildHasherDefault<Mixer>>;
type Words<T> = HashMap<String, T>;

/// How quickly a term that comes again counts less, and how much long texts are held against their terms.
const SATURATION: f32 = 1.2;
const LENGTH: f32 = 0.6;
/// The weight at which the highest step begins.
const HIGHEST: f32 = 6.0 * 2.2 * 0.6;
/// Weights are kept in so many steps.
const STEPS: f32 = 8.0;
/// A term in more documents than this keeps the heaviest ones only.
const MOST_POSTINGS: usize = 8192;

/// The finished terms of a language.
pub struct Index {
    /// The files.
    pub shards: Vec<String>,
    /// The first term of each file but the first.
    pub cuts: Vec<String>,
    /// The characters that occur in terms.
    pub chars: BTreeSet<char>,
    /// The syllables that occur.
    pub syllables: BTreeSet<String>,
}

/// What a share of the documents adds.
#[derive(Default)]
struct Share {
    pairs: Pairs<Vec<u32>>,
    words: Words<Vec<u32>>,
}

/// Indexes the documents in their order, on `threads` threads.
///
/// Not on the pool that renders: a thread of it that waits for this index would take up another item that needs it too.
pub fn build(catalog: &Catalog, documents: &[(EntryIx, Option<EntryIx>)], readings: &Readings, threads: usize) -> Index {
    let share = documents.len().div_ceil(threads.max(1)).max(1);
    let work =
        |list: &[(EntryIx, Option<EntryIx>)]| list.iter().map(|(ix, _)| texts::of(catalog, &catalog.entries[*ix])).collect::<Vec<Texts>>();
    let all: Vec<Vec<Texts>> = in_threads(documents.chunks(share), work);
    let average = averages(&all, documents.len());
    let shares = all.iter().enumerate().map(|(nth, texts)| (u32::try_from(nth * share).unwrap_or(u32::MAX), texts));
    let mut found = in_threads(shares, |(first, texts)| index(texts, first, &average, readings)).into_iter();
    let mut whole = found.next().unwrap_or_default();
    for more in found {
        more.pairs.into_iter().for_each(|(key, list)| whole.pairs.entry(key).or_default().extend(list));
        more.words.into_iter().for_each(|(key, list)| whole.words.entry(key).or_default().extend(list));
    }
    cut(whole, documents.len())
}

fn in_threads<I: Send, O: Send>(items: impl Iterator<Item = I>, work: impl Fn(I) -> O + Sync) -> Vec<O> {
    let work = &work;
    std::thread::scope(|scope| {
        let handles: Vec<_> = items.map(|item| scope.spawn(move || work(item))).collect();
        handles.into_iter().map(|handle| handle.join().expect("because work on texts does not panic")).collect()
    })
}

fn averages(all: &[Vec<Texts>], documents: usize) -> [f32; 5] {
    let mut sums = [0usize; 5];
    for texts in all.iter().flatten() {
        for (sum, part) in sums.iter_mut().zip(texts.parts()) {
            *sum += part.len();
        }
    }
    sums.map(|sum| (sum as f32 / documents.max(1) as f32).max(1.0))
}

/// How often each part says a term.
type Counts = [u16; 5];

fn index(texts: &[Texts], first: u32, average: &[f32; 5], readings: &Readings) -> Share {
    let mut share = Share::default();
    let mut pairs: Pairs<Counts> = Pairs::default();
    let mut words: Words<Counts> = Words::new();
    for (at, texts) in texts.iter().enumerate() {
        let document = first + u32::try_from(at).unwrap_or(u32::MAX);
        let mut factors = [0.0; 5];
        for (part, text) in texts.parts().into_iter().enumerate() {
            factors[part] = SATURATION * (1.0 - LENGTH + LENGTH * text.len() as f32 / average[part]);
            tokens(text, |token| match token.term {
                Term::Han(a, b) => {
                    let counts = pairs.entry(key(a, b)).or_default();
                    counts[part] = counts[part].saturating_add(1);
                }
                Term::Word(word) => count(&mut words, word, part),
            });
            if part < 2 {
                spoken(text, readings, |word| count(&mut words, word, part));
            }
        }
        for (key, counts) in pairs.drain() {
            share.pairs.entry(key).or_default().push(document << 3 | step(&counts, &factors));
        }
        for (word, counts) in words.drain() {
            share.words.entry(word).or_default().push(document << 3 | step(&counts, &factors));
        }
    }
    share
}

fn count(words: &mut Words<Counts>, word: String, part: usize) {
    let counts = words.entry(word).or_default();
    counts[part] = counts[part].saturating_add(1);
}

/// A text as it is read aloud: pairs of syllables behind `~`, the next four initials behind `!`.
fn spoken(text: &str, readings: &Readings, mut take: impl FnMut(String)) {
    let chars: Vec<char> = text.chars().collect();
    for run in readings.of(&chars) {
        for (at, syllable) in run.iter().enumerate() {
            take(format!("~{syllable}'{}", run.get(at + 1).map_or("", AsRef::as_ref)));
            take(run.iter().skip(at).take(4).filter_map(|syllable| syllable.chars().next()).fold("!".to_string(), |mut word, c| {
                word.push(c);
                word
            }));
        }
    }
}

fn step(counts: &Counts, factors: &[f32; 5]) -> u32 {
    let said = |part: usize| {
        let n = f32::from(counts[part]);
        BOOSTS[part] * n * (SATURATION + 1.0) / (n + factors[part])
    };
    let weight: f32 = (0..5).filter(|&part| counts[part] > 0).map(said).sum();
    (weight / HIGHEST * STEPS).clamp(0.0, STEPS - 1.0) as u32
}

fn key(a: char, b: Option<char>) -> u64 {
    u64::from(u32::from(a)) << 32 | b.map_or(0, |b| u64::from(u32::from(b)))
}

/// Sorts the terms and cuts them into files of about the same size.
fn cut(share: Share, documents: usize) -> Index {
    let mut index = Index { shards: Vec::new(), cuts: Vec::new(), chars: BTreeSet::new(), syllables: BTreeSet::new() };
    let mut terms: Vec<(String, Vec<u32>)> = Vec::with_capacity(share.pairs.len() + share.words.len());
    for (key, list) in share.pairs {
        let chars = [(key >> 32) as u32, key as u32];
        let term: String = chars.into_iter().filter(|&c| c != 0).filter_map(char::from_u32).collect();
        index.chars.extend(term.chars());
        terms.push((term, list));
    }
    for (word, list) in share.words {
        if let Some(said) = word.strip_prefix('~') {
            index.syllables.extend(said.split('\'').filter(|syllable| !syllable.is_empty()).map(str::to_string));
        }
        terms.push((word, list));
    }
    terms.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    let lines: Vec<String> = terms.iter().map(|(term, list)| line(term, list)).collect();
    let wanted = shards(documents);
    let size = lines.iter().map(String::len).sum::<usize>() / wanted + 1;
    let (mut here, mut before) = (String::new(), 0);
    for ((term, _), line) in terms.iter().zip(&lines) {
        // A file ends where its share of the whole is full, so that the number of files is known beforehand.
        if before >= size * (index.shards.len() + 1) && index.shards.len() + 1 < wanted {
            index.shards.push(std::mem::take(&mut here));
            index.cuts.push(term.clone());
        }
        before += line.len();
        here.push_str(line);
    }
    index.shards.push(here);
    index.shards.resize(wanted, String::new());
    index
}

/// `term postings` and, where not all are kept, how many there are: `term postings 9120`.
fn line(term: &str, list: &[u32]) -> String {
    let mut line = format!("{term} ");
    if list.len() <= MOST_POSTINGS {
        postings(list, &mut line);
    } else {
        let mut heaviest: Vec<u32> = list.to_vec();
        heaviest.sort_by_key(|posting| (std::cmp::Reverse(posting & 7), posting >> 3));
        heaviest.truncate(MOST_POSTINGS);
        heaviest.sort_unstable();
        postings(&heaviest, &mut line);
        let _ = write!(line, " {}", list.len());
    }
    line.push('\n');
    line
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Each posting: how many documents were left out since the last one, times eight, plus the step of its weight; five
/// bits to a letter, the lowest first, 32 added where more follow.
fn postings(list: &[u32], line: &mut String) {
    let mut next = 0;
    for posting in list {
        let (document, step) = (posting >> 3, posting & 7);
        let mut rest = (document - next) << 3 | step;
        next = document + 1;
        loop {
            let more = rest > 31;
            line.push(char::from(DIGITS[(rest & 31 | u32::from(more) << 5) as usize]));
            rest >>= 5;
            if !more {
                break;
            }
        }
    }
}
