//! Pictures that were asked for lately, in memory, in front of the cache on disk.

use crate::render::Memo;
use crate::write::Cache;
use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

/// So many bytes are kept; the oldest go first.
const MOST: usize = 64 << 20;

/// A memory with a disk behind it.
pub struct Memory {
    disk: Cache,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    by_key: HashMap<String, Vec<u8>>,
    order: VecDeque<String>,
    bytes: usize,
}

impl Memory {
    /// An empty memory.
    pub fn new(disk: Cache) -> Memory {
        Memory { disk, kept: Mutex::default() }
    }

    fn keep(&self, key: &str, bytes: &[u8]) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.by_key.insert(key.to_string(), bytes.to_vec()).is_some() {
            return;
        }
        kept.order.push_back(key.to_string());
        kept.bytes += bytes.len();
        while kept.bytes > MOST {
            let Some(oldest) = kept.order.pop_front() else { break };
            kept.bytes -= kept.by_key.remove(&oldest).map_or(0, |bytes| bytes.len());
        }
    }
}

impl Memo for Memory {
    fn get(&self, key: &str) -> Option<Vec<u8>> {
        let known = self.kept.lock().unwrap_or_else(PoisonError::into_inner).by_key.get(key).cloned();
        known.or_else(|| {
            let bytes = self.disk.get(key)?;
            self.keep(key, &bytes);
            Some(bytes)
        })
    }

    fn put(&self, key: &str, bytes: &[u8]) {
        self.keep(key, bytes);
        self.disk.put(key, bytes);
    }
}
