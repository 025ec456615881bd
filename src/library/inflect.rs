//! The forms of a word: plural, third person, past, -ing, British and American.
//!
//! Words match by inflection alone. A stemmer would take customer, customs and customise for one word; here each
//! keeps its own forms, and what derives from it (notify, notification) stands in the vocabulary by itself.

/// All forms under which `word` is met, itself first. A leading `=` asks for that form alone.
#[must_use]
pub fn forms(word: &str) -> Vec<String> {
    if let Some(exact) = word.strip_prefix('=') {
        return vec![exact.to_string()];
    }
    let mut out = Vec::new();
    for base in spellings(word) {
        if !is_inflected(&base) {
            out.push(base);
            continue;
        }
        if let Some((_, others)) = IRREGULAR.iter().find(|(lemma, _)| *lemma == base) {
            out.push(base.clone());
            out.extend(others.split(' ').map(String::from));
            out.push(third_person(&base));
            out.extend(participles(&base).into_iter().filter(|f| f.ends_with("ing")));
            continue;
        }
        out.push(third_person(&base));
        out.extend(participles(&base));
        out.push(base);
    }
    out.sort_by_key(|f| (f != word, f.clone()));
    out.dedup();
    out
}

/// Function words, and nouns whose regular "forms" would be other words.
const FIXED: &str = " about above access across after against all also am among an and another any are as at be because been \
     before being below between both but by can cannot could data did do does doing done don't doesn't down during each either else for \
     from further had has have having he her here hers him his how i if in into is isn't it its itself least less may me \
     might mine more most must mustn't my neither never no nor not nothing of off on once one only onto or other otherwise our \
     ours out over own per prior shall shan't she should since so solely some such than that the their theirs them then there these \
     they this those three through thus to too two under undue until up upon us via was we were what when where whereas which \
     while who whom whose why will with within without won't would yet you your yours without unauthorised unauthorized \
     personnel premises pii phi gdpr ccpa cpra hipaa its them ";

fn is_inflected(word: &str) -> bool {
    word.len() > 2 && word.chars().all(|c| c.is_ascii_lowercase()) && !FIXED.contains(&format!(" {word} "))
}

/// Lemmas with forms that no rule makes. Their regular third person and -ing forms are added.
const IRREGULAR: &[(&str, &str)] = &[
    ("access", "accesses accessed"),
    ("analysis", "analyses"),
    ("become", "became"),
    ("begin", "began begun"),
    ("bind", "bound"),
    ("breach", "breaches breached"),
    ("bring", "brought"),
    ("build", "built"),
    ("buy", "bought"),
    ("child", "children"),
    ("choose", "chose chosen"),
    ("come", "came"),
    ("criterion", "criteria"),
    ("draw", "drew drawn"),
    ("fall", "fell fallen"),
    ("find", "found"),
    ("forbid", "forbade forbidden"),
    ("forget", "forgot forgotten"),
    ("get", "got gotten"),
    ("give", "gave given"),
    ("go", "went gone"),
    ("hold", "held"),
    ("keep", "kept"),
    ("know", "knew known"),
    ("lead", "led"),
    ("leave", "left"),
    ("lend", "lent"),
    ("let", "let"),
    ("lose", "lost"),
    ("make", "made"),
    ("meet", "met"),
    ("overwrite", "overwrote overwritten"),
    ("person", "persons people"),
    ("process", "processes processed"),
    ("put", "put"),
    ("read", "read"),
    ("run", "ran"),
    ("see", "saw seen"),
    ("seek", "sought"),
    ("sell", "sold"),
    ("send", "sent"),
    ("set", "set"),
    ("shred", "shredded"),
    ("speak", "spoke spoken"),
    ("steal", "stole stolen"),
    ("take", "took taken"),
    ("teach", "taught"),
    ("tell", "told"),
    ("think", "thought"),
    ("undertake", "undertook undertaken"),
    ("uphold", "upheld"),
    ("withdraw", "withdrew withdrawn"),
    ("withhold", "withheld"),
    ("write", "wrote written"),
];

fn third_person(word: &str) -> String {
    let stem = &word[..word.len() - 1];
    let before = word.as_bytes()[word.len() - 2];
    match word.as_bytes()[word.len() - 1] {
        b'y' if !is_vowel(before) => format!("{stem}ies"),
        b's' | b'x' | b'z' => format!("{word}es"),
        b'h' if matches!(before, b's' | b'c') => format!("{word}es"),
        _ => format!("{word}s"),
    }
}

fn participles(word: &str) -> Vec<String> {
    let bytes = word.as_bytes();
    let last = bytes[bytes.len() - 1];
    let before = bytes[bytes.len() - 2];
    let stem = &word[..word.len() - 1];
    match last {
        b'e' if before == b'e' || before == b'o' || before == b'y' => vec![format!("{word}d"), format!("{word}ing")],
        b'e' if before == b'i' => vec![format!("{word}d"), format!("{}ying", &stem[..stem.len() - 1])],
        b'e' => vec![format!("{word}d"), format!("{stem}ing")],
        b'y' if !is_vowel(before) => vec![format!("{stem}ied"), format!("{word}ing")],
        _ => {
            let mut out = vec![format!("{word}ed"), format!("{word}ing")];
            if doubles(bytes) {
                let end = char::from(last);
                out.extend([format!("{word}{end}ed"), format!("{word}{end}ing")]);
            }
            out
        }
    }
}

