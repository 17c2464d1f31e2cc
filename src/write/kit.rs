//! The pieces of one record for other places than the site: a folder of its own, replaced as a whole.

use super::{Failure, Receipt, Stage, Target};
use std::fs;
use std::path::{Path, PathBuf};

/// Where kits go if nothing else is said, below the root of the site.
pub const FOLDER: &str = ".parkpress/kit";

/// The folder of a record's kit. No id has a dot, so that two records never share one: `page/about/us`, `page/about-us`.
fn name(record: &str) -> String {
    record.replacen('/', "-", 1).replace('/', ".")
}

/// Writes the files of a record's kit, all or none, in the place of its earlier one; gives the folder as well. What
/// somebody else put there stays.
pub fn kit(root: &Path, out: Option<PathBuf>, record: &str, files: &[(String, Vec<u8>)]) -> Result<(PathBuf, Receipt), Failure> {
    let own = out.is_none();
    let out = out.unwrap_or_else(|| Path::new(FOLDER).join(name(record)));
    let stage = Stage::open(&Target { root: root.to_path_buf(), out, keep: 0, kit: Some(format!("kit {record}")) })?;
    let place = stage.target.out.clone();
    for (path, bytes) in files {
        stage.put(path, bytes)?;
    }
    let receipt = stage.commit()?;
    if own {
        // A site is often kept in git; what can be made again is not.
        let _ = fs::write(root.join(".parkpress/.gitignore"), "*\n");
    }
    Ok((place, receipt))
}
