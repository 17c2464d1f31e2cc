//! Prints diagnostics: as text for people, as JSON and SARIF for machines. The only module that knows the snippet crate.

use super::{Diagnostic, Diagnostics, Place, Said, Severity, SitePath, Tongue, codes, said};
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde_json::{Value as Json, json};
use std::collections::HashMap;

/// Where printing finds the text of a file, to show the line.
pub type Lookup<'a> = dyn Fn(&SitePath) -> Option<String> + 'a;

/// All diagnostics for people, each with its line of the file.
pub fn text(diagnostics: &Diagnostics, lookup: &Lookup<'_>, tongue: Tongue, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut texts: HashMap<SitePath, Option<String>> = HashMap::new();
    let mut out = String::new();
    for diagnostic in diagnostics.sorted() {
        let source =
            diagnostic.place.as_ref().and_then(|place| texts.entry(place.file.clone()).or_insert_with(|| lookup(&place.file)).clone());
        out.push_str(&one(diagnostic, source.as_deref(), tongue, &renderer));
        out.push_str("\n\n");
    }
    out
}

/// Where more is said about what was found; nothing where nothing was.
pub fn pointer(diagnostics: &Diagnostics) -> Option<Said> {
    let code = diagnostics.sorted().first()?.code;
    let zh = format!("方括号里是代码，原因和改法：parkpress explain {code}");
    Some(said(zh, format!("The word in brackets is a code; more about it: parkpress explain {code}")))
}

fn one(diagnostic: &Diagnostic, source: Option<&str>, tongue: Tongue, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR.with_name(if tongue == Tongue::Zh { "错误" } else { "error" }),
        Severity::Warning => Level::WARNING.with_name(if tongue == Tongue::Zh { "提醒" } else { "warning" }),
    };
    let message = diagnostic.message.in_tongue(tongue).to_string();
    let title = level.primary_title(message).id(diagnostic.code);
    let mut notes: Vec<String> = diagnostic.hints.iter().map(|hint| hint.in_tongue(tongue).to_string()).collect();
    for (place, why) in &diagnostic.see {
        notes.push(format!("{}（{}:{}:{}）", why.in_tongue(tongue), place.file, place.line, place.column));
    }
    let path;
    let snippet = match (&diagnostic.place, source.filter(|source| !source.is_empty())) {
        (Some(place), Some(source)) => {
            path = place.file.to_string();
            let span = span(source, place);
            Some(Snippet::source(source).path(path.as_str()).fold(true).annotation(AnnotationKind::Primary.span(span)))
        }
        _ => None,
    };
    let help = if tongue == Tongue::Zh { "办法" } else { "help" };
    let bare = snippet.is_none();
    let mut group = match snippet {
        Some(snippet) => title.element(snippet),
        None => title.elements(std::iter::empty::<Snippet<'_, annotate_snippets::Annotation<'_>>>()),
    };
    for note in notes {
        group = group.element(Level::HELP.with_name(help).message(note));
    }
    let shown = renderer.render(&[group]).to_string();
    match &diagnostic.place {
        Some(place) if bare => format!("{shown}\n  --> {}:{}:{}", place.file, place.line, place.column),
        _ => shown,
    }
}

/// The byte range of a place in a text; always inside it and on character boundaries.
fn span(source: &str, place: &Place) -> std::ops::Range<usize> {
    let line_at = source.split_inclusive('\n').take(place.line.saturating_sub(1) as usize).map(str::len).sum::<usize>();
    let line = source[line_at..].split('\n').next().unwrap_or_default();
    let at = |column: usize| line_at + line.char_indices().nth(column).map_or(line.len(), |(at, _)| at);
    let column = place.column.saturating_sub(1) as usize;
    let start = at(column).min(source.len());
    let end = at(column + (place.length.max(1)) as usize).min(source.len());
    start..end.max(start)
}

