//! The words of the reports: what every format says, in one place. A report never says that a contract is in order;
//! it says what was found in the text supplied, and what was not.

use super::{DocumentReview, Gaps, Header, JudgedBy, Matter, Side};
use crate::assess::finding::{Change, ElementStatus, Evidence, Finding, LawFinding, Required, Suggestion, Unread};
use crate::library::page::Rank;
use crate::library::{Check, CitationKind, Severity, Status};
use crate::source::{View, Views};
use serde::Serialize;

/// What a report is not.
pub(super) const NO_ADVICE: &str = "Not legal advice; a qualified lawyer decides.";
/// The overall position of a file that could not be read.
pub(super) const NOT_REVIEWED: &str = "not reviewed";
/// The overall position of a file that was read only in part.
pub(super) const READ_IN_PART: &str = "read only in part";
/// Said before anything else of such a file.
const READ_IN_PART_LEAD: &str = "read only in part; in what was read: ";
/// Heading of what the text does not tell.
pub(super) const QUESTIONS: &str = "Questions";
/// What the questions are for.
pub(super) const QUESTIONS_LEAD: &str =
    "The text does not tell whether these provisions apply. Where the answer is yes, each is a gap as stated.";

/// Heading of the view that follows the clauses.
pub(super) const BY_CLAUSE: &str = "In the order of the contract";
/// Said where nothing is known to be missing from the file.
pub(super) const NOTHING_REFERRED_TO: &str =
    "Nothing was recognised that the text refers to and that was not supplied.";

/// Heading of the gaps of a severity.
pub(super) fn severity_heading(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "Critical: deal-breakers",
        Severity::High => "High: to be insisted on",
        Severity::Medium => "Medium: to be asked for",
        Severity::Low => "Low: wishes",
    }
}

/// Text of one line without what a terminal or a browser would act on: control characters become spaces, marks that
/// turn the direction of writing around (they can make a quote read as its opposite) go.
pub(super) fn clean(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}');
    let plain: String = text.chars().filter(|c| !turns(*c)).map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text of at most `most` characters, cut at a word.
pub(super) fn shorten(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else { return text.to_string() };
    let kept = &text[..end];
    let at = kept.rfind(' ').unwrap_or(end);
    format!("{} \u{2026}", kept[..at].trim_end_matches([',', ';', ':', ' ']))
}

/// Words that are written in capitals within ids.
const CAPITALS: [&str; 42] = [
    "aeo", "baa", "bcr", "ccpa", "cfr", "cpra", "cmmc", "cui", "dfars", "dora", "dpa", "dpia", "dpo", "dss", "eea",
    "eu", "far", "ferpa", "ftc", "gdpr", "glba", "hipaa", "hitech", "iso", "lgpd", "mfa", "nis2", "nist", "nydfs",
    "pci", "phi", "pii", "pipeda", "pipl", "rpo", "rto", "scc", "sec", "sla", "soc", "uk", "us",
];

/// An id as words: "notice-content" is "notice content", "eu-transfer" is "EU transfer". A breach is never left
/// without saying of what.
pub(super) fn from_id(id: &str) -> String {
    let parts: Vec<&str> = id.split(['-', '_']).filter(|w| !w.is_empty()).collect();
    let word = |(i, w): (usize, &&str)| match *w {
        "breach" | "breaches" if i + 1 == parts.len() => format!("{w} of contract"),
        "breach" | "breaches" if i == 0 || !matches!(parts[i - 1], "data" | "pii") => format!("personal data {w}"),
        "us" if i > 0 => w.to_string(),
        w if CAPITALS.contains(&w) => w.to_uppercase(),
        w => w.to_string(),
    };
    parts.iter().enumerate().map(word).collect::<Vec<_>>().join(" ")
}

/// The key of a plain enumeration as words ("controller-to-processor": "controller to processor").
pub(super) fn of_key(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(from_id)).unwrap_or_default()
}

/// A number with its noun.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", thousands(number), if number == 1 { one } else { many })
}

fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// "a, b and c".
pub(super) fn and(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [init @ .., last] => format!("{} and {last}", init.join(", ")),
    }
}

/// A text with a capital at its start.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// Text in quotation marks.
pub(super) fn quoted(text: &str) -> String {
    format!("\u{201c}{text}\u{201d}")
}

/// A clause label as a reader cites it ("clause 8.1", "Schedule 3, 1"), empty where there is none.
pub(super) fn clause(label: &str) -> String {
    let label = clean(label);
    if label.starts_with(|c: char| c.is_ascii_digit() || c == '(') { format!("clause {label}") } else { label }
}

