//! Prose: a [`Document`] becomes HTML with the addresses of one page.

use super::charts;
use super::engine::Engine;
use super::shared::Shared;
use super::views::card::{self, Picture, Sources};
use super::views::facts;
use crate::diagnostic::Diagnostic;
use crate::plan::page_url;
use crate::resolve::{Catalog, PageUrl, url::encode};
use crate::source::seek;
use crate::value::document::{Block, DocImage, Part};
use crate::value::{Document, Lang, Media, Target};
use serde::Serialize;

/// Where a document is printed.
#[derive(Clone, Copy)]
pub struct Printing<'a> {
    /// The catalog.
    pub catalog: &'a Catalog,
    /// The way up to the root of the site.
    pub root: &'a str,
    /// The language of the page.
    pub lang: Lang,
    /// The templates, for typed blocks; without them blocks are left out (feeds).
    pub engine: Option<(&'a Engine, &'a Shared)>,
}

#[derive(Serialize)]
struct BlockView {
    arguments: serde_json::Map<String, serde_json::Value>,
    body: String,
    src: Option<String>,
    alt: String,
    picture: Option<Picture>,
    /// Is it the first picture of the page?
    first: bool,
    record: Option<facts::RecordFacts>,
    chart: Option<charts::ChartView>,
}

impl Printing<'_> {
    /// The HTML of a document. Its pictures are loaded when they come near.
    pub fn html(&self, document: &Document) -> Result<String, Diagnostic> {
        self.print(document, false)
    }

    /// The HTML of a document that holds the first picture of its page, which is loaded at once.
    pub fn html_with_first(&self, document: &Document) -> Result<String, Diagnostic> {
        self.print(document, true)
    }

    fn print(&self, document: &Document, mut first: bool) -> Result<String, Diagnostic> {
        let mut html = String::with_capacity(document.text.len() * 2);
        for part in &document.parts {
            match part {
                Part::Html(text) => html.push_str(text),
                Part::Href(ix) => html.push_str(&document.links.get(*ix).map(|link| self.address(&link.target)).unwrap_or_default()),
                Part::Src(ix) => {
                    if let Some(image) = document.images.get(*ix) {
                        self.image(&image.target, std::mem::take(&mut first), &mut html);
                    }
                }
                Part::Block(ix) => {
                    if let Some(block) = document.blocks.get(*ix) {
                        html.push_str(&self.block(block, first)?);
                        first &= block.media.is_none();
                    }
                }
            }
        }
        Ok(html)
    }

    /// The address of a target, escaped for a quoted attribute.
    pub fn address(&self, target: &Target) -> String {
        let catalog = self.catalog;
        match target {
            Target::Absolute(url) => escape(url),
            Target::Anchor(anchor) => format!("#{}", encode(anchor)),
            Target::Page(id, anchor) => {
                let Some(ix) = catalog.find(id, self.lang) else { return self.root.to_string() };
                let anchor = anchor.as_ref().map(|anchor| format!("#{}", encode(anchor))).unwrap_or_default();
                format!("{}{}{anchor}", self.root, catalog.entries[ix].url.link(catalog.portable))
            }
            // A column without public records has no page.
            Target::Beside(path, anchor) => {
                let anchor = anchor.as_ref().map(|anchor| format!("#{}", encode(anchor))).unwrap_or_default();
                format!("{}{}{anchor}", self.root, PageUrl::raw(path).link(catalog.portable))
            }
            Target::Folder(folder) if !self.has_list(folder) => {
                format!("{}{}", self.root, page_url(catalog, self.lang, "").link(catalog.portable))
            }
            Target::Folder(folder) => format!("{}{}", self.root, page_url(catalog, self.lang, folder).link(catalog.portable)),
            Target::File(file) => catalog.media.get(file).map(|media| format!("{}{}", self.root, encode(&media.path))).unwrap_or_default(),
            // An unresolved target was reported as an error, so no page with it is ever published.
            Target::Relative(..) | Target::Record(..) => String::new(),
        }
    }

    /// The attributes of an `img` but its alternative text. Text is never wider than its measure, 42rem in the theme.
    fn image(&self, target: &Target, first: bool, html: &mut String) {
        let Some(media) = (if let Target::File(file) = target { self.catalog.media.get(file) } else { None }) else { return };
        let root = self.root;
        let Sources { src, srcset, width, height } = card::sources(media);
        html.push_str(&format!("src=\"{root}{src}\" "));
        if !srcset.is_empty() {
            let candidates: Vec<String> = srcset.iter().map(|(path, width)| format!("{root}{path} {width}w")).collect();
            html.push_str(&format!("srcset=\"{}\" sizes=\"(min-width: 44rem) 42rem, 100vw\" ", candidates.join(", ")));
        }
        let loading = if first { "fetchpriority=\"high\"" } else { "loading=\"lazy\"" };
        html.push_str(&format!("width=\"{width}\" height=\"{height}\" {loading} decoding=\"async\""));
    }

    fn picture(&self, image: &DocImage) -> Option<Picture> {
        let Target::File(file) = &image.target else { return None };
        let media = Media { file: Some(file.clone()), alt: image.alt.clone(), ..Media::default() };
        card::picture(self.catalog, &media)
    }

    fn has_list(&self, folder: &str) -> bool {
        let of = self.catalog.schemas.types.iter().position(|of| of.folder == folder);
        folder.is_empty() || of.is_some_and(|of| self.catalog.lists.get(&(of, self.lang)).is_some_and(|list| !list.is_empty()))
    }

    fn block(&self, block: &Block, first: bool) -> Result<String, Diagnostic> {
        let Some((engine, shared)) = self.engine else { return Ok(String::new()) };
        let record = block.record.as_ref().and_then(|link| match &link.target {
            Target::Page(id, _) => self.catalog.find(id, self.lang).map(|ix| facts::of_record(self.catalog, ix)),
            _ => None,
        });
        let view = BlockView {
            arguments: block.arguments.iter().map(|(key, value)| (key.clone(), value.clone().into())).collect(),
            body: block.body.as_deref().map(|body| self.html(body)).transpose()?.unwrap_or_default(),
            src: block.media.as_ref().map(|media| self.address(&media.target)).filter(|src| !src.is_empty()),
            alt: block.media.as_ref().map(|media| media.alt.clone()).unwrap_or_default(),
            picture: block.media.as_ref().and_then(|media| self.picture(media)),
            first,
            record,
            chart: block.chart.as_deref().map(|chart| charts::view(chart, true)),
        };
        engine.block(&block.name, &view, self.root, self.lang, shared)
    }
}

/// Escapes a text for a quoted attribute or for text.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = seek::any_of(*b"&<>\"'", rest.as_bytes()) {
        escaped.push_str(&rest[..at]);
        escaped.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        });
        rest = &rest[at + 1..];
    }
    escaped.push_str(rest);
    escaped
}
