//! Whole-page minification. The only module that knows minify-html.

/// A smaller page that looks and behaves the same; the page itself where the feature is off or the minifier fails.
#[cfg(feature = "minify")]
pub fn page(html: Vec<u8>) -> Vec<u8> {
    let config = minify_html::Cfg {
        keep_closing_tags: true,
        keep_html_and_head_opening_tags: true,
        keep_comments: false,
        minify_css: false,
        minify_js: false,
        ..minify_html::Cfg::default()
    };
    // A minifier that panics must not cost the page.
    let made = std::panic::catch_unwind(|| minify_html::minify(&html, &config));
    match made {
        Ok(small) if !small.is_empty() => small,
        _ => html,
    }
}

/// The page itself: this build has no minifier.
#[cfg(not(feature = "minify"))]
pub fn page(html: Vec<u8>) -> Vec<u8> {
    html
}