/// Places one after the other: "clauses 6.2, 12.3 and 12.4".
pub(super) fn cited(places: &[String]) -> String {
    let bare: Option<Vec<String>> = places.iter().map(|p| p.strip_prefix("clause ").map(String::from)).collect();
    match bare {
        Some(labels) if labels.len() > 1 => format!("clauses {}", and(&labels)),
        _ => and(places),
    }
}

/// Where a quote stands: its file among several, its clause, and the heading above it.
pub(super) fn place(evidence: &Evidence, several_files: bool) -> String {
    let heading = clean(&evidence.heading);
    let label = clause(&evidence.clause);
    let here = match (label.is_empty(), heading.is_empty()) {
        (false, false) if label != heading => format!("{label} ({heading})"),
        (false, _) => label,
        (true, false) => format!("under {}", quoted(&heading)),
        (true, true) => "the text".into(),
    };
    if several_files { format!("{}, {here}", clean(&evidence.file)) } else { here }
}

/// The side, and whether it was given.
pub(super) fn side(matter: &Matter) -> String {
    let side = match matter.we_are {
        Side::Customer => "from the customer's side",
        Side::Vendor => "from the vendor's side",
        Side::Both => "for both sides",
    };
    format!("{side} ({})", if matter.given { "given" } else { "assumed" })
}

/// How tracked changes were read.
pub(super) fn view(view: Views) -> &'static str {
    match view {
        Views::Accepted => "tracked changes read as accepted",
        Views::Original => "tracked changes read as rejected",
        Views::Both => "tracked changes read both as accepted and as rejected",
    }
}

/// Heading of the gaps that tracked changes open.
pub(super) const REMOVED: &str = "Tracked changes take away: to be answered first";

/// What a finding is called whose status hangs on tracked changes.
pub(super) fn changed(status: Status, removed: bool) -> &'static str {
    match (status, removed) {
        (Status::Met, _) => "addressed",
        (Status::Partial, true) => "cut back by tracked changes",
        (Status::Missing, true) => "taken away by tracked changes",
        (Status::Adverse, true) => "made contrary to our position by tracked changes",
        (Status::Partial, false) => "partly addressed; more is pending in tracked changes",
        (Status::Missing, false) => "not found; pending in tracked changes",
        (Status::Adverse, false) => "contrary to our position; other words are pending in tracked changes",
    }
}

/// Who changed what, and what it does to a finding.
pub(super) fn change(finding: &Finding) -> Option<String> {
    let by = |change: &Change| {
        let author = clean(&change.author);
        let author = if author.is_empty() { "an author whom the file does not name".into() } else { author };
        match clean(&change.date).get(..10) {
            Some(date) => format!("{author} ({date})"),
            None => author,
        }
    };
    let pending = finding.pending.as_ref().map(|c| {
        format!(
            "changes by {} would make it {}; they do not count before they are accepted",
            by(c),
            super::status_words(c.status)
        )
    });
    let removed = finding.removed.as_ref().map(|c| {
        format!(
            "changes by {}; without them it is {}. Reject them, or agree on other words",
            by(c),
            super::status_words(c.status)
        )
    });
    pending.or(removed)
}

fn law(profile: &str) -> String {
    if profile == "auto" { "the laws that each contract's own words propose".into() } else { from_id(profile) }
}

/// What the review was judged by.
pub(super) fn judged_by(profiles: &[String]) -> String {
    let laws: Vec<String> = profiles.iter().filter(|p| *p != "baseline").map(|p| law(p)).collect();
    if laws.is_empty() {
        "the house position; no law's own list was asked for".into()
    } else {
        format!("the house position and {}", and(&laws))
    }
}

/// The profiles that a document itself proposed, with the reason; empty where the user named all.
pub(super) fn proposed(profiles: &[JudgedBy]) -> String {
    let own = profiles.iter().filter(|p| !p.why.is_empty());
    let said: Vec<String> = own.map(|p| format!("{}: {}", from_id(&p.profile), shorten(&clean(&p.why), 160))).collect();
    said.join("; ")
}

/// The library in one phrase.
pub(super) fn library(header: &Header) -> String {
    let l = &header.library;
    format!("clause library {} of {}, {}", l.version, l.date, count(l.provisions, "provision", "provisions"))
}

/// Limits of the review beyond those of its header.
pub(super) fn side_limit(side: Side) -> Option<&'static str> {
    match side {
        Side::Customer => None,
        Side::Vendor => Some(
            "The positions of this library are the customer's. For a vendor what is not found is no gap; what the text states binds.",
        ),
        Side::Both => Some("The positions of this library are the customer's; the gaps are the customer's gaps."),
    }
}

