//! Charts and components: the picture says what the table and the data say, examples are complete, nothing of them runs.

use crate::safety::troubles;
use crate::site::Site;
use html5ever::parse_document;
use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use parkpress::diagnostic::Diagnostics;
use parkpress::project::Snapshot;
use parkpress::render::Renderer;
use parkpress::resolve::{Catalog, Options};
use parkpress::value::{ChartKind, Instant, Zone};
use serde_json::Value as Json;

/// Every element of a name with its class and its text.
fn elements(html: &str, wanted: &str) -> Vec<(String, String)> {
    fn text(node: &Handle) -> String {
        match &node.data {
            NodeData::Text { contents } => contents.borrow().to_string(),
            _ => node.children.borrow().iter().map(text).collect(),
        }
    }
    fn walk(node: &Handle, wanted: &str, found: &mut Vec<(String, String)>) {
        if let NodeData::Element { name, attrs, .. } = &node.data
            && &*name.local == wanted
        {
            let attributes = attrs.borrow();
            let class = attributes.iter().find(|a| &*a.name.local == "class").map(|a| a.value.to_string()).unwrap_or_default();
            found.push((class, text(node)));
        }
        node.children.borrow().iter().for_each(|child| walk(child, wanted, found));
    }
    let dom = parse_document(RcDom::default(), html5ever::ParseOpts::default()).from_utf8().one(html.as_bytes());
    let mut found = Vec::new();
    walk(&dom.document, wanted, &mut found);
    found
}

fn of_class(html: &str, element: &str, class: &str) -> Vec<String> {
    elements(html, element).into_iter().filter(|(found, _)| found == class).map(|(_, text)| text).collect()
}

/// The one chart of a page.
fn figure(html: &str) -> String {
    let from = html.find("<figure class=\"chart").unwrap_or_else(|| panic!("there is no chart in {html}"));
    let to = html[from..].find("</figure>").expect("because the figure ends") + from;
    html[from..to].to_string()
}

fn with_block(block: &str) -> Site {
    Site::base().changed("content/parks/east.md", "东园在县城东面。", block)
}

#[test]
fn a_chart_of_prose_says_in_picture_and_table_what_was_written() {
    let table = "| 园区 | 面积 |\n|---|---|\n| 东园 | 12600 |\n| 西园 | 3180.5 |\n| 南园 | – |";
    for kind in ["bar", "donut", "funnel"] {
        let block = format!("```::chart\nkind: {kind}\ntitle: 可租面积\nunit: ㎡\nsource: 统计表\nas_of: 2026年11月\n---\n{table}\n```");
        let built = with_block(&block).build();
        assert_eq!(built.said(), Vec::<String>::new());
        let html = figure(&built.text("parks/east/index.html"));
        assert_eq!(of_class(&html, "td", "align-right"), ["12,600", "3,180.5", "未提供"], "{kind}");
        let drawn = of_class(&html, "text", "value");
        for number in ["12,600", "3,180.5"] {
            assert!(drawn.iter().any(|text| text.split(' ').next() == Some(number)), "{kind}: {number} is not in {drawn:?}");
        }
        assert_eq!(drawn.iter().filter(|text| *text == "–").count(), 1, "{kind}: {drawn:?}");
        for word in ["可租面积", "㎡", "统计表", "2026年11月", "<svg", "<desc"] {
            assert!(html.contains(word), "{kind} lacks {word}");
        }
    }
}

#[test]
fn a_flow_and_stacked_bars_show_their_sums() {
    let flow = "```::chart\nkind: 流向图\ntitle: 去向\nsource: 统计表\n---\n从,到,项目\n竹源,河口,7\n石门,河口,4\n石门,东园,3\n```";
    let html = figure(&with_block(flow).build().text("parks/east/index.html"));
    let mut sums = of_class(&html, "text", "value");
    sums.sort();
    assert_eq!(sums, ["11", "3", "7", "7"]);
    assert_eq!(of_class(&html, "td", "align-right"), ["7", "4", "3"]);
    let stacked = "```::chart\nkind: stacked\ntitle: 单元\nsource: 统计表\n---\n园区,可租,已租\n东园,5,14\n西园,0.5,0.25\n```";
    let html = figure(&with_block(stacked).build().text("parks/east/index.html"));
    assert_eq!(of_class(&html, "text", "value"), ["19", "0.75"]);
}

