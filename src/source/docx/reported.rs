//! What the reader tells of a document besides its text: things left out, and things that look odd.

use crate::source::Cut;

/// Things seen while the parts are walked.
#[derive(Default)]
pub struct Seen {
    /// References to comments.
    pub comments: u32,
    /// Comments: author and words.
    pub comment_texts: Vec<(String, String)>,
    /// Runs of hidden text.
    pub hidden: u32,
    /// Inserted documents (`w:altChunk`) that were not read.
    pub chunks: u32,
    /// Subdocuments (`w:subDoc`): files of their own, by name.
    pub subdocuments: Vec<String>,
    /// Pictures outside of headers and footers.
    pub pictures: u32,
    /// Charts.
    pub charts: u32,
    /// Whether a table of contents was never closed.
    pub open_contents: bool,
    /// Embedded objects.
    pub objects: u32,
    /// What is known of some of them: kind and part.
    pub object_names: Vec<String>,
    /// Equations written as fields.
    pub equations: u32,
    /// Numbers that fields make where they stand.
    pub field_numbers: u32,
    /// Files whose text a field takes in and that it did not find.
    pub included: Vec<String>,
    /// Characters of picture fonts that have no Unicode look-alike.
    pub symbols: u32,
    /// Text form fields without an answer.
    pub empty_fields: u32,
    /// Words drawn as art: watermarks and the like.
    pub arts: Vec<String>,
    /// Prompts of content controls that were not answered.
    pub prompts: Vec<String>,
}

/// Quotes in one note; more of them say no more to a reader.
const MOST_QUOTES: usize = 5;
/// Characters of a quote in a note.
const LONGEST_QUOTE: usize = 80;

impl Seen {
    /// Notes the prompt of a content control.
    pub fn prompt(&mut self, text: &str) {
        self.prompts.push(shortened(text));
    }

    /// Notes words drawn as art; a watermark stands in every header and is told of once.
    pub fn art(&mut self, words: &str) {
        let words = shortened(words);
        if !words.is_empty() && !self.arts.contains(&words) && self.arts.len() <= MOST_QUOTES {
            self.arts.push(words);
        }
    }

    /// Notes an embedded object: by the program that opens it, and its part.
    pub fn embedded(&mut self, program: &str, part: &str) {
        let kind = match program.split('.').next().unwrap_or_default() {
            "Excel" => "a workbook",
            "Word" => "a Word document",
            "PowerPoint" => "a presentation",
            "AcroExch" | "Acrobat" | "FoxitReader" => "a PDF",
            "Equation" => "an equation",
            "Visio" => "a drawing",
            "Package" => "a file",
            "" => "an object",
            other => other,
        };
        let part = if part.is_empty() { String::new() } else { format!(" ({part})") };
        self.object_names.push(shortened(&format!("{kind}{part}")));
    }

    /// Documents within the document that were not read.
    #[must_use]
    pub fn cuts(&self) -> Vec<Cut> {
        let chunks = match self.chunks {
            0 => None,
            1 => Some("1 inserted document".to_string()),
            n => Some(format!("a set of {n} inserted documents")),
        };
        let chunks = chunks.map(|what| Cut::whole(what, "Word takes it in when it opens and saves the file"));
        let subdocuments = self.subdocuments.iter().map(|name| {
            let name = if name.is_empty() { String::new() } else { format!(" {name}") };
            Cut::whole(format!("the subdocument{name}"), "it is a file of its own")
        });
        chunks.into_iter().chain(subdocuments).collect()
    }

    /// The notes, in a fixed order.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let mut out = Vec::new();
        let comments = self.comments.max(u32::try_from(self.comment_texts.len()).unwrap_or(u32::MAX));
        let texts = self.comment_texts.iter().map(|(author, text)| match author.trim() {
            "" => format!("\"{}\"", shortened(text)),
            author => format!("{author}: \"{}\"", shortened(text)),
        });
        let said = listed(texts.filter(|t| !t.ends_with("\"\"")));
        out.extend(counted(
            comments,
            "comment was",
            "comments were",
            &format!("left out (comments are no terms){said}"),
        ));
        out.extend(counted(self.hidden, "piece of hidden text was", "pieces of hidden text were", "read as text"));
        out.extend(counted(self.pictures, "picture was", "pictures were", "not read"));
        out.extend(counted(self.charts, "chart was", "charts were", "read for words; figures in it were not read"));
        let objects = self.objects.max(u32::try_from(self.object_names.len()).unwrap_or(u32::MAX));
        let said = format!("not read{}", listed(self.object_names.iter().cloned()));
        out.extend(counted(objects, "embedded object was", "embedded objects were", &said));
        if self.open_contents {
            out.push("a table of contents is not closed; it was read as ending with its last entry".into());
        }
        out.extend(counted(self.equations, "equation field was", "equation fields were", "not read"));
        let said = "not shown (AUTONUM, LISTNUM)";
        out.extend(counted(self.field_numbers, "number made by a field is", "numbers made by fields are", said));
        for name in &self.included {
            out.push(format!("the text of {}, which a field includes, is not in the file", shortened(name)));
        }
        out.extend(counted(self.symbols, "symbol was", "symbols were", "read as \u{fffd}: no letter looks like it"));
        out.extend(counted(self.empty_fields, "form field is", "form fields are", "not filled in"));
        if !self.arts.is_empty() {
            out.push(format!("words drawn as a picture were left out{}", listed(quoted(&self.arts))));
        }
        let prompts = u32::try_from(self.prompts.len()).unwrap_or(u32::MAX);
        let said = format!("not filled in{}", listed(quoted(&self.prompts)));
        out.extend(counted(prompts, "content control is", "content controls are", &said));
        out
    }
}

/// Each of `texts` in quotation marks.
fn quoted(texts: &[String]) -> impl Iterator<Item = String> {
    texts.iter().map(|t| format!("\"{t}\""))
}

fn counted(count: u32, one: &str, many: &str, rest: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {one} {rest}")),
        n => Some(format!("{n} {many} {rest}")),
    }
}

/// ": a; b" with the first few of `texts`, each once; empty where there is none.
fn listed(texts: impl Iterator<Item = String>) -> String {
    let mut shown: Vec<String> = Vec::new();
    for text in texts {
        if shown.contains(&text) {
            continue;
        }
        if shown.len() == MOST_QUOTES {
            shown.push("...".into());
            break;
        }
        shown.push(text);
    }
    if shown.is_empty() { String::new() } else { format!(": {}", shown.join("; ")) }
}

/// One line of `text`, cut short.
fn shortened(text: &str) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        let room = LONGEST_QUOTE.saturating_sub(line.chars().count());
        if word.chars().nth(room).is_some() {
            if line.is_empty() {
                line.extend(word.chars().take(room));
            }
            line.push_str(" ...");
            break;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}
