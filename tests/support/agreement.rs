//! Numbered agreements made up at random, and written as Markdown and as DOCX.

use super::package::{WORD, document, package};
use super::random::Random;

/// A numbered agreement: sections of clauses of items.
pub struct Agreement {
    title: &'static str,
    preamble: &'static str,
    sections: Vec<Section>,
    /// Rows of two cells after the last clause.
    table: Vec<[&'static str; 2]>,
}

struct Section {
    heading: &'static str,
    clauses: Vec<Clause>,
}

struct Clause {
    /// A heading in bold at the start of its paragraph.
    run_in: &'static str,
    sentences: Vec<&'static str>,
    items: Vec<Item>,
    /// Whether the items are bullets rather than lettered.
    bullets: bool,
    note: Option<&'static str>,
}

struct Item {
    text: &'static str,
    items: Vec<&'static str>,
}

const TITLE: &str = "Services Agreement";
const PREAMBLE: &str =
    "This Agreement is between Acme Ltd (“Supplier”), which provides the services, and Bolt Inc. (“Customer”).";
const LEAD: &str = "The Supplier shall:";

const HEADINGS: [&str; 9] = [
    "Security",
    "Personal Data",
    "Incidents",
    "Audits",
    "Subprocessors",
    "Term and Termination",
    "Fees – Größe",
    "Confidential Information",
    "Zürich 東京",
];

const SENTENCES: [&str; 21] = [
    "The Supplier shall notify the Customer of a personal data breach without undue delay and in any event within 48 hours.",
    "The Supplier may notify the Customer of an incident where it sees fit.",
    "The Customer may audit the Supplier once a year on thirty (30) days’ notice.",
    "The Supplier shall not engage a subprocessor without the prior written consent of the Customer.",
    "On termination the Supplier shall delete or return all personal data within 30 days, and confirm it in writing.",
    "The Supplier shall encrypt personal data in transit & at rest.",
    "The Supplier shall process personal data only on the documented instructions of the Customer.",
    "Each party shall keep the other party’s Confidential Information secret for 5 years.",
    "The Supplier shall grant access to personal data to persons who need it, and to no others.",
    "The Supplier shall not transfer personal data outside the European Economic Area.",
    "“Personal Data” means data about a natural person – wherever it is kept.",
    "The fees are due within 14 days (see Section 1.1).",
    "The Supplier shall assist the Customer with requests of data subjects.",
    "Nothing in this Agreement limits liability for fraud; each party bears its own costs.",
    "The Supplier has no duty to notify the Customer of a breach of security.",
    "The façade shall be painted in 2 coats at no more than € 1,000 <net>.",
    "The Supplier’s “Łódź – 東京” team 🔒 shall notify the Customer of a security incident within 24 hours, naïve or not – “öfter”.",
    "Žádné e\u{301}le\u{300}ves: the Supplier shall encrypt personal data “at rest” (ﬁle by ﬁle) – 𝔄𝔈𝔖.",
    "At Señor Müller’s request the Supplier shall delete personal data within 10 days “à la carte”.",
    "The Supplier’s staff shall say: “We notify the Customer of a personal data breach within 12 hours.”",
    LONG,
];

/// Longer than any quote, and hardly a byte of it is a letter of its own.
const LONG: &str = "“東京” – “Łódź” – “Zürich” – “Ångström” – “çà et là” – “Ďáblice” – “Ωμέγα” – “Жуковка” – “日本語テキスト” – \
    “Łódź” – “Zürich” – “Ångström” – “çà et là” – “Ďáblice” – “Ωμέγα” – “Жуковка” – “日本語テキスト” – “東京” – “Zürich” – \
    “Ångström” – “çà et là” – “Ďáblice” – “Ωμέγα” – “Жуковка” – “日本語テキスト” – “東京” – “Łódź” – “Zürich” – “Ångström” – \
    the Supplier shall notify the Customer of a personal data breach without undue delay – “çà et là” – “Ďáblice” – “Ωμέγα” – \
    “Жуковка” – “日本語テキスト” – “東京” – “Łódź” – “Zürich” – “Ångström” – “çà et là” – “Ďáblice” – “Ωμέγα” – “Жуковка” – \
    “日本語テキスト” – “東京” – “Łódź” – “Zürich” – “Ångström” – “çà et là” – “Ďáblice” – “Ωμέγα” – “Жуковка” – “日本語テキスト” – \
    “Łódź” – “Zürich” – “Ångström” – “çà et là” – “Ďáblice” – “Ωμέγα” – “Жуковка” – “日本語テキスト” – “東京” – “Zürich”.";

const ITEMS: [&str; 7] = [
    "notify the Customer of any breach of security within 24 hours;",
    "keep records of the processing;",
    "delete personal data at the end of the services;",
    "make available all information that is needed to show compliance;",
    "train its staff once a year; and",
    "restrict access to those who need it – naïvely;",
    "encrypt personal data – “à jour” – at rest;",
];

const SUB_ITEMS: [&str; 3] = ["in Zürich;", "in any other place; and", "where the Customer asks for it."];

const NOTES: [&str; 3] = [
    "Notice goes to the Customer’s data protection officer.",
    "The Supplier shall notify the Customer of a personal data breach within 36 hours.",
    "Łódź and 東京 are offices of the Supplier.",
];

const RUN_IN: [&str; 5] = ["Notice.", "Right to Audit.", "Return of Data.", "Staff.", "Größe."];

const ROWS: [[&str; 2]; 5] = [
    ["Subprocessor", "Purpose"],
    ["Cloud Ltd", "hosting of the services"],
    ["Breach", "The Supplier shall notify the Customer within 24 hours."],
    ["Deletion", "within 30 days of the end of the term"],
    ["Łódź – 東京", "The Supplier’s “Größe”"],
];

/// Whether a text is one of those that agreements are made of.
pub fn is_piece(text: &str) -> bool {
    let pieces = [TITLE, PREAMBLE, LEAD].into_iter().chain(HEADINGS).chain(SENTENCES).chain(ITEMS).chain(SUB_ITEMS);
    pieces.chain(NOTES).chain(RUN_IN).chain(ROWS.into_iter().flatten()).any(|p| p == text)
}

/// Whether a text is part of the sentence that is too long to be quoted, from word to word.
pub fn is_part_of_long(text: &str) -> bool {
    let words: Vec<&str> = LONG.split(' ').collect();
    let own: Vec<&str> = text.split(' ').collect();
    own.len() > 50 && words.windows(own.len()).any(|w| w == own)
}

/// The agreement of a generator's next numbers.
pub fn agreement(random: &mut Random) -> Agreement {
    let section = |random: &mut Random| Section {
        heading: HEADINGS[random.below(HEADINGS.len())],
        clauses: (0..=random.below(4)).map(|_| clause(random)).collect(),
    };
    Agreement {
        title: TITLE,
        preamble: PREAMBLE,
        sections: (0..2 + random.below(4)).map(|_| section(random)).collect(),
        table: ROWS[..random.below(ROWS.len() + 1)].to_vec(),
    }
}

fn clause(random: &mut Random) -> Clause {
    let note = (random.below(4) == 0).then(|| *random.one(&NOTES));
    if random.below(3) == 0 {
        let bullets = random.below(3) == 0;
        let item = |random: &mut Random| {
            let items = if bullets || random.below(3) > 0 { 0 } else { 2 };
            Item { text: ITEMS[random.below(ITEMS.len())], items: SUB_ITEMS[..items].to_vec() }
        };
        let items = (0..2 + random.below(3)).map(|_| item(random)).collect();
        return Clause { run_in: "", sentences: vec![LEAD], items, bullets, note: None };
    }
    let sentences = (0..=random.below(3)).map(|_| *random.one(&SENTENCES)).collect();
    let run_in = if random.below(3) == 0 { RUN_IN[random.below(RUN_IN.len())] } else { "" };
    Clause { run_in, sentences, items: Vec::new(), bullets: false, note }
}

/// A paragraph: level (0 title, 1 preamble, 2 section, 3 clause, 4 item, 5 sub-item), number ("-" for a bullet), run-in
/// heading, text, and footnote.
pub struct Line {
    level: u8,
    pub number: String,
    run_in: &'static str,
    text: String,
    note: Option<&'static str>,
}

impl Agreement {
    /// How many sections it has.
    pub fn sections(&self) -> usize {
        self.sections.len()
    }