#[test]
fn a_group_that_asks_for_charts_has_them_above_its_table_in_the_order_of_time() {
    let years = "is_sample: true\nstats:\n  - {year: \"2025\", output_yi: 21.6, source: 示例}\n  - {year: \"2023\", output_yi: 18.2, source: 示例}\n  - {year: \"2024\", source: 示例}";
    let built = Site::base().changed("content/parks/east.md", "is_sample: true", years).build();
    assert_eq!(built.said(), Vec::<String>::new());
    let html = built.text("parks/east/index.html");
    assert_eq!(html.matches("<figure class=\"chart").count(), 1, "tax and jobs were not given, so they have no chart");
    let chart = figure(&html);
    assert_eq!(of_class(&chart, "text", "value"), ["18.2", "21.6"]);
    assert!(!chart.contains("<table"), "the table of the group has the numbers");
    assert!(html.find("<figure class=\"chart").unwrap() < html.find("data-field=\"stats\"").unwrap());
}

#[test]
fn a_page_counts_sums_and_splits_over_its_records() {
    let page = |chart: &str| {
        let definition = format!(
            "path: \"\"\ntemplate: home.html\ntitle: {{zh: 首页, en: Home}}\nselect:\n  parks: {{type: factory, chart: {chart}}}\n"
        );
        let home = "{% extends \"base.html\" %}{% block main %}<h1>x</h1>{% if parks.chart %}{{ <chart chart={parks.chart} /> }}{% endif %}{% endblock %}";
        let built = Site::base().with("themes/park/pages/home.yaml", &definition).with("themes/park/pages/home.html", home).build();
        assert_eq!(built.said(), Vec::<String>::new(), "{chart}");
        figure(&built.text("index.html"))
    };
    let counted = page("{kind: bar, by: spaces.status, value: count}");
    assert_eq!(of_class(&counted, "td", "align-right"), ["1", "1"]);
    let summed = page("{kind: bar, by: park, value: spaces.area_m2}");
    assert_eq!(of_class(&summed, "td", "align-right"), ["3,500"]);
    assert!(summed.contains("东园") && summed.contains("2026年11月24日"), "{summed}");
    let some = page("{kind: bar, by: park, value: spaces.area_m2, where: {spaces.status: available}}");
    assert_eq!(of_class(&some, "td", "align-right"), ["1,800"]);
    let split = page("{kind: stacked, by: park, split: spaces.status, value: spaces.area_m2}");
    assert_eq!(of_class(&split, "td", "align-right"), ["1,800", "1,700"]);
    let flow = page("{kind: flow, by: county, to: park}");
    assert_eq!(of_class(&flow, "td", "align-right"), ["1"]);
}

#[test]
fn payloads_in_charts_stay_text() {
    for payload in ["a onfocus=x b", "\"><script>alert(1)</script>", "' onmouseover='x", "</title><svg/onload=x>"] {
        for kind in ["bar", "line", "donut", "funnel"] {
            let block = format!(
                "```::chart\nkind: {kind}\ntitle: {payload}\nsource: {payload}\nunit: {payload}\nas_of: {payload}\n---\n| {payload} | {payload} |\n|---|---|\n| {payload} | 3 |\n| b{payload} | 2 |\n```"
            );
            let built = with_block(&block).build();
            assert_eq!(built.said(), Vec::<String>::new(), "{payload} in {kind}");
            let html = built.text("parks/east/index.html");
            assert!(html.contains("class=\"chart"), "{kind}");
            let found = troubles(html.as_bytes());
            assert!(found.is_empty(), "{payload} in {kind}: {found:?}");
        }
    }
}

