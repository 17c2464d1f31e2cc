//! Follows the disk: by the system's notices, or by polling where they do not reach (network drives).

use super::state::State;
use crate::diagnostic::{Said, said};
use notify::{EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

/// What is watched, and by whom. It watches as long as it lives.
struct Watching {
    /// Is there a folder of themes to watch?
    themes: bool,
    _by: Box<dyn Watcher + Send>,
}

/// Starts to watch `content/` and `themes/` of the site.
pub fn start(state: &Arc<State>) -> Result<(), Said> {
    let (tell, told) = channel();
    let watching = begin(state, &tell)?;
    let state = state.clone();
    std::thread::spawn(move || follow(&told, &tell, watching, &state));
    Ok(())
}

/// Watches what is there now. A site without a folder of themes is watched for its coming.
fn begin(state: &State, tell: &Sender<()>) -> Result<Watching, Said> {
    let root = &state.config.root;
    let themes = root.join("themes");
    let has_themes = themes.is_dir();
    let second = if has_themes { (themes, RecursiveMode::Recursive) } else { (root.clone(), RecursiveMode::NonRecursive) };
    let folders = [(root.join("content"), RecursiveMode::Recursive), second];
    // The system may have run out of watches, or know none for this drive: then we look ourselves.
    let of_system = (!state.config.poll).then(|| by_system(root, &folders, tell.clone()).ok()).flatten();
    let by = match of_system {
        Some(watcher) => watcher,
        None => by_polling(root, &folders, tell.clone())
            .map_err(|error| said(format!("不能监视文件：{error}。"), format!("Cannot watch the files: {error}.")))?,
    };
    Ok(Watching { themes: has_themes, _by: by })
}

type Folders = [(PathBuf, RecursiveMode)];
type By = notify::Result<Box<dyn Watcher + Send>>;

fn by_system(root: &Path, folders: &Folders, tell: Sender<()>) -> By {
    let mut watcher = RecommendedWatcher::new(handler(root, tell), notify::Config::default())?;
    folders.iter().try_for_each(|(folder, mode)| watcher.watch(folder, *mode))?;
    Ok(Box::new(watcher))
}

fn by_polling(root: &Path, folders: &Folders, tell: Sender<()>) -> By {
    let every = notify::Config::default().with_poll_interval(Duration::from_millis(500)).with_compare_contents(true);
    let mut watcher = PollWatcher::new(handler(root, tell), every)?;
    folders.iter().try_for_each(|(folder, mode)| watcher.watch(folder, *mode))?;
    Ok(Box::new(watcher))
}

fn handler(root: &Path, tell: Sender<()>) -> impl Fn(notify::Result<notify::Event>) + Send + 'static {
    let ours = ["content", "themes"].map(|name| root.join(name));
    move |event| {
        // A site that is written beside the content is no change of it.
        let is_change = event.is_ok_and(|event| {
            let about_us = event.paths.is_empty() || event.paths.iter().any(|path| ours.iter().any(|folder| path.starts_with(folder)));
            about_us && !matches!(event.kind, EventKind::Access(_))
        });
        if is_change {
            // The receiver is gone only when the program ends.
            let _ = tell.send(());
        }
    }
}

/// Loads the site anew after a change, once the changes have settled.
fn follow(told: &Receiver<()>, tell: &Sender<()>, mut watching: Watching, state: &State) {
    while told.recv().is_ok() {
        while told.recv_timeout(Duration::from_millis(30)).is_ok() {}
        if !watching.themes && state.config.root.join("themes").is_dir() {
            // Without the new folder under watch its files are seen late, but the preview goes on.
            watching = begin(state, tell).unwrap_or(watching);
        }
        state.load();
    }
}
