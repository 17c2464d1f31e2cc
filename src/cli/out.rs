//! What the command line says. The macros of the standard library panic where nobody listens any more (`| head`); these
//! say nothing then, and end with 3 where a text meant for a file cannot be written.

use std::fmt::Arguments;
use std::io::{ErrorKind, Write};

/// Writes to standard output.
pub fn out(text: Arguments<'_>) {
    match std::io::stdout().lock().write_fmt(text) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            err(format_args!("写不了输出：{error} / cannot write: {error}\n"));
            std::process::exit(3);
        }
        _ => {}
    }
}

/// Writes to standard error. If that fails there is nobody left to tell.
pub fn err(text: Arguments<'_>) {
    let _ = std::io::stderr().lock().write_fmt(text);
}

/// A line of standard output.
pub fn line(text: Arguments<'_>) {
    out(format_args!("{text}\n"));
}

/// A line of standard error.
pub fn error_line(text: Arguments<'_>) {
    err(format_args!("{text}\n"));
}

macro_rules! print {
    ($($part:tt)*) => { $crate::cli::out::out(format_args!($($part)*)) };
}
macro_rules! println {
    () => { $crate::cli::out::out(format_args!("\n")) };
    ($($part:tt)*) => { $crate::cli::out::line(format_args!($($part)*)) };
}
macro_rules! eprint {
    ($($part:tt)*) => { $crate::cli::out::err(format_args!($($part)*)) };
}
macro_rules! eprintln {
    () => { $crate::cli::out::err(format_args!("\n")) };
    ($($part:tt)*) => { $crate::cli::out::error_line(format_args!($($part)*)) };
}
pub(super) use {eprint, eprintln, print, println};
