//! How wide a text is and where it breaks. Fonts differ, so the measure errs on the wide side.

/// The size of every text of a drawing, in its units: 12.6 px where a phone of 320 px shows it.
pub const SIZE: f64 = 14.0;
/// From line to line.
pub const LINE: f64 = 18.0;

/// The width of a text in units of the drawing.
pub fn width(text: &str) -> f64 {
    text.chars().map(em).sum::<f64>() * SIZE
}

fn em(c: char) -> f64 {
    match c {
        ' ' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | 'i' | 'j' | 'l' => 0.34,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 0.95,
        'A'..='Z' => 0.72,
        c if c.is_ascii() => 0.6,
        '\u{2010}'..='\u{2027}' => 0.6,
        _ => 1.05,
    }
}

/// A text in at most `lines` lines of at most `room` units; what does not fit ends in `…`.
pub fn wrap(text: &str, room: f64, lines: usize) -> Vec<String> {
    let mut done: Vec<String> = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let fit = fitting(rest, room);
        if fit == rest.len() {
            done.push(rest.to_string());
            break;
        }
        if done.len() + 1 >= lines.max(1) {
            done.push(clipped(rest, room));
            break;
        }
        // A Latin word stays whole where it can.
        let inside = rest[..fit].chars().next_back().is_some_and(char::is_alphanumeric)
            && rest[fit..].starts_with(|c: char| c.is_ascii_alphanumeric());
        let space = rest[..fit].rfind(' ').filter(|at| *at > 0 && inside);
        let cut = space.unwrap_or(fit);
        done.push(rest[..cut].trim_end().to_string());
        rest = rest[cut..].trim_start();
    }
    done
}

/// A text on one line.
pub fn clipped(text: &str, room: f64) -> String {
    if width(text) <= room {
        return text.to_string();
    }
    let end = fitting(text, room - width("…"));
    format!("{}…", text[..end].trim_end())
}

/// How many bytes fit, at least one character.
fn fitting(text: &str, room: f64) -> usize {
    let mut used = 0.0;
    for (at, c) in text.char_indices() {
        used += em(c) * SIZE;
        if used > room && at > 0 {
            return at;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::{clipped, width, wrap};

    #[test]
    fn lines_fit_their_room_and_the_last_one_says_that_there_is_more() {
        let long = "示例县第一工业集中区标准厂房三期高标准电子信息产业园";
        let lines = wrap(long, 100.0, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().all(|line| width(line) <= 100.0), "{lines:?}");
        assert!(lines[1].ends_with('…'));
        assert_eq!(wrap("短", 100.0, 2), vec!["短"]);
        assert_eq!(wrap("Sample County Industrial", 120.0, 3), vec!["Sample County", "Industrial"]);
        assert!(wrap("", 10.0, 2).is_empty());
        assert!(width(&clipped("一二三四五六", 50.0)) <= 50.0);
        assert_eq!(wrap("一二", 1.0, 1), vec!["一…"]);
    }
}
