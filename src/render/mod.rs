//! RENDER: one planned item + the catalog → its bytes. A pure function.
//!
//! In: a [`Planned`] item. Out: [`Output`]. Never: writes, reads a clock, looks at another page.
//!
//! [`views`] are the only types that templates see; [`engine`] is the only module that knows the template engine.

pub mod engine;
pub mod views;

pub mod approval;
pub mod charts;
pub mod kit;

mod assets;
mod calendar;
mod components;
mod data;
mod document;
mod feeds;
mod images;
mod machine;
mod minify;
mod only;
mod qr;
mod schema_org;
mod search;
mod shared;
mod sketch;

pub use document::escape;
pub use images::{Memo, NoMemo};
pub use search::tokens;
pub use shared::{CSP, Shared};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::plan::{Job, Planned};
use crate::project::Blob;
use crate::resolve::Catalog;
use engine::Engine;
use images::Images;
use std::ops::Deref;
use std::sync::Arc;

/// What an item became.
#[derive(Debug, Clone)]
pub enum Output {
    /// Finished bytes.
    Bytes(Vec<u8>),
    /// A file to be copied.
    Copy(Blob),
}

/// Everything that pages share, made once.
pub struct Renderer<C: Deref<Target = Catalog>> {
    catalog: C,
    engine: Engine,
    shared: Shared,
    images: Images,
    searches: search::Searches,
}

impl<C: Deref<Target = Catalog>> Renderer<C> {
    /// Parses the templates and prepares what is shared. `None` after an error in a template was noted.
    pub fn new(catalog: C, diagnostics: &mut Diagnostics) -> Option<Renderer<C>> {
        let engine = Engine::new(&catalog.theme, catalog.site.minify, diagnostics)?;
        let shared = Shared::new(&catalog, &engine);
        let searches = search::Searches::new(&catalog.site.languages);
        Some(Renderer { catalog, engine, shared, searches, images: Images::new(Arc::new(NoMemo)) })
    }

    /// Remembers pictures.
    pub fn with_memo(self, memo: Arc<dyn Memo>) -> Renderer<C> {
        Renderer { images: Images::new(memo), ..self }
    }

    /// The catalog that is rendered.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// Renders every example of the theme's components and notes what is wrong with any.
    pub fn check_components(&self, diagnostics: &mut Diagnostics) {
        components::check(&self.catalog, &self.engine, &self.shared, diagnostics);
    }

    /// Notes what is wrong with the style of the kit's articles.
    pub fn check_kit(&self, diagnostics: &mut Diagnostics) {
        kit::check(&self.catalog, &self.engine, &self.shared, diagnostics);
    }

    /// The page that shows the theme's components; only the preview has it.
    pub fn components_page(&self) -> Result<Vec<u8>, Diagnostic> {
        self.page("components.html", components::page(&self.catalog, &self.engine, &self.shared))
    }

    /// Renders one item.
    pub fn render(&self, planned: &Planned) -> Result<Output, Diagnostic> {
        let catalog: &Catalog = &self.catalog;
        let bytes = match &planned.job {
            Job::Media(file) | Job::Picture { file, .. } => {
                let Some(media) = catalog.media.get(file) else { return Ok(Output::Bytes(Vec::new())) };
                return match &planned.job {
                    Job::Picture { width, .. } => self.images.sized(file, media, *width),
                    _ => self.images.whole(file, media),
                };
            }
            Job::Feed { of, lang, json } => feeds::feed(catalog, *of, *lang, *json),
            Job::Calendar { of, lang } => calendar::calendar(catalog, *of, *lang),
            Job::Sitemap => machine::sitemap(catalog),
            Job::Robots => machine::robots(catalog),
            Job::BuildInfo => machine::build_info(catalog),
            Job::DataJson(of) => data::json(catalog, *of),
            Job::DataCsv(of) => data::csv(catalog, *of),
            Job::DataSchema(of) => data::schema(catalog, *of),
            Job::Style => assets::style(catalog),
            Job::PageStyle(ix) => assets::page_style(&catalog.theme.page_styles[*ix].text),
            Job::Icon => catalog.identity.icon.clone().unwrap_or_default().into_bytes(),
            Job::Script(ix) => assets::script(&catalog.theme.scripts[*ix].text, catalog.site.minify),
            Job::FinderData { of, lang } => views::finder_rows::data_script(catalog, *of, *lang),
            Job::FitData(lang) => views::fit::data_script(catalog, *lang),
            Job::CompareData { of, lang, part } => views::compare::data_script(catalog, *of, *lang, *part),
            Job::SearchPart { lang, part } => self.searches.file(catalog, *lang, *part),
            Job::Redirect(ix) => self.page("redirect.html", views::pages::redirect(catalog, *ix))?,
            job => {
                let (template, page) = views::page_of(catalog, &self.shared, &self.engine, job)?;
                self.page(&template, page)?
            }
        };
        Ok(Output::Bytes(bytes))
    }

    fn page(&self, template: &str, page: views::PageContext) -> Result<Vec<u8>, Diagnostic> {
        let html = self.engine.page(template, &self.shared, page)?;
        Ok(if self.engine.minifies_whole(template) { minify::page(html) } else { html })
    }
}
