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

use diagnostic::{Diagnostics, SitePath, messages};
use project::{Failure, Snapshot};
use rayon::prelude::*;
use read::Beside;
use render::{Memo, NoMemo, Output, Renderer};
use resolve::{Catalog, Options};
use std::collections::BTreeSet;
use std::path::Path;
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
    produce_below(catalog, None, memo, diagnostics, take)
}

fn produce_below<'c, E: Send>(
    catalog: &'c Catalog,
    below: Option<audit::Below<'_>>,
    memo: Arc<dyn Memo>,
    diagnostics: &mut Diagnostics,
    take: impl Fn(&str, &Output) -> Result<(), E> + Sync,
) -> Result<(Vec<audit::Facts>, Option<Renderer<&'c Catalog>>), E> {
    let mut clashes = Diagnostics::new();
    let (renderer, plan) = rayon::join(
        || {
            let renderer = Renderer::new(catalog, diagnostics)?.with_memo(memo);
            renderer.check_components(diagnostics);
            renderer.check_kit(diagnostics);
            Some(renderer)
        },
        || Some(plan::plan(catalog)).filter(|plan| plan::clashes::check(catalog, plan, &mut clashes)),
    );
    let Some(renderer) = renderer else { return Ok((Vec::new(), None)) };
    diagnostics.append(clashes);
    let Some(plan) = plan else { return Ok((Vec::new(), Some(renderer))) };
    let base = catalog.site.base_path();
    let paths = plan.iter().map(|planned| planned.path.as_str()).collect();
    let mut lens = audit::Lens::new(&base, &catalog.secrets, paths, audit::sought(catalog.trace.as_ref()));
    lens.beside = Some(&catalog.beside);
    lens.below = below;
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

/// A site that is published below another one: understood and produced like any other, with a catalog of its own.
#[derive(Debug)]
pub struct Companion {
    /// The first part of its addresses below the other site.
    pub at: String,
    /// Its folder, seen from the root of the other site.
    pub folder: String,
    /// Its bytes.
    pub snapshot: Snapshot,
    /// What it means, where it can be read.
    pub catalog: Option<Catalog>,
    /// The address of the site under which it lies.
    pub origin: Option<String>,
}

/// The companions that a site names, and what they will hold: links of the site may lead there. What is noted has paths
/// that begin at the root of the site.
pub fn companions(root: &Path, host: &mut Catalog, options: Options, diagnostics: &mut Diagnostics) -> Result<Vec<Companion>, Failure> {
    let mut found = Vec::new();
    for Beside { at, folder, place } in host.site.beside.clone() {
        let Some((snapshot, mut noted)) = project::load_below(root, &folder)? else {
            diagnostics.push(messages::site::beside_missing(place, &folder));
            continue;
        };
        let mut catalog = understand(&snapshot, options, &mut noted);
        if let Some(own) = &mut catalog {
            own.is_companion = true;
            // What a companion is, the site says under which it is published.
            noted.forget("profile-missing");
            own.site.base_url = own.site.base_url.take().or_else(|| host.site.base_url.as_ref().map(|base| format!("{base}/{at}")));
            let deeper = own.site.beside.iter().map(|deeper| messages::site::beside_nested(deeper.place.clone(), &folder));
            deeper.for_each(|told| noted.push(told));
            host.beside.extend(plan::plan(own).into_iter().map(|planned| format!("{at}/{}", planned.path)));
        }
        diagnostics.append_below(noted, &folder, &at);
        found.push(Companion { at, folder, snapshot, catalog, origin: host.site.base_url.clone() });
    }
    Ok(found)
}

/// The text of a file of a site or of its companions, decoded for printing.
pub fn text_of(snapshot: &Snapshot, companions: &[Companion], path: &SitePath) -> Option<String> {
    let text = |snapshot: &Snapshot, path: &SitePath| source::encoding::decode(path, snapshot.texts.get(path)?, &mut Diagnostics::new());
    text(snapshot, path).or_else(|| {
        let below = |own: &Companion| path.as_str().strip_prefix(&own.folder)?.strip_prefix('/').map(SitePath::new);
        companions.iter().find_map(|own| text(&own.snapshot, &below(own)?))
    })
}

/// The companions → every item of theirs, with its path below the site, whose `facts` show what leads from one to the
/// other. Gives their number.
pub fn produce_companions<E: Send>(
    companions: &[Companion],
    facts: &[audit::Facts],
    memo: &Arc<dyn Memo>,
    diagnostics: &mut Diagnostics,
    take: impl Fn(&str, &Output) -> Result<(), E> + Sync,
) -> Result<usize, E> {
    let mut items = 0;
    let paths = |own: &Companion| -> Vec<String> {
        let plan = own.catalog.iter().flat_map(plan::plan);
        plan.map(|planned| format!("{}/{}", own.at, planned.path)).collect()
    };
    let all: BTreeSet<String> = if companions.len() > 1 { companions.iter().flat_map(paths).collect() } else { BTreeSet::new() };
    for Companion { at, folder, catalog, origin, .. } in companions {
        let Some(catalog) = catalog else { continue };
        let mut noted = Diagnostics::new();
        let base = catalog.site.base_path();
        // A companion with an address of its own lies elsewhere.
        let above = if origin.is_none() { Some("/") } else { base.strip_suffix(&format!("{at}/")) };
        let below = above.map(|base| audit::Below { at, base, origin: origin.as_deref() });
        let (own, _) = produce_below(catalog, below, memo.clone(), &mut noted, |path, output| take(&format!("{at}/{path}"), output))?;
        items += own.len();
        audit::across(facts, &own, at, &all, diagnostics, &mut noted);
        diagnostics.append_below(noted, folder, at);
    }
    Ok(items)
}

#[allow(clippy::large_enum_variant, reason = "nearly all are facts: a box for each would cost more than the room saved")]
enum Made {
    Facts(audit::Facts),
    Trouble(Box<diagnostic::Diagnostic>),
}
