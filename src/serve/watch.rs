//! Follows the disk: by the system's notices, or by polling where they do not reach (network drives).

use super::state::State;
use crate::diagnostic::{Said, said};
use notify::{EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

/// What is watched, and by whom. It watches as long as it lives.
struct Watching {
    folders: Vec<Folder>,
    _by: Box<dyn Watcher + Send>,
}

type Folder = (PathBuf, RecursiveMode);

/// Loads the site, and watches `content/` and `themes/` of it and of its companions from now on.
pub fn start(state: &Arc<State>) -> Result<(), Said> {
    let (tell, told) = channel();
    let watching = begin(state, &tell)?;
    let state = state.clone();
    std::thread::spawn(move || follow(&told, &tell, watching, &state));
    Ok(())
}

/// What is to be watched now: content and theme of the site and of its companions. A site without a folder of themes is
/// watched for its coming.
fn folders(state: &State) -> Vec<Folder> {
    let of = |root: &PathBuf| {
        let themes = root.join("themes");
        let second = if themes.is_dir() { (themes, RecursiveMode::Recursive) } else { (root.clone(), RecursiveMode::NonRecursive) };
        [(root.join("content"), RecursiveMode::Recursive), second]
    };
    state.folders().iter().flat_map(of).filter(|(folder, _)| folder.is_dir()).collect()
}

/// Begins to watch.
fn begin(state: &State, tell: &Sender<()>) -> Result<Watching, Said> {
    let folders = folders(state);
    // The system may have run out of watches, or know none for this drive: then we look ourselves.
    let of_system = (!state.config.poll).then(|| by_system(&folders, tell.clone()).ok()).flatten();
    let by = match of_system {
        Some(watcher) => watcher,
        None => by_polling(&folders, tell.clone())
            .map_err(|error| said(format!("不能监视文件：{error}。"), format!("Cannot watch the files: {error}.")))?,
    };
    Ok(Watching { folders, _by: by })
}

type By = notify::Result<Box<dyn Watcher + Send>>;

fn by_system(folders: &[Folder], tell: Sender<()>) -> By {
    let mut watcher = RecommendedWatcher::new(handler(folders, tell), notify::Config::default())?;
    folders.iter().try_for_each(|(folder, mode)| watcher.watch(folder, *mode))?;
    Ok(Box::new(watcher))
}

fn by_polling(folders: &[Folder], tell: Sender<()>) -> By {
    let every = notify::Config::default().with_poll_interval(Duration::from_millis(500)).with_compare_contents(true);
    let mut watcher = PollWatcher::new(handler(folders, tell), every)?;
    folders.iter().try_for_each(|(folder, mode)| watcher.watch(folder, *mode))?;
    Ok(Box::new(watcher))
}

fn handler(folders: &[Folder], tell: Sender<()>) -> impl Fn(notify::Result<notify::Event>) + Send + 'static {
    // Where a site without a theme of its own is watched, only its coming counts.
    let own = |(folder, mode): &Folder| if *mode == RecursiveMode::Recursive { folder.clone() } else { folder.join("themes") };
    let ours: Vec<PathBuf> = folders.iter().map(own).collect();
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

/// Loads the site, and anew after each change, once the changes have settled.
fn follow(told: &Receiver<()>, tell: &Sender<()>, mut watching: Watching, state: &State) {
    loop {
        state.load();
        if folders(state) != watching.folders {
            // Without the new folder under watch its files are seen late, but the preview goes on.
            watching = begin(state, tell).unwrap_or(watching);
            // What changed between the reading and the first watch was told by nobody.
            state.load();
        }
        if told.recv().is_err() {
            return;
        }
        while told.recv_timeout(Duration::from_millis(30)).is_ok() {}
    }
}
