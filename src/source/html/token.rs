//! Tags, text and comments of HTML, each with the bytes that it stands at.
//!
//! The rules are those of the HTML standard's tokenizer (13.2.5) as far as they decide what is text. An own one
//! because the crates for it give no byte positions, which segments of Markdown need.

use rustc_hash::FxHashSet;
use std::borrow::Cow;
use std::ops::Range;

/// A token of HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// Text whose entities are not decoded yet.
    Text(&'a str),
    /// Text without entities: a CDATA section.
    Raw(&'a str),
    /// The content of a script, a style or a frame, which is no text.
    Code,
    /// A start tag.
    Start(Tag<'a>),
    /// An end tag, by its name in lower case.
    End(Cow<'a, str>),
    /// A comment.
    Comment,
    /// A document type, a processing instruction, an end tag without name.
    Other,
}

/// A start tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag<'a> {
    /// Its name in lower case.
    pub name: Cow<'a, str>,
    /// What stands between name and `>`.
    pub attributes: &'a str,
    /// Whether it ends in `/>`.
    pub closed: bool,
}

impl<'a> Tag<'a> {
    /// The value of an attribute, entities decoded; empty where it has none.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Cow<'a, str>> {
        if self.attributes.len() < name.len() {
            return None;
        }
        let (_, value) = Attributes(self.attributes).find(|(n, _)| n.eq_ignore_ascii_case(name))?;
        Some(super::entity::decode(value))
    }

    /// Whether an element that HTML does not know is none but words in angle brackets: a placeholder. Components of
    /// web frameworks have attributes, an end tag (`ends` are those of the file) or a name with a hyphen or prefix.
    #[must_use]
    pub fn is_words(&self, ends: &EndNames) -> bool {
        !self.closed
            && !self.attributes.contains('=')
            && !self.name.contains([':', '-'])
            && !ends.0.contains(&*self.name)
    }
}

/// Names and raw values of attributes.
struct Attributes<'a>(&'a str);

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.0.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        // An equals sign at the start belongs to the name (13.2.5.32).
        let skip = usize::from(rest.starts_with('='));
        let end = rest[skip..].find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '/'));
        let (name, rest) = rest.split_at(end.map_or(rest.len(), |n| n + skip));
        if name.is_empty() {
            return None;
        }
        let Some(value) = rest.trim_ascii_start().strip_prefix('=').map(str::trim_ascii_start) else {
            self.0 = rest;
            return Some((name, ""));
        };
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, rest) = match quote {
            Some(q) => value[1..].split_once(q).unwrap_or((&value[1..], "")),
            None => value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
        };
        self.0 = rest;
        Some((name, value))
    }
}

/// Elements whose content is not markup, up to their own end tag (13.2.6.2).
const RAW: [&str; 8] = ["textarea", "title", "xmp", "script", "style", "iframe", "noembed", "noframes"];

/// The tokens of a text.
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
    /// Place in [`RAW`] of the element whose content comes next.
    raw: Option<usize>,
    /// Where the last `>` stands: no tag begins after it.
    last: usize,
    /// Whether `/>` closes every element, as in XHTML.
    xhtml: bool,
    /// What is known to be closed nowhere in the rest: comments (the last) and elements of [`RAW`].
    unclosed: [bool; RAW.len() + 1],
}

