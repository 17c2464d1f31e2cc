//! What a site is: a government portal, a column of one, or a company's site; and what that demands and forbids.
//!
//! The demands are a table: one line per setting, one column per profile.

use super::site::Site;
use crate::diagnostic::{Diagnostics, Place, Said, messages, nearest, said};
use crate::schema::{Field, Schemas, Type};
use crate::value::{Fields, Kind, Lang, Value};

/// What a site is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// A government's own site.
    GovPortal,
    /// A column below the address of a government portal: it speaks with the portal's name and numbers.
    GovColumn,
    /// The site of a company that develops or runs a park.
    Company,
}

/// All of them, in the order of the columns of [`DEMANDS`].
const PROFILES: [Profile; 3] = [Profile::GovPortal, Profile::GovColumn, Profile::Company];

/// What a profile asks of a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ask {
    /// Without it nothing is built.
    Must,
    /// Its absence is a warning.
    Should,
    May,
    /// It belongs to somebody else.
    Never,
}

use Ask::{May, Must, Never, Should};

/// A setting and what each profile asks of it, in the order portal, column, company. Several settings are alternatives.
struct Demand {
    fields: &'static [&'static str],
    asks: [Ask; 3],
    /// Why it is demanded; Chinese, English.
    must: (&'static str, &'static str),
    /// Why it is forbidden; Chinese, English.
    never: (&'static str, &'static str),
}

const BELONGS_TO_PARENT: (&str, &str) = ("专栏沿用上级门户的，写在 parent 下", "a column uses its parent's, under `parent`");
const GOVERNMENT_ONLY: (&str, &str) = ("只有政府网站才有", "only government sites have one");
const COLUMN_ONLY: (&str, &str) = ("只有门户专栏才有上级门户", "only a column has a parent portal");
const NOTHING: (&str, &str) = ("", "");

const DEMANDS: [Demand; 14] = [
    Demand {
        fields: &["site_id_code"],
        asks: [Must, Never, Never],
        must: ("每个页面都要标明网站标识码", "every page must carry it"),
        never: (
            "公司没有网站标识码，专栏用上级门户的（写在 parent 下）",
            "a company has none, a column uses its parent's (under `parent`)",
        ),
    },
    Demand {
        fields: &["site_domain"],
        asks: [Must, Never, May],
        must: ("每个页面都要标明网站域名", "every page must carry it"),
        never: BELONGS_TO_PARENT,
    },
    Demand {
        fields: &["organiser"],
        asks: [Must, Never, Must],
        must: ("页脚要写明主办单位", "the footer must name it"),
        never: BELONGS_TO_PARENT,
    },
    Demand {
        fields: &["undertaker"],
        asks: [Should, Must, May],
        must: ("页脚要写明承办单位，出了问题找得到人", "the footer must say who keeps the pages"),
        never: NOTHING,
    },
    Demand {
        fields: &["phone", "email"],
        asks: [Must, Must, Must],
        must: ("页脚要有联系方式", "the footer must say how to reach you"),
        never: NOTHING,
    },
    Demand {
        fields: &["icp_no"],
        asks: [Must, Never, Must],
        must: ("页脚要有ICP备案号", "the footer must carry it"),
        never: BELONGS_TO_PARENT,
    },
    Demand {
        fields: &["police_no"],
        asks: [Must, Never, Should],
        must: ("页脚要有公安机关备案号", "the footer must carry it"),
        never: BELONGS_TO_PARENT,
    },
    Demand {
        fields: &["find_error_link"],
        asks: [Must, Never, Never],
        must: ("页脚要有“我为政府网站找错”入口", "the footer must lead to where errors are reported"),
        never: ("专栏用上级门户的（写在 parent 下），公司网站没有", "a column uses its parent's (under `parent`), a company has none"),
    },
    Demand {
        fields: &["party_gov_badge"],
        asks: [Should, Never, Never],
        must: ("页脚要有党政机关网站标识", "the footer should carry it"),
        never: GOVERNMENT_ONLY,
    },
    Demand {
        fields: &["parent.name"],
        asks: [Never, Must, Never],
        must: ("专栏要写明上级门户的名称", "a column names its portal"),
        never: COLUMN_ONLY,
    },
    Demand {
        fields: &["parent.url"],
        asks: [Never, Must, Never],
        must: ("专栏要链接到上级门户", "a column links to its portal"),
        never: COLUMN_ONLY,
    },
    Demand {
        fields: &["parent.site_id_code"],
        asks: [Never, Must, Never],
        must: ("专栏的每个页面要标明上级门户的网站标识码", "every page of a column carries its portal's code"),
        never: COLUMN_ONLY,
    },
    Demand {
        fields: &["parent.organiser"],
        asks: [Never, Must, Never],
        must: ("页脚要写明上级门户的主办单位", "the footer names who publishes the portal"),
        never: COLUMN_ONLY,
    },
    Demand {
        fields: &["parent.find_error_link"],
        asks: [Never, Should, Never],
        must: ("页脚要有上级门户的“我为政府网站找错”入口", "the footer should lead to where errors are reported"),
        never: COLUMN_ONLY,
    },
];

