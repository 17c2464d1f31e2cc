//! Pictures: the whole one without metadata and upright, and its smaller ones. [`encode`] is the only module that knows
//! the crates for pixels.
//!
//! What is made is a pure function of the picture's digest, the width and [`ENCODING`], so a [`Memo`] may keep it.

mod encode;

#[cfg(test)]
mod tests;

use super::Output;
use crate::diagnostic::{Diagnostic, Place, SitePath, messages, said};
use crate::picture::{self, Facts, Format};
use crate::plan::pictures::{ENCODING, sizes};
use crate::resolve::MediaOut;
use crate::source::hex;
use sha2::{Digest, Sha256};
use std::sync::{Arc, Mutex, PoisonError};

/// A memory for what is costly to make. What it forgets is made again.
pub trait Memo: Send + Sync {
    /// The bytes under a key, exactly as they were put.
    fn get(&self, key: &str) -> Option<Vec<u8>>;
    /// Keeps bytes under a key of lower-case letters, digits, `-` and `.`.
    fn put(&self, key: &str, bytes: &[u8]);
    /// Is anything kept at all? If not, nothing is made before it is asked for.
    fn keeps(&self) -> bool {
        true
    }
}

/// Keeps nothing.
#[derive(Debug, Clone, Copy)]
pub struct NoMemo;

impl Memo for NoMemo {
    fn get(&self, _: &str) -> Option<Vec<u8>> {
        None
    }
    fn put(&self, _: &str, _: &[u8]) {}
    fn keeps(&self) -> bool {
        false
    }
}

/// Makes pictures.
pub struct Images {
    memo: Arc<dyn Memo>,
    /// One picture is opened by one thread at a time, so that its other sizes are found in the memo and not made twice.
    gates: [Mutex<()>; 16],
}

impl Images {
    /// Pictures with a memory.
    pub fn new(memo: Arc<dyn Memo>) -> Images {
        Images { memo, gates: std::array::from_fn(|_| Mutex::default()) }
    }

    /// A file of the content as it is published: images without metadata and upright, everything else as it is.
    pub fn whole(&self, file: &SitePath, media: &MediaOut) -> Result<Output, Diagnostic> {
        let Some(facts) = media.image.as_ref().filter(|facts| !matches!(facts.format, Format::Svg | Format::Avif)) else {
            return Ok(Output::Copy(media.blob.clone()));
        };
        if facts.turn == 1 {
            let bytes = read(file, media, facts)?;
            return picture::strip(facts.format, &bytes).map(Output::Bytes).ok_or_else(|| broken(file));
        }
        self.made(file, media, facts, facts.width).map(Output::Bytes)
    }

    /// A picture in one of its sizes.
    pub fn sized(&self, file: &SitePath, media: &MediaOut, width: u32) -> Result<Output, Diagnostic> {
        let facts = media.image.as_ref().ok_or_else(|| broken(file))?;
        self.made(file, media, facts, width).map(Output::Bytes)
    }

    fn made(&self, file: &SitePath, media: &MediaOut, facts: &Facts, width: u32) -> Result<Vec<u8>, Diagnostic> {
        let key = |width: u32| format!("{}-{ENCODING}-{width}", facts.digest);
        if let Some(bytes) = self.memo.get(&key(width)) {
            return Ok(bytes);
        }
        let gate = usize::from_str_radix(facts.digest.get(..1).unwrap_or("0"), 16).unwrap_or(0);
        let _passing = self.gates[gate].lock().unwrap_or_else(PoisonError::into_inner);
        // Another thread may have made it while this one waited.
        if let Some(bytes) = self.memo.get(&key(width)) {
            return Ok(bytes);
        }
        let bytes = read(file, media, facts)?;
        let mut wanted = vec![(width, height_at(facts, width))];
        if self.memo.keeps() {
            let others = sizes(media).into_iter().map(|size| (size.width, size.height));
            wanted.extend(others.filter(|size| size.0 != width));
        }
        let made = encode::sizes(&bytes, facts, &wanted).ok_or_else(|| broken(file))?;
        for ((width, _), bytes) in wanted.iter().zip(&made) {
            self.memo.put(&key(*width), bytes);
        }
        made.into_iter().next().ok_or_else(|| broken(file))
    }
}

fn height_at(facts: &Facts, width: u32) -> u32 {
    let height = (u64::from(facts.height) * u64::from(width) + u64::from(facts.width) / 2) / u64::from(facts.width.max(1));
    u32::try_from(height).unwrap_or(1).max(1)
}

/// The bytes that were looked at. Others under the same name would be kept under a digest that is not theirs.
fn read(file: &SitePath, media: &MediaOut, facts: &Facts) -> Result<Arc<[u8]>, Diagnostic> {
    let place = || Place::start(file);
    let bytes = media.blob.read().map_err(|failure| messages::resolve::media_unreadable(place(), &failure.message))?;
    let digest = hex(&Sha256::digest(&bytes));
    if digest == facts.digest {
        return Ok(bytes);
    }
    let why = said("图片在生成过程中被改动，请再生成一次。", "The image changed while the site was built; build again.");
    Err(messages::resolve::media_unreadable(place(), &why))
}

fn broken(file: &SitePath) -> Diagnostic {
    messages::picture::broken(Place::start(file))
}
