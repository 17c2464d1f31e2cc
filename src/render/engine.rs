//! The template engine. The only module that knows tera.

use super::minify;
use super::only::Only;
use super::shared::Shared;
use super::views::PageContext;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, SitePath, messages};
use crate::read::{KIT, Named, Theme};
use crate::value::Lang;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use tera::{Context, ErrorKind, Tera, Value};

/// Room for most pages, in bytes, so that they need not be moved while they grow.
const USUAL_PAGE: usize = 16 * 1024;

/// A value converted for templates once and shared by many pages.
#[derive(Debug, Clone)]
pub struct Prepared(Value);

impl Serialize for Prepared {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// An argument of a component.
pub struct Argument {
    /// Its name.
    pub name: String,
    /// Must a call give it?
    pub needed: bool,
}

/// The parsed templates of a theme.
pub struct Engine {
    tera: Tera,
    /// The templates as written, where pages are made from smaller ones: only they have the places for messages.
    written: Option<Tera>,
    /// The templates whose pages are minified as a whole.
    whole: BTreeSet<String>,
    /// What the templates name: no more is converted for them.
    named: Named,
    /// Template name → file, for messages.
    files: BTreeMap<String, SitePath>,
}

impl Engine {
    /// Parses every template; errors are noted with their place. With `minify`, pages are made from templates in their
    /// small form.
    pub fn new(theme: &Theme, minify: bool, diagnostics: &mut Diagnostics) -> Option<Engine> {
        let files = theme.templates.iter().filter_map(|(name, text)| Some((name.clone(), text.file.clone()?))).collect();
        // The theme's own copy of a component would be a second definition of it: only page templates stay reachable.
        let reachable = theme.templates.iter().filter(|(name, _)| !name.starts_with("theme:components/"));
        let mut templates: BTreeMap<&str, &str> = reachable.map(|(name, text)| (name.as_str(), text.text.as_str())).collect();
        let mut engine = Engine { tera: parser(), written: None, whole: BTreeSet::new(), named: theme.named.clone(), files };
        if let Err(error) = engine.tera.add_raw_templates(templates.iter().map(|(name, text)| (*name, *text))) {
            diagnostics.push(engine.located(&error, ""));
            return None;
        }
        if minify {
            // The kit's templates are no pages of the site: texts are not HTML, and its articles are made over.
            let pages = templates.iter().filter(|(name, _)| !is_of_kit(name)).map(|(name, text)| (*name, *text)).collect();
            let (small, whole) = minify::templates(&pages);
            engine.whole = whole.into_iter().map(str::to_string).collect();
            templates.extend(small.iter().map(|(name, text)| (*name, text.as_str())));
            let mut tera = parser();
            if tera.add_raw_templates(templates.iter().map(|(name, text)| (*name, *text))).is_ok() {
                engine.written = Some(std::mem::replace(&mut engine.tera, tera));
            }
        }
        Some(engine)
    }

    /// Must the pages of a template be minified as a whole?
    pub fn minifies_whole(&self, template: &str) -> bool {
        self.whole.contains(template)
    }

    /// Converts a value once.
    pub fn prepare<T: Serialize>(&self, value: &T) -> Prepared {
        Prepared(Value::from_serializable(&Only(value, &self.named)))
    }

    /// Renders a page: what all pages share, then what is its own.
    pub fn page(&self, template: &str, shared: &Shared, page: PageContext) -> Result<Vec<u8>, Diagnostic> {
        let mut context = Context::new();
        for (key, value) in shared.of(page.lang) {
            context.insert_value(*key, value.0.clone());
        }
        context.insert("root", &page.root);
        context.insert("page", &Only(&page.page, &self.named));
        for (key, value) in page.parts {
            context.insert_value(key, value.0);
        }
        self.made(template, |tera| {
            let mut html = Vec::with_capacity(USUAL_PAGE);
            tera.render_to(template, &context, &mut html).map(|()| html)
        })
    }

    /// Renders a template of the kit, which has no page of the site around it.
    pub fn kit(&self, template: &str, shared: &Shared, lang: Lang, parts: Vec<(&str, Prepared)>) -> Result<String, Diagnostic> {
        let mut context = Context::new();
        for (key, value) in shared.of(lang) {
            context.insert_value(*key, value.0.clone());
        }
        context.insert("root", "");
        for (key, value) in parts {
            context.insert_value(key.to_string(), value.0);
        }
        self.made(template, |tera| tera.render(template, &context))
    }

    /// Does the theme have a template?
    pub fn has(&self, template: &str) -> bool {
        self.tera.get_template_names().any(|known| known == template)
    }

