//! A piece of Markdown after parsing: safe HTML, plain text, and what it points to.

use super::RecordId;
use crate::diagnostic::SitePath;
use crate::source::Spot;

/// Parsed Markdown. `read/markdown` makes it; `resolve` checks and addresses its links; `render` prints it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// The HTML in pieces, so that addresses can be put in for each page and language without parsing again.
    pub parts: Vec<Part>,
    /// The visible text without markup, blocks separated by newlines (search, summaries).
    pub text: String,
    /// The headings in order.
    pub headings: Vec<Heading>,
    /// The links, each with its place; [`Part::Href`] points into this list.
    pub links: Vec<DocLink>,
    /// The images, each with its place; [`Part::Src`] points into this list.
    pub images: Vec<DocImage>,
    /// Typed blocks such as the facts of a record; [`Part::Block`] points into this list.
    pub blocks: Vec<Block>,
}

/// A piece of a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// Finished, safe HTML.
    Html(String),
    /// The address of `links[n]`, to be printed inside a quoted attribute.
    Href(usize),
    /// The attributes of an `img` that depend on the page and on the file of `images[n]`: addresses, sizes, loading.
    Src(usize),
    /// `blocks[n]`, rendered by the theme's component of that name.
    Block(usize),
}

/// A heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    /// 2 to 6 (a body has no `h1`; the page prints the title).
    pub level: u8,
    /// The anchor, unique in the document.
    pub id: String,
    /// The text.
    pub text: String,
}

/// Where a link or image of prose points to: as the author wrote it, and after `resolve` what it means.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// An allowed absolute address (`https`, `http`, `mailto`, `tel`).
    Absolute(String),
    /// A path relative to the file, percent-decoded: another record's file, an image, an attachment; with its `#anchor`.
    Relative(String, Option<String>),
    /// `type/id` or `folder/id`, as in `park/gaopo`; with its `#anchor`.
    Record(String, Option<String>),
    /// `#anchor` on the same page.
    Anchor(String),
    /// A record that exists and is public; `resolve` has found it.
    Page(RecordId, Option<String>),
    /// The list page of a folder; empty for the home page. `resolve` puts it where a record is not public.
    Folder(String),
    /// A path below a companion of the site; the audit looks whether it is there.
    Beside(String, Option<String>),
    /// A file of the site that exists; `resolve` has found it.
    File(SitePath),
}

/// A link of prose.
#[derive(Debug, Clone, PartialEq)]
pub struct DocLink {
    /// Where to.
    pub target: Target,
    /// Where it stands.
    pub spot: Spot,
}

/// An image of prose.
#[derive(Debug, Clone, PartialEq)]
pub struct DocImage {
    /// Which.
    pub target: Target,
    /// The alternative text; empty is reported, because an office photo is never decoration.
    pub alt: String,
    /// Where it stands.
    pub spot: Spot,
}

/// A typed block of prose, written as a fenced code block whose info string is `::name` (see `read/markdown/blocks.rs`).
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// The name: `figure`, `video`, `notice`, `facts`, `chart`.
    pub name: String,
    /// Its arguments in order, plain text, already checked.
    pub arguments: Vec<(String, String)>,
    /// Its prose, where it has some.
    pub body: Option<Box<Document>>,
    /// For a block that shows a record: `type/id`.
    pub record: Option<DocLink>,
    /// For a chart: its numbers.
    pub chart: Option<Box<super::Chart>>,
    /// For a block that shows an image or file.
    pub media: Option<DocImage>,
    /// Where it stands.
    pub spot: Spot,
}
