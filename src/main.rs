//! argv in, exit code out.

fn main() -> std::process::ExitCode {
    std::process::ExitCode::from(parkpress::cli::run(std::env::args_os()))
}
