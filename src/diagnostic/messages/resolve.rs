//! Sentences about how records belong together: links, media, addresses, languages.

use crate::diagnostic::{Diagnostic, Place, Said, said};

fn did_you_mean(near: Option<&str>) -> Option<Said> {
    near.map(|near| said(format!("是不是“{near}”？"), format!("Did you mean “{near}”?")))
}

/// Two files for one record.
pub fn id_twice(place: Place, id: &str, first: Place) -> Diagnostic {
    Diagnostic::error(
        "id-twice",
        place,
        said(
            format!("编号“{id}”用了两次：同一类内容里编号不能重复。"),
            format!("The id “{id}” is used twice; ids are unique within a type."),
        ),
    )
    .hint(said("给其中一个文件改名。", "Rename one of the files."))
    .see(first, said("第一个在这里", "the first is here"))
}

/// A record in another language without one in the default language.
pub fn sidecar_alone(place: Place, id: &str, code: &str) -> Diagnostic {
    Diagnostic::error(
        "sidecar-alone",
        place,
        said(
            format!("只有 {code} 语言的“{id}”，没有默认语言的原文。"),
            format!("“{id}” exists in {code} only; the record in the default language is missing."),
        ),
    )
    .hint(said(
        format!("先写 {id}.md，再写 {id}.{code}.md；后者只写不同的字段。"),
        format!("Write {id}.md first; {id}.{code}.md holds only what differs."),
    ))
}

/// A link field names nothing.
pub fn link_unknown(place: Place, label: &Said, name: &str, types: &[(&Said, &str)], near: Option<&str>) -> Diagnostic {
    let zh: Vec<&str> = types.iter().map(|(label, _)| label.zh.as_str()).collect();
    let en: Vec<&str> = types.iter().map(|(label, _)| label.en.as_str()).collect();
    let folder = types.first().map_or("", |(_, folder)| folder);
    Diagnostic::error(
        "link-unknown",
        place,
        said(
            format!("“{}”指向“{name}”，但没有这个{}。", label.zh, zh.join("或")),
            format!("“{}” names “{name}”, but there is no such {}.", label.en, en.join(" or ").to_lowercase()),
        ),
    )
    .hint(match near {
        Some(near) => said(format!("是不是“{near}”？"), format!("Did you mean “{near}”?")),
        None => said(
            format!("填写文件名（不含后缀），文件放在 content/{folder}/。"),
            format!("Write the file name without its ending; the files are in content/{folder}/."),
        ),
    })
}

/// A name that fits records of two types.
pub fn link_ambiguous(place: Place, name: &str, ids: &[String]) -> Diagnostic {
    Diagnostic::error(
        "link-ambiguous",
        place,
        said(format!("“{name}”可以指 {}，不清楚是哪一个。", ids.join("、")), format!("“{name}” could mean {}.", ids.join(" or "))),
    )
    .hint(ids.first().map(|id| said(format!("写全，例如 {id}。"), format!("Write it in full, such as {id}."))).unwrap_or_default())
}

/// A public record names one that is not public.
pub fn link_withheld(place: Place, label: &Said, id: &str) -> Diagnostic {
    Diagnostic::warning(
        "link-withheld",
        place,
        said(
            format!("“{}”指向的 {id} 现在没有公开，页面上不显示这一项。", label.zh),
            format!("“{}” names {id}, which is not public now; the page leaves it out.", label.en),
        ),
    )
    .hint(said("先公开那一条，或删去这个链接。", "Publish that record, or remove the link."))
}

/// A field links to a record of which only a tombstone is left.
pub fn link_withdrawn(place: Place, label: &Said, id: &str) -> Diagnostic {
    Diagnostic::warning(
        "link-withdrawn",
        place,
        said(
            format!("“{}”指向的 {id} 已经撤稿，页面上不显示这一项。", label.zh),
            format!("“{}” names {id}, which was withdrawn; the page leaves it out.", label.en),
        ),
    )
    .hint(said("改为仍在公开的内容，或删去这个链接。", "Name a record that is still published, or remove the link."))
}

