//! `image` and `file`: something beside the content or in `content/media/`.

use crate::diagnostic::SitePath;

/// A file of the site with what people need to know about it.
///
/// Written as a path, or as `{src, alt, caption, credit, licence}` (an attachment: `{src, title}`).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Media {
    /// The path as written.
    pub src: String,
    /// The file it means; `resolve` fills it after it has seen that the file exists.
    pub file: Option<SitePath>,
    /// The alternative text of an image.
    pub alt: String,
    /// The caption of an image, the title of an attachment.
    pub caption: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
    /// Under which terms.
    pub licence: Option<String>,
    /// Size in bytes; `resolve` fills it.
    pub bytes: u64,
}