/// The overall position, in a few words for a table.
pub(super) fn overall(gaps: Gaps) -> &'static str {
    if gaps.critical > 0 {
        "deal-breakers"
    } else if gaps.high > 0 {
        "gaps at or above high"
    } else {
        "no gap found at or above high"
    }
}

/// What the position of a document is made of.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Standing {
    pub gaps: Gaps,
    pub contrary: usize,
    pub removed: usize,
    pub pending: usize,
    pub unread: usize,
    /// Whether the file was read only in part.
    pub cut: bool,
    pub questions: usize,
}

/// The overall position of a document, in one line.
pub(super) fn position(standing: Standing) -> String {
    let gaps = standing.gaps;
    let high = gaps.at_or_above(Severity::High);
    let mut out = match (high, gaps.at_or_above(Severity::Low)) {
        (_, 0) => "no gap found at or above low in the text supplied.".to_string(),
        (0, _) => format!("no gap found at or above high in the text supplied; {}.", by_severity(gaps)),
        (_, all) => format!("{}: {}.", count(all, "gap", "gaps"), by_severity(gaps)),
    };
    let mut more = |n: usize, one: &str, many: &str| {
        if n > 0 {
            out.extend([" ", &count(n, one, many), "."]);
        }
    };
    more(standing.contrary, "is contrary to our position", "are contrary to our position");
    more(standing.removed, "is opened by tracked changes", "are opened by tracked changes");
    more(standing.pending, "hangs on changes not yet accepted", "hang on changes not yet accepted");
    let unseen = if standing.cut { "what was not read or not supplied" } else { "what was not supplied" };
    let unseen = format!("may be answered in {unseen}");
    more(standing.unread, &unseen, &unseen);
    more(standing.questions, "question is open", "questions are open");
    if standing.cut {
        out.insert_str(0, READ_IN_PART_LEAD);
    }
    out
}

/// The position as the vendor.
pub(super) fn vendor_position(binding: usize, silent: usize, cut: bool) -> String {
    let lead = if cut { READ_IN_PART_LEAD } else { "" };
    let binds =
        count(binding, "provision of the customer's list binds us", "provisions of the customer's list bind us");
    format!("{lead}{binds}; {} not found, which is no gap for a vendor.", count(silent, "was", "were"))
}

/// "1 critical, 4 high": the severities that occur.
pub(super) fn by_severity(gaps: Gaps) -> String {
    let all = [(gaps.critical, "critical"), (gaps.high, "high"), (gaps.medium, "medium"), (gaps.low, "low")];
    let said: Vec<String> = all.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
    said.join(", ")
}

/// Heading of the points of an element status.
pub(super) fn points(status: ElementStatus) -> &'static str {
    match status {
        ElementStatus::Met => "Stated",
        ElementStatus::Weak => "Stated, but cut back",
        ElementStatus::Missing => "Not stated",
        ElementStatus::Adverse => "Taken away",
    }
}

/// Heading of a quote of a finding; `against` where the quote is a concern's.
pub(super) fn quote_heading(status: Status, against: bool, only_in: Option<View>) -> &'static str {
    match only_in {
        Some(View::Accepted) => return "Wording of tracked changes, not yet accepted",
        Some(View::Original) => return "Wording that tracked changes delete",
        None => {}
    }
    match (status, against) {
        (Status::Adverse, _) => "Contrary wording",
        (_, true) => "Wording that removes or cuts back",
        (Status::Missing, false) => "Nearest wording, not taken as stating it",
        (Status::Met | Status::Partial, false) => "Contract wording",
    }
}

/// What was not supplied, with where it is referred to; what was not read, with what stands before it.
pub(super) fn not_supplied(unread: &Unread) -> String {
    let clause = clause(&unread.clause);
    let place = match (unread.supplied, clause.is_empty()) {
        (false, true) => String::new(),
        (false, false) => format!(", referred to in {clause}"),
        (true, true) => ", which was not read".to_string(),
        (true, false) => format!(", which was not read, after {clause}"),
    };
    let quote = clean(&unread.quote);
    let words = if quote.is_empty() { String::new() } else { format!(": {}", quoted(&shorten(&quote, 160))) };
    format!("{}{place}{words}", clean(&unread.what))
}

/// Heading of a proposed text.
pub(super) fn proposal(suggestion: &Suggestion) -> String {
    let rank = match suggestion.position {
        Rank::Preferred => "our preferred position",
        Rank::Fallback => "a fallback",
        Rank::WalkAway => "the least that we accept",
    };
    format!("Proposed text ({rank}), {}", clean(&suggestion.place))
}

