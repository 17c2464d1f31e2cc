//! The logo and the icon of the site.

use super::catalog::MediaOut;
use crate::diagnostic::{Diagnostics, SitePath, messages};
use crate::read::{Profile, Site, Theme};
use crate::value::{Media, Value};
use std::collections::BTreeMap;

/// What stands for the site in the header and in the browser's tab.
#[derive(Debug, Clone, Default)]
pub struct Identity {
    /// The logo in the header.
    pub logo: Option<Logo>,
    /// The drawing of the icon, where the logo is none: a tile with the first character of the name.
    pub icon: Option<String>,
}

/// A logo.
#[derive(Debug, Clone, PartialEq)]
pub struct Logo {
    /// The path in the output.
    pub path: String,
    /// Width at the height of the header, in CSS pixels; unknown for files that do not say their size.
    pub width: Option<u32>,
    /// Is it as wide as it is high, so that it can be the icon too?
    pub square: bool,
}

/// The height of a logo in the header, in CSS pixels.
pub const HEIGHT: u32 = 44;

/// Words that say that a picture shows an emblem whose use the law regulates.
const EMBLEMS: [&str; 6] = ["国徽", "党徽", "警徽", "guohui", "danghui", "emblem"];

/// The logo among the published files, and the icon.
pub fn of(site: &Site, theme: &Theme, media: &BTreeMap<SitePath, MediaOut>, diagnostics: &mut Diagnostics) -> Identity {
    let held = site.fields.at("identity.logo");
    let logo = held.and_then(|held| match &held.value {
        Value::Media(found) => {
            if let Some(word) = emblem(found).filter(|_| site.profile != Some(Profile::GovPortal)) {
                let place = held.spot.at(&site.file).in_field("identity.logo");
                // Who has said that it is no portal cannot have the right; who has said nothing may.
                diagnostics.push(messages::theme::emblem_as_logo(place, word, site.profile.is_some()));
            }
            logo(media.get(found.file.as_ref()?)?)
        }
        _ => None,
    });
    let icon = if logo.as_ref().is_some_and(|logo| logo.square) { None } else { tile(site, theme) };
    Identity { logo, icon }
}

fn emblem(media: &Media) -> Option<&'static str> {
    let words = format!("{} {}", media.src, media.alt).to_lowercase();
    EMBLEMS.into_iter().find(|word| words.contains(word))
}

fn logo(media: &MediaOut) -> Option<Logo> {
    // A file that is no picture was reported where the files are collected.
    let size = media.image.as_ref().map(|facts| (facts.width, facts.height)).filter(|&(width, height)| width > 0 && height > 0);
    let width = size.map(|(width, height)| (width * HEIGHT).div_ceil(height).clamp(1, 8 * HEIGHT));
    Some(Logo { path: media.path.clone(), width, square: size.is_some_and(|(width, height)| width == height) })
}

/// A tile in the theme's colours with the first letter of the name. No coat of arms, and nothing that looks like one.
fn tile(site: &Site, theme: &Theme) -> Option<String> {
    let (ground, sign) = theme.icon.as_ref()?;
    let (ground, sign) = (theme.palette.tone(ground)?.light, theme.palette.tone(sign)?.light);
    let name = site.text("identity.short_name").unwrap_or(&site.name);
    let letter: String = name.chars().find(|c| c.is_alphanumeric()).into_iter().flat_map(char::to_uppercase).collect();
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\"><rect width=\"32\" height=\"32\" rx=\"6\" fill=\"{ground}\"/>\
         <text x=\"16\" y=\"23\" font-size=\"20\" font-weight=\"700\" font-family=\"sans-serif\" text-anchor=\"middle\" fill=\"{sign}\">{letter}</text></svg>\n"
    ))
}
