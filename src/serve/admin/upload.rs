//! A picture or an attachment that was sent: is it what it says, and what will it be called? Pure.

use crate::diagnostic::{Place, Said, SitePath, messages, said};
use crate::picture::{self, Format, Trouble};

/// The largest file, in bytes. A telephone makes smaller pictures, and a page should not offer larger attachments.
pub const LARGEST: usize = 20_000_000;

/// The ending that a file deserves by its bytes, or why it is refused.
pub fn ending(name: &str, bytes: &[u8], is_image: bool) -> Result<String, Said> {
    let path = SitePath::new(name);
    let typed = path.extension();
    if is_image || Format::of_ending(&typed).is_some() {
        return image(&path, &typed, bytes);
    }
    let allowed = crate::resolve::is_allowed(&path, false);
    if !allowed || !begins_as(&typed, bytes) {
        return Err(said(
            format!("“{name}”不能作附件：只收文档、表格、图片、压缩包等文件，内容要与文件名的结尾一致。"),
            format!("“{name}” cannot be attached: documents, tables, pictures and archives whose content is what their name says."),
        ));
    }
    Ok(typed)
}

fn image(path: &SitePath, typed: &str, bytes: &[u8]) -> Result<String, Said> {
    let place = || Place::start(path);
    // What telephones and chat programs call a picture is often not what it is.
    let (ending, looked) = match picture::look(typed, bytes) {
        Err(Trouble::Ending(format)) => (format.ending().to_string(), picture::look(format.ending(), bytes)),
        looked => (typed.to_string(), looked),
    };
    match looked {
        Ok(_) => Ok(ending),
        Err(Trouble::NotAnImage | Trouble::Broken | Trouble::Ending(_)) => Err(messages::picture::broken(place()).message),
        Err(Trouble::TooLarge(width, height)) => Err(messages::picture::too_large(place(), width, height).message),
        Err(Trouble::Metadata) => Err(messages::picture::metadata(place()).message),
        Err(Trouble::Active(what)) => Err(said(
            format!("这张矢量图里有会执行或会联网的内容（{what}），不能使用。"),
            format!("This drawing could act or fetch ({what}); it is refused."),
        )),
    }
}

/// Do the first bytes agree with the ending, for kinds that have a sign?
fn begins_as(ending: &str, bytes: &[u8]) -> bool {
    let zip = bytes.starts_with(b"PK\x03\x04");
    let office = bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]);
    match ending {
        "pdf" => bytes.starts_with(b"%PDF-"),
        "zip" | "docx" | "xlsx" | "pptx" | "ofd" => zip,
        // WPS writes its own kinds in either way.
        "doc" | "xls" | "ppt" => office,
        "wps" | "et" | "dps" => office || zip,
        "txt" | "csv" | "ics" => !bytes.contains(&0),
        "mp3" => bytes.starts_with(b"ID3") || matches!(bytes, [0xFF, second, ..] if second & 0xE0 == 0xE0),
        "mp4" => bytes.get(4..8) == Some(b"ftyp".as_slice()),
        "dwg" => bytes.starts_with(b"AC10"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::ending;

    const PNG: &[u8] = include_bytes!("../../../content/media/floor-plan-valley-1.png");

    #[test]
    fn a_file_is_taken_for_what_its_bytes_are() {
        assert_eq!(ending("图.png", PNG, true), Ok("png".to_string()));
        assert_eq!(ending("微信图片.jpg", PNG, true), Ok("png".to_string()), "the ending follows the bytes");
        assert!(ending("图.png", &PNG[..PNG.len() / 2], true).is_err() && ending("图.png", b"GIF89a", true).is_err());
        assert!(ending("a.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></svg>", true).is_err());
        assert!(ending("a.html", b"<html>", true).is_err() && ending("a.html", b"<html>", false).is_err());
        assert_eq!(ending("a.PDF", b"%PDF-1.7\n", false), Ok("pdf".to_string()));
        assert!(ending("a.pdf", b"MZ", false).is_err() && ending("a.exe", b"MZ", false).is_err() && ending("a", b"x", false).is_err());
        assert!(ending("a.docx", b"PK\x03\x04", false).is_ok() && ending("a.doc", b"PK\x03\x04", false).is_err());
    }
}
