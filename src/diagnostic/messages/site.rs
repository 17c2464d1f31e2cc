//! Sentences about the settings of a site: what its profile demands and forbids.

use crate::diagnostic::{Diagnostic, Place, Said, said};

/// A real site does not say what it is.
pub fn profile_missing(place: Place) -> Diagnostic {
    Diagnostic::warning(
        "profile-missing",
        place,
        said(
            "没有写网站性质，页脚和页面标签无法按规定检查。",
            "The site does not say what it is, so that its footer and meta names cannot be checked.",
        ),
    )
    .hint(said(
        "加一行：profile: gov_column（门户专栏）、gov_portal（政府门户）或 company（公司网站）",
        "Add a line: profile: gov_column, gov_portal or company",
    ))
}

/// A setting that the profile demands is missing.
pub fn profile_lacks(place: Place, profile: &Said, label: &Said, because: &Said, line: &str, must: bool) -> Diagnostic {
    let message = said(
        format!("{}要写“{}”：{}。", profile.zh, label.zh, because.zh),
        format!("A {} needs “{}”: {}.", profile.en, label.en, because.en),
    );
    let found =
        if must { Diagnostic::error("profile-lacks", place, message) } else { Diagnostic::warning("profile-lacks", place, message) };
    found.hint(said(format!("加一行：{line}"), format!("Add a line: {line}")))
}

/// A setting that the profile forbids is there.
pub fn profile_forbids(place: Place, profile: &Said, label: &Said, because: &Said) -> Diagnostic {
    Diagnostic::error(
        "profile-forbids",
        place,
        said(
            format!("{}不能写“{}”：{}。", profile.zh, label.zh, because.zh),
            format!("A {} must not have “{}”: {}.", profile.en, label.en, because.en),
        ),
    )
    .hint(said("删去这一项；如果网站性质写错了，改 profile。", "Remove it; or mend `profile`, if that is wrong."))
}

/// A number that everybody can see is an example.
pub fn sample_number(place: Place, label: &Said, number: &str) -> Diagnostic {
    Diagnostic::error(
        "sample-number",
        place,
        said(format!("“{}”{number} 是示例号码。", label.zh), format!("“{}” {number} is an example.", label.en)),
    )
    .hint(said("换成本单位实际取得的号码；演示站点请写 demo: true。", "Write the number you were given; a demonstration says demo: true."))
}

/// A site that is no demonstration shows samples as if they were its own.
pub fn sample_record(place: Place, title: &str, count: usize) -> Diagnostic {
    Diagnostic::error(
        "sample-record",
        place,
        said(
            format!("正式网站里有 {count} 条示例内容，第一条是“{title}”。"),
            format!("The site is real, but {count} of its records are samples, the first “{title}”."),
        ),
    )
    .hint(said(
        "换成真实内容并删去 is_sample，或把它们设为草稿（state: draft）；演示站点请在 content/site.yaml 写 demo: true。",
        "Replace them and drop `is_sample`, or make them drafts (`state: draft`); a demonstration says `demo: true` in content/site.yaml.",
    ))
}

/// The domain does not belong to such a site.
pub fn profile_domain(place: Place, profile: &Said, domain: &str, is_government: bool) -> Diagnostic {
    let (zh, en) = if is_government {
        ("不能使用 .gov.cn 域名", "must not use a .gov.cn domain")
    } else {
        ("应当使用 .gov.cn 域名", "uses a .gov.cn domain")
    };
    Diagnostic::error(
        "profile-domain",
        place,
        said(format!("域名 {domain}：{}{zh}。", profile.zh), format!("Domain {domain}: a {} {en}.", profile.en)),
    )
    .hint(said("改正域名，或改正 profile；演示站点请写 demo: true。", "Mend the domain or `profile`; a demonstration says demo: true."))
}

/// A column is not below its portal.
pub fn profile_column_path(place: Place, base: &str, parent: &str) -> Diagnostic {
    Diagnostic::error(
        "profile-column-path",
        place,
        said(
            format!("专栏的地址 {base} 不在上级门户 {parent} 之下。"),
            format!("The address {base} of the column is not below its portal {parent}."),
        ),
    )
    .hint(said(format!("写成 {parent}栏目名，例如 base_url: {parent}parks"), format!("Write base_url: {parent}parks or the like")))
}

/// A companion that is no site.
pub fn beside_missing(place: Place, folder: &str) -> Diagnostic {
    Diagnostic::error(
        "beside-missing",
        place,
        said(format!("附属网站的文件夹“{folder}”不是网站。"), format!("The folder “{folder}” of a companion is no site.")),
    )
    .hint(said(
        format!("文件夹要在本站里面，并且有 {folder}/content/site.yaml；不要这个附属网站就删去这一项。"),
        format!("It lies inside this site and has {folder}/content/site.yaml; or remove the companion."),
    ))
}

/// A companion has companions.
pub fn beside_nested(place: Place, folder: &str) -> Diagnostic {
    Diagnostic::error(
        "beside-nested",
        place,
        said(
            format!("“{folder}”是附属网站，自己不能再有附属网站。"),
            format!("“{folder}” is a companion; it cannot have companions of its own."),
        ),
    )
    .hint(said("都写在主网站的 beside 里。", "Name them all under `beside` of the main site."))
}
