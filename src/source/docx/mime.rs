//! Web pages in one file (.mht, RFC 2557): the page among its parts (RFC 2045, RFC 2046).

/// Multipart bodies within multipart bodies: Word writes one, mail programs two or three.
const DEEPEST: usize = 6;
/// Pictures of a page are parts of their own; no page has more of them.
const MOST_PARTS: usize = 2_000;

/// The bytes of the first page in `bytes`, decoded; text where there is no page. `None` where there is neither.
#[must_use]
pub fn page(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut waiting = vec![(bytes, 0)];
    let (mut plain, mut seen) = (None, 0);
    while let Some((part, depth)) = waiting.pop() {
        seen += 1;
        let (head, body) = split(part);
        let kind = header(&head, "content-type").unwrap_or_default();
        let lower = kind.to_ascii_lowercase();
        if lower.starts_with("multipart/") && depth < DEEPEST {
            let Some(boundary) = parameter(&kind, "boundary") else { continue };
            let mut inner: Vec<_> = parts(body, &boundary).map(|p| (p, depth + 1)).take(MOST_PARTS - seen).collect();
            inner.reverse();
            waiting.append(&mut inner);
        } else if lower.starts_with("text/html") || lower.starts_with("application/xhtml") {
            return Some(decoded(&head, &kind, body));
        } else if lower.starts_with("text/plain") && plain.is_none() {
            plain = Some(decoded(&head, &kind, body));
        }
        if seen >= MOST_PARTS {
            break;
        }
    }
    plain
}

/// Head and body: an empty line parts them.
fn split(part: &[u8]) -> (String, &[u8]) {
    let mut at = 0;
    for line in part.split_inclusive(|b| *b == b'\n') {
        at += line.len();
        if line.iter().all(u8::is_ascii_whitespace) {
            break;
        }
    }
    (String::from_utf8_lossy(&part[..at]).replace("\r\n", "\n"), &part[at..])
}

/// The value of a header field; lines that begin with white space go on with the one before.
fn header(head: &str, name: &str) -> Option<String> {
    let unfolded = head.replace("\n ", " ").replace("\n\t", " ");
    unfolded.lines().find_map(|line| {
        let (own, value) = line.split_once(':')?;
        own.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_string())
    })
}

/// A parameter of a field's value: `boundary="x"`.
fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|parameter| {
        let (own, value) = parameter.split_once('=')?;
        own.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_string())
    })
}

/// The parts of a multipart body.
fn parts<'a>(body: &'a [u8], boundary: &str) -> impl Iterator<Item = &'a [u8]> {
    let mark = format!("--{boundary}");
    let (mut at, mut start, mut out) = (0, None, Vec::new());
    for line in body.split_inclusive(|b| *b == b'\n') {
        if line.starts_with(mark.as_bytes()) {
            out.extend(start.map(|s: usize| &body[s..at]));
            start = (!line[mark.len()..].starts_with(b"--")).then_some(at + line.len());
        }
        at += line.len();
    }
    out.extend(start.map(|s| &body[s..]));
    out.into_iter()
}

/// A body without its transfer encoding, as UTF-8 where the part names its character set.
fn decoded(head: &str, kind: &str, body: &[u8]) -> Vec<u8> {
    let encoding = header(head, "content-transfer-encoding").unwrap_or_default().to_ascii_lowercase();
    let bytes = match encoding.as_str() {
        "base64" => base64(body),
        "quoted-printable" => quoted_printable(body),
        _ => body.to_vec(),
    };
    let named = parameter(kind, "charset").and_then(|c| encoding_rs::Encoding::for_label(c.as_bytes()));
    match named.filter(|e| *e != encoding_rs::UTF_8) {
        // With a byte order mark the page's own words about its character set no longer count.
        Some(encoding) => [b"\xEF\xBB\xBF", encoding.decode(&bytes).0.as_bytes()].concat(),
        None => bytes,
    }
}

/// RFC 2045, 6.8; characters that are none of its alphabet are passed over.
fn base64(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0);
    for byte in body {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = bits << 6 | u32::from(six);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count).to_le_bytes()[0]);
        }
    }
    out
}

/// RFC 2045, 6.7.
fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let digit = |b: Option<&u8>| b.and_then(|b| char::from(*b).to_digit(16)).and_then(|d| u8::try_from(d).ok());
    let mut at = 0;
    while let Some(byte) = body.get(at) {
        let rest = &body[at + 1..];
        match (byte, digit(rest.first()), digit(rest.get(1))) {
            (b'=', Some(high), Some(low)) => {
                out.push(high << 4 | low);
                at += 3;
            }
            (b'=', ..) if rest.starts_with(b"\r\n") => at += 3,
            (b'=', ..) if rest.starts_with(b"\n") => at += 2,
            _ => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(mail: &str) -> Option<String> {
        page(mail.replace('\n', "\r\n").as_bytes()).map(|b| String::from_utf8_lossy(&b).trim().to_string())
    }

    #[test]
    fn the_page_is_found_and_decoded() {
        let head = "MIME-Version: 1.0\nContent-Type: multipart/related;\n boundary=\"=_b\"; type=\"text/html\"\n\n";
        let part = |encoding: &str, body: &str| {
            format!("--=_b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: {encoding}\n\n{body}\n")
        };
        let picture = "--=_b\nContent-Type: image/png\n\nPNG\n--=_b--\n";
        let mail = |encoding, body| format!("{head}preamble\n{}{picture}", part(encoding, body));
        assert_eq!(shown(&mail("8bit", "<p>a</p>")).unwrap(), "<p>a</p>");
        assert_eq!(shown(&mail("quoted-printable", "<p>=C3=A9 a=\nb =3D</p>")).unwrap(), "<p>é ab =</p>");
        assert_eq!(shown(&mail("BASE64", "PHA+w6kg\nYTwvcD4=")).unwrap(), "<p>é a</p>");
        assert_eq!(shown("Content-Type: text/plain\n\nWords").unwrap(), "Words");
        assert_eq!(shown("Content-Type: image/png\n\nPNG"), None);
    }

    #[test]
    fn another_character_set_is_read_as_it_says() {
        let mail = b"Content-Type: text/html; charset=windows-1252\n\n<p>\x93a\x94</p>";
        assert_eq!(String::from_utf8(page(mail).unwrap()).unwrap(), "\u{feff}<p>“a”</p>");
    }
}
