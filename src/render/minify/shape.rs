//! The shape of a template: its tags, its code and its words, so that two forms of it can be compared.

/// One piece of a template.
#[derive(Debug, PartialEq, Eq)]
enum Piece {
    /// A tag with its attributes by name; `/name` ends an element.
    Tag(String, Vec<(String, String)>),
    /// `{{ … }}` or `{% … %}`.
    Code(String),
    /// A word.
    Word(String),
}

/// What stands between two pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    /// The author wrote a space on purpose.
    Space,
    /// The author only began a new line: gaps between lines come from the style sheet.
    Line,
}

/// The pieces, each with the gap before it.
pub struct Shape(Vec<(Gap, Piece)>);

/// The shape of a template; `None` for what no minifier can be trusted with: code inside a tag but outside quotes,
/// statements in attributes, braces without inner spaces (their quotes could be dropped), elements whose spaces count.
pub fn of(text: &str) -> Option<Shape> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let mut gap = Gap::None;
    while let Some(first) = rest.chars().next() {
        if first.is_ascii_whitespace() {
            let end = rest.find(|c: char| !c.is_ascii_whitespace()).unwrap_or(rest.len());
            gap = if rest[..end].contains('\n') { Gap::Line } else { Gap::Space };
            rest = &rest[end..];
            continue;
        }
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->")?.1;
            continue;
        }
        let (piece, after) = piece(rest)?;
        rest = after;
        pieces.push((gap, piece));
        gap = Gap::None;
    }
    Some(Shape(pieces))
}

fn piece(text: &str) -> Option<(Piece, &str)> {
    if text.starts_with("{{") || text.starts_with("{%") || text.starts_with("{#") {
        let (code, after) = text.split_at(code_end(text)?);
        Some((Piece::Code(code.to_string()), after))
    } else if starts_tag(text) {
        tag(text)
    } else {
        let ends = |(at, c): &(usize, char)| c.is_ascii_whitespace() || *c == '{' || starts_tag(&text[*at..]);
        let end = text.char_indices().skip(1).find(ends).map_or(text.len(), |(at, _)| at);
        Some((Piece::Word(text[..end].to_string()), &text[end..]))
    }
}

/// Does a template still mean the same? Attributes may come in another order, and one with a fixed value may be gone:
/// the minifier leaves out what is the default anyway. A space that was written on purpose must still be there.
pub fn same(before: &Shape, after: &Shape) -> bool {
    let piece = |before: &Piece, after: &Piece| match (before, after) {
        (Piece::Tag(a, given), Piece::Tag(b, left)) => {
            let kept = left.iter().all(|attribute| given.contains(attribute));
            let moving = given.iter().filter(|(_, value)| value.contains("{{")).all(|attribute| left.contains(attribute));
            a == b && kept && moving
        }
        (before, after) => before == after,
    };
    let gap = |before: Gap, after: Gap| match before {
        Gap::None => after == Gap::None,
        Gap::Space => after != Gap::None,
        Gap::Line => true,
    };
    before.0.len() == after.0.len() && before.0.iter().zip(&after.0).all(|(a, b)| gap(a.0, b.0) && piece(&a.1, &b.1))
}

fn starts_tag(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next() == Some('<') && chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '/' || c == '!')
}

/// Where a piece of code ends.
fn code_end(text: &str) -> Option<usize> {
    let close = match &text[..2] {
        "{{" => "}}",
        "{%" => "%}",
        _ => "#}",
    };
    Some(text.find(close)? + 2)
}

fn tag(text: &str) -> Option<(Piece, &str)> {
    let mut rest = text[1..].trim_start();
    let end = rest.find(|c: char| c.is_whitespace() || c == '>' || c == '{')?;
    let name = rest[..end].trim_end_matches('/').to_lowercase();
    rest = &rest[end..];
    if matches!(name.as_str(), "pre" | "textarea" | "style") {
        return None;
    }
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start().trim_start_matches('/').trim_start();
        if let Some(after) = rest.strip_prefix('>') {
            attributes.sort();
            return Some((Piece::Tag(name, attributes), after));
        }
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/'))?;
        let key = &rest[..end];
        if key.is_empty() || key.contains(['{', '}', '"', '\'']) {
            return None;
        }
        rest = rest[end..].trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            (value, rest) = self::value(after.trim_start())?;
        }
        attributes.push((key.to_lowercase(), value.to_string()));
    }
}

/// The value of an attribute and what follows. Code must stand in quotes and have spaces inside its braces.
fn value(text: &str) -> Option<(&str, &str)> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''));
    let Some(quote) = quote else {
        let end = text.find(|c: char| c.is_whitespace() || c == '>')?;
        return (!text[..end].contains('{')).then_some((&text[..end], &text[end..]));
    };
    let mut end = 1;
    while !text[end..].starts_with(quote) {
        if text[end..].starts_with("{%") || text[end..].starts_with("{#") {
            return None;
        }
        end += match text[end..].strip_prefix("{{") {
            Some(code) => {
                let close = code.find("}}")?;
                let inner = &code[..close];
                // Double quotes inside the code would end the attribute for a minifier that does not know it.
                if inner.contains(quote) || inner.trim_start().starts_with('<') || !inner.starts_with(' ') || !inner.ends_with(' ') {
                    return None;
                }
                close + 4
            }
            None => text[end..].chars().next()?.len_utf8(),
        };
    }
    Some((&text[1..end], &text[end + 1..]))
}

#[cfg(test)]
mod tests {
    use super::{of, same};

    #[test]
    fn spaces_beside_tags_may_go_and_others_may_not() {
        let shape = |text| of(text).expect("because the text is sound");
        assert!(same(&shape("<p>\n a b\n</p>\n<i>c</i>"), &shape("<p>a b</p><i>c</i>")));
        assert!(same(&shape(r#"<a class="b" href="{{ x }}">c</a>"#), &shape(r#"<a href="{{ x }}" class=b>c</a>"#)));
        assert!(same(&shape(r#"<form method="get"></form>"#), &shape("<form></form>")));
        assert!(!same(&shape("<p>{{ a }} {{ b }}</p>"), &shape("<p>{{ a }}{{ b }}</p>")));
        assert!(!same(&shape("<p>{{ a }} 元</p>"), &shape("<p>{{ a }}元</p>")));
        assert!(!same(&shape("<nav><a>b</a> <a>c</a></nav>"), &shape("<nav><a>b</a><a>c</a></nav>")));
        assert!(!same(&shape("{% if a %}<p>{% else %}<i>{% endif %}"), &shape("{% if a %}<p>{% else %}<i></i></p>{% endif %}")));
        assert!(!same(&shape(r#"<a href="{{ x }}">c</a>"#), &shape("<a>c</a>")));
    }

    #[test]
    fn what_no_minifier_can_be_trusted_with_has_no_shape() {
        for text in [
            "<a{% if x %} href=\"b\"{% endif %}>",
            "<a {{ x }}>",
            "<a href={{ x }}>",
            "<a href=\"{{x}}\">",
            "<a href=\"{% if x %}b{% endif %}\">",
            "<a title=\"{{ words[\"x\"] }}\">",
            "<pre> a </pre>",
            "<h{{ level }}>a</h{{ level }}>",
            "<a href=\"b",
        ] {
            assert!(of(text).is_none(), "{text}");
        }
    }
}
