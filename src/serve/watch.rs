//! Follows the disk: by the system's notices, or by polling where they do not reach (network drives).

use super::state::State;
use crate::diagnostic::{Said, said};
use notify::{EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

/// Keeps the watcher alive.
pub enum Watching {
    /// The system tells.
    Told(#[allow(dead_code, reason = "it watches as long as it lives")] RecommendedWatcher),
    /// We look.
    Polled(#[allow(dead_code, reason = "it watches as long as it lives")] PollWatcher),
}

/// Starts to watch `content/` and `themes/` of the site.
pub fn start(state: &Arc<State>) -> Result<Watching, Said> {
    let (tell, told) = channel();
    let folders: Vec<PathBuf> =
        ["content", "themes"].iter().map(|name| state.config.root.join(name)).filter(|folder| folder.is_dir()).collect();
    // The system may have run out of watches, or know none for this drive: then we look ourselves.
    let of_system = (!state.config.poll).then(|| by_system(&folders, tell.clone()).ok()).flatten();
    let failed = |error: notify::Error| said(format!("不能监视文件：{error}。"), format!("Cannot watch the files: {error}."));
    let watching = match of_system {
        Some(watcher) => Watching::Told(watcher),
        None => Watching::Polled(by_polling(&folders, tell).map_err(failed)?),
    };
    let state = state.clone();
    std::thread::spawn(move || follow(&told, &state));
    Ok(watching)
}

fn by_system(folders: &[PathBuf], tell: Sender<()>) -> notify::Result<RecommendedWatcher> {
    let mut watcher = RecommendedWatcher::new(handler(tell), notify::Config::default())?;
    folders.iter().try_for_each(|folder| watcher.watch(folder, RecursiveMode::Recursive))?;
    Ok(watcher)
}

fn by_polling(folders: &[PathBuf], tell: Sender<()>) -> notify::Result<PollWatcher> {
    let every = notify::Config::default().with_poll_interval(Duration::from_millis(500)).with_compare_contents(true);
    let mut watcher = PollWatcher::new(handler(tell), every)?;
    folders.iter().try_for_each(|folder| watcher.watch(folder, RecursiveMode::Recursive))?;
    Ok(watcher)
}

fn handler(tell: Sender<()>) -> impl Fn(notify::Result<notify::Event>) + Send + 'static {
    move |event| {
        if event.is_ok_and(|event| !matches!(event.kind, EventKind::Access(_))) {
            // The receiver is gone only when the program ends.
            let _ = tell.send(());
        }
    }
}

/// Loads the site anew after a change, once the changes have settled.
fn follow(told: &Receiver<()>, state: &State) {
    while told.recv().is_ok() {
        while told.recv_timeout(Duration::from_millis(30)).is_ok() {}
        state.load();
    }
}
