//! XML parts as a flat stream of opens, closes and texts with namespaces resolved and byte positions kept.

use crate::source::Limits;
use crate::source::limits::Backstop;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;
use std::ops::Range;

/// The namespaces that the reader tells apart; transitional and strict names of one are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ns {
    /// `WordprocessingML`.
    Word,
    /// Extensions of `WordprocessingML` by Word 2010 and later (w14, w15).
    WordExt,
    /// Markup compatibility (`mc:AlternateContent`).
    Compat,
    /// Office math.
    Math,
    /// Package relationships and content types.
    Package,
    /// Any other.
    Other,
}

impl Ns {
    fn from_uri(uri: &str) -> Self {
        match uri {
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            | "http://purl.oclc.org/ooxml/wordprocessingml/main"
            | "http://schemas.microsoft.com/office/word/2003/wordml" => Self::Word,
            "http://schemas.openxmlformats.org/markup-compatibility/2006" => Self::Compat,
            "http://schemas.openxmlformats.org/officeDocument/2006/math"
            | "http://purl.oclc.org/ooxml/officeDocument/math" => Self::Math,
            "http://schemas.openxmlformats.org/package/2006/relationships"
            | "http://schemas.openxmlformats.org/package/2006/content-types" => Self::Package,
            u if u.starts_with("http://schemas.microsoft.com/office/word/20") => Self::WordExt,
            _ => Self::Other,
        }
    }
}

/// One step through a part.
#[derive(Debug)]
pub enum Node<'a> {
    /// A start tag. An empty element is an open followed by a close.
    Open(Element<'a>),
    /// An end tag: namespace, local name, and the byte after the tag.
    Close(Ns, &'a str, usize),
    /// Character data, decoded, and the bytes that it stands at.
    Text(Cow<'a, str>, Range<usize>),
    /// The end of the part.
    End,
}

/// A start tag.
#[derive(Debug)]
pub struct Element<'a> {
    /// Namespace of the name.
    pub ns: Ns,
    /// Local name.
    pub name: &'a str,
    /// First byte of the tag.
    pub at: usize,
    tag: BytesStart<'a>,
}

impl Element<'_> {
    /// The value of the first attribute with this local name.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<String> {
        self.tag
            .attributes()
            .with_checks(false)
            .flatten()
            .find(|a| a.key.local_name().as_ref() == name)
            .map(|a| decode(&a.value))
    }

    /// Whether an on/off property is on: present without a value, or with one that is not false.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.attribute("val").is_none_or(|v| !matches!(v.as_str(), "0" | "false" | "off" | "none"))
    }

    /// The attribute `val` as a whole number.
    #[must_use]
    pub fn number(&self) -> Option<i64> {
        self.attribute("val")?.trim().parse().ok()
    }
}

/// Namespace declarations in force at one place: Word writes about forty on the root. Each name is looked up in them.
const MOST_BINDINGS: usize = 1_024;

