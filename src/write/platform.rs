//! What differs between systems. Each function has a counterpart that works everywhere.

use std::fs;
use std::io;
use std::path::Path;

/// A second name for a file where the system can, else a copy with the same time stamp.
pub fn link_or_copy(from: &Path, to: &Path) -> io::Result<()> {
    if fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    fs::copy(from, to)?;
    let modified = fs::metadata(from)?.modified()?;
    fs::OpenOptions::new().write(true).open(to)?.set_modified(modified)
}

/// Lets a file be run, where the system asks for that.
#[cfg(unix)]
pub fn let_run(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
}

/// Lets a file be run, where the system asks for that.
#[cfg(not(unix))]
pub fn let_run(_path: &Path) -> io::Result<()> {
    Ok(())
}

/// Exchanges two folders in one step; `Ok(false)` where the system cannot.
#[cfg(target_os = "linux")]
pub fn exchange(a: &Path, b: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::NOSYS | Errno::INVAL | Errno::OPNOTSUPP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Exchanges two folders in one step; `Ok(false)` where the system cannot.
#[cfg(not(target_os = "linux"))]
pub fn exchange(_a: &Path, _b: &Path) -> io::Result<bool> {
    Ok(false)
}