/// A source of a provision, said for what it is.
pub(super) fn source(law: &LawFinding) -> String {
    let kind = match law.kind {
        CitationKind::ContractTerm => "asks for a contract term where that law applies",
        CitationKind::StatutoryDuty => "supports a statutory duty",
        CitationKind::Standard => "a standard asks for it",
        CitationKind::Guidance => "guidance",
    };
    let unchecked = if law.check == Check::FromKnowledge { "; not confirmed in a source" } else { "" };
    format!("{} {} ({kind}{unchecked})", law_name(&law.profile), clean(&law.citation))
}

fn law_name(id: &str) -> String {
    capital(&from_id(id))
}

/// The citation of a law that demands it of the contract and does not find it, with what it lacks.
pub(super) fn required_by(law: &LawFinding) -> Option<String> {
    let demanded = law.required == Required::NotMet && law.kind == CitationKind::ContractTerm;
    demanded.then(|| lacking(law))
}

fn lacking(law: &LawFinding) -> String {
    let points: Vec<String> = law.lacking.iter().map(|e| from_id(e)).collect();
    let points = if points.is_empty() { String::new() } else { format!(": {}", and(&points)) };
    format!("{} {}{points}", law_name(&law.profile), clean(&law.citation))
}

/// What else a law that was judged by says: a must that no contract has to contain, what hangs on a condition, and what
/// may be in a document not supplied.
pub(super) fn law_note(law: &LawFinding) -> Option<String> {
    let name = law_name(&law.profile);
    match (law.required, law.kind) {
        (Required::NotMet, CitationKind::StatutoryDuty) => Some(format!("supports a statutory duty: {}", lacking(law))),
        (Required::NotMet, CitationKind::Standard) => Some(format!("the assessed standard asks: {}", lacking(law))),
        (Required::NotMet, CitationKind::Guidance) => Some(format!("guidance asks: {}", lacking(law))),
        (Required::Unclear, _) if !law.conditions.is_empty() => {
            let when: Vec<String> = law.conditions.iter().map(|c| from_id(c)).collect();
            Some(format!("{name} asks for more on a condition that was not answered: {}", and(&when)))
        }
        (Required::Unclear, _) if !law.lacking.is_empty() => {
            Some(format!("{}; it may be in what was not supplied", lacking(law)))
        }
        _ => None,
    }
}

/// What was read of a document.
pub(super) fn read(document: &DocumentReview) -> String {
    let words = count(document.words, "word", "words");
    let clauses = count(document.clauses, "clause", "clauses");
    format!("{words}, {clauses}; {}", view(document.view))
}

/// A hash, short enough to compare by eye.
pub(super) fn short_hash(hash: &str) -> String {
    hash.chars().take(12).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_become_words_that_a_lawyer_would_write() {
        let table = [
            ("notice-content", "notice content"),
            ("us-customs", "US customs"),
            ("cost-on-us", "cost on us"),
            ("termination-for-breach", "termination for breach of contract"),
            ("breach-content-individuals", "personal data breach content individuals"),
            ("pii-breach-to-agency", "PII breach to agency"),
        ];
        for (id, words) in table {
            assert_eq!(from_id(id), words);
        }
    }

    #[test]
    fn nothing_found_is_said_of_the_text_supplied_only() {
        let gaps = Gaps { medium: 1, ..Gaps::default() };
        assert_eq!(
            position(Standing { gaps, ..Standing::default() }),
            "no gap found at or above high in the text supplied; 1 medium."
        );
        assert_eq!(position(Standing::default()), "no gap found at or above low in the text supplied.");
    }

    #[test]
    fn places_share_one_noun() {
        let places = |all: &[&str]| all.iter().map(|p| (*p).to_string()).collect::<Vec<_>>();
        assert_eq!(cited(&places(&["clause 8.1", "clause 9(a)"])), "clauses 8.1 and 9(a)");
        assert_eq!(cited(&places(&["clause 8.1", "Schedule 3, 1"])), "clause 8.1 and Schedule 3, 1");
    }

    #[test]
    fn control_characters_and_turned_writing_do_not_reach_a_reader() {
        assert_eq!(clean("a\u{1b}[2Jb\n c\u{202e}d"), "a [2Jb cd");
    }

    #[test]
    fn numbers_are_parted_by_thousands() {
        assert_eq!([count(1, "word", "words"), count(1_234_567, "word", "words")], ["1 word", "1,234,567 words"]);
    }
}
