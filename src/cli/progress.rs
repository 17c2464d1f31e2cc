//! A count of finished files, shown only to a person at a terminal and only when it takes long.

use super::out::eprint;
use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

/// Shows progress until it is dropped.
pub struct Progress {
    count: Arc<AtomicUsize>,
    done: Arc<AtomicBool>,
    shower: Option<std::thread::JoinHandle<()>>,
}

/// How long a build may take before anything is shown.
const PATIENCE: Duration = Duration::from_millis(1500);
const STEP: Duration = Duration::from_millis(100);

impl Progress {
    /// Starts to count.
    pub fn start(word: String) -> Progress {
        let (count, done) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
        let shower = std::io::stderr().is_terminal().then(|| {
            let (count, done) = (count.clone(), done.clone());
            std::thread::spawn(move || show(&word, &count, &done))
        });
        Progress { count, done, shower }
    }
    /// One more is finished.
    pub fn step(&self) {
        self.count.fetch_add(1, Ordering::Relaxed);
    }
}

fn show(word: &str, count: &AtomicUsize, done: &AtomicBool) {
    let mut waited = Duration::ZERO;
    let mut shown = false;
    while !done.load(Ordering::Relaxed) {
        std::thread::sleep(STEP);
        waited += STEP;
        if waited >= PATIENCE {
            shown = true;
            eprint!("\r{word} {}", count.load(Ordering::Relaxed));
            // A terminal that cannot be written to shows nothing, and nothing is lost.
            let _ = std::io::stderr().flush();
        }
    }
    if shown {
        eprint!("\r\u{1b}[K");
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.done.store(true, Ordering::Relaxed);
        if let Some(shower) = self.shower.take() {
            let _ = shower.join();
        }
    }
}