/// A link in prose to nothing.
pub fn prose_link_unknown(place: Place, name: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::error(
        "prose-link-unknown",
        place,
        said(format!("正文链接“{name}”没有目标。"), format!("The link “{name}” leads to nothing.")),
    )
    .hint(did_you_mean(near).unwrap_or_else(|| {
        said(
            "链接本站内容写相对路径（../parks/a.md）或 类型/编号（park/a）。",
            "Link by relative path (../parks/a.md) or by type and id (park/a).",
        )
    }))
}

/// A link in prose to a record that is not public.
pub fn prose_link_withheld(place: Place, id: &str) -> Diagnostic {
    Diagnostic::warning(
        "prose-link-withheld",
        place,
        said(
            format!("正文链接的 {id} 现在没有公开，链接改为指向列表页。"),
            format!("The link to {id}, which is not public now, leads to its list page instead."),
        ),
    )
    .hint(said("等它公开后再链接，或删去这个链接。", "Link to it when it is public, or take the link away."))
}

/// A relative path that leaves the site.
pub fn link_leaves_site(place: Place, path: &str) -> Diagnostic {
    Diagnostic::error("link-leaves-site", place, said(format!("“{path}”指到了网站以外。"), format!("“{path}” leads out of the site.")))
        .hint(said(
            "相对路径从当前文件所在的文件夹算起，“..”不能多于文件夹的层数。",
            "A relative path starts in the folder of this file; use fewer “..”.",
        ))
}

/// An anchor that no heading has.
pub fn anchor_unknown(place: Place, anchor: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::error("anchor-unknown", place, said(format!("目标页面里没有“#{anchor}”。"), format!("The page has no “#{anchor}”."))).hint(
        did_you_mean(near)
            .unwrap_or_else(|| said("锚点就是标题的文字，空格换成连字符。", "An anchor is the text of a heading with hyphens for spaces.")),
    )
}

/// A media file that does not exist.
pub fn media_missing(place: Place, src: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::error("media-missing", place, said(format!("找不到文件“{src}”。"), format!("There is no file “{src}”."))).hint(
        did_you_mean(near).unwrap_or_else(|| {
            said(
                "图片和附件放在 content/media/，或放在这个文件旁边。",
                "Images and attachments live in content/media/ or beside this file.",
            )
        }),
    )
}

/// A media file of a kind that is not published.
pub fn media_type(place: Place, src: &str, is_image: bool) -> Diagnostic {
    let (zh, en) = if is_image { ("图片", "an image") } else { ("附件", "an attachment") };
    Diagnostic::error(
        "media-type",
        place,
        said(format!("“{src}”这种文件不能作{zh}发布。"), format!("“{src}” cannot be published as {en}.")),
    )
    .hint(said(
        "图片用 jpg、png、webp、avif、gif、svg；附件用 pdf、ofd、doc(x)、xls(x)、wps、zip 等。",
        "Images: jpg, png, webp, avif, gif, svg. Attachments: pdf, ofd, Office files, zip.",
    ))
}

/// A drawing that could run code.
pub fn drawing_unsafe(place: Place, what: &str) -> Diagnostic {
    Diagnostic::error(
        "drawing-unsafe",
        place,
        said(
            format!("这个 SVG 图里有会被浏览器执行或从别处加载的内容（{what}）。"),
            format!("This drawing holds something a browser would run or fetch ({what})."),
        ),
    )
    .hint(said("用绘图软件另存为“普通 SVG”，或导出为 PNG。", "Save it as plain SVG, or export it as PNG."))
}

/// A media file that cannot be read.
pub fn media_unreadable(place: Place, why: &Said) -> Diagnostic {
    Diagnostic::error("media-unreadable", place, why.clone())
        .hint(said("检查这个文件的权限，或重新复制一份。", "Check its permissions or copy it anew."))
}

