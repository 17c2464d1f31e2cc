//! Follows the disk: by the system's notices, or by polling where they do not reach (network drives).

use super::state::State;
use crate::diagnostic::{Said, said};
use notify::{EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
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
    let handler = move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| !matches!(event.kind, EventKind::Access(_))) {
            // The receiver is gone only when the program ends.
            let _ = tell.send(());
        }
    };
    let failed = |error: notify::Error| said(format!("不能监视文件：{error}。"), format!("Cannot watch the files: {error}."));
    let folders = ["content", "themes"].map(|name| state.config.root.join(name));
    let folders = folders.iter().filter(|folder| folder.is_dir());
    let watching = if state.config.poll {
        let every = notify::Config::default().with_poll_interval(Duration::from_millis(500)).with_compare_contents(true);
        let mut watcher = PollWatcher::new(handler, every).map_err(failed)?;
        for folder in folders {
            watcher.watch(folder, RecursiveMode::Recursive).map_err(failed)?;
        }
        Watching::Polled(watcher)
    } else {
        let mut watcher = RecommendedWatcher::new(handler, notify::Config::default()).map_err(failed)?;
        for folder in folders {
            watcher.watch(folder, RecursiveMode::Recursive).map_err(failed)?;
        }
        Watching::Told(watcher)
    };
    let state = state.clone();
    std::thread::spawn(move || follow(&told, &state));
    Ok(watching)
}

/// Loads the site anew after a change, once the changes have settled.
fn follow(told: &Receiver<()>, state: &State) {
    while told.recv().is_ok() {
        while told.recv_timeout(Duration::from_millis(30)).is_ok() {}
        state.load();
    }
}
