//! The office's colours, logo and icon; maps and their links.

use crate::site::{Built, Site};
use parkpress::value::Colour;

fn with(identity: &str) -> Site {
    Site::base().changed("content/site.yaml", "demo: true", &format!("demo: true\nidentity:\n{identity}"))
}

fn css(built: &Built) -> String {
    let path = built
        .files
        .keys()
        .find(|path| path.starts_with("assets/site.") && path.ends_with(".css"))
        .expect("because every site has a style sheet");
    built.text(path)
}

/// The colour of a role in the style sheet, light and dark.
fn tones(css: &str, role: &str) -> [Colour; 2] {
    let name = format!("--{role}:");
    let mut found = css.split(&name).skip(1).map(|rest| Colour::parse(rest.split([';', '}']).next().unwrap()).unwrap());
    [found.next().unwrap(), found.next().unwrap()]
}

/// The pairs of the theme, read here without the code that judges them.
fn pairs() -> Vec<(String, String, f64)> {
    let text = include_str!("../../themes/park/theme.yaml");
    let mut found = Vec::new();
    for line in text.lines().filter_map(|line| line.trim().strip_prefix("- {of: ")) {
        let (of, rest) = line.split_once(", on: [").unwrap();
        let (on, least) = rest.split_once("], least: ").unwrap();
        for ground in on.split(", ") {
            found.push((of.to_string(), ground.to_string(), least.trim_end_matches('}').parse().unwrap()));
        }
    }
    assert!(found.len() > 15);
    found
}

fn legible(css: &str) {
    for (of, on, least) in pairs() {
        let (texts, grounds) = (tones(css, &of), tones(css, &on));
        for (scheme, (text, ground)) in ["light", "dark"].iter().zip(texts.into_iter().zip(grounds)) {
            assert!(text.contrast(ground) >= least, "{of} {text} on {on} {ground} in the {scheme} scheme: {}", text.contrast(ground));
        }
    }
}

#[test]
fn the_default_colours_are_legible_in_both_schemes() {
    let css = css(&Site::base().build());
    assert_eq!(tones(&css, "brand")[0].to_string(), "#0b4f7d");
    legible(&css);
}

#[test]
fn another_palette_is_derived_from_one_block_and_stays_legible() {
    let built = with("  colours: {brand: \"#8C1D18\", ink: \"#2a1a17\", tint: \"#fbf5f3\"}\n").build();
    assert_eq!(built.said(), Vec::<String>::new());
    let css = css(&built);
    assert_eq!(tones(&css, "brand")[0].to_string(), "#8c1d18");
    assert_ne!(tones(&css, "brand")[1], tones(&css, "brand")[0], "dark red is not legible on a dark ground");
    let [r, _, b] = tones(&css, "brand")[1].rgb;
    assert!(r > b, "the dark scheme keeps the hue");
    let [r, _, b] = tones(&css, "brand-tint")[0].rgb;
    assert!(r > b, "what belongs to the brand follows it");
    legible(&css);
    assert!(built.text("index.html").contains("#8c1d18"), "the frame of the browser has the brand's colour");
}

#[test]
fn colours_of_every_hue_that_pass_are_legible_with_all_that_is_derived() {
    for brand in ["#7a5c00", "#00695c", "#6a1b9a", "#333333", "#0000cc", "#9c2a00", "#1b5e20"] {
        let built = with(&format!("  colours: {{brand: \"{brand}\"}}\n")).build();
        assert_eq!(built.said(), Vec::<String>::new(), "{brand}");
        legible(&css(&built));
    }
}

#[test]
fn the_message_names_both_colours_and_its_advice_passes() {
    let built = with("  colours:\n    brand: \"#ff6b6b\"\n").build();
    let found = built.diagnostics.iter().find(|found| found.code == "colour-contrast").expect("a pale red is not legible");
    for part in ["#ff6b6b", "主色", "4.5"] {
        assert!(found.message.zh.contains(part), "{}", found.message.zh);
    }
    let place = found.place.as_ref().expect("it has a place");
    assert_eq!((place.line, place.column), (8, 12));
    let line = found.hints[0].zh.rsplit("写：").next().unwrap();
    let mended = with(&format!("  colours:\n    {line}\n")).build();
    assert_eq!(mended.said(), Vec::<String>::new(), "{line}");
    legible(&css(&mended));
}

#[test]
fn the_style_sheet_has_a_new_name_when_a_colour_changes() {
    let name = |built: &Built| built.files.keys().find(|path| path.starts_with("assets/site.") && path.ends_with(".css")).cloned();
    assert_ne!(name(&Site::base().build()), name(&with("  colours: {brand: \"#8c1d18\"}\n").build()));
}

