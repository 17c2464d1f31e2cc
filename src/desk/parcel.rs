//! The archive of an office file, looked into before it is read: what swells too much, leaves its folder, holds programs
//! or is locked is refused.

use crate::source::archive::{self, Part, Reach, Snag};

/// The largest file of an office, in bytes.
pub const LARGEST: usize = 32 * 1024 * 1024;
/// The largest part of one, unpacked.
const SWOLLEN: usize = 64 * 1024 * 1024;
/// All parts together, unpacked.
const TOGETHER: usize = 128 * 1024 * 1024;
/// How many times larger than packed a large part may be: tables of an office reach 30.
const RATIO: usize = 200;
/// So many parts.
const PARTS: usize = 1_000;

/// Why an archive is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It breaks off, is damaged, or is none.
    Broken,
    /// It swells beyond reason.
    Bomb,
    /// A part lies outside: its name.
    Outside(String),
    /// It has a password.
    Locked,
    /// It holds programs.
    Macros,
}

/// The most bytes that a part may have unpacked.
pub fn most(part: &Part<'_>) -> usize {
    SWOLLEN.min((part.data.len() * RATIO).max(1024 * 1024))
}

/// The parts of an archive that is safe to unpack.
pub fn parts(bytes: &[u8]) -> Result<Vec<Part<'_>>, Refusal> {
    let (parts, reach) = archive::parts(bytes, PARTS);
    match reach {
        Reach::Whole => {}
        Reach::Many => return Err(Refusal::Bomb),
        Reach::Torn | Reach::Broken => return Err(Refusal::Broken),
    }
    let mut together = 0;
    for part in &parts {
        let name = String::from_utf8_lossy(part.name).replace('\\', "/");
        if name.starts_with('/') || name.contains(':') || name.split('/').any(|step| step == "..") {
            return Err(Refusal::Outside(name));
        }
        if part.is_locked {
            return Err(Refusal::Locked);
        }
        if name.to_lowercase().ends_with("vbaproject.bin") || name.to_lowercase().contains("macrosheets/") {
            return Err(Refusal::Macros);
        }
        let most = most(part).min(TOGETHER - together);
        let whole = if part.size > most { Err(Snag::Large) } else { part.unpack(most) };
        let whole = whole.map_err(|snag| if snag == Snag::Large { Refusal::Bomb } else { Refusal::Broken })?;
        if !part.is_sound(&whole) {
            return Err(Refusal::Broken);
        }
        together += whole.len();
    }
    Ok(parts)
}

/// Does a container of the old office formats hold a stream of this name?
pub fn holds(bytes: &[u8], name: &str) -> bool {
    let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(wide.len()).any(|window| window == wide)
}