/// Numbers that an office is given; in a real site they are not all zeros.
const NUMBERS: [&str; 6] = ["site_id_code", "icp_no", "police_no", "parent.site_id_code", "parent.icp_no", "parent.police_no"];

/// The ending of the domains that only government sites may have.
const GOVERNMENT_DOMAIN: &str = ".gov.cn";

impl Profile {
    /// The profile that the settings name; the grammar lists them in the order of `PROFILES`.
    pub fn of(fields: &Fields, grammar: &Type) -> Option<Profile> {
        let (Value::Choice(word), Kind::Choice(choices)) = (fields.value("profile")?, &grammar.field("profile")?.kind) else { return None };
        PROFILES.get(choices.iter().position(|choice| choice.key == *word)?).copied()
    }
    /// What people call it.
    fn label(self) -> Said {
        match self {
            Profile::GovPortal => said("政府门户", "government portal"),
            Profile::GovColumn => said("门户专栏", "column of a portal"),
            Profile::Company => said("公司网站", "company site"),
        }
    }
}

/// Makes the fields required that the site's profile demands of its records.
pub fn demand(site: &Site, schemas: &mut Schemas, diagnostics: &mut Diagnostics) {
    let grammar = super::site::grammar();
    let choices = match grammar.field("profile").map(|field| &field.kind) {
        Some(Kind::Choice(choices)) => choices.as_slice(),
        _ => &[],
    };
    let known: Vec<&str> = choices.iter().map(|choice| choice.key.as_str()).collect();
    let profile = match site.fields.value("profile") {
        Some(Value::Choice(word)) => Some(word.as_str()),
        _ => None,
    };
    schemas.types.iter_mut().for_each(|of| demand_of(&mut of.fields, profile, &known, diagnostics));
}

fn demand_of(fields: &mut [Field], profile: Option<&str>, known: &[&str], diagnostics: &mut Diagnostics) {
    for field in fields {
        for (word, spot) in &field.required_in {
            field.required |= profile == Some(word.as_str());
            if !known.contains(&word.as_str()) {
                let place = spot.at(&field.place.file);
                let near = nearest(word, known.iter().copied());
                diagnostics.push(messages::schema::word_unknown(place, "required_in", word, near, &known.join("、")));
            }
        }
        demand_of(&mut field.fields, profile, known, diagnostics);
    }
}

impl Site {
    /// A setting that a column takes from its portal: its number, its organiser.
    pub fn portal(&self, key: &str) -> Option<&str> {
        match self.profile {
            Some(Profile::GovColumn) => self.text(&format!("parent.{key}")),
            _ => self.text(key),
        }
    }
    /// Who publishes the site, by its name in a language where it has one.
    pub fn organiser(&self, lang: Lang) -> Option<&str> {
        let own = if lang.is_chinese() { None } else { self.portal("organiser_en") };
        own.or_else(|| self.portal("organiser"))
    }
    /// The name by which the whole site is registered.
    pub fn portal_name(&self) -> &str {
        self.text("parent.name").filter(|_| self.profile == Some(Profile::GovColumn)).unwrap_or(&self.name)
    }
    /// The registered domain, else the host of the address.
    pub fn domain(&self) -> Option<&str> {
        match self.text("parent.url").filter(|_| self.profile == Some(Profile::GovColumn)) {
            Some(portal) => host(portal),
            None => self.text("site_domain").or_else(|| host(self.base_url.as_deref()?)),
        }
    }
}

