//! Charts: a [`Chart`] → shapes with their numbers, which the component `chart` of the theme writes as SVG, and the
//! table that says the same. Pure functions; the same chart gives the same bytes.
//!
//! A drawing is [`WIDTH`] units wide and as high as it needs, so that its texts stay readable on a phone; on a large
//! screen it stands beside its table instead of growing. `text` measures, `scale` makes axes, `paint` holds the shapes,
//! and each kind has a file of its own.

mod bars;
mod donut;
mod flow;
mod flow_down;
mod funnel;
mod line;
mod paint;
mod scale;
mod text;

pub use paint::{Drawing, WIDTH};

use crate::value::{Chart, ChartKind, Decimal, number::grouped};
use serde::Serialize;

/// A chart as the component sees it.
#[derive(Debug, Clone, Serialize)]
pub struct ChartView {
    /// The word of its kind.
    pub kind: &'static str,
    /// The anchor; ids inside the drawing begin with it.
    pub id: String,
    /// What it shows.
    pub title: String,
    /// The unit of its numbers.
    pub unit: String,
    /// Who says so.
    pub source: String,
    /// To which day the numbers belong.
    pub as_of: String,
    /// The picture; absent where there is nothing that can be drawn.
    pub drawing: Option<Drawing>,
    /// How many rows it has.
    pub rows: usize,
    /// The row with the largest number, and the number.
    pub largest: Option<(String, String)>,
    /// The row with the smallest number, and the number.
    pub smallest: Option<(String, String)>,
    /// The same numbers as a table; absent where the page prints them itself.
    pub table: Option<TableView>,
}

/// The numbers of a chart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TableView {
    /// The headings: the labels, for a flow where to, and the series.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<TableRow>,
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TableRow {
    /// Its name.
    pub label: String,
    /// For a flow: where to.
    pub to: Option<String>,
    /// Its numbers; absent where not given.
    pub cells: Vec<Option<String>>,
}

/// Draws a chart. `with_table` is false where its numbers stand in a table of the page.
pub fn view(chart: &Chart, with_table: bool) -> ChartView {
    let drawing = chart.fault().is_none().then(|| match chart.kind {
        ChartKind::Bar => bars::beside(chart),
        ChartKind::Stacked => bars::stacked(chart),
        ChartKind::Line => line::draw(chart),
        ChartKind::Donut => donut::draw(chart),
        ChartKind::Funnel => funnel::draw(chart),
        ChartKind::Flow => flow::draw(chart),
    });
    let mut numbers: Vec<(String, Decimal)> = Vec::new();
    for point in &chart.points {
        for (value, series) in point.values.iter().zip(&chart.series) {
            let several = chart.kind.takes_series() && chart.series.len() > 1;
            let goal = point.to.as_deref().filter(|_| chart.kind == ChartKind::Flow);
            let name = match (several, goal) {
                (true, _) => format!("{} {series}", point.label),
                (false, Some(goal)) => format!("{} → {goal}", point.label),
                (false, None) => point.label.clone(),
            };
            numbers.extend(value.map(|value| (name, value)));
        }
    }
    let told = |(name, value): &(String, Decimal)| (name.clone(), grouped(*value));
    // Of equal ones the first is named, for the largest as for the smallest.
    let largest = numbers.iter().rev().max_by_key(|(_, value)| *value).map(told);
    let smallest = numbers.iter().min_by_key(|(_, value)| *value).filter(|_| numbers.len() > 1).map(told);
    ChartView {
        kind: chart.kind.word(),
        id: chart.id.clone(),
        title: chart.title.clone(),
        unit: chart.unit.clone(),
        source: chart.source.clone(),
        as_of: chart.as_of.clone(),
        drawing,
        rows: chart.points.len(),
        largest,
        smallest,
        table: with_table.then(|| table(chart)),
    }
}

fn table(chart: &Chart) -> TableView {
    let goals = (chart.kind == ChartKind::Flow).then(|| chart.to_head.clone());
    let columns = std::iter::once(chart.head.clone()).chain(goals).chain(chart.series.iter().cloned()).collect();
    let row = |point: &crate::value::chart::Point| TableRow {
        label: point.label.clone(),
        to: point.to.clone().filter(|_| chart.kind == ChartKind::Flow),
        cells: point.values.iter().map(|value| value.map(grouped)).collect(),
    };
    TableView { columns, rows: chart.points.iter().map(row).collect() }
}

#[cfg(test)]
mod tests;
