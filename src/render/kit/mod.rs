//! The publishing kit of a record: an article for WeChat, posters with a code, texts for messages.
//!
//! Files for the desk, not a part of the site. They are made from the view of the record's page, so that they say what it
//! says and nothing that is private; the templates are the theme's (`kit/`). `css` reads the style of articles, `inline`
//! makes one over for the editor of WeChat, `pictures` puts pictures in, `message` counts what a message costs.

mod css;
mod inline;
mod message;
mod pictures;
mod view;

use super::Renderer;
use super::engine::{Engine, Prepared};
use super::shared::Shared;
use super::views::page::absolute;
use super::views::{Make, record};
use crate::diagnostic::{Diagnostic, Diagnostics, Said, said};
use crate::resolve::{Catalog, EntryIx};
use inline::Needs;
use pictures::Album;
use std::ops::Deref;
use view::KitView;

/// What the article's title may have in the editor of WeChat, and what its interface for programs allows.
const TITLE: (usize, usize) = (64, 32);
/// The same for its summary.
const SUMMARY: usize = 120;
/// The most characters of an article, tags included, that the interface for programs takes.
const ARTICLE: usize = 20_000;
/// The papers of posters.
const PAPERS: [&str; 2] = ["a4", "a3"];
const SHEET: &str = "kit/wechat.css";

/// Which pieces are wanted.
#[derive(Debug, Clone, Copy)]
pub struct Wish {
    /// The article.
    pub wechat: bool,
    /// The posters.
    pub poster: bool,
    /// The texts for messages.
    pub text: bool,
    /// Is the record not published yet? Then every piece says so.
    pub preview: bool,
}

/// The pieces of one record in one language.
#[derive(Debug, Default)]
pub struct Kit {
    /// The files by their names.
    pub files: Vec<(String, Vec<u8>)>,
    /// What is to be known of each, such as how long it is.
    pub told: Vec<Said>,
    /// What could not be carried.
    pub left: Vec<Said>,
}

/// Notes what is wrong with the style of articles; a theme need not have one.
pub fn check(catalog: &Catalog, engine: &Engine, shared: &Shared, diagnostics: &mut Diagnostics) {
    if !engine.has(SHEET) {
        return;
    }
    match engine.kit(SHEET, shared, catalog.site.default_lang(), Vec::new()) {
        Ok(text) => css::check(&engine.file_of(SHEET), &text, diagnostics),
        Err(trouble) => diagnostics.push(trouble),
    }
}

impl<C: Deref<Target = Catalog>> Renderer<C> {
    /// Makes the pieces of an entry.
    pub fn kit(&self, ix: EntryIx, wish: Wish) -> Result<Kit, Diagnostic> {
        let make = Make { catalog: &self.catalog, shared: &self.shared, engine: &self.engine };
        let view = view::of(&self.catalog, ix, &self.images, wish.preview)?;
        let record = record::view(make, ix, "")?;
        let mut kit = Kit::default();
        let press = Press { make, ix, view: &view, prepared: self.engine.prepare(&view), record };
        if wish.wechat {
            press.article(&mut kit, Album::new(&self.catalog, &self.images))?;
        }
        if wish.poster {
            press.posters(&mut kit)?;
        }
        if wish.text {
            press.texts(&mut kit)?;
        }
        Ok(kit)
    }
}

/// Everything that the pieces of an entry are made from.
struct Press<'a> {
    make: Make<'a>,
    ix: EntryIx,
    view: &'a KitView,
    prepared: Prepared,
    record: Prepared,
}

