//! Sentences about what a build leaves in the folder of the site.

use crate::diagnostic::{Diagnostic, Said, said};

/// A refusal or a failure of the machine, as a diagnostic for printing.
pub fn failed(code: &'static str, message: &Said, hint: Option<&Said>) -> Diagnostic {
    Diagnostic::placeless(code, message.clone()).hint_if(hint.cloned())
}

/// Files that somebody else put into the output.
pub fn foreign_files(files: &[String]) -> Said {
    let shown = files.iter().take(5).cloned().collect::<Vec<_>>().join("、");
    said(
        format!("输出文件夹里有 {} 个不是本工具生成的文件，已原样保留：{shown}", files.len()),
        format!("{} files of the output were not written by this tool and were kept: {shown}", files.len()),
    )
}
