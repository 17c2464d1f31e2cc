//! The geometry, measured.

use super::paint::{Drawing, WIDTH};
use super::{bars, donut, flow, funnel, text, view};
use crate::value::Decimal;
use crate::value::chart::{Chart, ChartKind, Point};

const KINDS: [ChartKind; 6] = [ChartKind::Bar, ChartKind::Stacked, ChartKind::Line, ChartKind::Donut, ChartKind::Funnel, ChartKind::Flow];

fn chart(kind: ChartKind, series: usize, rows: &[(&str, &[&str])]) -> Chart {
    let number = |text: &&str| (*text != "-").then(|| text.parse::<Decimal>().unwrap());
    let point = |(label, values): &(&str, &[&str])| Point {
        label: (*label).into(),
        to: (kind == ChartKind::Flow).then(|| format!("到{}", label.chars().next().unwrap_or('无'))),
        values: values.iter().map(number).collect(),
    };
    Chart {
        kind,
        id: "c".into(),
        title: "图".into(),
        unit: "亿元".into(),
        head: "项".into(),
        to_head: "到".into(),
        series: (0..series).map(|n| format!("第{n}列的名称")).collect(),
        points: rows.iter().map(point).collect(),
        source: String::new(),
        as_of: String::new(),
    }
}

/// Every text, bar and end of a line stands inside.
fn inside(drawing: &Drawing, what: &str) {
    let high = drawing.height.0;
    for text in &drawing.texts {
        let wide = text::width(&text.text);
        let from = text.x.0
            - wide
                * match text.anchor {
                    "start" => 0.0,
                    "middle" => 0.5,
                    _ => 1.0,
                };
        assert!(from >= -0.1 && from + wide <= WIDTH + 0.1, "{what}: {text:?} leaves the side");
        assert!(text.y.0 >= 10.0 && text.y.0 <= high, "{what}: {text:?} leaves the height {high}");
    }
    for rect in &drawing.rects {
        assert!(rect.x.0 >= -0.1 && rect.x.0 + rect.width.0 <= WIDTH + 0.1 && rect.width.0 >= 0.0, "{what}: {rect:?}");
        assert!(rect.y.0 >= 0.0 && rect.y.0 + rect.height.0 <= high + 0.1, "{what}: {rect:?} below {high}");
    }
    for path in drawing.paths.iter().chain(&drawing.grid) {
        assert!(!path.d.contains("NaN") && !path.d.contains("inf") && !path.d.is_empty(), "{what}: {path:?}");
    }
}

#[test]
fn nothing_leaves_the_drawing_whatever_the_data() {
    let long = "示例县第一工业集中区标准厂房三期高标准电子信息产业园区及其全部配套设施";
    let sets: [&[(&str, &[&str])]; 6] = [
        &[("甲", &["3"])],
        &[("甲", &["0"]), ("乙", &["0"])],
        &[(long, &["12345678.25"]), ("Sample County Economic Development Zone", &["1"]), (long, &["-"])],
        &[("2021", &["1"]), ("2022", &["-"]), ("2024", &["0.004"]), ("2025", &["7"])],
        &[("", &["1"]), ("一", &["99999999999999999999"])],
        &[
            ("一月", &["1"]),
            ("二月", &["2"]),
            ("三月", &["3"]),
            ("四月", &["4"]),
            ("五月", &["5"]),
            ("六月", &["6"]),
            ("七月", &["7"]),
            ("八月", &["8"]),
            ("九月", &["9"]),
            ("十月", &["1"]),
            ("十一月", &["2"]),
            ("十二月", &["3"]),
        ],
    ];
    for kind in KINDS {
        for rows in sets {
            let made = view(&chart(kind, 1, rows), true);
            match &made.drawing {
                Some(drawing) => inside(drawing, &format!("{kind:?} of {rows:?}")),
                // Shares of nothing have no picture, only a table.
                None => assert!(rows.iter().all(|(_, values)| values == &["0"]), "{kind:?} of {rows:?}"),
            }
            assert_eq!(made.table.unwrap().rows.len(), rows.len());
        }
    }
    let twelve: Vec<&str> = vec!["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"];
    for kind in [ChartKind::Bar, ChartKind::Stacked, ChartKind::Line] {
        inside(view(&chart(kind, 12, &[("甲", &twelve), (long, &twelve)]), true).drawing.as_ref().unwrap(), "twelve series");
    }
    for kind in [ChartKind::Bar, ChartKind::Line] {
        let below = [("甲", &["-3.5"] as &[&str]), ("乙", &["8"]), ("丙", &["-1234567"])];
        inside(view(&chart(kind, 1, &below), true).drawing.as_ref().unwrap(), "below zero");
    }
}

