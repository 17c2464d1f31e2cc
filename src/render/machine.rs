//! `sitemap.xml`, `robots.txt`, `build.json`.

use super::document::escape;
use crate::plan::{self, Job};
use crate::resolve::{Catalog, Entry, State};
use crate::schema::Role;
use crate::value::time;
use serde_json::json;
use std::fmt::Write;

/// May search engines list an entry?
fn is_listed(catalog: &Catalog, entry: &Entry) -> bool {
    let public = matches!(entry.state, State::Published | State::Corrected | State::Expired | State::Archived);
    public && (!entry.sample || catalog.site.demo) && !catalog.is_retired(entry)
}

/// Every page that people should find, with its date and its other languages.
pub fn sitemap(catalog: &Catalog) -> Vec<u8> {
    let base = catalog.site.base_url.as_deref().unwrap_or_default();
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.push_str("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n");
    for planned in plan::plan(catalog) {
        let (date, others) = match &planned.job {
            Job::Record(ix) => {
                let entry = &catalog.entries[*ix];
                if !is_listed(catalog, entry) {
                    continue;
                }
                let dated = catalog.touched(entry).or_else(|| catalog.role(entry, Role::Date).cloned());
                (dated.as_ref().and_then(time::sortable).map(|date| date.chars().take(10).collect::<String>()), entry.others.clone())
            }
            Job::List { .. } | Job::Page { .. } | Job::Trace(_) | Job::Facet { .. } | Job::Terms(_) | Job::Term { .. } => {
                (None, Vec::new())
            }
            _ => continue,
        };
        let path = planned.path.trim_end_matches("index.html");
        let _ = write!(xml, "<url><loc>{}/{}</loc>", escape(base), escape(&crate::resolve::url::encode(path)));
        if let Some(date) = date {
            let _ = write!(xml, "<lastmod>{}</lastmod>", escape(&date));
        }
        for (lang, other) in others {
            let url = catalog.entries[other].url.link(false);
            let _ = write!(xml, "<xhtml:link rel=\"alternate\" hreflang=\"{}\" href=\"{}/{}\"/>", lang.html(), escape(base), escape(&url));
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    xml.into_bytes()
}

/// Robots may read everything; a preview with drafts is closed to them.
pub fn robots(catalog: &Catalog) -> Vec<u8> {
    let mut text = String::from("User-agent: *\n");
    text.push_str(if catalog.drafts { "Disallow: /\n" } else { "Allow: /\n" });
    if let Some(base) = catalog.site.base_url.as_ref().filter(|_| !catalog.drafts) {
        let companions = catalog.beside.iter().filter(|path| path.ends_with("/sitemap.xml")).map(String::as_str);
        for path in std::iter::once("sitemap.xml").chain(companions) {
            let _ = writeln!(text, "Sitemap: {base}/{path}");
        }
    }
    text.into_bytes()
}

/// What is online and when it would next change by itself. No names, no paths of the office.
pub fn build_info(catalog: &Catalog) -> Vec<u8> {
    let zone = &catalog.site.zone;
    let mut info = json!({
        "tool": concat!("parkpress ", env!("CARGO_PKG_VERSION")),
        "content": catalog.digest,
        "at": catalog.at.rfc3339(zone),
        "next_change": catalog.next_change.map(|at| at.rfc3339(zone)),
        "records": catalog.entries.len(),
        "languages": catalog.site.languages.iter().map(|lang| lang.code()).collect::<Vec<_>>(),
    });
    if let Some(trace) = &catalog.trace {
        info["clauses"] = json!({"covered": trace.covered(), "total": trace.clauses.len()});
    }
    format!("{info:#}\n").into_bytes()
}