impl<'a> Tokens<'a> {
    /// The tokens of `text`.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let last = text.rfind('>').unwrap_or(0);
        Self { text, at: 0, raw: None, last, xhtml: is_xhtml(text), unclosed: [false; RAW.len() + 1] }
    }

    /// The content of a raw element, up to its end tag.
    fn raw(&mut self, which: usize) -> Token<'a> {
        let rest = &self.text[self.at..];
        let len = find_end_tag(rest, RAW[which]).unwrap_or(rest.len());
        self.at += len;
        match RAW[which] {
            "textarea" | "title" => Token::Text(&rest[..len]),
            "xmp" => Token::Raw(&rest[..len]),
            _ => Token::Code,
        }
    }

    /// Whether markup begins at `rest`, an end of the text.
    fn begins(&self, rest: &str) -> bool {
        self.text.len() - rest.len() < self.last && is_markup(rest)
    }

    fn text(&mut self, rest: &'a str) -> Token<'a> {
        let mut len = rest.chars().next().map_or(0, char::len_utf8);
        while let Some(n) = rest[len..].find('<') {
            len += n;
            if self.begins(&rest[len..]) {
                self.at += len;
                return Token::Text(&rest[..len]);
            }
            len += 1;
        }
        self.at = self.text.len();
        Token::Text(rest)
    }

    fn markup(&mut self, rest: &'a str) -> Token<'a> {
        if rest.starts_with("<!--") {
            return self.comment(rest);
        }
        if let Some(inside) = rest.strip_prefix("<![CDATA[") {
            let len = inside.find("]]>").unwrap_or(inside.len());
            self.at = (self.at + len + "<![CDATA[]]>".len()).min(self.text.len());
            return Token::Raw(&inside[..len]);
        }
        if let Some(end) = rest.strip_prefix("</").filter(|r| r.starts_with(|c: char| c.is_ascii_alphabetic())) {
            self.at += tag_len(rest);
            return Token::End(lower(&end[..name_len(end)]));
        }
        if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            return self.start(rest);
        }
        self.at += rest.find('>').map_or(rest.len(), |n| n + 1);
        Token::Other
    }

    fn start(&mut self, rest: &'a str) -> Token<'a> {
        let len = tag_len(rest);
        self.at += len;
        let inside = rest[1..len].strip_suffix('>').unwrap_or(&rest[1..len]);
        let (name, attributes) = inside.split_at(name_len(inside));
        let name = lower(name);
        let raw = RAW.iter().position(|r| *r == name);
        // Of the elements that are raw, only those of XHTML may close themselves.
        let closed = attributes.ends_with('/') && (self.xhtml || raw.is_none());
        if let Some(which) = raw.filter(|_| !closed) {
            // Nothing of a script or style is text, closed or not; a title without end would hide the contract.
            let whole = matches!(RAW[which], "script" | "style");
            if !whole && !self.unclosed[which] {
                self.unclosed[which] = find_end_tag(&self.text[self.at..], RAW[which]).is_none();
            }
            self.raw = (whole || !self.unclosed[which]).then_some(which);
        }
        Token::Start(Tag { name, attributes: attributes.strip_suffix('/').unwrap_or(attributes), closed })
    }

    /// A comment; one without end stops at the first `>`, lest it hide the contract.
    fn comment(&mut self, rest: &'a str) -> Token<'a> {
        let comments = RAW.len();
        // "<!-->" and "<!--->" are whole (13.2.5.44).
        let short = ["<!-->", "<!--->"].into_iter().find(|s| rest.starts_with(s)).map(str::len);
        let len = short.or_else(|| {
            if self.unclosed[comments] {
                return None;
            }
            let end = ["-->", "--!>"].into_iter().filter_map(|e| Some(rest[4..].find(e)? + 4 + e.len())).min();
            self.unclosed[comments] = end.is_none();
            end
        });
        self.at += len.or_else(|| rest.find('>').map(|n| n + 1)).unwrap_or(rest.len());
        Token::Comment
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = (Token<'a>, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.at;
        let rest = &self.text[start..];
        if rest.is_empty() {
            return None;
        }
        let token = match self.raw.take() {
            Some(which) => self.raw(which),
            None if self.begins(rest) => self.markup(rest),
            None => self.text(rest),
        };
        Some((token, start..self.at))
    }
}

/// Whether a text says of itself that it is XHTML.
fn is_xhtml(text: &str) -> bool {
    let head = text.trim_start();
    let doctype =
        head.get(..2).is_some_and(|d| d == "<!") && head.find('>').is_some_and(|n| head[..n].contains("XHTML"));
    head.starts_with("<?xml") || doctype
}

/// Whether `<` starts markup and is no less-than sign. An address in angle brackets is text too.
fn is_markup(rest: &str) -> bool {
    let mut bytes = rest.bytes();
    if bytes.next() != Some(b'<') {
        return false;
    }
    match bytes.next() {
        Some(b'/' | b'!' | b'?') => true,
        Some(c) if c.is_ascii_alphabetic() => {
            let name = &rest[1..=name_len(&rest[1..])];
            !name.contains(['@', ':']) || is_prefixed(name)
        }
        _ => false,
    }
}

/// Whether a name has a namespace prefix (`<o:p>`) and is no address (`<mailto:x@y>`, `<https://z>`).
fn is_prefixed(name: &str) -> bool {
    name.split_once(':').is_some_and(|(prefix, local)| {
        !prefix.is_empty() && local.starts_with(|c: char| c.is_ascii_alphabetic()) && !name.contains('@')
    })
}

fn name_len(tag: &str) -> usize {
    tag.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '<') || c == '/').unwrap_or(tag.len())
}

/// Length of the tag at the start of `rest`. Quotes hide `>` only around a value, after an equals sign.
fn tag_len(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let (mut at, mut value) = (1, false);
    while let Some(&c) = bytes.get(at) {
        match c {
            b'>' => return at + 1,
            b'"' | b'\'' if value => match bytes[at + 1..].iter().position(|b| *b == c) {
                Some(n) => at += n + 1,
                // A value without its second quote ends with the tag.
                None => return rest.find('>').map_or(rest.len(), |n| n + 1),
            },
            _ => {}
        }
        value = c == b'=' || value && c.is_ascii_whitespace();
        at += 1;
    }
    rest.len()
}

/// Where the end tag of a raw element stands.
fn find_end_tag(rest: &str, name: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + rest[from..].find("</")?;
        let tail = &rest.as_bytes()[at + 2..];
        let same = tail.get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()));
        if same && tail.get(name.len()).is_none_or(|c| !c.is_ascii_alphanumeric()) {
            return Some(at);
        }
        from = at + 2;
    }
}

