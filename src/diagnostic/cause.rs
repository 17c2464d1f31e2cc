//! Why the system refused a file or an address, in both languages: what it says itself is English.

use super::{Said, said};
use std::fmt::Display;
use std::io::{Error, ErrorKind};

/// A whole sentence: what could not be done, and why. `写不了“public”：没有权限。`
pub fn failed(zh: impl Display, en: impl Display, error: &Error) -> Said {
    let words = match error.kind() {
        ErrorKind::NotFound => ("没有这个文件或文件夹", "there is no such file or folder"),
        ErrorKind::PermissionDenied => ("没有权限", "permission denied"),
        ErrorKind::AlreadyExists => ("已经存在", "it exists already"),
        ErrorKind::IsADirectory => ("这是文件夹，不是文件", "it is a folder, not a file"),
        ErrorKind::NotADirectory => ("路径中有一段是文件，不是文件夹", "a part of the path is a file, not a folder"),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => ("磁盘已满", "the disk is full"),
        ErrorKind::ReadOnlyFilesystem => ("磁盘是只读的", "the disk is read-only"),
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => ("文件正被别的程序使用", "another program is using it"),
        ErrorKind::InvalidFilename => ("文件名不能用", "the name is not possible"),
        ErrorKind::AddrInUse => ("端口已被占用", "the port is in use"),
        ErrorKind::AddrNotAvailable => ("本机没有这个地址", "this machine does not have the address"),
        ErrorKind::TimedOut => ("等待超时", "it took too long"),
        _ => return said(format!("{zh}：{error}。"), format!("{en}: {error}.")),
    };
    said(format!("{zh}：{}。", words.0), format!("{en}: {}.", words.1))
}

#[cfg(test)]
mod tests {
    use super::failed;
    use std::io::{Error, ErrorKind};

    #[test]
    fn usual_causes_are_said_in_both_languages_and_others_as_the_system_says_them() {
        let found = failed("读不到“a”", "Cannot read “a”", &Error::from(ErrorKind::NotFound));
        assert_eq!(
            (found.zh.as_str(), found.en.as_str()),
            ("读不到“a”：没有这个文件或文件夹。", "Cannot read “a”: there is no such file or folder.")
        );
        let other = failed("读不到“a”", "Cannot read “a”", &Error::other("odd"));
        assert_eq!(other.zh, "读不到“a”：odd。");
    }
}
