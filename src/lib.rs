//! Parkpress turns Markdown and YAML about industrial parks into a static site.
//!
//! One pipeline: load → read → resolve → plan → render → audit → write. Each phase is a module; imports only point to
//! the modules before it. `build`, `check`, `serve` and every test are this pipeline with different ends:
//! [`understand`] goes from a snapshot to the catalog, [`produce`] from the catalog to the finished items.

pub mod audit;
pub mod cli;
pub mod desk;
pub mod diagnostic;
pub mod picture;
pub mod plan;
pub mod project;
pub mod read;
pub mod render;
pub mod resolve;
pub mod schema;
pub mod serve;
pub mod source;
pub mod value;
pub mod write;

use diagnostic::Diagnostics;
use project::Snapshot;
use rayon::prelude::*;
use render::{Memo, NoMemo, Output, Renderer};
use resolve::{Catalog, Options};
use std::sync::Arc;

/// load's result → the catalog: read and resolve. `None` where nothing can be read at all.
pub fn understand(snapshot: &Snapshot, options: Options, diagnostics: &mut Diagnostics) -> Option<Catalog> {
    let project = read::project(snapshot, diagnostics)?;
    Some(resolve::catalog(project, snapshot, options, diagnostics))
}

/// The catalog → every item of the site, rendered in parallel, handed to `take` and audited. Nothing is kept but facts.
///
/// `take` is where `build` writes and a test collects; its error stops the build.
pub fn produce<E: Send>(
    catalog: &Catalog,
    diagnostics: &mut Diagnostics,
    take: impl Fn(&str, &Output) -> Result<(), E> + Sync,
) -> Result<usize, E> {
    produce_with(catalog, Arc::new(NoMemo), diagnostics, take)
}

/// [`produce`] with a memory for what is costly to make: pictures.
pub fn produce_with<E: Send>(
    catalog: &Catalog,
    memo: Arc<dyn Memo>,
    diagnostics: &mut Diagnostics,
    take: impl Fn(&str, &Output) -> Result<(), E> + Sync,
) -> Result<usize, E> {
    produce_facts(catalog, memo, diagnostics, take).map(|(facts, _)| facts.len())
}

/// [`produce_with`], giving the facts of every item, for a report; and the renderer, which a process that ends anyway
/// need not take apart.
pub fn produce_facts<'c, E: Send>(
    catalog: &'c Catalog,
    memo: Arc<dyn Memo>,
    diagnostics: &mut Diagnostics,
    take: impl Fn(&str, &Output) -> Result<(), E> + Sync,
) -> Result<(Vec<audit::Facts>, Option<Renderer<&'c Catalog>>), E> {
    let Some(renderer) = Renderer::new(catalog, diagnostics).map(|renderer| renderer.with_memo(memo)) else {
        return Ok((Vec::new(), None));
    };
    renderer.check_components(diagnostics);
    renderer.check_kit(diagnostics);
    let plan = plan::plan(catalog);
    if !plan::clashes::check(catalog, &plan, diagnostics) {
        return Ok((Vec::new(), Some(renderer)));
    }
    let base = catalog.site.base_path();
    let paths = plan.iter().map(|planned| planned.path.as_str()).collect();
    let lens = audit::Lens::new(&base, &catalog.secrets, paths, audit::sought(catalog.trace.as_ref()));
    let made: Vec<Result<Made, E>> = plan
        .par_iter()
        .map(|planned| {
            Ok(match renderer.render(planned) {
                Ok(output) => {
                    take(&planned.path, &output)?;
                    Made::Facts(match &output {
                        Output::Bytes(bytes) => audit::facts(&planned.path, bytes, &lens),
                        Output::Copy(blob) => audit::copied(&planned.path, blob, &lens),
                    })
                }
                Err(diagnostic) => Made::Trouble(Box::new(diagnostic)),
            })
        })
        .collect();
    let mut facts = Vec::with_capacity(made.len());
    let mut failed = false;
    for made in made {
        match made? {
            Made::Facts(page) => facts.push(page),
            Made::Trouble(diagnostic) => {
                failed = true;
                diagnostics.push(*diagnostic);
            }
        }
    }
    // Pages that could not be rendered would only make every link to them look dead.
    if !failed {
        audit::judge(&facts, diagnostics);
        catalog.trace.iter().for_each(|trace| audit::trace(&facts, trace, diagnostics));
    }
    Ok((facts, Some(renderer)))
}

enum Made {
    Facts(audit::Facts),
    Trouble(Box<diagnostic::Diagnostic>),
}
