//! The template engine. The only module that knows tera.

use super::shared::Shared;
use super::views::PageContext;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, SitePath, messages};
use crate::read::Theme;
use crate::value::Lang;
use serde::Serialize;
use tera::{Context, ErrorKind, Tera, Value};

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
    /// Template name → file, for messages.
    files: std::collections::BTreeMap<String, SitePath>,
}

impl Engine {
    /// Parses every template; errors are noted with their place.
    pub fn new(theme: &Theme, diagnostics: &mut Diagnostics) -> Option<Engine> {
        let mut tera = Tera::new();
        tera.autoescape_on(vec![".html", ".xml"]);
        let files = theme.templates.iter().filter_map(|(name, text)| Some((name.clone(), text.file.clone()?))).collect();
        // The theme's own copy of a component would be a second definition of it: only page templates stay reachable.
        let reachable = theme.templates.iter().filter(|(name, _)| !name.starts_with("theme:components/"));
        let templates: Vec<(&str, &str)> = reachable.map(|(name, text)| (name.as_str(), text.text.as_str())).collect();
        let mut engine = Engine { tera, files };
        if let Err(error) = engine.tera.add_raw_templates(templates) {
            diagnostics.push(engine.located(&error, "", theme));
            return None;
        }
        Some(engine)
    }

    /// Converts a value once.
    pub fn prepare<T: Serialize>(&self, value: &T) -> Prepared {
        Prepared(Value::from_serializable(value))
    }

    /// Renders a page: what all pages share, then what is its own.
    pub fn page(&self, template: &str, shared: &Shared, page: PageContext) -> Result<String, Diagnostic> {
        let mut context = Context::new();
        for (key, value) in shared.of(page.lang) {
            context.insert_value(*key, value.0.clone());
        }
        context.insert("root", &page.root);
        context.insert("page", &page.page);
        for (key, value) in page.parts {
            context.insert_value(key, value.0);
        }
        self.tera.render(template, &context).map_err(|error| self.trouble(&error, template))
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
        self.tera.render_component(&component, &context, None, true).map_err(|error| self.trouble(&error, &component))
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
        self.tera.render_component_with_implicits(name, &context, &around, None, true).map_err(|error| self.trouble(&error, name))
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

    fn trouble(&self, error: &tera::Error, template: &str) -> Diagnostic {
        self.located(error, template, &Theme::default())
    }

    /// A template error as a diagnostic with its place, where the engine knows it.
    fn located(&self, error: &tera::Error, template: &str, _theme: &Theme) -> Diagnostic {
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
            other => messages::render::template_failed(Place::start(&file_of(template)), &other.to_string()),
        }
    }
}
