//! The words that can stand in such a phrase, and what each can be to it.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// What a word can be to a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Closes a phrase that began before.
    Unit,
    /// Closes a phrase and can be the whole of it.
    Adverb,
    /// Can begin one.
    Start,
    /// Figures, which begin one unless they number a clause.
    Figure,
    /// Stands inside.
    Inside,
    /// "shall": "not" behind it denies what follows.
    Modal,
    /// "Section": figures behind it count no days.
    Label,
    Other,
}

const UNITS: &str = "minute minutes min mins hour hours hr hrs h day days workday workdays weekday weekdays week weeks month months \
    quarter quarters year years yr yrs annum delay delays soon reasonable earliest expedient early quickly swiftly rapidly";
const ADVERBS: &str = "promptly prompt immediately immediate forthwith expeditiously once timely annually annual yearly quarterly monthly \
    weekly fortnightly daily hourly biannually biannual biennially biennial";
const STARTS: &str = "within inside no not at up in a an the after more less fewer longer greater later older shorter exceeding exceed \
    exceeds over beyond upon on by maximum max minimum between period term timeframe time deadline duration window every each twice \
    thrice hundred with without as next following semi bi half any one two three four five six seven eight nine ten eleven twelve \
    thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fourty fifty sixty seventy eighty ninety";
const INSIDES: &str = "and or of to be than event events case cases circumstances circumstance all least most latest very frequently often \
    sooner earlier excess including expiry expiration lapse end close frame limit such said first initial last preceding previous \
    past further additional another approximately about around business working banking trading work calendar consecutive contract \
    continuous complete clear full successive whole rolling given single fiscal financial subscription x xx xxx st nd rd th second \
    third fourth fifth sixth seventh eighth ninth tenth fifteenth twentieth thirtieth sixtieth ninetieth times occasions occasion \
    audits audit inspections inspection reviews review assessments assessment tests test site per during other undue unreasonable \
    unreasonably unnecessary unjustified unwarranted excessive culpable material considerable commercially its their";
const MODALS: &str = "shall may must will should can cannot never";
const LABELS: &str =
    "section sections clause clauses article articles paragraph annex schedule appendix exhibit item part version";

pub(super) struct Lexicon {
    classes: FxHashMap<&'static [u8], Class>,
    /// For each first letter the lengths that its words have, a bit each.
    lengths: [u16; 26],
}

pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon { classes: FxHashMap::default(), lengths: [0; 26] };
    let lists = [
        (UNITS, Class::Unit),
        (ADVERBS, Class::Adverb),
        (STARTS, Class::Start),
        (INSIDES, Class::Inside),
        (MODALS, Class::Modal),
        (LABELS, Class::Label),
    ];
    for (list, class) in lists {
        for word in list.split_whitespace() {
            lexicon.classes.insert(word.as_bytes(), class);
            lexicon.lengths[usize::from(word.as_bytes()[0] - b'a')] |= 1 << word.len();
        }
    }
    lexicon
});

/// The longest word of the lists, "expeditiously", is shorter.
const LONGEST_WORD: usize = 15;

impl Lexicon {
    /// What a word, which is not empty, can be.
    pub(super) fn class(&self, word: &[u8]) -> Class {
        let first = word[0].to_ascii_lowercase();
        if first.is_ascii_digit() {
            return Class::Figure;
        }
        if word.len() > LONGEST_WORD || self.lengths[usize::from(first - b'a')] & 1 << word.len() == 0 {
            return Class::Other;
        }
        let mut folded = [0; LONGEST_WORD];
        let folded = &mut folded[..word.len()];
        folded.copy_from_slice(word);
        folded.make_ascii_lowercase();
        self.classes.get(&*folded).copied().unwrap_or(Class::Other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_lists_is_short_enough_and_stands_in_one_class() {
        let lists = [UNITS, ADVERBS, STARTS, INSIDES, MODALS, LABELS];
        let words: Vec<&str> = lists.iter().flat_map(|l| l.split_whitespace()).collect();
        assert!(words.iter().all(|w| w.len() <= LONGEST_WORD));
        assert_eq!(words.len(), LEXICON.classes.len());
    }
}
