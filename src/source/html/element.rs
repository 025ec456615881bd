//! What the elements of HTML mean for the text, and the little of their styles that a reader of the page sees.

use super::token::Tag;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// What an element means for the text in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A paragraph: another block ends it.
    Paragraph,
    /// Any other block: text on both sides of its tags belongs to different paragraphs.
    Block,
    /// A heading of this level.
    Heading(u8),
    /// An ordered list.
    Ordered,
    /// A list with bullets.
    Bulleted,
    /// An item of a list.
    Item,
    /// A list of terms and their descriptions.
    Terms,
    /// A term of such a list.
    Term,
    /// A description.
    Description,
    /// A table.
    Table,
    /// Heading rows of a table.
    Head,
    /// Other rows of a table.
    Rows,
    /// A row.
    Row,
    /// A cell.
    Cell,
    /// A heading cell.
    HeadCell,
    /// The caption of a table.
    Caption,
    /// Text whose line breaks count.
    Pre,
    /// A page's or a section's header or footer, or what stands beside the text.
    Margin,
    /// Links to other pages.
    Navigation,
    /// The page's title.
    Title,
    /// What is no text: scripts and styles.
    Script,
    /// What a browser shows as a picture or in a frame, or not at all.
    Embedded,
    /// A picture.
    Picture,
    /// Bold, italic, underlined or marked text.
    Emphasis,
    /// Deleted or struck-through text.
    Struck,
    /// Inserted text.
    Inserted,
    /// A link.
    Link,
    /// A quotation within a paragraph.
    Quote,
    /// A line break.
    Break,
    /// A rule between paragraphs.
    Rule,
    /// A field or box of a form.
    Input,
    /// Anything else within a paragraph.
    Inline,
}

/// Elements by role.
const ELEMENTS: [(Role, &str); 35] = [
    (Role::Paragraph, "p"),
    (
        Role::Block,
        "html body article section main div center address blockquote figure figcaption fieldset legend form details \
         summary dialog hgroup search dir-entry listing optgroup option",
    ),
    (Role::Heading(1), "h1"),
    (Role::Heading(2), "h2"),
    (Role::Heading(3), "h3"),
    (Role::Heading(4), "h4"),
    (Role::Heading(5), "h5"),
    (Role::Heading(6), "h6"),
    (Role::Ordered, "ol"),
    (Role::Bulleted, "ul menu dir"),
    (Role::Item, "li"),
    (Role::Terms, "dl"),
    (Role::Term, "dt"),
    (Role::Description, "dd"),
    (Role::Table, "table"),
    (Role::Head, "thead"),
    (Role::Rows, "tbody tfoot"),
    (Role::Row, "tr"),
    (Role::Cell, "td"),
    (Role::HeadCell, "th"),
    (Role::Caption, "caption"),
    (Role::Pre, "pre textarea xmp"),
    (Role::Margin, "header footer aside"),
    (Role::Navigation, "nav"),
    (Role::Title, "title"),
    (Role::Script, "script style"),
    (Role::Embedded, "template noscript svg iframe object audio video canvas map noembed noframes datalist"),
    (Role::Picture, "img"),
    (Role::Emphasis, "b strong u em i mark"),
    (Role::Struck, "del s strike"),
    (Role::Inserted, "ins"),
    (Role::Link, "a"),
    (Role::Quote, "q"),
    (Role::Break, "br"),
    (
        Role::Inline,
        "abbr acronym bdi bdo big button cite code data dfn font kbd label math output ruby rb rp rt samp select slot \
         small span sub sup time tt var nobr blink colgroup head",
    ),
];

/// Elements that have no content and no end tag.
const VOID: [(Role, &str); 3] = [
    (Role::Rule, "hr"),
    (Role::Input, "input"),
    (Role::Inline, "area base basefont bgsound col embed frame image keygen link meta param source track wbr"),
];

static ROLES: LazyLock<FxHashMap<&'static str, (Role, bool)>> = LazyLock::new(|| {
    let named = |(role, names): (Role, &'static str), void| {
        names.split_ascii_whitespace().map(move |n| (n, (role, void))).collect::<Vec<_>>()
    };
    let void = VOID.into_iter().flat_map(|group| named(group, true));
    ELEMENTS.into_iter().flat_map(|group| named(group, false)).chain(void).collect()
});

/// The name and role of an element that HTML defines (or once did), and whether it has no content.
#[must_use]
pub fn known(name: &str) -> Option<(&'static str, Role, bool)> {
    let (name, (role, void)) = ROLES.get_key_value(name)?;
    Some((name, *role, *void || matches!(role, Role::Picture | Role::Break)))
}

impl Role {
    /// Whether text on both sides of its tags belongs to different paragraphs.
    #[must_use]
    pub fn is_block(self) -> bool {
        use Role::{Break, Embedded, Emphasis, Inline, Input, Inserted, Link, Picture, Quote, Script, Struck, Title};
        !matches!(
            self,
            Break | Embedded | Emphasis | Inline | Input | Inserted | Link | Picture | Quote | Script | Struck | Title
        )
    }
}

/// Whether an element is a cell or caption of a table: a page of its own, in which a search for the start of another
/// element ends.
#[must_use]
pub fn is_cell(role: Role) -> bool {
    matches!(role, Role::Cell | Role::HeadCell | Role::Caption)
}