impl Press<'_> {
    fn render(&self, template: &str, more: Vec<(&str, Prepared)>) -> Result<String, Diagnostic> {
        let lang = self.make.catalog.entries[self.ix].lang;
        let mut parts = vec![("kit", self.prepared.clone()), ("record", self.record.clone())];
        parts.extend(more);
        self.make.engine.kit(template, self.make.shared, lang, parts)
    }

    fn prepare<T: serde::Serialize>(&self, value: &T) -> Prepared {
        self.make.engine.prepare(value)
    }

    fn article(&self, kit: &mut Kit, album: Album<'_>) -> Result<(), Diagnostic> {
        let catalog = self.make.catalog;
        let entry = &catalog.entries[self.ix];
        let sheet = css::sound(&self.make.engine.file_of(SHEET), &self.render(SHEET, Vec::new())?)?;
        let mut needs = Asked { catalog, album, links: Vec::new() };
        // The first pass finds the links, the second prints them at the end under the same numbers.
        inline::made(&self.render("kit/article.html", vec![("links", self.prepare(&needs.links))])?, &sheet, &mut needs);
        let named = self.prepare(&needs.links);
        let article = inline::made(&self.render("kit/article.html", vec![("links", named)])?, &sheet, &mut needs);
        if let Some(trouble) = needs.album.trouble {
            return Err(trouble);
        }
        let (title, summary) = (entry.title.chars().count(), entry.summary.chars().count());
        let length = without_pictures(&article).chars().count();
        let mut left = needs.album.left;
        left.extend(self.left_out());
        let lang = entry.lang;
        let notes: Vec<&str> = left.iter().map(|said| super::views::in_lang(said, lang)).collect();
        let counts = [("title", (title, TITLE.0)), ("summary", (summary, SUMMARY)), ("length", (length, ARTICLE))];
        let counts: std::collections::BTreeMap<&str, (usize, usize)> = counts.into_iter().collect();
        let page = self.render(
            "kit/wechat.html",
            vec![
                ("article", self.prepare(&article)),
                ("counts", self.prepare(&counts)),
                ("left", self.prepare(&notes)),
                ("images", self.prepare(&needs.album.files.len())),
            ],
        )?;
        kit.told.push(said(
            format!("公众号：标题 {title}/{} 字，摘要 {summary}/{SUMMARY} 字，正文 {length} 字符（含样式）", TITLE.0),
            format!("WeChat: title {title}/{}, summary {summary}/{SUMMARY}, article {length} characters with its styles", TITLE.0),
        ));
        kit.told.extend(limits(title, summary, length));
        kit.files.push(("wechat.html".to_string(), page.into_bytes()));
        kit.files.push(("wechat-fragment.html".to_string(), article.into_bytes()));
        kit.files.extend(needs.album.files);
        kit.left.extend(left);
        Ok(())
    }

    /// What the page shows and an article cannot.
    fn left_out(&self) -> Vec<Said> {
        let catalog = self.make.catalog;
        let entry = &catalog.entries[self.ix];
        let mut left = Vec::new();
        for name in view::attachments(catalog, entry) {
            left.push(said(
                format!("附件“{name}”：公众号文章不能带附件，读者从“阅读原文”下载"),
                format!("the attachment “{name}”: articles carry none; readers find it at the page of the record"),
            ));
        }
        for block in view::documents(catalog, entry).into_iter().flat_map(|document| &document.blocks) {
            let argument = |key: &str| block.arguments.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str());
            if argument("url").is_some() {
                let title = argument("title").unwrap_or_default();
                left.push(said(
                    format!("视频“{title}”：只带网址，要播放请在公众号里另传"),
                    format!("the video “{title}”: only its address; upload it to WeChat to be played"),
                ));
            }
            if let Some(chart) = &block.chart {
                left.push(said(
                    format!("图表“{}”：改为数据表", chart.title),
                    format!("the chart “{}”: its table stands for it", chart.title),
                ));
            }
        }
        let linked = view::linked(catalog, entry);
        if linked > 0 {
            left.push(said(
                format!("相关内容 {linked} 条：读者从“阅读原文”去看"),
                format!("{linked} related records: readers find them on the page of the record"),
            ));
        }
        if super::views::map::of_record(catalog, entry).is_some() {
            left.push(said("位置示意图和地图链接", "the drawing of the place and the links to map apps"));
        }
        left
    }

    fn posters(&self, kit: &mut Kit) -> Result<(), Diagnostic> {
        let style = self.prepare(&self.render("kit/poster.css", Vec::new())?);
        for paper in PAPERS {
            let html = self.render("kit/poster.html", vec![("paper", self.prepare(&paper)), ("style", style.clone())])?;
            kit.files.push((format!("poster-{paper}.html"), html.into_bytes()));
        }
        if !self.view.long.is_empty() {
            let (zh, en) = (self.view.long.join("、"), self.view.long.join(", "));
            kit.left.push(said(
                format!("海报和短信不列太长的内容：{zh}"),
                format!("posters and short messages leave out what is too long: {en}"),
            ));
        }
        if self.view.picture.is_none() && self.view.map.is_none() {
            kit.told.push(said("海报：没有图片，用正文的开头", "poster: no picture; the beginning of the text stands there"));
        }
        Ok(())
    }

    fn texts(&self, kit: &mut Kit) -> Result<(), Diagnostic> {
        let short = message::fitted(self.view.facts.len(), |facts| {
            self.render("kit/short.txt", vec![("facts", self.prepare(&&self.view.facts[..facts]))])
        })?;
        let long = self.render("kit/long.txt", Vec::new())?;
        kit.told.push(message::told(&short));
        kit.files.push(("text-short.txt".to_string(), message::for_windows(&short)));
        kit.files.push(("text-long.txt".to_string(), message::for_windows(&long)));
        Ok(())
    }
}