    /// Its paragraphs in order, without those of notes and the table.
    pub fn lines(&self) -> Vec<Line> {
        let line =
            |level, number: String, text: &str| Line { level, number, run_in: "", text: text.into(), note: None };
        let mut out = vec![line(0, String::new(), self.title), line(1, String::new(), self.preamble)];
        for (s, section) in (1..).zip(&self.sections) {
            out.push(line(2, format!("{s}."), section.heading));
            for (c, clause) in (1..).zip(&section.clauses) {
                let own = line(3, format!("{s}.{c}"), &clause.sentences.join(" "));
                out.push(Line { run_in: clause.run_in, note: clause.note, ..own });
                for (letter, item) in ('a'..).zip(&clause.items) {
                    out.push(line(4, if clause.bullets { "-".into() } else { format!("({letter})") }, item.text));
                    let romans = ["i", "ii", "iii"].iter().zip(&item.items);
                    out.extend(romans.map(|(roman, text)| line(5, format!("({roman})"), text)));
                }
            }
        }
        out
    }

    /// The text that a reader gives, with typed numbers or without.
    pub fn text(&self, typed: bool) -> String {
        let mut out: Vec<String> = Vec::new();
        for line in self.lines() {
            let number = Some(line.number.as_str()).filter(|n| typed && !n.is_empty() && *n != "-");
            let words: Vec<&str> =
                number.into_iter().chain([line.run_in, &line.text]).filter(|w| !w.is_empty()).collect();
            out.push(words.join(" "));
            out.extend(line.note.map(String::from));
        }
        out.extend(self.table.iter().map(|row| row.join("\t")));
        out.join("\n")
    }
}

/// It as Markdown.
pub fn markdown(agreement: &Agreement) -> String {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "\\<");
    let mut notes = String::new();
    let mut out = String::new();
    for (n, line) in (1..).zip(agreement.lines()) {
        let mark = ["# ", "", "## ", "", "", ""][usize::from(line.level)];
        let number = if line.number.is_empty() { String::new() } else { format!("{} ", line.number) };
        let run_in = if line.run_in.is_empty() { String::new() } else { format!("**{}** ", line.run_in) };
        let reference = line.note.map_or_else(String::new, |text| {
            notes += &format!("[^{n}]: {text}\n\n");
            format!("[^{n}]")
        });
        out += &format!("{mark}{number}{run_in}{}{reference}\n\n", escape(&line.text));
    }
    for (n, [one, two]) in agreement.table.iter().enumerate() {
        out += &format!("| {one} | {two} |\n{}", if n == 0 { "|---|---|\n" } else { "" });
    }
    format!("{out}\n{notes}")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A paragraph of runs, cut at random as spelling checks cut them; `tail` stands after them.
fn paragraph(properties: &str, bold: &str, text: &str, tail: &str, random: &mut Random) -> String {
    let run = |t: &str, look: &str| format!("<w:r>{look}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(t));
    let mut runs = String::new();
    let mut rest = text;
    for _ in 0..random.below(5) {
        let mut cut = random.below(rest.len() + 1);
        while !rest.is_char_boundary(cut) {
            cut -= 1;
        }
        runs += &run(&rest[..cut], "");
        runs +=
            ["", "<w:proofErr w:type=\"spellStart\"/>", "<w:bookmarkStart w:id=\"1\" w:name=\"a\"/>"][random.below(3)];
        rest = &rest[cut..];
    }
    runs += &run(rest, "");
    let bold = if bold.is_empty() { String::new() } else { run(bold, "<w:rPr><w:b/></w:rPr>") };
    format!("<w:p><w:pPr>{properties}</w:pPr>{bold}{runs}{tail}</w:p>")
}

/// A DOCX of it, with numbers typed or automatic.
pub fn docx(agreement: &Agreement, automatic: bool, random: &mut Random) -> Vec<u8> {
    let (mut body, mut notes) = (String::new(), String::new());
    for (n, Line { level, number, run_in, text, note }) in (2..).zip(agreement.lines()) {
        let outline = match level {
            0 | 2 => format!("<w:outlineLvl w:val=\"{}\"/>", level / 2),
            _ => String::new(),
        };
        let bullet = number == "-";
        let counted = match (bullet, automatic && level >= 2) {
            (true, _) => "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"2\"/></w:numPr>".into(),
            (_, true) => format!("<w:numPr><w:ilvl w:val=\"{}\"/><w:numId w:val=\"1\"/></w:numPr>", level - 2),
            _ => String::new(),
        };
        let typed = if automatic || bullet || number.is_empty() { String::new() } else { format!("{number} ") };
        let tail = note.map_or_else(String::new, |text| {
            notes += &format!("<w:footnote w:id=\"{n}\">{}</w:footnote>", paragraph("", "", text, "", random));
            format!("<w:r><w:footnoteReference w:id=\"{n}\"/></w:r>")
        });
        let properties = counted + &outline;
        body += &match run_in {
            "" => paragraph(&properties, "", &format!("{typed}{text}"), &tail, random),
            _ => paragraph(&properties, &format!("{typed}{run_in}"), &format!(" {text}"), &tail, random),
        };
    }
    body += &table(agreement, random);
    let footnotes = format!("<w:footnotes {WORD}>{notes}</w:footnotes>");
    package(
        &document(&body),
        &[("numbering", "numbering.xml", &numbering()), ("footnotes", "footnotes.xml", &footnotes)],
    )
}

fn table(agreement: &Agreement, random: &mut Random) -> String {
    let mut cell = |text: &str| format!("<w:tc>{}</w:tc>", paragraph("", "", text, "", random));
    let mut rows = String::new();
    for (n, [one, two]) in agreement.table.iter().enumerate() {
        let head = if n == 0 { "<w:trPr><w:tblHeader/></w:trPr>" } else { "" };
        rows += &format!("<w:tr>{head}{}{}</w:tr>", cell(one), cell(two));
    }
    if rows.is_empty() { rows } else { format!("<w:tbl>{rows}</w:tbl>") }
}

/// One list of four levels, and one of bullets.
fn numbering() -> String {
    let level = |at: u8, format: &str, text: &str| {
        format!(
            "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    let levels = [
        level(0, "decimal", "%1."),
        level(1, "decimal", "%1.%2"),
        level(2, "lowerLetter", "(%3)"),
        level(3, "lowerRoman", "(%4)"),
    ];
    format!(
        "<w:numbering {WORD}><w:abstractNum w:abstractNumId=\"0\">{}</w:abstractNum>\
         <w:abstractNum w:abstractNumId=\"1\">{}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num></w:numbering>",
        levels.concat(),
        level(0, "bullet", "•")
    )
}
