//! Pictures of a Word file, without metadata; whatever else is drawn is told.

use super::body::Reader;
use super::model::{Link, Look, Picture, Span, What};
use super::normal::is_unseen;
use super::package::Goal;
use super::words;
use crate::diagnostic::Said;
use crate::picture::{self, Facts, Format, Trouble};
use crate::source::xml::Element;

/// The largest picture, in bytes: as for one that is sent to the forms.
const LARGEST: usize = 20_000_000;
/// From this part on, in 1/100000 of a side, a picture counts as cropped.
const CROPPED: i64 = 1_000;

impl Reader<'_> {
    /// A drawing of today.
    pub(super) fn drawing(&mut self, drawing: &Element, link: Option<&Link>, spans: &mut Vec<Span>) {
        let mut all = Vec::new();
        drawing.all(&mut all);
        let has = |name: &str| all.iter().any(|element| element.name == name);
        if has("txbxContent") {
            self.leave(words::text_box(&drawing.texts_of("t")));
        }
        let outer = all.iter().find(|element| element.name == "docPr").and_then(|element| element.get("descr"));
        let pictures: Vec<&Element> = all.iter().filter(|element| element.name == "pic").copied().collect();
        for found in &pictures {
            let own = found.at(&["nvPicPr", "cNvPr"]).and_then(|element| element.get("descr"));
            let alt = outer.filter(|_| pictures.len() == 1).or(own).and_then(meant);
            let crop = found.find("srcRect").is_some_and(|crop| {
                ["l", "t", "r", "b"].iter().any(|side| crop.get(side).and_then(|part| part.parse::<i64>().ok()).unwrap_or(0) > CROPPED)
            });
            let blip = found.find("blip");
            match blip.and_then(|blip| blip.get("embed")) {
                _ if crop => self.leave(words::cropped()),
                Some(id) => self.picture(id, alt, link, spans),
                None => self.leave(words::far_picture()),
            }
            if found.at(&["spPr", "xfrm"]).and_then(|frame| frame.get("rot")).is_some_and(|turn| turn != "0") {
                self.leave(words::turned());
            }
        }
        if has("chart") {
            self.leave(words::chart());
        } else if has("relIds") {
            self.leave(words::smart_art());
        } else if pictures.is_empty() && !has("txbxContent") {
            self.leave(words::shape());
        }
    }

    /// A drawing as Word wrote it before 2007; WPS still does.
    pub(super) fn old_drawing(&mut self, drawing: &Element, link: Option<&Link>, spans: &mut Vec<Span>) {
        if drawing.find("txbxContent").is_some() {
            return self.leave(words::text_box(&drawing.texts_of("t")));
        }
        let mut all = Vec::new();
        drawing.all(&mut all);
        let Some(image) = all.iter().find(|element| element.name == "imagedata") else {
            return self.leave(words::shape());
        };
        let alt = all.iter().find_map(|element| element.get("alt")).and_then(meant);
        let crop = ["cropleft", "croptop", "cropright", "cropbottom"].iter().any(|side| image.get(side).is_some_and(|part| part != "0"));
        match image.get("id") {
            _ if crop => self.leave(words::cropped()),
            Some(id) => self.picture(id, alt, link, spans),
            None => self.leave(words::far_picture()),
        }
    }

    fn picture(&mut self, id: &str, alt: Option<String>, link: Option<&Link>, spans: &mut Vec<Span>) {
        let name = match self.relations.get(id) {
            Some((_, Goal::Part(name))) => name.clone(),
            _ => return self.leave(words::far_picture()),
        };
        // A part is unpacked and cleaned once, however often the text shows it.
        let found = match self.known.get(&name) {
            Some(found) => found.clone(),
            None => {
                let found = self.taken(&name);
                self.known.insert(name, found.clone());
                found
            }
        };
        let at = match found {
            Ok(at) => at,
            Err(why) => return self.leave(why),
        };
        if let Some(picture) = self.doc.pictures.get_mut(at).filter(|picture| picture.alt.is_none()) {
            picture.alt = alt;
        }
        spans.push(Span { what: What::Picture(at), look: Look::default(), link: link.cloned() });
    }

    /// The number of the picture that a part is; parts of the same bytes are one picture.
    fn taken(&mut self, name: &str) -> Result<usize, Said> {
        let bytes = self.package.bytes(name).filter(|bytes| bytes.len() <= LARGEST).ok_or_else(words::picture_broken)?;
        let (facts, bytes) = clean(name, &bytes)?;
        if let Some(at) = self.seen.get(&facts.digest) {
            return Ok(*at);
        }
        let (ending, size) = (facts.format.ending(), (facts.width, facts.height));
        self.doc.pictures.push(Picture { bytes, ending, size, alt: None, place: self.place });
        self.seen.insert(facts.digest, self.doc.pictures.len() - 1);
        Ok(self.doc.pictures.len() - 1)
    }
}