/// Consonant, vowel, consonant: the last letter may double ("transferred", "permitted", British "cancelled").
fn doubles(word: &[u8]) -> bool {
    let n = word.len();
    n >= 3
        && !is_vowel(word[n - 1])
        && !matches!(word[n - 1], b'w' | b'x' | b'y' | b's')
        && is_vowel(word[n - 2])
        && !is_vowel(word[n - 3])
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// The word in British and in American spelling.
fn spellings(word: &str) -> Vec<String> {
    let mut out = vec![word.to_string()];
    let mut add = |other: String| {
        if !out.contains(&other) {
            out.push(other);
        }
    };
    for (british, american) in PAIRS {
        if let Some(at) = word.find(british).filter(|_| applies(word, british)) {
            add(format!("{}{american}{}", &word[..at], &word[at + british.len()..]));
        }
        if let Some(at) = word.find(american).filter(|_| applies(word, american)) {
            add(format!("{}{british}{}", &word[..at], &word[at + american.len()..]));
        }
    }
    out
}

/// British and American parts of words.
const PAIRS: [(&str, &str); 22] = [
    ("isation", "ization"),
    ("ise", "ize"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("iser", "izer"),
    ("yse", "yze"),
    ("our", "or"),
    ("centre", "center"),
    ("licence", "license"),
    ("defence", "defense"),
    ("offence", "offense"),
    ("programme", "program"),
    ("judgement", "judgment"),
    ("acknowledgement", "acknowledgment"),
    ("fulfil", "fulfill"),
    ("enrol", "enroll"),
    ("catalogue", "catalog"),
    ("cheque", "check"),
    ("cancelled", "canceled"),
    ("labelled", "labeled"),
    ("modelling", "modeling"),
    ("practise", "practice"),
];

/// Whether the part of a word is the one that differs between the spellings, and not "our" in "hour".
fn applies(word: &str, part: &str) -> bool {
    const ISE_ALWAYS: [&str; 22] = [
        "exercise",
        "otherwise",
        "advise",
        "revise",
        "supervise",
        "compromise",
        "enterprise",
        "comprise",
        "promise",
        "precise",
        "raise",
        "arise",
        "disguise",
        "expertise",
        "franchise",
        "improvise",
        "premise",
        "surprise",
        "size",
        "prize",
        "wise",
        "likewise",
    ];
    const OUR: [&str; 12] = [
        "favour",
        "honour",
        "labour",
        "endeavour",
        "behaviour",
        "colour",
        "neighbour",
        "rigour",
        "favourable",
        "unfavourable",
        "honourable",
        "endeavours",
    ];
    match part {
        "ise" | "ize" => word.ends_with(part) && !ISE_ALWAYS.iter().any(|w| word.ends_with(w)),
        "ising" | "izing" | "ised" | "ized" | "iser" | "izer" => {
            let base = format!("{}e", &word[..word.len().saturating_sub(part.len() - 2)]);
            word.ends_with(part)
                && !ISE_ALWAYS.iter().any(|w| base.ends_with(w) || base.replace("ize", "ise").ends_with(w))
        }
        "our" => OUR.contains(&word),
        "or" => OUR.iter().any(|o| o.replace("our", "or") == word),
        "fulfil" | "enrol" => word == part,
        "program" | "programme" | "check" | "cheque" | "catalog" | "practise" | "practice" => word == part,
        "yse" | "yze" => word.ends_with(part),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::forms;

    fn has(word: &str, want: &[&str]) {
        let got = forms(word);
        for form in want {
            assert!(got.iter().any(|g| g == form), "{word} lacks {form}: {got:?}");
        }
    }

    #[test]
    fn words_take_their_regular_forms() {
        has("notify", &["notifies", "notified", "notifying"]);
        has("process", &["processes", "processed", "processing"]);
        has("transfer", &["transfers", "transferred", "transferring"]);
        has("breach", &["breaches", "breached"]);
        has("delete", &["deletes", "deleted", "deleting"]);
        has("agree", &["agreed", "agreeing"]);
        has("party", &["parties"]);
        has("keep", &["kept", "keeps", "keeping"]);
    }

    #[test]
    fn both_spellings_are_one_word() {
        has("authorise", &["authorize", "authorized", "authorised", "authorizing"]);
        has("authorization", &["authorisation"]);
        has("fulfil", &["fulfill", "fulfilled", "fulfils"]);
        has("licence", &["license", "licensed"]);
        has("programme", &["program", "programs"]);
        has("analyse", &["analyze"]);
        has("unauthorised", &["unauthorized"]);
        has("anonymised", &["anonymized"]);
        has("behaviour", &["behavior"]);
    }

    #[test]
    fn different_words_stay_apart() {
        let apart = [
            ("customer", "customs"),
            ("person", "personal"),
            ("authorise", "authority"),
            ("process", "processor"),
            ("hour", "hor"),
            ("exercise", "exercize"),
            ("exercised", "exercized"),
            ("use", "user"),
            ("secure", "security"),
        ];
        for (a, b) in apart {
            assert!(!forms(a).iter().any(|f| f == b), "{a} must not match {b}");
        }
        assert_eq!(forms("=data"), ["data"]);
        assert_eq!(forms("data"), ["data"]);
    }
}
