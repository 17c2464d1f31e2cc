//! Two texts → what changed, as people know it from `diff -u`.

/// How many equal lines stand around a change.
const AROUND: usize = 3;
/// Above this many pairs of lines the middle is shown as replaced whole: nobody reads a diff of that size.
const LARGEST: usize = 4_000_000;

/// One line of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line<'t> {
    Same(&'t str),
    Gone(&'t str),
    New(&'t str),
}

/// The difference in unified form, empty where there is none. `colour` adds the colours of a terminal.
pub fn unified(path: &str, before: &str, after: &str, colour: bool) -> String {
    let lines = compare(&before.lines().collect::<Vec<_>>(), &after.lines().collect::<Vec<_>>());
    let changed: Vec<usize> = (0..lines.len()).filter(|at| !matches!(lines[*at], Line::Same(_))).collect();
    if changed.is_empty() {
        return String::new();
    }
    let paint = |code: &str, text: &str| if colour { format!("\u{1b}[{code}m{text}\u{1b}[0m\n") } else { format!("{text}\n") };
    let mut out = paint("1", &format!("--- {path}")) + &paint("1", &format!("+++ {path}"));
    let mut at = 0;
    while at < changed.len() {
        let first = changed[at].saturating_sub(AROUND);
        let mut last = changed[at];
        while at < changed.len() && changed[at] <= last + 2 * AROUND {
            last = changed[at];
            at += 1;
        }
        let end = (last + AROUND + 1).min(lines.len());
        let count = |upto: usize, from: usize, old: bool| {
            lines[from..upto].iter().filter(|line| !matches!((line, old), (Line::Gone(_), false) | (Line::New(_), true))).count()
        };
        let head = |old: bool| {
            let length = count(end, first, old);
            let start = count(first, 0, old) + usize::from(length > 0);
            if length == 1 { start.to_string() } else { format!("{start},{length}") }
        };
        out += &paint("36", &format!("@@ -{} +{} @@", head(true), head(false)));
        for line in &lines[first..end] {
            out += &match line {
                Line::Same(text) => format!(" {text}\n"),
                Line::Gone(text) => paint("31", &format!("-{text}")),
                Line::New(text) => paint("32", &format!("+{text}")),
            };
        }
    }
    out
}

/// Lines that both have in common stay; between equal ends the longest common subsequence decides.
fn compare<'t>(old: &[&'t str], new: &[&'t str]) -> Vec<Line<'t>> {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (&old[head..], &new[head..]);
    let tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&old_rest[..old_rest.len() - tail], &new_rest[..new_rest.len() - tail]);
    let mut lines: Vec<Line<'t>> = old[..head].iter().map(|line| Line::Same(line)).collect();
    middle(a, b, &mut lines);
    lines.extend(old[old.len() - tail..].iter().map(|line| Line::Same(line)));
    lines
}

fn middle<'t>(a: &[&'t str], b: &[&'t str], lines: &mut Vec<Line<'t>>) {
    let width = b.len() + 1;
    if a.len().saturating_mul(b.len()) > LARGEST {
        lines.extend(a.iter().map(|line| Line::Gone(line)));
        lines.extend(b.iter().map(|line| Line::New(line)));
        return;
    }
    // The length of the longest common subsequence of the two rests.
    let mut common = vec![0u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            common[i * width + j] =
                if a[i] == b[j] { common[(i + 1) * width + j + 1] + 1 } else { common[(i + 1) * width + j].max(common[i * width + j + 1]) };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            lines.push(Line::Same(a[i]));
            (i, j) = (i + 1, j + 1);
        } else if i < a.len() && (j == b.len() || common[(i + 1) * width + j] >= common[i * width + j + 1]) {
            lines.push(Line::Gone(a[i]));
            i += 1;
        } else {
            lines.push(Line::New(b[j]));
            j += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::unified;

    #[test]
    fn changes_stand_with_the_lines_around_them() {
        let old: String = (1..=20).map(|n| format!("{n}\n")).collect();
        let new = old.replace("5\n6\n", "五\n6\n").replace("\n18\n", "\n18\n新\n");
        let shown = unified("a.md", &old, &new, false);
        assert_eq!(
            shown,
            "--- a.md\n+++ a.md\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+五\n 6\n 7\n 8\n@@ -16,5 +16,6 @@\n 16\n 17\n 18\n+新\n 19\n 20\n"
        );
        assert_eq!(unified("a.md", &old, &old, false), "");
        assert_eq!(unified("a.md", "", "甲\n", false), "--- a.md\n+++ a.md\n@@ -0,0 +1 @@\n+甲\n");
        assert!(unified("a.md", "甲\n", "乙\n", true).contains("\u{1b}[31m-甲\u{1b}[0m\n\u{1b}[32m+乙"));
    }
}