/// What a picture is, and its bytes without metadata; or why it is left.
fn clean(name: &str, bytes: &[u8]) -> Result<(Facts, Vec<u8>), Said> {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    let looked = match picture::look(&ending, bytes) {
        Err(Trouble::Ending(format)) => picture::look(format.ending(), bytes),
        looked => looked,
    };
    let facts = looked.map_err(|trouble| match trouble {
        Trouble::TooLarge(width, height) => words::picture_large(width, height),
        Trouble::Metadata => words::picture_metadata(),
        Trouble::NotAnImage if matches!(ending.as_str(), "emf" | "wmf" | "tif" | "tiff" | "bmp" | "pict") => words::picture_format(&ending),
        _ => words::picture_broken(),
    })?;
    if !matches!(facts.format, Format::Jpeg | Format::Png | Format::Gif | Format::WebP) {
        return Err(words::picture_format(facts.format.ending()));
    }
    let clean = picture::clean(&facts, bytes).ok_or_else(words::picture_metadata)?;
    Ok((facts, clean))
}

/// A description that a person wrote: not a name of a file, no `图片 1`, nothing that a program guessed.
fn meant(text: &str) -> Option<String> {
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(|c| !is_unseen(*c)).collect();
    let lower = text.to_lowercase();
    let is_file = ["jpg", "jpeg", "png", "gif", "bmp", "webp", "tif", "tiff", "emf", "wmf"]
        .iter()
        .any(|ending| lower.ends_with(&format!(".{ending}")));
    let guessed = lower.contains("自动生成")
        || lower.contains("automatically generated")
        || lower.contains("ai-generated")
        || lower.contains("ai 生成");
    let bare: String = lower.chars().filter(|c| !c.is_ascii_digit() && !c.is_whitespace() && !matches!(c, '_' | '-' | '(' | ')')).collect();
    let named = matches!(
        bare.as_str(),
        "" | "图片" | "图像" | "图" | "图形" | "照片" | "picture" | "image" | "img" | "graphic" | "photo" | "dsc" | "微信图片" | "mmexport"
    );
    let path = text.contains('\\') || text.contains("://") || text.contains('/') && !text.contains(' ');
    let says = lower.chars().any(|c| !c.is_ascii() && c.is_alphabetic()) || lower.contains(' ');
    (says && !is_file && !guessed && !named && !path && text.chars().count() >= 2).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::meant;
    use crate::desk::word::body::Reader;
    use crate::desk::word::model::What;
    use crate::desk::word::package::{Goal, Package, Relations};
    use crate::desk::word::{numbering::Numbering, styles::Styles, words};
    use crate::diagnostic::SitePath;
    use crate::source::xml;

    #[test]
    fn a_part_that_is_shown_again_is_not_unpacked_again() {
        let file = SitePath::new("a.docx");
        let package = Package::empty(&file);
        let part = |id: &str, name: &str| (id.to_string(), ("image".to_string(), Goal::Part(name.to_string())));
        let relations = Relations::from([part("a", "a.png"), part("b", "b.png")]);
        let mut reader = Reader::new(&package, relations, Styles::default(), Numbering::default());
        // No part of this name is in the file: only what is remembered can answer.
        reader.known.insert("a.png".to_string(), Ok(7));
        let mut spans = Vec::new();
        for id in ["a", "b", "a"] {
            let drawing = xml::parse(format!("<drawing><pic><blip embed='{id}'/></pic></drawing>").as_bytes()).expect("it is sound");
            reader.drawing(&drawing, None, &mut spans);
        }
        assert_eq!(spans.iter().map(|span| span.what.clone()).collect::<Vec<_>>(), [What::Picture(7), What::Picture(7)]);
        assert_eq!(reader.known.get("b.png"), Some(&Err(words::picture_broken())), "why a part is left is remembered too");
        assert_eq!(reader.doc.left.len(), 1);
    }

    #[test]
    fn only_what_a_person_wrote_describes_a_picture() {
        for text in [
            "",
            "图片 1",
            "Picture 2",
            "IMG_20260305.jpg",
            "微信图片_2026",
            "C:\\图\\一.png",
            "图形用户界面, 文本 描述已自动生成",
            "image1",
            "x",
        ] {
            assert_eq!(meant(text), None, "{text}");
        }
        assert_eq!(meant("厂\u{202E}房\u{1B}").as_deref(), Some("厂房"));
        for text in ["二号厂房外景", "The gate of the park"] {
            assert_eq!(meant(text).as_deref(), Some(text));
        }
    }
}
