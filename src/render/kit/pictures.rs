//! Pictures inside a file that is handed on: as `data:` addresses of a bounded width, and as files beside it.
//!
//! What is pasted into the editor of WeChat cannot be fetched from beside it, and pictures of other servers are filtered;
//! a picture that is part of the page is taken in. Where an editor refuses it, the same file lies in `images/`.

use crate::diagnostic::{Diagnostic, Said, SitePath, messages, said};
use crate::picture::Format;
use crate::plan::pictures::{ending, sizes};
use crate::render::Output;
use crate::render::images::Images;
use crate::resolve::{Catalog, MediaOut, url::encode};
use crate::value::Media;
use std::collections::HashMap;

/// What the editor of WeChat takes as a picture, in bytes.
const LARGEST: usize = 10_000_000;
/// The endings that it takes.
const TAKEN: [&str; 3] = ["jpg", "png", "gif"];
/// Pictures of articles, in pixels: twice the width of a telephone and some more.
pub const ARTICLE: u32 = 1080;
/// Pictures of posters: some two hundred dots an inch on A4.
pub const POSTER: u32 = 1600;

/// A picture as bytes.
pub struct Taken {
    /// The ending of its file.
    pub ending: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Taken {
    /// The picture as an address.
    pub fn address(&self) -> String {
        let kind = match self.ending {
            "jpg" => "jpeg",
            "svg" => "svg+xml",
            other => other,
        };
        format!("data:image/{kind};base64,{}", base64(&self.bytes))
    }
}

/// A picture at most so wide; `None` for what is no picture.
pub fn take(images: &Images, file: &SitePath, media: &MediaOut, most: u32) -> Result<Option<Taken>, Diagnostic> {
    let Some(facts) = media.image.as_ref() else { return Ok(None) };
    let (ending, made) = if facts.scales() {
        (ending(facts), images.sized(file, media, facts.width.min(most))?)
    } else {
        (facts.format.ending(), images.whole(file, media)?)
    };
    let bytes = match made {
        Output::Bytes(bytes) => bytes,
        Output::Copy(blob) => {
            let place = || crate::diagnostic::Place::start(file);
            blob.read().map_err(|failure| messages::resolve::media_unreadable(place(), &failure.message))?.to_vec()
        }
    };
    Ok(Some(Taken { ending, bytes }))
}

/// The picture for a poster, at once as an address: a photo if there is one, else a drawing.
pub fn for_poster<'a>(
    catalog: &Catalog,
    images: &Images,
    candidates: impl Iterator<Item = &'a Media>,
) -> Result<Option<(&'a Media, String)>, Diagnostic> {
    let mut drawing = None;
    for media in candidates {
        let Some((file, out)) = media.file.as_ref().and_then(|file| Some((file, catalog.media.get(file)?))) else { continue };
        match out.image.as_ref().map(|facts| facts.format) {
            None => {}
            Some(Format::Svg) => drawing = drawing.or(Some((media, file, out))),
            Some(_) => return Ok(take(images, file, out, POSTER)?.map(|taken| (media, taken.address()))),
        }
    }
    let Some((media, file, out)) = drawing else { return Ok(None) };
    Ok(take(images, file, out, POSTER)?.map(|taken| (media, taken.address())))
}

/// The pictures of one article by the addresses that its page gives them.
pub struct Album<'a> {
    images: &'a Images,
    by_path: HashMap<String, (&'a SitePath, &'a MediaOut)>,
    known: HashMap<String, Option<String>>,
    /// The files beside the article.
    pub files: Vec<(String, Vec<u8>)>,
    /// What is not carried, and why.
    pub left: Vec<Said>,
    /// The first thing that could not be made.
    pub trouble: Option<Diagnostic>,
}

impl<'a> Album<'a> {
    /// Of a site.
    pub fn new(catalog: &'a Catalog, images: &'a Images) -> Album<'a> {
        let mut by_path = HashMap::new();
        for (file, media) in catalog.media.iter().filter(|(_, media)| media.image.is_some()) {
            let paths = sizes(media).into_iter().map(|size| size.path).chain([media.path.clone()]);
            by_path.extend(paths.map(|path| (encode(&path), (file, media))));
        }
        Album { images, by_path, known: HashMap::new(), files: Vec::new(), left: Vec::new(), trouble: None }
    }

    /// The address for a picture of the page.
    pub fn address(&mut self, src: &str) -> Option<String> {
        if let Some(known) = self.known.get(src) {
            return known.clone();
        }
        let made = self.made(src).unwrap_or_else(|why| {
            self.trouble.get_or_insert(why);
            None
        });
        self.known.insert(src.to_string(), made.clone());
        made
    }

    fn made(&mut self, src: &str) -> Result<Option<String>, Diagnostic> {
        let Some((file, media)) = self.by_path.get(src).copied() else { return Ok(None) };
        let Some(taken) = take(self.images, file, media, ARTICLE)? else { return Ok(None) };
        let name = file.name();
        if !TAKEN.contains(&taken.ending) {
            let kind = taken.ending.to_uppercase();
            self.left.push(said(
                format!("图片 {name}：公众号不收 {kind}，要用请另存为 PNG 后上传"),
                format!("the picture {name}: WeChat takes no {kind}; save it as PNG and upload it"),
            ));
            return Ok(None);
        }
        if taken.bytes.len() > LARGEST {
            self.left.push(said(
                format!("图片 {name}：超过 10 MB，公众号不收"),
                format!("the picture {name}: above 10 MB, which WeChat does not take"),
            ));
            return Ok(None);
        }
        let address = taken.address();
        self.files.push((format!("images/{:02}.{}", self.files.len() + 1, taken.ending), taken.bytes));
        Ok(Some(address))
    }
}

/// Base64 as RFC 4648 has it.
fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let part = |at: usize| u32::from(chunk.get(at).copied().unwrap_or_default());
        let bits = part(0) << 16 | part(1) << 8 | part(2);
        for at in 0..4 {
            let sign = SIGNS[(bits >> (18 - 6 * at) & 63) as usize];
            text.push(if at > chunk.len() { '=' } else { char::from(sign) });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_as_in_the_rfc() {
        for (bytes, text) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }
}
