//! A chart as data: what is shown, in exact decimals. `render/charts` draws it; the same numbers stand in a table.

use super::Decimal;
use crate::diagnostic::{Said, said};

/// The kinds of charts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words are the documentation")]
pub enum ChartKind {
    Bar,
    Stacked,
    Line,
    Donut,
    Funnel,
    Flow,
}

/// Every kind with its words: the English one first.
const KINDS: [(ChartKind, [&str; 3]); 6] = [
    (ChartKind::Bar, ["bar", "条形图", "横条图"]),
    (ChartKind::Stacked, ["stacked", "堆叠图", "堆叠条形图"]),
    (ChartKind::Line, ["line", "折线图", "曲线图"]),
    (ChartKind::Donut, ["donut", "环形图", "饼图"]),
    (ChartKind::Funnel, ["funnel", "漏斗图", "进度图"]),
    (ChartKind::Flow, ["flow", "流向图", "流程图"]),
];

impl ChartKind {
    /// The kind of a word, English or Chinese.
    pub fn named(word: &str) -> Option<ChartKind> {
        KINDS.iter().find(|(_, words)| words.contains(&word)).map(|(kind, _)| *kind)
    }
    /// The English word.
    pub fn word(self) -> &'static str {
        KINDS.iter().find(|(kind, _)| *kind == self).map_or("", |(_, words)| words[0])
    }
    /// All English words, for messages.
    pub fn words() -> Vec<&'static str> {
        KINDS.iter().map(|(_, words)| words[0]).collect()
    }
    /// Every word that is understood, for suggestions.
    pub fn all_words() -> impl Iterator<Item = &'static str> {
        KINDS.iter().flat_map(|(_, words)| words.iter().copied())
    }
    /// Does it show several columns of numbers, or only one?
    pub fn takes_series(self) -> bool {
        matches!(self, ChartKind::Bar | ChartKind::Stacked | ChartKind::Line)
    }
    /// Does it show parts, which cannot be less than nothing?
    pub fn shows_parts(self) -> bool {
        !matches!(self, ChartKind::Bar | ChartKind::Line)
    }
}

/// A chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// How it is drawn.
    pub kind: ChartKind,
    /// The anchor of its parts, unique on a page.
    pub id: String,
    /// What it shows.
    pub title: String,
    /// The unit of every number; empty where they have none.
    pub unit: String,
    /// What the labels are: 年份. For a flow: where from.
    pub head: String,
    /// For a flow: the heading of where to.
    pub to_head: String,
    /// The names of the columns of numbers.
    pub series: Vec<String>,
    /// The rows in order.
    pub points: Vec<Point>,
    /// Who says so.
    pub source: String,
    /// To which day or period the numbers belong.
    pub as_of: String,
}

/// A row of a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// Its name; for a flow where it comes from.
    pub label: String,
    /// For a flow: where it goes to.
    pub to: Option<String>,
    /// A number for each series; absent is neither nothing nor 0.
    pub values: Vec<Option<Decimal>>,
}

/// Why a chart cannot be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Not one number.
    Empty,
    /// A part below 0: which row.
    Negative(usize),
    /// Parts that are all 0 have no shares.
    NothingToShare,
    /// A flow that leads back to where it came from: which row.
    Circle(usize),
    /// More than can be told apart.
    TooMany,
}

impl Fault {
    /// Why, in one sentence.
    pub fn why(self) -> Said {
        match self {
            Fault::Empty => said("没有一个数字。", "there is not one number."),
            Fault::Negative(_) => said("份额和数量不能小于 0。", "shares and amounts cannot be below 0."),
            Fault::NothingToShare => said("全部是 0，没有份额可分。", "everything is 0, so there are no shares."),
            Fault::Circle(_) => said("这一行绕回了起点。", "this row leads back to where it came from."),
            Fault::TooMany => said(
                format!("最多 {MOST_SERIES} 列、{MOST_POINTS} 行，多了请用表格。"),
                format!("at most {MOST_SERIES} columns and {MOST_POINTS} rows; use a table for more."),
            ),
        }
    }
}

