//! What is said about the images of the content.

use crate::diagnostic::{Diagnostic, Place, said};

/// A file that is no image or only a part of one.
pub fn broken(place: Place) -> Diagnostic {
    Diagnostic::error(
        "picture-broken",
        place,
        said("这个文件不是图片，或者只有半张（没有传完、存坏了）。", "This file is no image, or only a part of one."),
    )
    .hint(said("用看图软件打开确认；从原处重新复制，或另存为 JPG。", "Open it to make sure; copy it again, or save it anew as JPG."))
}

/// An image that is another format than its ending says.
pub fn ending(place: Place, ending: &str, is: &str) -> Diagnostic {
    Diagnostic::error(
        "picture-ending",
        place,
        said(
            format!("文件名以 .{ending} 结尾，内容却是 {is}；有的服务器和浏览器会因此打不开。"),
            format!("The name ends in .{ending}, but the content is {is}; some servers and browsers will not show it."),
        ),
    )
    .hint(said(format!("把文件名的结尾改成 .{is}，引用处同时改。"), format!("End the name in .{is}, and change what refers to it.")))
}

/// An image with more pixels than are decoded.
pub fn too_large(place: Place, width: u32, height: u32) -> Diagnostic {
    Diagnostic::error(
        "picture-too-large",
        place,
        said(
            format!("图片有 {width}×{height} 像素，超过上限（任一边 20000，总共 5000 万；16 位图减半）。"),
            format!("The image has {width} × {height} pixels; the limits are 20,000 a side and 50 million in all (half with 16 bits)."),
        ),
    )
    .hint(said("缩小到长边 4000 像素以内再放进来，页面用不到更大的。", "Make it smaller: pages never need more than 4,000 pixels a side."))
}

/// An image whose metadata cannot be taken out.
pub fn metadata(place: Place) -> Diagnostic {
    Diagnostic::error(
        "picture-metadata",
        place,
        said(
            "图片里带着拍摄地点、时间等附加信息，这种格式不能可靠地清除。",
            "The image carries metadata (place, time, camera) that cannot be taken out of this format safely.",
        ),
    )
    .hint(said("另存为 JPG 或 PNG，系统会自动清除。", "Save it as JPG or PNG; there the metadata are taken out by themselves."))
}

/// An image that is heavy.
pub fn heavy(place: Place, bytes: u64, limit: u64) -> Diagnostic {
    let mb = |bytes: u64| format!("{}.{}", bytes / 1_000_000, bytes % 1_000_000 / 100_000);
    Diagnostic::warning(
        "picture-heavy",
        place,
        said(
            format!("图片有 {} MB，超过 {} MB，手机上打开很慢。", mb(bytes), mb(limit)),
            format!("The image has {} MB, more than {} MB; telephones load it slowly.", mb(bytes), mb(limit)),
        ),
    )
    .hint(said("缩小尺寸，或另存为质量 85 的 JPG。", "Make it smaller, or save it as JPG of quality 85."))
}