#[test]
fn a_logo_stands_in_the_header_and_a_square_one_is_the_icon() {
    let wide = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 30 10\"><path d=\"M0 0h10v10z\"/></svg>";
    let site = with("  short_name: 东园\n  logo: {src: mark.svg, alt: 东园标志}\n");
    let page = site.clone().with("content/media/mark.svg", wide).build().text("parks/east/index.html");
    assert!(page.contains("../../media/mark.svg") && page.contains("132") && page.contains("../../assets/icon."), "{page}");
    assert!(page.contains("东园</span>"));
    let square = site.with("content/media/mark.svg", &wide.replace("30 10", "10 10")).build();
    let page = square.text("parks/east/index.html");
    assert_eq!(page.matches("../../media/mark.svg").count(), 2, "in the header and as icon");
    assert!(!square.files.keys().any(|path| path.contains("icon.")));
}

#[test]
fn the_icon_is_a_drawing_with_the_first_letter() {
    let built = Site::base().changed("content/site.yaml", "title: 测试园区", "title: \"<b>&园区\"").build();
    let path = built.files.keys().find(|path| path.starts_with("assets/icon.")).expect("there is an icon").clone();
    let icon = built.text(&path);
    assert!(icon.contains(">B</text>") && icon.contains("#0b4f7d"), "{icon}");
}

const WEST: &str = "---\ntitle: 西园\nlevel: township\nkind: township_zone\ncounty: \"350899\"\naddress: 示例县西镇\nplanned_area_mu: 200\nleading_industries: [{gbt4754: C33, name: 金属制品业}]\ntransport:\n  - {kind: expressway_entrance, name: 西互通, km: 3}\n  - {kind: county_seat, name: 县城, km: 8}\ncontacts: [desk]\nlocation: {lng: 116.8, lat: 25.3, crs: bd09}\nis_sample: true\n---\n西园。\n";

fn located() -> Site {
    Site::base().changed("content/parks/east.md", "is_sample: true", "location: {lng: 116.9357, lat: 25.3718, crs: gcj02}\nis_sample: true")
}

#[test]
fn links_to_map_apps_carry_converted_coordinates() {
    let page = located().build().text("parks/east/index.html");
    for part in [
        "uri.amap.com/marker?position=116.9357,25.3718&amp;",
        "api.map.baidu.com/marker?location=25.3775,116.9423&amp;",
        "marker=coord:25.3718,116.9357;title:%E4%B8%9C%E5%9B%AD",
        "geo:25.3748,116.9311?q=25.3748,116.9311(%E4%B8%9C%E5%9B%AD)",
        "\"latitude\":25.3748",
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    // A building without a place of its own is where its park is.
    assert!(located().build().text("factories/e1/index.html").contains("position=116.9357,25.3718"));
}

#[test]
fn without_coordinates_there_is_neither_a_map_nor_a_link() {
    let built = Site::base().build();
    let page = built.text("parks/east/index.html");
    assert!(!page.contains("amap.com") && page.contains("map__spoke"), "distances need no coordinates");
    assert!(!built.text("factories/e1/index.html").contains("map__"));
    assert!(!built.text("parks/index.html").contains("map__"));
    assert!(!located().build().text("parks/index.html").contains("map__dot"), "one point is no map");
}

#[test]
fn a_list_is_drawn_with_links_though_its_records_use_different_systems() {
    let built = located().with("content/parks/west.md", WEST).build();
    assert_eq!(built.said(), Vec::<String>::new());
    let page = built.text("parks/index.html");
    assert_eq!(page.matches("class=map__dot").count() + page.matches("class=\"map__dot\"").count(), 2, "{page}");
    assert!(page.contains("href=\"../parks/west/\"") || page.contains("href=../parks/west/"));
    assert!(page.contains("data-record=park/west") || page.contains("data-record=\"park/west\""), "the list itself remains");
}

#[test]
fn names_on_maps_stay_text() {
    for payload in ["</text><script>x</script>", "a\" onload=\"x", "&lt;b>'(x)/?#&y=1"] {
        let quoted = serde_json::to_string(payload).unwrap();
        let site =
            located().with("content/parks/west.md", WEST).changed("content/parks/east.md", "title: 东园", &format!("title: {quoted}"));
        let built = site.changed("content/parks/east.md", "name: 东互通", &format!("name: {quoted}")).build();
        for path in ["parks/index.html", "parks/east/index.html"] {
            let page = built.text(path);
            assert!(!page.contains("<script>x") && !page.contains("onload=\"x\"") && !page.contains("&y=1"), "{payload} in {path}");
        }
        let page = built.text("parks/east/index.html");
        let link = page.split("position=").nth(1).unwrap().split("rel=").next().unwrap();
        assert!(!link.contains("&amp;y=1") && !link.contains('(') && !link.contains('\''), "{link}");
    }
}