/// So many columns of numbers can be told apart by colour and pattern.
pub const MOST_SERIES: usize = 12;
/// So many rows fit into a picture that is looked at as a whole.
pub const MOST_POINTS: usize = 60;

impl Chart {
    /// What keeps it from being drawn, if anything does. The table can always be shown.
    pub fn fault(&self) -> Option<Fault> {
        let numbers = || self.points.iter().flat_map(|point| point.values.iter().flatten());
        if numbers().next().is_none() {
            return Some(Fault::Empty);
        }
        if self.series.len() > MOST_SERIES || self.points.len() > MOST_POINTS {
            return Some(Fault::TooMany);
        }
        if self.kind.shows_parts() {
            let negative = |point: &Point| point.values.iter().flatten().any(|value| value.is_sign_negative() && !value.is_zero());
            if let Some(at) = self.points.iter().position(negative) {
                return Some(Fault::Negative(at));
            }
        }
        if matches!(self.kind, ChartKind::Donut | ChartKind::Flow) && numbers().all(Decimal::is_zero) {
            return Some(Fault::NothingToShare);
        }
        if self.kind == ChartKind::Flow { self.circle().map(Fault::Circle) } else { None }
    }

    /// The first row that closes a circle: its goal leads, over the rows before it, back to its start.
    fn circle(&self) -> Option<usize> {
        let ends = |point: &Point| (point.label.clone(), point.to.clone().unwrap_or_default());
        (0..self.points.len()).find(|&at| {
            let (start, goal) = ends(&self.points[at]);
            let mut reached = vec![goal];
            let mut next = 0;
            while next < reached.len() {
                if reached[next] == start {
                    return true;
                }
                for (from, to) in self.points[..at].iter().map(ends) {
                    if from == reached[next] && !reached.contains(&to) {
                        reached.push(to);
                    }
                }
                next += 1;
            }
            false
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Chart, ChartKind, Fault, Point};

    fn flow(rows: &[(&str, &str, i64)]) -> Chart {
        let point =
            |(from, to, n): &(&str, &str, i64)| Point { label: (*from).into(), to: Some((*to).into()), values: vec![Some((*n).into())] };
        Chart {
            kind: ChartKind::Flow,
            id: "c".into(),
            title: String::new(),
            unit: String::new(),
            head: String::new(),
            to_head: String::new(),
            series: vec![String::new()],
            points: rows.iter().map(point).collect(),
            source: String::new(),
            as_of: String::new(),
        }
    }

    #[test]
    fn what_cannot_be_drawn_is_named() {
        assert_eq!(flow(&[("甲", "乙", 1), ("乙", "丙", 2)]).fault(), None);
        assert_eq!(flow(&[("甲", "乙", 1), ("乙", "丙", 2), ("丙", "甲", 1)]).fault(), Some(Fault::Circle(2)));
        assert_eq!(flow(&[("甲", "甲", 1)]).fault(), Some(Fault::Circle(0)));
        assert_eq!(flow(&[("甲", "乙", 1), ("甲", "丙", -2)]).fault(), Some(Fault::Negative(1)));
        assert_eq!(flow(&[("甲", "乙", 0)]).fault(), Some(Fault::NothingToShare));
        assert_eq!(flow(&[]).fault(), Some(Fault::Empty));
        let bar = Chart { kind: ChartKind::Bar, ..flow(&[("甲", "乙", -1)]) };
        assert_eq!(bar.fault(), None);
    }

    #[test]
    fn kinds_are_known_in_both_languages() {
        for word in ChartKind::all_words() {
            assert!(ChartKind::named(word).is_some_and(|kind| ChartKind::words().contains(&kind.word())), "{word}");
        }
        assert_eq!(ChartKind::named("pie chart"), None);
    }
}
