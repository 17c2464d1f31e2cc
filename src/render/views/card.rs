//! The card of a record: the little that lists show. Made once per record and shared by every list.

use super::facts::{Fact, Reader, is_fact};
use super::in_lang;
use crate::plan::pictures;
use crate::resolve::{Catalog, Entry, EntryIx, MediaOut, State, url::encode};
use crate::schema::{Role, Show};
use crate::value::{self, Kind, Lang, Media, Value};
use serde::Serialize;

/// A card.
#[derive(Debug, Clone, Serialize)]
pub struct CardView {
    /// `type/id`, for hooks.
    pub record: String,
    /// The type.
    #[serde(rename = "type")]
    pub of: String,
    /// What people call the type.
    pub type_label: String,
    /// The title.
    pub title: String,
    /// The summary.
    pub summary: String,
    /// The address below the root.
    pub path: String,
    /// The date as read, and as machines read it.
    pub date: Option<(String, String)>,
    /// The facts that cards show.
    pub facts: Vec<Fact>,
    /// The cover.
    pub cover: Option<Picture>,
    /// The word of its state where it is not simply published.
    pub state: Option<&'static str>,
    /// Was it verified so long ago that readers should ask? Then the badge says so.
    pub stale: bool,
    /// Is it sample data?
    pub sample: bool,
    /// Its language where it differs from the page's, as `lang`.
    pub lang: &'static str,
}

/// A picture.
#[derive(Debug, Clone, Serialize)]
pub struct Picture {
    /// The address below the root: the usual size.
    pub src: String,
    /// Its sizes with their widths, from small to large, as a `srcset` with `|` for the root, which no address can hold;
    /// empty where there is only one.
    pub srcset: String,
    /// The width of the whole picture in pixels.
    pub width: u32,
    /// The height of the whole picture in pixels.
    pub height: u32,
    /// The alternative text.
    pub alt: String,
    /// The caption.
    pub caption: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
}

/// The card of an entry.
pub fn view(catalog: &Catalog, ix: EntryIx) -> CardView {
    let entry = &catalog.entries[ix];
    let schema = catalog.type_of(entry);
    let reader = Reader { catalog, lang: entry.lang };
    let shown = schema.fields.iter().filter(|field| field.shows(Show::Card) && is_fact(field) && field.role != Some(Role::Date));
    CardView {
        record: entry.id.to_string(),
        of: schema.name.to_string(),
        type_label: in_lang(&schema.label, entry.lang).to_string(),
        title: entry.title.clone(),
        summary: entry.summary.clone(),
        path: entry.url.link(catalog.portable),
        date: date(catalog, ix, Role::Date),
        facts: shown.filter_map(|field| reader.fact(field, entry.fields.get(&field.key)?, &field.key)).collect(),
        cover: cover(catalog, ix),
        state: state_word(entry.state),
        stale: verified(catalog, entry) == Some("stale"),
        sample: entry.sample,
        lang: entry.lang.html(),
    }
}

/// How long ago the facts of an entry were verified, `fresh`, `old` or `stale`: the thresholds are settings of the site.
pub fn verified(catalog: &Catalog, entry: &Entry) -> Option<&'static str> {
    let Value::Date(day) = catalog.role(entry, Role::Verified)? else { return None };
    let days = value::time::days_between(*day, catalog.at.day_in(&catalog.site.zone));
    let (old, stale) = catalog.site.verified_days;
    Some(match days {
        days if days > stale => "stale",
        days if days > old => "old",
        _ => "fresh",
    })
}

/// The date that plays a role as a list shows it, and as machines read it.
pub fn date(catalog: &Catalog, ix: EntryIx, role: Role) -> Option<(String, String)> {
    let entry = &catalog.entries[ix];
    let field = catalog.type_of(entry).with_role(role)?;
    let value = entry.fields.value(&field.key)?;
    let shown = match value {
        // In a list the minute matters to nobody who reads.
        Value::Moment(moment) => moment.local.date().to_string(),
        other => value::show::show(other, &field.kind, entry.lang).text,
    };
    Some((shown, value::time::sortable(value)?))
}

/// The time that plays a role as the page of a record shows it, and as machines read it.
pub fn time(catalog: &Catalog, ix: EntryIx, role: Role) -> Option<(String, String)> {
    let entry = &catalog.entries[ix];
    shown(catalog.role(entry, role)?, entry.lang)
}

/// A time or a day as read, and as machines read it.
pub fn shown(value: &Value, lang: Lang) -> Option<(String, String)> {
    Some((value::show::show(value, &Kind::Date, lang).text, value::time::sortable(value)?))
}

/// The cover of an entry.
pub fn cover(catalog: &Catalog, ix: EntryIx) -> Option<Picture> {
    match catalog.role(&catalog.entries[ix], Role::Cover)? {
        Value::Media(media) => picture(catalog, media),
        _ => None,
    }
}

/// A picture with its address.
pub fn picture(catalog: &Catalog, media: &Media) -> Option<Picture> {
    let out = catalog.media.get(media.file.as_ref()?)?;
    let Sources { src, srcset, width, height } = sources(out);
    let srcset = srcset.iter().map(|(path, width)| format!("|{path} {width}w")).collect::<Vec<_>>().join(", ");
    let (caption, credit) = (media.caption.clone(), media.credit.clone());
    Some(Picture { src, srcset, width, height, alt: media.alt.clone(), caption, credit })
}

/// Where a browser finds a picture, below the root.
pub struct Sources {
    /// The usual size.
    pub src: String,
    /// Every size with its width; empty where there is only one.
    pub srcset: Vec<(String, u32)>,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// The addresses of a published image and the size of the whole of it.
pub fn sources(media: &MediaOut) -> Sources {
    let sizes = pictures::sizes(media);
    let src = encode(pictures::usual(&sizes).map_or(&media.path, |size| &size.path));
    let srcset = if sizes.len() < 2 { Vec::new() } else { sizes.into_iter().map(|size| (encode(&size.path), size.width)).collect() };
    let (width, height) = media.image.as_ref().map_or((300, 150), |facts| (facts.width, facts.height));
    Sources { src, srcset, width, height }
}

/// The word under which the theme knows a state; none for what is simply published.
pub fn state_word(state: State) -> Option<&'static str> {
    (state != State::Published).then(|| state.word())
}
