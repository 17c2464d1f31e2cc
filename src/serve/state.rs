//! The last good site, and what is wrong with the present one.

use super::Config;
use super::admin::{Admin, Desk};
use super::memory::Memory;
use crate::diagnostic::{Diagnostics, SitePath, print};
use crate::plan::{self, Planned};
use crate::project::{self, Snapshot};
use crate::render::Renderer;
use crate::resolve::Catalog;
use crate::write::Cache;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use tokio::sync::watch;

/// A site ready to be rendered item by item.
pub struct Preview {
    /// Renders items.
    pub renderer: Renderer<Arc<Catalog>>,
    /// The items by their path.
    pub plan: HashMap<String, Planned>,
    /// The sites that are published below it, by the first part of their addresses.
    pub companions: Vec<(String, Preview)>,
}

impl Preview {
    /// The site that a path belongs to, the beginning of its addresses, and the path in it.
    pub fn of<'a>(&'a self, path: &'a str) -> (&'a Preview, String, &'a str) {
        let below = |(at, own): &'a (String, Preview)| Some((own, format!("{at}/"), path.strip_prefix(at)?.strip_prefix('/')?));
        self.companions.iter().find_map(below).unwrap_or((self, String::new(), path))
    }
}

/// What the server knows.
pub struct State {
    /// How to serve.
    pub config: Config,
    /// Where it listens.
    pub address: SocketAddr,
    /// The forms, where they were asked for.
    pub admin: Option<Arc<Admin>>,
    good: RwLock<Option<Arc<Preview>>>,
    trouble: RwLock<String>,
    /// The folders of the companions.
    folders: RwLock<Vec<String>>,
    /// The files of the last reading, without their texts: what was seen in an unchanged photo is still true.
    seen: RwLock<Snapshot>,
    pictures: Arc<Memory>,
    /// Held while the site is read: the last reading is the one that counts.
    reading: Mutex<()>,
    generation: watch::Sender<u64>,
}

impl State {
    /// Before anything is loaded.
    pub fn new(config: Config, address: SocketAddr, admin: Option<Arc<Admin>>) -> State {
        let pictures = Arc::new(Memory::new(Cache::of(&config.root)));
        let (good, trouble, folders, seen) = (RwLock::default(), RwLock::default(), RwLock::default(), RwLock::default());
        State { config, address, admin, good, trouble, folders, seen, pictures, reading: Mutex::new(()), generation: watch::Sender::new(0) }
    }
    /// The last good site.
    pub fn good(&self) -> Option<Arc<Preview>> {
        self.good.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
    /// What is wrong, as text; empty where nothing is.
    pub fn trouble(&self) -> String {
        self.trouble.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
    /// The folders of the site and of its companions.
    pub fn folders(&self) -> Vec<PathBuf> {
        let below = self.folders.read().unwrap_or_else(PoisonError::into_inner);
        std::iter::once(self.config.root.clone()).chain(below.iter().map(|folder| self.config.root.join(folder))).collect()
    }
    /// Is told whenever something changed.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.generation.subscribe()
    }
    /// Reads the site anew. A site with errors leaves the last good one in place.
    pub fn load(&self) {
        let _one_at_a_time = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        let (preview, trouble) = self.read();
        if let Some(preview) = preview {
            *self.good.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(preview));
        }
        *self.trouble.write().unwrap_or_else(PoisonError::into_inner) = trouble;
        self.generation.send_modify(|generation| *generation += 1);
    }

    fn read(&self) -> (Option<Preview>, String) {
        let (mut snapshot, mut diagnostics) = match project::load(&self.config.root) {
            Ok(loaded) => loaded,
            Err(failure) => return (None, failure.message.in_tongue(self.config.tongue).to_string()),
        };
        snapshot.remember(&self.seen.read().unwrap_or_else(PoisonError::into_inner));
        let blobs = snapshot.blobs.clone();
        *self.seen.write().unwrap_or_else(PoisonError::into_inner) = Snapshot { blobs, ..Snapshot::default() };
        let (mut preview, mut companions) = (None, Vec::new());
        if let Some(mut catalog) = crate::understand(&snapshot, self.config.options(), &mut diagnostics) {
            if let Some(admin) = &self.admin {
                admin.know(Desk::new(&snapshot, &catalog, &diagnostics));
            }
            catalog.site.base_url = Some(format!("http://{}", self.address));
            companions = match crate::companions(&self.config.root, &mut catalog, self.config.options(), &mut diagnostics) {
                Ok(found) => found,
                Err(failure) => return (None, failure.message.in_tongue(self.config.tongue).to_string()),
            };
            *self.folders.write().unwrap_or_else(PoisonError::into_inner) = companions.iter().map(|own| own.folder.clone()).collect();
            if !diagnostics.has_errors() {
                preview = self.preview(catalog, &mut diagnostics);
            }
            for own in &mut companions {
                let Some(catalog) = own.catalog.take() else { continue };
                let mut noted = Diagnostics::new();
                let below = self.preview(catalog, &mut noted);
                diagnostics.append_below(noted, &own.folder, &own.at);
                preview.iter_mut().zip(below).for_each(|(preview, below)| preview.companions.push((own.at.clone(), below)));
            }
        }
        if !diagnostics.has_errors() {
            return (preview, String::new());
        }
        let lookup = |path: &SitePath| crate::text_of(&snapshot, &companions, path);
        let pointer = print::pointer(&diagnostics).map(|said| said.in_tongue(self.config.tongue).to_string()).unwrap_or_default();
        (None, print::text(&diagnostics, &lookup, self.config.tongue, false) + &pointer)
    }

    /// A catalog as pages that can be asked for.
    pub fn preview(&self, mut catalog: Catalog, diagnostics: &mut Diagnostics) -> Option<Preview> {
        // Absolute addresses of a preview lead to the preview.
        if !catalog.is_companion {
            catalog.site.base_url = Some(format!("http://{}", self.address));
        }
        let plan = plan::plan(&catalog);
        plan::clashes::check(&catalog, &plan, diagnostics);
        let plan = plan.into_iter().map(|planned| (planned.path.clone(), planned)).collect();
        let renderer = Renderer::new(Arc::new(catalog), diagnostics)?;
        Some(Preview { renderer: renderer.with_memo(self.pictures.clone()), plan, companions: Vec::new() })
    }
}
