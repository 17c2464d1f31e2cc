//! Values that are written as small mappings: pictures, attachments, coordinates, ranges, dates by choice.

use super::number::{self, narrow};
use super::{Choice, Crs, Decimal, Kind, Media, Point, Reading, Unit, Value, quantity, reading};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, messages, nearest};
use crate::source::{Entry, Node, Shape};

type Read = Option<Result<Value, Diagnostic>>;

/// The words of a mapping, with their synonyms; unknown ones are noted.
fn words<'n>(
    node: &'n Node,
    known: &[&[&'static str]],
    reading: &Reading<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<(&'static str, &'n Entry)> {
    let mut found = Vec::new();
    for entry in node.map().unwrap_or_default() {
        match known.iter().find(|names| names.contains(&entry.key.trim())) {
            Some(names) => found.push((names[0], entry)),
            None => {
                let near = nearest(&entry.key, known.iter().flat_map(|names| names.iter().copied()));
                let place = entry.spot.at(reading.file).in_field(format!("{}.{}", reading.path, entry.key));
                diagnostics.push(messages::value::part_unknown(place, reading.label, &entry.key, near));
            }
        }
    }
    found
}

const MEDIA: [&[&str]; 5] = [
    &["src", "图片", "文件", "路径"],
    &["alt", "替代文字", "图片说明"],
    &["caption", "title", "标题", "说明", "图注"],
    &["credit", "来源", "作者", "摄影"],
    &["licence", "license", "许可", "授权"],
];

/// A picture `{src, alt, …}` or an attachment, which may be a bare path.
pub(super) fn media(node: &Node, is_image: bool, reading: &Reading<'_>, diagnostics: &mut Diagnostics) -> Read {
    let place = node.spot.at(reading.file).in_field(reading.path);
    if let Some(path) = node.scalar() {
        if is_image {
            return Some(Err(messages::value::image_alt(place, reading.label, path)));
        }
        return Some(source(path, &place, reading).map(|src| Value::Media(Box::new(Media { src, ..Media::default() }))));
    }
    if node.map().is_none() {
        return Some(Err(messages::value::wrong_shape(place, reading.label, node.shape_words())));
    }
    let mut media = Media::default();
    for (word, entry) in words(node, &MEDIA, reading, diagnostics) {
        let Some(text) = entry.value.scalar().map(|text| text.trim().to_string()) else { continue };
        match word {
            "src" => match source(&text, &entry.value.spot.at(reading.file).in_field(reading.path), reading) {
                Ok(src) => media.src = src,
                Err(error) => return Some(Err(error)),
            },
            "alt" => media.alt = text,
            "caption" => media.caption = Some(text),
            "credit" => media.credit = Some(text),
            _ => media.licence = Some(text),
        }
    }
    if media.src.is_empty() {
        return Some(Err(messages::value::media_src(place, reading.label)));
    }
    if is_image && media.alt.is_empty() {
        return Some(Err(messages::value::image_alt(place, reading.label, &media.src)));
    }
    Some(Ok(Value::Media(Box::new(media))))
}

/// A path inside the site.
fn source(path: &str, place: &Place, reading: &Reading<'_>) -> Result<String, Diagnostic> {
    let path = path.trim().replace('\\', "/");
    if path.contains("://") || path.starts_with("//") || path.contains(':') || path.chars().any(char::is_control) {
        return Err(messages::value::media_elsewhere(place.clone(), reading.label, &path));
    }
    Ok(path)
}

const PLACE: [&[&str]; 3] = [&["lng", "lon", "经度", "longitude"], &["lat", "纬度", "latitude"], &["crs", "坐标系", "系统"]];

/// Coordinates `{lng, lat, crs}`, or `117.03,25.09 gcj02`.
pub(super) fn place(node: &Node, reading: &Reading<'_>, diagnostics: &mut Diagnostics) -> Read {
    let at = node.spot.at(reading.file).in_field(reading.path);
    let (mut lng, mut lat, mut crs) = (None, None, None);
    match &node.shape {
        Shape::Scalar(scalar) => {
            let plain = narrow(&scalar.text);
            let parts: Vec<&str> = plain.split([',', ' ', '，']).filter(|part| !part.is_empty()).collect();
            (lng, lat) = (parts.first().and_then(|p| p.parse::<f64>().ok()), parts.get(1).and_then(|p| p.parse::<f64>().ok()));
            crs = parts.get(2).map(|word| (*word).to_string());
        }
        Shape::Map(_) => {
            for (word, entry) in words(node, &PLACE, reading, diagnostics) {
                let text = entry.value.scalar().map(narrow).unwrap_or_default();
                match word {
                    "lng" => lng = text.trim().parse().ok(),
                    "lat" => lat = text.trim().parse().ok(),
                    _ => crs = Some(text),
                }
            }
        }
        _ => return Some(Err(messages::value::wrong_shape(at, reading.label, node.shape_words()))),
    }
    let (Some(lng), Some(lat)) = (lng.filter(|n: &f64| n.is_finite()), lat.filter(|n: &f64| n.is_finite())) else {
        return Some(Err(messages::value::place_unreadable(at, reading.label)));
    };
    let crs = match crs.as_deref().map(|word| (word, Crs::parse(word))) {
        None => return Some(Err(messages::value::place_crs(at, reading.label, None))),
        Some((_, Some(crs))) => crs,
        Some((word, None)) => return Some(Err(messages::value::place_crs(at, reading.label, Some(word)))),
    };
    if !(73.0..=136.0).contains(&lng) || !(3.0..=54.0).contains(&lat) {
        let swapped = (73.0..=136.0).contains(&lat) && (3.0..=54.0).contains(&lng);
        return Some(Err(messages::value::place_outside(at, reading.label, swapped)));
    }
    let four = |n: f64| (n * 10_000.0).round() / 10_000.0;
    Some(Ok(Value::Place(Point { lng: four(lng), lat: four(lat), crs })))
}

/// A mapping from choices to dates, in the order of the choices.
pub(super) fn dates(node: &Node, choices: &[Choice], reading: &Reading<'_>, diagnostics: &mut Diagnostics) -> Read {
    let Some(entries) = node.map() else {
        let at = node.spot.at(reading.file).in_field(reading.path);
        return Some(Err(messages::value::wrong_shape(at, reading.label, node.shape_words())));
    };
    let mut dates = Vec::new();
    for entry in entries.iter().filter(|entry| !entry.value.is_null()) {
        let key = match reading::choice(choices, entry.key.trim(), entry.spot.at(reading.file).in_field(reading.path), reading.label) {
            Ok(key) => key,
            Err(error) => {
                diagnostics.push(error);
                continue;
            }
        };
        let at = entry.value.spot.at(reading.file).in_field(format!("{}.{key}", reading.path));
        match reading::date(entry.value.scalar().unwrap_or_default(), at, reading.label) {
            Ok(day) => dates.push((key, day)),
            Err(error) => diagnostics.push(error),
        }
    }
    dates.sort_by_key(|(key, _)| choices.iter().position(|choice| choice.key == *key));
    Some(Ok(Value::Dates(dates)))
}

fn end(text: &str, unit: Option<Unit>, place: &Place, reading: &Reading<'_>) -> Result<Decimal, Diagnostic> {
    match unit {
        Some(unit) => quantity::read(text, unit, place.clone(), reading).map(|quantity| quantity.amount),
        None => {
            let (number, rest) =
                number::leading(text).map_err(|why| quantity::fault(place.clone(), reading, text, &Kind::Range(None), why))?;
            if rest.is_empty() { Ok(number) } else { Err(messages::value::range_unreadable(place.clone(), reading.label, text)) }
        }
    }
}

fn ordered(from: Option<Decimal>, to: Option<Decimal>, typed: &str, place: Place, reading: &Reading<'_>) -> Result<Value, Diagnostic> {
    match (from, to) {
        (None, None) => Err(messages::value::range_unreadable(place, reading.label, typed)),
        (Some(from), Some(to)) if from > to => Err(messages::value::range_reversed(place, reading.label, typed)),
        (from, to) => Ok(Value::Range(from, to)),
    }
}

/// `500-2000`, `500~`, `~2000`, `500至2000㎡`; one number is both ends.
pub(super) fn range(typed: &str, unit: Option<Unit>, place: Place, reading: &Reading<'_>) -> Result<Value, Diagnostic> {
    let plain = narrow(typed.trim()).replace(['至', '到'], "~");
    let cut = plain.find('~').or_else(|| plain[plain.len().min(1)..].find('-').map(|at| at + 1).filter(|at| plain.is_char_boundary(*at)));
    let Some(cut) = cut else {
        let number = end(&plain, unit, &place, reading)?;
        return Ok(Value::Range(Some(number), Some(number)));
    };
    let (from, to) = (plain[..cut].trim(), plain[cut + 1..].trim());
    let side = |text: &str| if text.is_empty() { Ok(None) } else { end(text, unit, &place, reading).map(Some) };
    let (from, to) = (side(from)?, side(to)?);
    ordered(from, to, typed, place, reading)
}

/// `[500, 2000]`.
pub(super) fn range_list(items: &[Node], unit: Option<Unit>, place: Place, reading: &Reading<'_>) -> Result<Value, Diagnostic> {
    let side = |node: &Node| match node.scalar() {
        Some(text) => end(text, unit, &place, reading).map(Some),
        None => Ok(None),
    };
    let (from, to) = (side(&items[0])?, side(&items[1])?);
    ordered(from, to, "[…]", place, reading)
}

const RANGE: [&[&str]; 2] = [&["min", "from", "最小", "起", "不少于"], &["max", "to", "最大", "止", "不超过"]];

/// `{min: 500, max: 2000}`.
pub(super) fn range_map(node: &Node, unit: Option<Unit>, reading: &Reading<'_>, diagnostics: &mut Diagnostics) -> Read {
    let place = node.spot.at(reading.file).in_field(reading.path);
    let (mut from, mut to) = (None, None);
    for (word, entry) in words(node, &RANGE, reading, diagnostics) {
        let Some(text) = entry.value.scalar() else { continue };
        match end(text, unit, &entry.value.spot.at(reading.file).in_field(reading.path), reading) {
            Ok(number) if word == "min" => from = Some(number),
            Ok(number) => to = Some(number),
            Err(error) => return Some(Err(error)),
        }
    }
    Some(ordered(from, to, "{…}", place, reading))
}
