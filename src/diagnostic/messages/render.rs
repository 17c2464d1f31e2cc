//! Sentences about templates and about what the finished site contains.

use crate::diagnostic::{Diagnostic, Place, Said, SitePath, said};

/// A template that cannot be parsed.
pub fn template_syntax(place: Place, why: &str) -> Diagnostic {
    Diagnostic::error("template-syntax", place, said(format!("模板写法有误：{why}"), format!("The template cannot be read: {why}"))).hint(
        said(
            "模板的语法见 Tera 2 的说明；组件写作 {{<名称 参数={值}/>}}。",
            "Templates are Tera 2; a component is {{<name argument={value}/>}}.",
        ),
    )
}

/// A template that failed while a page was rendered.
pub fn template_failed(place: Place, why: &str) -> Diagnostic {
    Diagnostic::error("template-failed", place, said(format!("模板渲染失败：{why}"), format!("The template failed: {why}")))
        .hint(said("检查变量名；没有值的变量要先用 {% if %} 判断。", "Check the names; a variable that may be absent needs {% if %}."))
}

/// Templates that extend or include each other in a circle.
pub fn template_circle(place: Place, name: &str) -> Diagnostic {
    Diagnostic::error(
        "template-circle",
        place,
        said(format!("模板“{name}”绕回了自己。"), format!("The template “{name}” leads back to itself.")),
    )
    .hint(said(
        "要改写主题自带的模板，用 {% extends \"theme:名称.html\" %}。",
        "To change a template of the theme, extend \"theme:name.html\".",
    ))
}

/// A template that is not there.
pub fn template_missing(place: Place, name: &str) -> Diagnostic {
    Diagnostic::error(
        "template-missing",
        place,
        said(format!("找不到模板或组件“{name}”。"), format!("There is no template or component “{name}”.")),
    )
    .hint(said(
        "页面模板放在 themes/主题/pages/，组件放在 themes/主题/components/。",
        "Pages live in themes/THEME/pages/, components in themes/THEME/components/.",
    ))
}

/// A link in the finished site leads nowhere.
pub fn output_link_dead(page: &str, target: &str) -> Diagnostic {
    Diagnostic::error(
        "output-link-dead",
        Place::start(&SitePath::new(page)),
        said(format!("生成的页面里有死链：{target}"), format!("A link of the finished page leads nowhere: {target}")),
    )
    .hint(said(
        "多半是主题模板里写死了网址；通向同时发布的另一个网站（beside）的，查正文里的链接。",
        "Probably an address written into a template of the theme, or a link of the content to a site published beside this one.",
    ))
}

/// An anchor in the finished site that no element has.
pub fn output_anchor_dead(page: &str, target: &str) -> Diagnostic {
    Diagnostic::error(
        "output-anchor-dead",
        Place::start(&SitePath::new(page)),
        said(
            format!("生成的页面里有指向不存在位置的链接：{target}"),
            format!("A link of the finished page names an anchor that does not exist: {target}"),
        ),
    )
    .hint(said(
        "多半是主题模板里写死了锚点；通向同时发布的另一个网站（beside）的，查正文里的链接。",
        "Probably an anchor written into a template of the theme, or a link of the content to a site published beside this one.",
    ))
}

/// Two elements of a page share an id.
pub fn output_id_twice(page: &str, id: &str) -> Diagnostic {
    Diagnostic::error(
        "output-id-twice",
        Place::start(&SitePath::new(page)),
        said(format!("页面里有两个元素的 id 都是“{id}”。"), format!("Two elements of the page have the id “{id}”.")),
    )
    .hint(said("多半是主题模板里写死了 id。", "Probably an id written into a template of the theme."))
}

/// A page heavier than a slow line can bear.
pub fn output_heavy(page: &str, kilobytes: usize) -> Diagnostic {
    Diagnostic::warning(
        "output-heavy",
        Place::start(&SitePath::new(page)),
        said(format!("页面有 {kilobytes} KB，打开会慢。"), format!("The page has {kilobytes} KB and will load slowly.")),
    )
    .hint(said("把长内容分成几页，或减小每页条数。", "Split long content, or show fewer records per page."))
}

/// An image of the finished site has no alternative text.
pub fn output_alt_missing(page: &str, src: &str) -> Diagnostic {
    Diagnostic::error(
        "output-alt-missing",
        Place::start(&SitePath::new(page)),
        said(format!("图片没有替代文字：{src}"), format!("An image has no alternative text: {src}")),
    )
    .hint(said("在主题模板的 <img> 里加上 alt。", "Add an alt to the <img> of the template."))
}

/// Text of a withheld record or private field stands in the output.
pub fn output_leak(page: &str, what: &str) -> Diagnostic {
    Diagnostic::error(
        "output-leak",
        Place::start(&SitePath::new(page)),
        said(format!("页面里出现了不公开的内容：{what}"), format!("The page holds text that is not public: {what}")),
    )
    .hint(said("检查公开内容里是否手工写了同样的文字。", "Look for the same text written by hand into public content."))
}

/// A file that is published as it is could not be looked into.
pub fn output_unseen(path: &str, why: &Said) -> Diagnostic {
    Diagnostic::warning(
        "output-unseen",
        Place::start(&SitePath::new(path)),
        said(
            format!("附件{}，没能查看其中有没有不公开的内容。", why.zh),
            format!("The file could not be searched for text that is not public: {}.", why.en),
        ),
    )
    .hint(said("请人工核对附件；能换成不加密的 PDF 或 ZIP 更好。", "Look at it yourself; a PDF or ZIP without a password can be searched."))
}

/// No base URL, so nothing that needs absolute addresses is written.
pub fn base_url_missing(place: Place) -> Diagnostic {
    Diagnostic::warning(
        "base-url-missing",
        place,
        said("没有填写网站地址，站点地图、订阅和规范网址不会生成。", "Without a base URL there is no sitemap, feed or canonical address."),
    )
    .hint(said("加一行：base_url: https://网站域名/路径", "Add a line: base_url: https://host/path"))
}
