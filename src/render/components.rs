//! The components of the theme by their examples: `check` renders each once, the preview shows them all on one page.

use super::charts;
use super::engine::{Engine, Prepared};
use super::shared::Shared;
use super::views::{PageContext, in_lang, page::PageView};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, messages, nearest, print::text};
use crate::plan::page_url;
use crate::read::{Component, Example};
use crate::resolve::Catalog;
use crate::value::Lang;
use serde::Serialize;

/// The address of the page below the root; no part of the published site.
pub const PATH: &str = "_components";

#[derive(Serialize)]
struct ComponentView {
    name: String,
    template: String,
    style: String,
    examples: Vec<ExampleView>,
}

#[derive(Serialize)]
struct ExampleView {
    key: String,
    title: String,
    /// The call, as a template writes it.
    call: String,
    html: String,
    /// Why it cannot be shown.
    trouble: String,
}

/// Renders every example and notes what is wrong with any of them.
pub fn check(catalog: &Catalog, engine: &Engine, shared: &Shared, diagnostics: &mut Diagnostics) {
    let lang = catalog.site.default_lang();
    for component in &catalog.theme.components {
        let place = component.template.as_ref().or(component.file.as_ref()).or(component.style.as_ref()).map(Place::start);
        if let Some(place) = place.filter(|_| component.examples.is_empty() && component.of_site && component.template.is_some()) {
            diagnostics.push(messages::chart::example_missing(place, &component.name));
        }
        for example in &component.examples {
            if let Err(diagnostic) = rendered(component, example, engine, shared, "", lang) {
                diagnostics.push(diagnostic);
            }
        }
    }
}

fn rendered(
    component: &Component,
    example: &Example,
    engine: &Engine,
    shared: &Shared,
    root: &str,
    lang: Lang,
) -> Result<String, Diagnostic> {
    let name = &component.name;
    let place = || example.place.clone();
    let Some(known) = engine.arguments(name) else {
        let all = engine.components();
        return Err(messages::chart::component_unknown(place(), name, nearest(name, all.iter().copied())));
    };
    let mut given: Vec<(&str, Prepared)> = example.arguments.iter().map(|(key, value)| (key.as_str(), engine.prepare(value))).collect();
    given.extend(example.chart.as_ref().map(|chart| ("chart", engine.prepare(&charts::view(chart, true)))));
    let names: Vec<&str> = known.iter().map(|argument| argument.name.as_str()).collect();
    if let Some((strange, _)) = given.iter().find(|(key, _)| !names.contains(key)) {
        return Err(messages::chart::argument_unknown(place(), name, strange, nearest(strange, names.iter().copied()), &names));
    }
    if let Some(missing) = known.iter().find(|argument| argument.needed && !given.iter().any(|(key, _)| *key == argument.name)) {
        return Err(messages::chart::argument_missing(place(), name, &missing.name));
    }
    engine.component(name, given, root, lang, shared).map_err(|trouble| messages::chart::example_failed(place(), name, trouble))
}

/// The page that shows every component, in the frame of the theme.
pub fn page(catalog: &Catalog, engine: &Engine, shared: &Shared) -> PageContext {
    let lang = catalog.site.default_lang();
    let url = page_url(catalog, lang, PATH);
    let root = url.root();
    let mut page = PageView::new(catalog, lang, &url, "components", &catalog.word("components", lang), "");
    page.noindex = true;
    page.canonical = None;
    let views: Vec<ComponentView> =
        catalog.theme.components.iter().map(|component| shown(component, engine, shared, &root, lang)).collect();
    PageContext { lang, root, page, parts: vec![("components".to_string(), engine.prepare(&views))] }
}

fn shown(component: &Component, engine: &Engine, shared: &Shared, root: &str, lang: Lang) -> ComponentView {
    let file = |file: &Option<crate::diagnostic::SitePath>| file.as_ref().map(ToString::to_string).unwrap_or_default();
    let tongue = if lang.is_chinese() { crate::diagnostic::Tongue::Zh } else { crate::diagnostic::Tongue::En };
    let example = |example: &Example| {
        let (html, trouble) = match rendered(component, example, engine, shared, root, lang) {
            Ok(html) => (html, String::new()),
            Err(diagnostic) => {
                let mut one = Diagnostics::new();
                one.push(diagnostic);
                (String::new(), text(&one, &|_| None, tongue, false))
            }
        };
        let title = in_lang(&example.title, lang).to_string();
        ExampleView { key: example.key.clone(), title, call: call(component, example), html, trouble }
    };
    ComponentView {
        name: component.name.clone(),
        template: file(&component.template),
        style: file(&component.style),
        examples: component.examples.iter().map(example).collect(),
    }
}

/// `{{ <card card={card} level={2} /> }}`: numbers and flags as they are, everything else by its name.
fn call(component: &Component, example: &Example) -> String {
    let mut call = format!("{{{{ <{}", component.name);
    for (key, value) in &example.arguments {
        let shown = if value.is_number() || value.is_boolean() { value.to_string() } else { key.clone() };
        call.push_str(&format!(" {key}={{{shown}}}"));
    }
    if example.chart.is_some() {
        call.push_str(" chart={chart}");
    }
    call + " /> }}"
}
