//! Lines of a terminal: wrapping at 80 columns with hanging indents, and styles that end with their line.

use anstyle::Style;

/// Columns of a line.
pub(super) const WIDTH: usize = 80;

/// Text in lines of at most `first`, then `rest` characters. Words longer than a line are cut.
fn wrap(text: &str, first: usize, rest: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let mut letters: Vec<char> = word.chars().collect();
        loop {
            let room = if lines.is_empty() { first } else { rest }.max(1);
            let gap = usize::from(used > 0);
            if used + gap + letters.len() <= room {
                if gap > 0 {
                    line.push(' ');
                }
                line.extend(&letters);
                used += gap + letters.len();
                break;
            }
            if used > 0 {
                lines.push(std::mem::take(&mut line));
                used = 0;
                continue;
            }
            let tail = letters.split_off(room.min(letters.len()));
            lines.push(letters.into_iter().collect());
            letters = tail;
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// A page of lines.
#[derive(Default)]
pub(super) struct Lines {
    out: String,
}

impl Lines {
    /// The text, with its styles.
    pub(super) fn finish(self) -> String {
        self.out
    }

    /// An empty line, never two.
    pub(super) fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// A text under a prefix: `lead` before its first line, `hang` before the others, both plain.
    pub(super) fn text(&mut self, lead: &str, hang: &str, style: Style, text: &str) {
        self.styled(lead, Style::new(), hang, style, text);
    }

    /// The same with a style for the prefix of the first line.
    pub(super) fn styled(&mut self, lead: &str, lead_style: Style, hang: &str, style: Style, text: &str) {
        let room = |prefix: &str| WIDTH.saturating_sub(prefix.chars().count());
        for (i, line) in wrap(text, room(lead), room(hang)).iter().enumerate() {
            let (prefix, prefix_style) = if i == 0 { (lead, lead_style) } else { (hang, Style::new()) };
            let start = format!("{}{}", paint(prefix_style, prefix), paint(style, line));
            self.out.push_str(start.trim_end());
            self.out.push('\n');
        }
    }

    /// A line as it is.
    pub(super) fn line(&mut self, style: Style, line: &str) {
        self.out.push_str(&paint(style, line));
        self.out.push('\n');
    }

    /// A heading with a rule under it.
    pub(super) fn heading(&mut self, style: Style, text: &str, rule: char) {
        self.gap();
        self.text("", "", style, text);
        let width = text.chars().count().min(WIDTH);
        self.line(style, &rule.to_string().repeat(width));
    }
}

/// Text in a style; plain text stays without escapes.
pub(super) fn paint(style: Style, text: &str) -> String {
    if text.is_empty() || style.is_plain() { text.to_string() } else { format!("{style}{text}{style:#}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_wrap_and_long_ones_are_cut() {
        assert_eq!(wrap("one two three", 7, 5), ["one two", "three"]);
        assert_eq!(wrap("abcdefgh ij", 3, 4), ["abc", "defg", "h ij"]);
        assert_eq!(wrap("", 3, 3), [""]);
    }

    #[test]
    fn a_style_ends_with_its_line() {
        let mut lines = Lines::default();
        lines.text("  ", "  ", Style::new().bold(), &"word ".repeat(30));
        assert!(lines.finish().lines().all(|l| l.contains("\u{1b}[1m") && l.ends_with("\u{1b}[0m")));
    }
}