/// An image of another site.
pub fn image_elsewhere(place: Place) -> Diagnostic {
    Diagnostic::error(
        "image-elsewhere",
        place,
        said(
            "图片在别的网站上：对方一删就看不到，还会泄露访客信息，页面也不允许加载。",
            "The image is on another site; pages load nothing from elsewhere.",
        ),
    )
    .hint(said("经许可后下载到 content/media/ 再引用。", "Download it, with permission, into content/media/."))
}

/// Two pages of one address.
pub fn address_taken(place: Place, url: &str, first: Option<Place>) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        "address-taken",
        place,
        said(
            format!("网址“/{url}”已经被占用（大小写不同也算相同）。"),
            format!("The address “/{url}” is taken (also where only the case differs)."),
        ),
    );
    match first {
        Some(first) => {
            diagnostic.hint(said("给其中一个文件改名。", "Rename one of the files.")).see(first, said("另一个在这里", "the other is here"))
        }
        None => diagnostic.hint(said("这是系统页面的网址，请给文件改名。", "The site itself needs this address; rename the file.")),
    }
}

/// A path of the output that some system cannot hold.
pub fn path_impossible(place: Place, path: &str) -> Diagnostic {
    Diagnostic::error(
        "path-impossible",
        place,
        said(format!("文件路径“{path}”在有的系统上不能使用。"), format!("The path “{path}” is impossible on some systems.")),
    )
    .hint(said(
        "改掉文件名里的特殊符号、保留名（如 con、aux）或结尾的点。",
        "Rename it: no special signs, reserved names (con, aux) or final dots.",
    ))
}

/// An old address that is no path of this site.
pub fn redirect_path(place: Place, path: &str) -> Diagnostic {
    Diagnostic::error(
        "redirect-path",
        place,
        said(format!("旧地址“{path}”不是本站的路径。"), format!("“{path}” is not a path of this site.")),
    )
    .hint(said(
        "从斜杠开始写，例如 /cp/2023/a1/，不含域名、问号和井号。",
        "Begin with a slash, as in /cp/2023/a1/, without host, “?” or “#”.",
    ))
}

/// An old address that a page has.
pub fn redirect_taken(place: Place, path: &str, first: Option<Place>) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        "redirect-taken",
        place,
        said(format!("旧地址“{path}”现在另有页面。"), format!("The old address “{path}” belongs to another page now.")),
    )
    .hint(said("删去这个旧地址，或给占用它的文件改名。", "Take the old address away, or rename the file that has it."));
    match first {
        Some(first) => diagnostic.see(first, said("占用它的在这里", "it belongs to this one")),
        None => diagnostic,
    }
}

/// A required value of an item is neither written nor to be had from the record around it.
pub fn nothing_to_inherit(place: Place, label: &Said) -> Diagnostic {
    Diagnostic::error(
        "nothing-to-inherit",
        place,
        said(
            format!("这一项没有写“{}”，整栋的数据里也没有。", label.zh),
            format!("“{}” is missing here and in the record around it.", label.en),
        ),
    )
    .hint(said("写在这一项里，或写在整栋的首层、楼层数据里。", "Write it here or in the data of the whole building."))
}

/// A page definition names a type or field that is not there.
pub fn selection_unknown(place: Place, word: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::error(
        "selection-unknown",
        place,
        said(format!("页面定义选取的“{word}”不存在。"), format!("The page definition selects “{word}”, which does not exist.")),
    )
    .hint(near.map_or_else(
        || said("parkpress schema 列出全部内容类型和字段。", "parkpress schema lists all types and their fields."),
        |near| said(format!("是不是“{near}”？"), format!("Did you mean “{near}”?")),
    ))
}

/// A record that lies below itself.
pub fn link_cycle(place: Place, id: &str) -> Diagnostic {
    Diagnostic::error("link-cycle", place, said(format!("上级关系绕成了圈：{id} 是它自己的上级。"), format!("{id} lies below itself.")))
        .hint(said("改正其中一个上级。", "Correct one of the parents."))
}
