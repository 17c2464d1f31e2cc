//! RENDER: one planned item + the catalog → its bytes. A pure function.
//!
//! In: a [`Planned`] item. Out: [`Output`]. Never: writes, reads a clock, looks at another page.
//!
//! [`views`] are the only types that templates see; [`engine`] is the only module that knows the template engine.

pub mod engine;
pub mod views;

mod assets;
mod data;
mod document;
mod feeds;
mod machine;
mod minify;
mod qr;
mod schema_org;
mod shared;

pub use shared::{CSP, Shared};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::plan::{Job, Planned};
use crate::project::Blob;
use crate::resolve::Catalog;
use engine::Engine;
use std::ops::Deref;

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
    minify: bool,
}

impl<C: Deref<Target = Catalog>> Renderer<C> {
    /// Parses the templates and prepares what is shared. `None` after an error in a template was noted.
    pub fn new(catalog: C, diagnostics: &mut Diagnostics) -> Option<Renderer<C>> {
        let engine = Engine::new(&catalog.theme, diagnostics)?;
        let shared = Shared::new(&catalog, &engine);
        let minify = catalog.site.minify;
        Some(Renderer { catalog, engine, shared, minify })
    }

    /// The catalog that is rendered.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// Renders one item.
    pub fn render(&self, planned: &Planned) -> Result<Output, Diagnostic> {
        let catalog: &Catalog = &self.catalog;
        let bytes = match &planned.job {
            Job::Media(file) => {
                return Ok(catalog.media.get(file).map_or_else(|| Output::Bytes(Vec::new()), |media| Output::Copy(media.blob.clone())));
            }
            Job::Feed { of, lang, json } => feeds::feed(catalog, *of, *lang, *json),
            Job::Sitemap => machine::sitemap(catalog),
            Job::Robots => machine::robots(catalog),
            Job::BuildInfo => machine::build_info(catalog),
            Job::DataJson(of) => data::json(catalog, *of),
            Job::DataCsv(of) => data::csv(catalog, *of),
            Job::DataSchema(of) => data::schema(catalog, *of),
            Job::Style => assets::style(catalog),
            Job::Script(ix) => assets::script(&catalog.theme.scripts[*ix].text),
            Job::FinderData { of, lang } => views::finder_rows::data_script(catalog, *of, *lang),
            Job::CompareData { of, lang, part } => views::compare::data_script(catalog, *of, *lang, *part),
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
        Ok(if self.minify { minify::page(html.into_bytes()) } else { html.into_bytes() })
    }
}
