//! Front matter of Markdown: a block of keys and values for the program that publishes the file.

/// Bytes of the front matter at the start of `text`; 0 where there is none.
///
/// Markdown parsers take anything between two lines of dashes for it, so that a contract between two rules would be
/// gone. Only keys with values are.
#[must_use]
pub fn len(text: &str) -> usize {
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next() else { return 0 };
    let (ends, sign): (&[&str], char) = match first.trim_end() {
        "---" => (&["---", "..."], ':'),
        "+++" => (&["+++"], '='),
        _ => return 0,
    };
    let mut at = first.len();
    let mut keys = 0;
    for line in lines {
        at += line.len();
        let line = line.trim_end();
        if ends.contains(&line) {
            return if keys > 0 { at } else { 0 };
        }
        let key = is_key(line, sign);
        keys += usize::from(key);
        // Comments, and values that go on: indented, or items of a list.
        let goes_on =
            keys > 0 && (line.is_empty() || line.starts_with([' ', '\t', ']', '}']) || line.starts_with("- "));
        let table = sign == '=' && line.starts_with('[');
        if !(key || goes_on || table || line.starts_with('#')) {
            return 0;
        }
    }
    0
}

/// Whether a line is a key with its value: a name without spaces, and the sign.
fn is_key(line: &str, sign: char) -> bool {
    let Some((key, value)) = line.split_once(sign) else { return false };
    let key = key.trim_end().trim_matches(['"', '\'']);
    let name = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    name && (sign == '=' || value.is_empty() || value.starts_with(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::len;

    #[test]
    fn keys_with_values_are_front_matter_and_a_contract_is_not() {
        for text in [
            "---\ntitle: DPA\ntags:\n  - a\n- b\n# c\n\n\"x\": 1\n---\n",
            "---\r\ntitle: DPA\r\n...\r\n",
            "+++\ntitle = 'DPA'\n[params]\na=1\n+++\n",
        ] {
            assert_eq!(len(&format!("{text}Terms\n---\n")), text.len(), "{text}");
        }
        for text in [
            "---\nServices Agreement\n\n1. The Supplier shall notify.\n\n---\n",
            "---\ntitle: DPA\nThe Supplier shall notify.\n---\n",
            "---\n1. Supplier: it shall notify.\n---\n",
            "---\n---\n",
            "---\ntitle: DPA\n",
            "+++\n  text\n+++\n",
        ] {
            assert_eq!(len(text), 0, "{text}");
        }
    }
}