    /// The file of a template, for messages.
    pub fn file_of(&self, template: &str) -> SitePath {
        self.files.get(template).cloned().unwrap_or_else(|| SitePath::new(template))
    }

    /// Renders a component that a block of prose names.
    pub fn block<T: Serialize>(&self, name: &str, block: &T, root: &str, lang: Lang, shared: &Shared) -> Result<String, Diagnostic> {
        let mut context = Context::new();
        context.insert("block", block);
        context.insert("root", root);
        for (key, value) in shared.of(lang).iter().filter(|(key, _)| *key == "words") {
            context.insert_value(*key, value.0.clone());
        }
        let component = format!("block_{name}");
        self.made(&component, |tera| tera.render_component(&component, &context, None, true))
    }

    /// Renders a component with some arguments.
    pub fn component(
        &self,
        name: &str,
        arguments: Vec<(&str, Prepared)>,
        root: &str,
        lang: Lang,
        shared: &Shared,
    ) -> Result<String, Diagnostic> {
        let mut context = Context::new();
        for (key, value) in arguments {
            context.insert_value(key.to_string(), value.0);
        }
        let mut around = Context::new();
        around.insert("root", root);
        for (key, value) in shared.of(lang).iter().filter(|(key, _)| *key == "words") {
            around.insert_value(*key, value.0.clone());
        }
        self.made(name, |tera| tera.render_component_with_implicits(name, &context, &around, None, true))
    }

    /// The names of all components.
    pub fn components(&self) -> Vec<&str> {
        self.tera.get_component_names().collect()
    }

    /// The arguments of a component that a call gives; `None` where there is no such component.
    pub fn arguments(&self, component: &str) -> Option<Vec<Argument>> {
        let definition = self.tera.get_component_definition(component)?;
        let given = definition.args().iter().filter(|argument| !argument.is_implicit());
        Some(given.map(|argument| Argument { name: argument.name().to_string(), needed: argument.is_required() }).collect())
    }

    /// Renders; an error is said in the places of the template as written.
    fn made<T>(&self, name: &str, render: impl Fn(&Tera) -> tera::TeraResult<T>) -> Result<T, Diagnostic> {
        render(&self.tera).or_else(|error| self.written.as_ref().map_or(Err(error), &render)).map_err(|error| self.located(&error, name))
    }

    /// A template error as a diagnostic with its place, where the engine knows it.
    fn located(&self, error: &tera::Error, template: &str) -> Diagnostic {
        let file_of =
            |name: &str| self.files.get(name).cloned().unwrap_or_else(|| SitePath::new(if name.is_empty() { "themes" } else { name }));
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let span = report.span();
                let name = if report.filename().is_empty() { template } else { report.filename() };
                let line = u32::try_from(span.start_line).unwrap_or(1).max(1);
                let column = u32::try_from(span.start_col).unwrap_or(0).saturating_add(1);
                let place = Place::new(&file_of(name), line, column);
                if matches!(error.kind(), ErrorKind::SyntaxError(_)) {
                    messages::render::template_syntax(place, report.message())
                } else {
                    messages::render::template_failed(place, report.message())
                }
            }
            ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
                messages::render::template_circle(Place::start(&file_of(tpl)), tpl)
            }
            ErrorKind::MissingParent { current, parent } => messages::render::template_missing(Place::start(&file_of(current)), parent),
            ErrorKind::TemplateNotFound(name) | ErrorKind::ComponentNotFound(name) => {
                messages::render::template_missing(Place::start(&file_of(template)), name)
            }
            other => {
                let text = other.to_string();
                let (place, why) = match pointed(&text) {
                    Some((name, line, column)) => (Place::new(&file_of(name), line, column), text.lines().next().unwrap_or_default()),
                    None => (Place::start(&file_of(template)), text.as_str()),
                };
                messages::render::template_failed(place, why.trim_start_matches("error: "))
            }
        }
    }
}

/// The place that some errors (an unknown filter) only draw: `--> record.html:3:8`.
fn pointed(text: &str) -> Option<(&str, u32, u32)> {
    let line = text.lines().find_map(|line| line.trim_start().strip_prefix("--> "))?;
    let mut parts = line.trim().rsplitn(3, ':');
    let (column, line) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some((parts.next()?, line, column))
}

fn is_of_kit(name: &str) -> bool {
    name.trim_start_matches("theme:").starts_with(&format!("{KIT}/"))
}

fn parser() -> Tera {
    let mut tera = Tera::new();
    tera.autoescape_on(vec![".html", ".xml"]);
    tera
}
