//! The size of a picture, from its first bytes: enough for `width` and `height`, without decoding anything.

/// Width and height in pixels of a PNG, a JPEG or a drawing; `None` where they are not said.
pub fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let found = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some((long(bytes, 16)?, long(bytes, 20)?))
    } else if bytes.starts_with(&[0xFF, 0xD8]) {
        jpeg(bytes)
    } else {
        drawing(&String::from_utf8_lossy(bytes.get(..bytes.len().min(4096))?))
    };
    found.filter(|&(width, height)| width > 0 && height > 0)
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn short(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?)))
}

/// Goes from segment to segment to the one that begins a frame.
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xFF {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        if matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC) {
            return Some((short(bytes, at + 7)?, short(bytes, at + 5)?));
        }
        at += if marker == 0xFF { 1 } else { 2 + short(bytes, at + 2)? as usize };
    }
}

/// The attributes of the outermost element: `width` and `height`, else the last two numbers of `viewBox`.
fn drawing(text: &str) -> Option<(u32, u32)> {
    let tag = &text[text.find("<svg")?..];
    let tag = &tag[..tag.find('>')?];
    let attribute = |name: &str| {
        let at = tag.find(&format!(" {name}=")).or_else(|| tag.find(&format!("\n{name}=")))? + name.len() + 2;
        let quote = tag[at..].chars().next().filter(|c| matches!(c, '"' | '\''))?;
        tag[at + 1..].split(quote).next()
    };
    let number = |text: &str| {
        text.trim().trim_end_matches("px").parse::<f64>().ok().filter(|n| (1.0..=100_000.0).contains(n)).map(|n| n.round() as u32)
    };
    if let (Some(width), Some(height)) = (attribute("width").and_then(number), attribute("height").and_then(number)) {
        return Some((width, height));
    }
    let mut parts = attribute("viewBox")?.split([' ', ',']).filter(|part| !part.is_empty()).skip(2);
    Some((number(parts.next()?)?, number(parts.next()?)?))
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_of_the_three_kinds() {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        png.extend([0, 0, 1, 0x40, 0, 0, 0, 0xF0, 8, 6]);
        assert_eq!(size(&png), Some((320, 240)));
        let jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xC2, 0, 11, 8, 0, 240, 1, 64, 3];
        assert_eq!(size(&jpeg), Some((320, 240)));
        assert_eq!(size(b"<?xml version='1.0'?><svg xmlns='x' viewBox='0 0 320 240'><path/></svg>"), Some((320, 240)));
        assert_eq!(size(b"<svg width=\"48px\" height=\"24\" viewBox=\"0 0 1 1\">"), Some((48, 24)));
    }

    #[test]
    fn what_says_no_size_has_none() {
        for bytes in
            [&b""[..], b"\x89PNG\r\n\x1a\n", &[0xFF, 0xD8, 0xFF], &[0xFF, 0xD8, 0, 0], b"<svg>", b"<svg viewBox='0 0 0 0'>", b"GIF89a"]
        {
            assert_eq!(size(bytes), None, "{bytes:?}");
        }
    }
}
