//! Scripts without spaces, comments and long names. What they do is not touched: nothing is folded, dropped or reordered.

/// A smaller script that does the same; `None` where the feature is off or the script cannot be read.
#[cfg(feature = "minify")]
pub fn script(text: &str) -> Option<Vec<u8>> {
    use oxc_allocator::Allocator;
    use oxc_codegen::{Codegen, CodegenOptions, CommentOptions};
    use oxc_minifier::{MangleOptions, Minifier, MinifierOptions};
    let make = || {
        let allocator = Allocator::default();
        let read = oxc_parser::Parser::new(&allocator, text, oxc_span::SourceType::cjs()).parse();
        let mut program = read.program;
        if !read.errors.is_empty() || read.panicked {
            return None;
        }
        let names = MinifierOptions { mangle: Some(MangleOptions::default()), compress: None };
        let scoping = Minifier::new(names).minify(&allocator, &mut program).scoping;
        let options = CodegenOptions { minify: true, comments: CommentOptions::disabled(), ..CodegenOptions::default() };
        Some(Codegen::new().with_options(options).with_scoping(scoping).build(&program).code)
    };
    // A minifier that panics must not cost the script.
    let made = std::panic::catch_unwind(make).ok()??;
    (!made.is_empty() && made.len() < text.len()).then(|| made.into_bytes())
}

/// This build has no minifier.
#[cfg(not(feature = "minify"))]
pub fn script(_: &str) -> Option<Vec<u8>> {
    None
}

#[cfg(all(test, feature = "minify"))]
mod tests {
    use super::script;

    #[test]
    fn names_inside_become_short_and_nothing_else_changes() {
        let small = |text: &str| script(text).map(|made| String::from_utf8_lossy(&made).into_owned());
        let made = small("// why\nwindow.shared = (() => {\n  \"use strict\";\n  const longName = 1;\n  return { longName };\n})();\n")
            .unwrap_or_default();
        assert!(made.contains("window.shared=") && made.contains("use strict") && made.contains("longName:"), "{made}");
        assert!(!made.contains("const longName") && !made.contains("why"), "{made}");
        assert_eq!(small("(() => {"), None, "what cannot be read stays as written");
    }
}