/// One object, as the contract describes it.
pub fn json(diagnostics: &Diagnostics, files: usize) -> String {
    let said = |said: &Said| json!({"zh": said.zh, "en": said.en});
    let list: Vec<Json> = diagnostics
        .sorted()
        .into_iter()
        .map(|diagnostic| {
            let place = diagnostic.place.as_ref();
            json!({
                "code": diagnostic.code,
                "severity": word(diagnostic.severity),
                "file": place.map(|place| place.file.as_str()),
                "line": place.map(|place| place.line),
                "column": place.map(|place| place.column),
                "field": place.and_then(|place| place.field.clone()),
                "message": said(&diagnostic.message),
                "explanation": codes::explain(diagnostic.code).map(|found| said(&found.text)),
                "hints": diagnostic.hints.iter().map(said).collect::<Vec<_>>(),
                "see": diagnostic.see.iter().map(|(place, why)| json!({"file": place.file.as_str(), "line": place.line, "column": place.column, "message": said(why)})).collect::<Vec<_>>(),
            })
        })
        .collect();
    let (errors, warnings) = counts(diagnostics);
    json!({"summary": {"errors": errors, "warnings": warnings, "files": files}, "diagnostics": list}).to_string()
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// How many errors and warnings there are, equal ones counted once.
pub fn counts(diagnostics: &Diagnostics) -> (usize, usize) {
    let sorted = diagnostics.sorted();
    let errors = sorted.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    (errors, sorted.len() - errors)
}

/// SARIF 2.1.0, for editors and code hosts.
pub fn sarif(diagnostics: &Diagnostics, version: &str) -> String {
    let rules: Vec<Json> = codes::all()
        .into_iter()
        .map(|rule| json!({"id": rule.code, "fullDescription": {"text": rule.text.en}, "help": {"text": rule.text.zh}}))
        .collect();
    let results: Vec<Json> = diagnostics
        .sorted()
        .into_iter()
        .map(|diagnostic| {
            let text =
                std::iter::once(&diagnostic.message).chain(&diagnostic.hints).map(|said| said.zh.as_str()).collect::<Vec<_>>().join(" ");
            let mut result = json!({"ruleId": diagnostic.code, "level": word(diagnostic.severity), "message": {"text": text}});
            if let Some(place) = &diagnostic.place {
                let uri = crate_uri(place.file.as_str());
                let region = json!({"startLine": place.line.max(1), "startColumn": place.column.max(1)});
                result["locations"] = json!([{"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}]);
            }
            result
        })
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": {"name": "parkpress", "version": version, "rules": rules}}, "columnKind": "unicodeCodePoints", "results": results}],
    })
    .to_string()
}

fn crate_uri(path: &str) -> String {
    const PLAIN: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_');
    percent_encoding::utf8_percent_encode(path, PLAIN).to_string()
}

#[cfg(test)]
mod tests {
    use super::super::{Diagnostic, Diagnostics, Place, SitePath, Tongue, codes, said};
    use super::{json, sarif, text};

    fn sample() -> Diagnostics {
        let mut noted = Diagnostics::new();
        let place = Place::new(&SitePath::new("content/厂房.yaml"), 2, 4).spanning(2);
        noted.push(
            Diagnostic::error("field-unknown", place, said("没有这个字段。", "No such field."))
                .hint(said("是不是“净高”？", "Did you mean it?")),
        );
        noted
    }

    #[test]
    fn people_see_the_line_and_the_remedy() {
        let shown = text(&sample(), &|_| Some("名称: 甲\n净离: 8\n".into()), Tongue::Zh, false);
        for part in ["错误", "field-unknown", "没有这个字段。", "content/厂房.yaml:2:4", "净离: 8", "是不是“净高”？"]
        {
            assert!(shown.contains(part), "{part} in:\n{shown}");
        }
        assert!(text(&sample(), &|_| None, Tongue::En, false).contains("content/厂房.yaml:2:4"));
    }

    #[test]
    fn machines_get_the_contract() {
        let value: serde_json::Value = serde_json::from_str(&json(&sample(), 3)).unwrap();
        assert_eq!(value["summary"], serde_json::json!({"errors": 1, "warnings": 0, "files": 3}));
        assert_eq!(value["diagnostics"][0]["message"]["zh"], "没有这个字段。");
        assert_eq!(value["diagnostics"][0]["explanation"]["en"], codes::explain("field-unknown").unwrap().text.en);
        let value: serde_json::Value = serde_json::from_str(&sarif(&sample(), "0.1.0")).unwrap();
        assert_eq!(value["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"], 2);
    }
}