fn host(url: &str) -> Option<&str> {
    url.split("://").nth(1)?.split(['/', ':', '?', '#']).next()
}

/// Checks the settings against the profile they name.
pub fn check(site: &Site, grammar: &Type, diagnostics: &mut Diagnostics) {
    let Some(profile) = site.profile else {
        if !site.demo {
            diagnostics.push(messages::site::profile_missing(Place::start(&site.file)));
        }
        return;
    };
    let start = site.fields.get("profile").map(|held| held.spot).unwrap_or_default().at(&site.file);
    let field = |path: &str| grammar.field_at(path);
    for demand in &DEMANDS {
        let given = demand.fields.iter().find_map(|path| Some((*path, site.fields.at(path)?)));
        let labels: Vec<Said> = demand.fields.iter().filter_map(|path| field(path)).map(|field| field.label.clone()).collect();
        let label = said(
            labels.iter().map(|label| &*label.zh).collect::<Vec<_>>().join("或"),
            labels.iter().map(|label| &*label.en).collect::<Vec<_>>().join(" or "),
        );
        match (demand.asks[profile as usize], given) {
            (ask @ (Must | Should), None) => {
                let path = demand.fields.first().copied().unwrap_or_default();
                let example = field(path).and_then(|field| field.example.clone()).unwrap_or_else(|| "…".to_string());
                let place = start.clone().in_field(path);
                let because = said(demand.must.0, demand.must.1);
                diagnostics.push(messages::site::profile_lacks(
                    place,
                    &profile.label(),
                    &label,
                    &because,
                    &line(path, &example),
                    ask == Must,
                ));
            }
            (Never, Some((path, held))) => {
                let because = said(demand.never.0, demand.never.1);
                let place = held.spot.at(&site.file).in_field(path);
                diagnostics.push(messages::site::profile_forbids(place, &profile.label(), &label, &because));
            }
            _ => {}
        }
    }
    numbers(site, grammar, diagnostics);
    domain(site, profile, diagnostics);
    below_parent(site, profile, diagnostics);
}

/// The line to write: `parent: {name: …}` for a setting of the parent.
fn line(path: &str, example: &str) -> String {
    match path.split_once('.') {
        Some((group, key)) => format!("{group}: {{{key}: {example}}}"),
        None => format!("{path}: {example}"),
    }
}

fn numbers(site: &Site, grammar: &Type, diagnostics: &mut Diagnostics) {
    for path in NUMBERS.iter().filter(|_| !site.demo) {
        let Some((held, field)) = site.fields.at(path).zip(grammar.field_at(path)) else { continue };
        let Value::Text(number) = &held.value else { continue };
        let mut digits = number.split('-').next().unwrap_or(number).chars().filter(char::is_ascii_digit).peekable();
        if digits.peek().is_some() && digits.all(|digit| digit == '0') {
            diagnostics.push(messages::site::sample_number(held.spot.at(&site.file).in_field(*path), &field.label, number));
        }
    }
}

fn domain(site: &Site, profile: Profile, diagnostics: &mut Diagnostics) {
    let Some(domain) = site.domain().filter(|_| !site.demo) else { return };
    let key = ["site_domain", "parent.url", "base_url"].into_iter().find(|key| site.fields.at(key).is_some()).unwrap_or("base_url");
    let place = || site.fields.at(key).map(|held| held.spot).unwrap_or_default().at(&site.file).in_field(key);
    let is_government = domain.to_lowercase().ends_with(GOVERNMENT_DOMAIN);
    if (profile == Profile::Company) == is_government {
        diagnostics.push(messages::site::profile_domain(place(), &profile.label(), domain, is_government));
    }
}

/// The address of a column lies below that of its portal.
fn below_parent(site: &Site, profile: Profile, diagnostics: &mut Diagnostics) {
    let (Some(base), Some(parent)) = (&site.base_url, site.text("parent.url").filter(|_| profile == Profile::GovColumn)) else { return };
    let parent = format!("{}/", parent.trim_end_matches('/'));
    if base.strip_prefix(&parent).is_none_or(str::is_empty) {
        let spot = site.fields.get("base_url").map(|held| held.spot).unwrap_or_default();
        diagnostics.push(messages::site::profile_column_path(spot.at(&site.file).in_field("base_url"), base, &parent));
    }
}