#[test]
fn without_data_there_is_a_table_and_no_picture() {
    for kind in KINDS {
        let made = view(&chart(kind, 1, &[]), true);
        assert!(made.drawing.is_none() && made.largest.is_none() && made.table.unwrap().rows.is_empty());
    }
}

#[test]
fn bars_are_as_long_as_their_numbers() {
    let drawing = bars::beside(&chart(ChartKind::Bar, 1, &[("甲", &["10"]), ("乙", &["20"]), ("丙", &["-5"])]));
    let long: Vec<f64> = drawing.rects.iter().map(|rect| rect.width.0).collect();
    assert!((long[0] * 2.0 - long[1]).abs() < 0.01 && (long[2] * 2.0 - long[0]).abs() < 0.01, "{long:?}");
    // The negative bar ends where the others begin.
    assert!((drawing.rects[2].x.0 + long[2] - drawing.rects[0].x.0).abs() < 0.01);
    let stacked = bars::stacked(&chart(ChartKind::Stacked, 2, &[("甲", &["1", "3"]), ("乙", &["2", "-"])]));
    let parts: Vec<f64> = stacked.rects.iter().skip(2).map(|rect| rect.width.0).collect();
    assert_eq!(parts, [80.0, 240.0, 160.0]);
}

#[test]
fn the_parts_of_a_donut_make_one_turn() {
    let parts: Vec<(usize, Decimal)> = ["1", "2.5", "0", "7"].iter().enumerate().map(|(at, n)| (at, n.parse().unwrap())).collect();
    let angles = donut::angles(&parts);
    assert!((angles.last().unwrap().1 - std::f64::consts::TAU).abs() < 1e-9);
    assert!(angles.windows(2).all(|pair| pair[0].1 == pair[1].0));
    assert!((angles[3].1 - angles[3].0 - std::f64::consts::TAU * 7.0 / 10.5).abs() < 1e-9);
    // One part alone is a whole ring, not nothing.
    let whole = donut::draw(&chart(ChartKind::Donut, 1, &[("甲", &["5"])]));
    assert_eq!(whole.paths[0].d.matches('A').count(), 4);
}

#[test]
fn a_funnel_narrows_as_its_numbers_fall() {
    let values: Vec<Option<Decimal>> = ["120", "80", "80", "35", "0"].iter().map(|n| n.parse().ok()).collect();
    let widths: Vec<f64> = funnel::widths(&values).into_iter().flatten().collect();
    assert!(widths.windows(2).all(|pair| pair[0] >= pair[1]) && widths[0] == WIDTH, "{widths:?}");
}

#[test]
fn what_enters_a_stop_of_a_flow_is_what_it_shows() {
    let mut procedure = chart(ChartKind::Flow, 1, &[("签约", &["30"]), ("签约", &["10"]), ("开工", &["22"])]);
    for (point, to) in procedure.points.iter_mut().zip(["开工", "搁置", "投产"]) {
        point.to = Some(to.into());
    }
    let (stops, streams) = flow::network(&procedure);
    let told: Vec<(&str, String, usize)> = stops.iter().map(|stop| (stop.name.as_str(), stop.amount.to_string(), stop.layer)).collect();
    assert_eq!(told, [("签约", "40".into(), 0), ("开工", "30".into(), 1), ("搁置", "10".into(), 1), ("投产", "22".into(), 2)]);
    assert_eq!(streams.len(), 3);
    inside(&flow::draw(&procedure), "a procedure");
    let both = chart(ChartKind::Flow, 1, &[("竹源镇", &["8"]), ("石门镇", &["4"])]);
    inside(&flow::draw(&both), "two sides");
}

#[test]
fn gaps_break_a_line_and_series_differ_without_colour() {
    let drawing = view(&chart(ChartKind::Line, 1, &[("2021", &["1"]), ("2022", &["-"]), ("2023", &["3"])]), true).drawing.unwrap();
    let line = drawing.paths.iter().find(|path| path.class.starts_with("line")).unwrap();
    assert_eq!(line.d.matches('M').count(), 2);
    let twelve: Vec<(String, usize)> = (0..12).map(|at| (super::paint::colour(at), super::paint::pattern(at))).collect();
    assert!((0..12).all(|at| !twelve[..at].contains(&twelve[at])), "{twelve:?}");
}