fn catalog() -> Catalog {
    let site = Site::base();
    let snapshot = Snapshot::from_texts(site.texts().iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())));
    let at = Instant::parse("2026-11-24 12:00", &Zone::shanghai()).unwrap();
    parkpress::understand(&snapshot, Options { at, drafts: false, portable: false }, &mut Diagnostics::new()).unwrap()
}

fn page_of(catalog: &Catalog) -> String {
    let renderer = Renderer::new(catalog, &mut Diagnostics::new()).unwrap();
    String::from_utf8(renderer.components_page().unwrap()).unwrap()
}

#[test]
fn every_component_of_the_theme_has_an_example_and_every_kind_of_chart_is_shown() {
    let catalog = catalog();
    assert!(catalog.theme.components.len() > 10);
    for component in &catalog.theme.components {
        assert!(component.template.is_some() && !component.examples.is_empty(), "{}", component.name);
    }
    let html = page_of(&catalog);
    let shown = html.matches("data-example=").count();
    assert_eq!(shown, catalog.theme.components.iter().map(|component| component.examples.len()).sum::<usize>());
    assert!(!html.contains("<pre class=\"sample-note\">"), "an example does not render");
    for kind in ChartKind::words() {
        assert!(html.contains(&format!("chart--{kind}")), "{kind}");
    }
    assert!(troubles(html.replace("src=\"data:,\"", "src=\"x\"").as_bytes()).is_empty());
    let built = Site::base().build();
    assert!(!built.files.keys().any(|path| path.contains("_components")), "the page is never published");
}

/// Puts a payload in the place of every text.
fn plant(value: &mut Json, payload: &str) {
    match value {
        Json::String(text) => *text = payload.to_string(),
        Json::Array(items) => items.iter_mut().for_each(|item| plant(item, payload)),
        Json::Object(entries) => entries.values_mut().for_each(|item| plant(item, payload)),
        _ => {}
    }
}

#[test]
fn a_payload_in_every_field_of_every_example_stays_a_value() {
    for payload in ["a onfocus=x b", "\" onfocus=\"x", "' onmouseover='x", "a`onfocus=x"] {
        let mut catalog = catalog();
        for example in catalog.theme.components.iter_mut().flat_map(|component| &mut component.examples) {
            example.arguments.values_mut().for_each(|value| plant(value, payload));
            if let Some(chart) = &mut example.chart {
                for text in [&mut chart.id, &mut chart.title, &mut chart.unit, &mut chart.source, &mut chart.as_of, &mut chart.head] {
                    *text = payload.to_string();
                }
                chart.series.iter_mut().for_each(|name| *name = payload.to_string());
                chart.points.iter_mut().for_each(|point| point.label = format!("{payload}{}", point.label));
            }
        }
        for minify in [true, false] {
            catalog.site.minify = minify;
            let html = page_of(&catalog);
            assert!(html.matches("onfocus").count() > 100 || html.matches("onmouseover").count() > 100, "{payload} was not planted");
            let found = troubles(html.as_bytes());
            assert!(found.is_empty(), "{payload}: {found:?}");
        }
    }
}

#[test]
fn minifying_keeps_the_elements_and_words_of_every_example() {
    let mut catalog = catalog();
    catalog.site.minify = false;
    let whole = page_of(&catalog);
    catalog.site.minify = true;
    let small = page_of(&catalog);
    for element in ["svg", "path", "rect", "text", "td", "th", "a", "dt", "dd", "h3", "figcaption", "small", "span"] {
        let squeezed = |html: &str| -> Vec<(String, String)> {
            elements(html, element).into_iter().map(|(class, text)| (class, text.split_whitespace().collect())).collect()
        };
        assert_eq!(squeezed(&whole), squeezed(&small), "{element}");
    }
}
