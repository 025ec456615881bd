//! The encoding that a page declares: in a `meta` element, or in the XML declaration of XHTML.

use super::token::{Token, Tokens};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The declaration is looked for in so many bytes. The HTML standard (13.2.3.2) has 1024, but browsers read on past
/// long comments at the top of a page.
const PRESCAN: usize = 8192;

/// The encoding of a page without byte order mark: UTF-8 where its bytes are, else as declared, else Windows-1252.
///
/// Bytes beyond ASCII that form valid UTF-8 are UTF-8 whatever the page says: tools that convert pages leave old
/// declarations in them. With it comes a note where the two differ.
#[must_use]
pub fn encoding(bytes: &[u8]) -> (&'static Encoding, Option<String>) {
    let declared = declared(bytes);
    if std::str::from_utf8(bytes).is_ok() {
        let escapes = declared.is_some_and(|d| !d.is_ascii_compatible());
        if !escapes {
            let differs = declared.filter(|d| *d != UTF_8 && !bytes.is_ascii());
            let note = |d: &'static Encoding| format!("the page says that it is {}, but its bytes are UTF-8", d.name());
            return (UTF_8, differs.map(note));
        }
    }
    match declared {
        Some(encoding) if encoding != UTF_8 => (encoding, None),
        Some(_) => (UTF_8, None),
        None => (WINDOWS_1252, Some("the page does not say its encoding; it was read as windows-1252".to_string())),
    }
}

fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head: String = bytes.iter().take(PRESCAN).map(|b| if b.is_ascii() { char::from(*b) } else { '?' }).collect();
    let label = xml_declaration(&head).or_else(|| meta(&head))?;
    let encoding = Encoding::for_label(label.trim().as_bytes())?;
    // A declaration that can be read is not UTF-16 (13.2.3.2).
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

fn xml_declaration(head: &str) -> Option<String> {
    let rest = head.trim_start().strip_prefix("<?xml")?;
    let rest = &rest[..rest.find('>')?];
    let value = rest.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Some(value[1..].split(quote).next()?.to_string())
}

fn meta(head: &str) -> Option<String> {
    let mut tags = Tokens::new(head).filter_map(|(token, _)| match token {
        Token::Start(tag) if tag.name == "meta" => Some(tag),
        _ => None,
    });
    tags.find_map(|tag| {
        if let Some(charset) = tag.get("charset") {
            return Some(charset.into_owned());
        }
        let content = tag.get("content").filter(|_| tag.get("http-equiv").is_some())?.to_ascii_lowercase();
        let value = content.split_once("charset")?.1.trim_start().strip_prefix('=')?.trim_start();
        let end = value.find(|c: char| c.is_whitespace() || matches!(c, ';' | '"' | '\'')).unwrap_or(value.len());
        Some(value[..end].to_string())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_are_found_and_utf_8_is_seen() {
        let name = |bytes: &[u8]| encoding(bytes).0.name();
        assert_eq!(name(b"<meta charset=ISO-8859-1>\xa7"), "windows-1252");
        assert_eq!(
            name(b"<META http-equiv=Content-Type\ncontent='text/html; charset=Shift_JIS'>\x93\xfa"),
            "Shift_JIS"
        );
        assert_eq!(name(b"<?xml version='1.0' encoding=\"iso-8859-2\"?>\xb1"), "ISO-8859-2");
        assert_eq!(name(b"<p>\xa7 5"), "windows-1252");
        assert_eq!(name("<meta charset=latin1>§".as_bytes()), "UTF-8");
        assert!(encoding("<meta charset=latin1>§".as_bytes()).1.is_some());
        assert_eq!(name(b"<meta charset=iso-2022-jp>\x1b$BF|"), "ISO-2022-JP");
        assert_eq!(name(b"<meta charset=utf-16>x"), "UTF-8");
    }
}