/// Reads a part node by node.
pub struct Xml<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    /// Prefix bindings in scope: depth, prefix, namespace.
    bindings: Vec<(usize, &'a str, Ns)>,
    depth: usize,
    max_depth: usize,
    max_tag: usize,
    backstop: Backstop,
    /// Nodes given so far.
    given: usize,
    /// Name of an empty element whose close is still to be given.
    pending: Option<(Ns, &'a str, usize)>,
    /// What is wrong with the rest of the part, once something is.
    pub broken: Option<String>,
}

impl<'a> Xml<'a> {
    /// A reader at the start of `text`.
    #[must_use]
    pub fn new(text: &'a str, limits: &Limits) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Self {
            text,
            reader,
            bindings: Vec::new(),
            depth: 0,
            max_depth: limits.depth,
            max_tag: limits.tag_bytes,
            backstop: limits.backstop,
            given: 0,
            pending: None,
            broken: None,
        }
    }

    /// The next node. After an error the stream ends and [`Xml::broken`] says why.
    pub fn advance(&mut self) -> Node<'a> {
        if let Some((ns, name, end)) = self.pending.take() {
            self.leave();
            return Node::Close(ns, name, end);
        }
        if self.broken.is_some() {
            return Node::End;
        }
        self.given += 1;
        if self.backstop.is_reached_in_round(self.given) {
            self.broken = Some("the time was up".into());
            return Node::End;
        }
        loop {
            let at = self.position();
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(error) => {
                    self.broken = Some(format!("{error} at byte {at}"));
                    return Node::End;
                }
            };
            let end = self.position();
            match event {
                Event::Start(tag) => return self.open(tag, at, end, false),
                Event::Empty(tag) => return self.open(tag, at, end, true),
                Event::End(_) => {
                    let raw = self.slice(at, end).trim_start_matches("</").trim_end_matches('>').trim_end();
                    let (ns, name) = self.resolve(raw);
                    self.leave();
                    return Node::Close(ns, name, end);
                }
                Event::Text(_) => {
                    return Node::Text(newlines(self.slice(at, end)), at..end);
                }
                Event::CData(_) => {
                    let raw = self.slice(at, end);
                    let inner = raw.strip_prefix("<![CDATA[").and_then(|r| r.strip_suffix("]]>")).unwrap_or(raw);
                    return Node::Text(newlines(inner), at..end);
                }
                Event::GeneralRef(_) => {
                    return Node::Text(Cow::Owned(decode(self.slice(at, end))), at..end);
                }
                Event::Eof => {
                    if self.depth > 0 {
                        self.broken = Some(format!("the part ends inside an element at byte {end}"));
                    }
                    return Node::End;
                }
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
    }

    /// Passes over the rest of the element that was just opened.
    pub fn skip(&mut self) {
        let target = self.depth - 1;
        loop {
            match self.advance() {
                Node::Close(..) if self.depth <= target => return,
                Node::End => return,
                _ => {}
            }
        }
    }

    /// Open elements at this point.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// Bytes read so far.
    #[must_use]
    pub fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    fn slice(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    fn open(&mut self, tag: BytesStart<'a>, at: usize, end: usize, empty: bool) -> Node<'a> {
        self.depth += 1;
        if self.depth > self.max_depth {
            self.broken = Some(format!("elements nest deeper than {} at byte {at}", self.max_depth));
            return Node::End;
        }
        let raw = self.slice(at, end);
        if raw.len() > self.max_tag {
            self.broken = Some(format!("a tag has more than {} bytes at byte {at}", self.max_tag));
            return Node::End;
        }
        if raw.contains("xmlns") {
            self.bind(&tag, raw);
        }
        if self.bindings.len() > MOST_BINDINGS {
            self.broken = Some(format!("more than {MOST_BINDINGS} namespaces are declared at byte {at}"));
            return Node::End;
        }
        let name_end = raw[1..].find([' ', '\t', '\r', '\n', '/', '>']).map_or(raw.len(), |n| n + 1);
        let (ns, name) = self.resolve(raw.get(1..name_end).unwrap_or_default());
        if empty {
            self.pending = Some((ns, name, end));
        }
        Node::Open(Element { ns, name, at, tag })
    }

    fn bind(&mut self, tag: &BytesStart<'a>, raw: &'a str) {
        let mut from = 0;
        for attribute in tag.attributes().with_checks(false).flatten() {
            let key = attribute.key.as_ref();
            let prefix = match key.strip_prefix("xmlns") {
                Some("") => "",
                Some(rest) => rest.strip_prefix(':').unwrap_or(rest),
                None => continue,
            };
            // The prefix is looked up in the part itself so that it lives as long as the part.
            let Some(end) = raw[from..].find(key).map(|i| from + i + key.len()) else { continue };
            from = end;
            if let Some(kept) = raw.get(end - prefix.len()..end) {
                self.bindings.push((self.depth, kept, Ns::from_uri(&decode(&attribute.value))));
            }
        }
    }

    fn resolve(&self, qname: &'a str) -> (Ns, &'a str) {
        let (prefix, local) = qname.split_once(':').unwrap_or(("", qname));
        let ns = self.bindings.iter().rev().find(|b| b.1 == prefix).map_or(Ns::Other, |b| b.2);
        (ns, local)
    }

    fn leave(&mut self) {
        while self.bindings.last().is_some_and(|b| b.0 >= self.depth) {
            self.bindings.pop();
        }
        self.depth = self.depth.saturating_sub(1);
    }
}

/// `raw` with its character references and predefined entities replaced; unknown entities stay as written.
fn decode(raw: &str) -> String {
    quick_xml::escape::unescape(raw).map_or_else(|_| raw.to_string(), Cow::into_owned)
}

/// Line ends as XML reads them (XML 1.0, 2.11).
fn newlines(raw: &str) -> Cow<'_, str> {
    if raw.contains('\r') { Cow::Owned(raw.replace("\r\n", "\n").replace('\r', "\n")) } else { Cow::Borrowed(raw) }
}
