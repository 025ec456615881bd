//! Escaping for Markdown: what a contract says must not become markup of the report.

/// Text as it is to be read, in Markdown of one line: no emphasis, code, link, HTML, entity, table cell or mathematics.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut before = ' ';
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        let next = letters.peek().copied().unwrap_or(' ');
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => out.extend(['\\', c]),
            // Bare addresses become links where Markdown is read as GitHub does.
            ':' if next == '/' => out.push_str("\\:"),
            '.' if out.ends_with("www") => out.push_str("\\."),
            // A name after @ would call a person of that name to the page; the joiner keeps it text.
            '@' if !before.is_alphanumeric() && next.is_alphanumeric() => out.push_str("@&#8288;"),
            _ => out.push(c),
        }
        before = c;
    }
    at_start(&out)
}

/// A start that would make a heading, a list, a rule or a line under a heading is escaped.
fn at_start(text: &str) -> String {
    if text.starts_with(['#', '+', '-', '=']) {
        return format!("\\{text}");
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && text[digits..].starts_with(['.', ')']) {
        return format!("{}\\{}", &text[..digits], &text[digits..]);
    }
    text.to_string()
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn markup_becomes_text() {
        let table = [
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("a | b", "a \\| b"),
            ("`code` and *stars*", "\\`code\\` and \\*stars\\*"),
            ("1. first", "1\\. first"),
            ("# title", "\\# title"),
            ("- item", "\\- item"),
            ("see https://x.example", "see https\\://x.example"),
            ("www.x.example", "www\\.x.example"),
            ("ask @team", "ask @&#8288;team"),
            ("8.1 and 8.2(b)", "8\\.1 and 8.2(b)"),
        ];
        for (plain, escaped) in table {
            assert_eq!(escape(plain), escaped);
        }
    }
}