/// A name in lower case.
fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|b| b.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// The names that end tags of a file have, in lower case.
#[derive(Debug, Default)]
pub struct EndNames(FxHashSet<String>);

impl EndNames {
    /// Those of `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let names = text.match_indices("</").map(|(at, _)| &text[at + 2..]).map(|rest| lower(&rest[..name_len(rest)]));
        Self(names.filter(|name| !name.is_empty()).map(Cow::into_owned).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> Vec<String> {
        Tokens::new(html)
            .map(|(token, _)| match token {
                Token::Text(t) => format!("{t:?}"),
                Token::Raw(t) => format!("raw {t:?}"),
                Token::Code => "code".into(),
                Token::Start(t) => format!("<{}>", t.name),
                Token::End(n) => format!("</{n}>"),
                Token::Comment => "comment".into(),
                Token::Other => "other".into(),
            })
            .collect()
    }

    #[test]
    fn signs_are_text_and_tags_are_tags() {
        assert_eq!(shown("5 < 6 <b>x</B >"), ["\"5 < 6 \"", "<b>", "\"x\"", "</b>"]);
        assert_eq!(shown("<dpo@a.com> <https://a.com> <o:p>"), ["\"<dpo@a.com> <https://a.com> \"", "<o:p>"]);
        assert_eq!(
            shown("<!doctype html><!-- a > b --><?php x ?></>y"),
            ["other", "comment", "other", "other", "\"y\""]
        );
        assert_eq!(
            shown("<!--x--!>a<!-->b<!-- no end> c"),
            ["comment", "\"a\"", "comment", "\"b\"", "comment", "\" c\""]
        );
        assert_eq!(shown("<i> a <b c"), ["<i>", "\" a <b c\""]);
    }

    #[test]
    fn scripts_are_raw_and_titles_without_end_hide_nothing() {
        assert_eq!(shown("<script>a='<p>'</SCRIPT>x"), ["<script>", "code", "</script>", "\"x\""]);
        assert_eq!(shown("<title>A<b>B"), ["<title>", "\"A\"", "<b>", "\"B\""]);
        assert_eq!(shown("<?xml version='1.0'?><script src='a'/>x"), ["other", "<script>", "\"x\""]);
        assert_eq!(shown("<![CDATA[a < b]]>c"), ["raw \"a < b\"", "\"c\""]);
    }

    #[test]
    fn attributes_may_be_quoted_bare_or_broken_over_lines() {
        let html = "<ol\n  start = \"3\" TYPE=a class='x > y'\nreversed data-a=\"b &amp; c\">";
        let (Token::Start(tag), at) = Tokens::new(html).next().unwrap() else { panic!("a start tag") };
        assert_eq!(at, 0..html.len());
        let got = ["start", "type", "class", "reversed", "data-a"].map(|n| tag.get(n).unwrap().into_owned());
        assert_eq!(got, ["3", "a", "x > y", "", "b & c"]);
        assert_eq!(tag.get("id"), None);
        assert_eq!(shown("<p title=it's>x</p>").len(), 3);
    }
}