/// What an element's attributes and style say that a reader of the page sees.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Whether it is set in bold or underlined; `false` where its own emphasis is taken back.
    pub emphasis: Option<bool>,
    /// Whether it is not shown.
    pub hidden: bool,
    /// Whether its line breaks count.
    pub pre: bool,
    /// Indent that it adds, in twentieths of a point.
    pub indent: i32,
    /// How its list items are numbered, as CSS or the `type` attribute says.
    pub marker: Option<Marker>,
}

/// How list items are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    /// 1, 2, 3.
    Decimal,
    /// a, b, c.
    LowerLetter,
    /// A, B, C.
    UpperLetter,
    /// i, ii, iii.
    LowerRoman,
    /// I, II, III.
    UpperRoman,
    /// A bullet.
    Bullet,
    /// Nothing.
    None,
}

/// The look of an element.
#[must_use]
pub fn look(tag: &Tag) -> Look {
    let mut look = Look { hidden: tag.get("hidden").is_some(), ..Look::default() };
    if tag.attributes.is_empty() {
        return look;
    }
    look.marker = tag.get("type").and_then(|t| marker_of_type(&t));
    let Some(style) = tag.get("style") else { return look };
    for declaration in style.to_ascii_lowercase().split(';') {
        if let Some((property, value)) = declaration.split_once(':') {
            look.declare(property.trim(), value.trim().trim_end_matches("!important").trim_end());
        }
    }
    look
}

impl Look {
    fn declare(&mut self, property: &str, value: &str) {
        match property {
            "font-weight" => match value {
                "bold" | "bolder" => self.emphasis = Some(true),
                "normal" | "lighter" => self.emphasis = Some(false),
                // Weights from 600 are bold (CSS Fonts 2.5).
                _ => self.emphasis = value.parse::<u16>().ok().map(|w| w >= 600),
            },
            "text-decoration" | "text-decoration-line" if value.contains("underline") => self.emphasis = Some(true),
            "display" if value == "none" => self.hidden = true,
            "visibility" if value == "hidden" => self.hidden = true,
            "white-space" if value.starts_with("pre") => self.pre = true,
            "margin-left" | "padding-left" | "margin-inline-start" | "padding-inline-start" => {
                self.indent = self.indent.saturating_add(twips(value));
            }
            "margin" => {
                if let Some(left) = value.split_ascii_whitespace().nth(3) {
                    self.indent = self.indent.saturating_add(twips(left));
                }
            }
            "list-style" | "list-style-type" => {
                self.marker = value.split_ascii_whitespace().find_map(marker_of_style).or(self.marker);
            }
            _ => {}
        }
    }
}

/// A length in twentieths of a point; 0 for what is none. Pixels are 1/96 inch (CSS Values 6.2).
fn twips(value: &str) -> i32 {
    let end = value.find(|c: char| c.is_ascii_alphabetic() || c == '%').unwrap_or(value.len());
    let Ok(number) = value[..end].parse::<f32>() else { return 0 };
    let unit = match &value[end..] {
        "pt" => 20.0,
        "px" => 15.0,
        "in" => 1440.0,
        "cm" => 567.0,
        "mm" => 56.7,
        "pc" | "em" | "rem" => 240.0,
        "ex" | "ch" => 120.0,
        // Of a line of six inches and a half.
        "%" => 93.6,
        _ => return 0,
    };
    let twips = (number * unit).clamp(-MOST_INDENT, MOST_INDENT);
    #[allow(clippy::cast_possible_truncation)] // Within the clamp.
    let whole = twips as i32;
    whole
}

/// No page is wider than this many twips (22 inches, Word's limit).
const MOST_INDENT: f32 = 31_680.0;

/// The `type` attribute of lists and items (HTML standard 4.4.5); its case counts.
fn marker_of_type(value: &str) -> Option<Marker> {
    Some(match value {
        "1" => Marker::Decimal,
        "a" => Marker::LowerLetter,
        "A" => Marker::UpperLetter,
        "i" => Marker::LowerRoman,
        "I" => Marker::UpperRoman,
        "disc" | "circle" | "square" => Marker::Bullet,
        "none" => Marker::None,
        _ => return None,
    })
}

fn marker_of_style(value: &str) -> Option<Marker> {
    Some(match value {
        "decimal" | "decimal-leading-zero" => Marker::Decimal,
        "lower-alpha" | "lower-latin" => Marker::LowerLetter,
        "upper-alpha" | "upper-latin" => Marker::UpperLetter,
        "lower-roman" => Marker::LowerRoman,
        "upper-roman" => Marker::UpperRoman,
        "disc" | "circle" | "square" => Marker::Bullet,
        "none" => Marker::None,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::html::token::{Token, Tokens};

    fn look_of(html: &str) -> Look {
        let Some((Token::Start(tag), _)) = Tokens::new(html).next() else { panic!("a start tag") };
        look(&tag)
    }

    #[test]
    fn styles_tell_weight_indent_and_marks() {
        assert_eq!(look_of("<span style='FONT-WEIGHT: 700'>").emphasis, Some(true));
        assert_eq!(look_of("<b style='font-weight:normal'>").emphasis, Some(false));
        assert_eq!(look_of("<p style=\"margin-left:.5in;text-indent:-.25in\">").indent, 720);
        assert_eq!(look_of("<p style='margin:0pt 0pt 6pt 36pt'>").indent, 720);
        assert_eq!(look_of("<ol style='list-style: lower-roman inside'>").marker, Some(Marker::LowerRoman));
        assert_eq!(look_of("<ol type=A>").marker, Some(Marker::UpperLetter));
        assert!(look_of("<div style='display : none'>").hidden && look_of("<p hidden>").hidden);
        assert_eq!(look_of("<p class=x>"), Look::default());
    }
}