/// What stands against the limits of WeChat.
fn limits(title: usize, summary: usize, length: usize) -> Vec<Said> {
    let mut told = Vec::new();
    if title > TITLE.0 {
        told.push(said(
            format!("公众号：标题超出 {} 字，请在编辑器里缩短", title - TITLE.0),
            format!("WeChat: the title has {} characters too many", title - TITLE.0),
        ));
    } else if title > TITLE.1 {
        told.push(said(
            format!("公众号：标题超过 {} 字，手工发布可以，用接口投稿会被拒绝", TITLE.1),
            format!("WeChat: a title above {} characters is refused by its interface for programs", TITLE.1),
        ));
    }
    if summary > SUMMARY {
        told.push(said(
            format!("公众号：摘要超出 {} 字，请在编辑器里缩短", summary - SUMMARY),
            format!("WeChat: the summary has {} characters too many", summary - SUMMARY),
        ));
    }
    if length > ARTICLE {
        told.push(said(
            format!("公众号：正文超过 {ARTICLE} 字符，手工粘贴可以，用接口投稿会被拒绝"),
            format!("WeChat: an article above {ARTICLE} characters is refused by its interface for programs"),
        ));
    }
    told
}

/// How the bytes of a picture begin. Prose cannot say it: there quotes are escaped.
const PICTURE: &str = "src=\"data:image/";

/// An article without the bytes of its pictures.
pub fn without_pictures(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, tail)) = rest.split_once(PICTURE) {
        text.push_str(before);
        rest = &tail[tail.find('"').unwrap_or(tail.len())..];
    }
    text + rest
}

/// What an article asks for.
struct Asked<'a> {
    catalog: &'a Catalog,
    album: Album<'a>,
    /// Text and address of every link, in order.
    links: Vec<(String, String)>,
}

impl Needs for Asked<'_> {
    fn picture(&mut self, src: &str) -> Option<String> {
        self.album.address(src)
    }

    fn link(&mut self, href: &str, text: &str) -> Option<usize> {
        let outside = ["https://", "http://"].iter().any(|scheme| href.starts_with(scheme));
        let leads = outside || !href.starts_with('#') && !href.contains(':');
        // A page of the site has an address only where the site has one.
        let address = if outside { Some(unescaped(href)) } else { absolute(self.catalog, &unescaped(href)) };
        let address = address.filter(|address| leads && *address != unescaped(text))?;
        let known = self.links.iter().position(|(_, known)| *known == address);
        Some(
            1 + known.unwrap_or_else(|| {
                self.links.push((unescaped(text), address));
                self.links.len() - 1
            }),
        )
    }
}

/// The text behind the entities that our own pages use.
fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&amp;", "&")
}
