//! QR codes. The only module that knows fast_qr.

use fast_qr::{ECL, QRBuilder};
use serde::Serialize;

/// A code as a drawing: dark squares of one unit on a light ground, the quiet zone of four units included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Qr {
    /// Width and height in units.
    pub size: usize,
    /// The dark squares as an SVG path.
    pub path: String,
}

/// The quiet zone that ISO/IEC 18004 asks for, in units.
const QUIET: usize = 4;

/// The code of a text; `None` where the text is too long for one.
pub fn code(text: &str) -> Option<Qr> {
    let made = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    let mut path = String::new();
    for y in 0..made.size {
        let dark: Vec<bool> = made[y].iter().take(made.size).map(|module| module.value()).collect();
        let mut x = 0;
        while x < dark.len() {
            let run = dark[x..].iter().take_while(|dark| **dark).count();
            if run > 0 {
                path.push_str(&format!("M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET));
            }
            x += run.max(1);
        }
    }
    Some(Qr { size: made.size + 2 * QUIET, path })
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn a_code_has_its_quiet_zone_and_its_three_corners() {
        let qr = code("https://www.example.com/parks/factories/a1/").expect("a short address fits");
        assert!(qr.size >= 29 + 8);
        // The upper edges of the corner squares: seven dark units each.
        assert!(qr.path.starts_with("M4 4h7v1h-7z"), "{}", qr.path);
        assert!(qr.path.contains(&format!("M{} 4h7v1h-7z", qr.size - 4 - 7)));
        assert_eq!(code(&"x".repeat(5000)), None);
    }
}
