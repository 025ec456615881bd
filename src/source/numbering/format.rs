//! Number formats (`w:numFmt`, ECMA-376 part 1, 17.18.59): a counter as the figures, letters or words of a label.

/// `w:numFmt` as far as it changes the label.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum NumberFormat {
    /// 1, 2, 3.
    #[default]
    Decimal,
    /// 01, 02, 03.
    DecimalZero,
    /// Figures filled up with zeros to this many (`w:numFmt/@w:format`, "001, 002, 003, ...").
    Padded(u8),
    /// I, II, III.
    UpperRoman,
    /// i, ii, iii.
    LowerRoman,
    /// A, B, ... Z, AA, BB.
    UpperLetter,
    /// a, b, ... z, aa, bb.
    LowerLetter,
    /// 1st, 2nd, 3rd.
    Ordinal,
    /// One, Two, Three.
    CardinalText,
    /// First, Second, Third.
    OrdinalText,
    /// 1, 2, ... 9, A, B.
    Hex,
    /// *, †, ‡, §, **.
    Chicago,
    /// - 1 -, - 2 -.
    NumberInDash,
    /// Figures as one character each: ①, ⑴ or ⒈, by the character of the 1; plain figures beyond twenty.
    Enclosed(char),
    /// Α, Β, Γ (`w:numFmt/@w:format`, "Α, Β, Γ, ...").
    UpperGreek,
    /// α, β, γ.
    LowerGreek,
    /// А, Б, В.
    UpperRussian,
    /// а, б, в.
    LowerRussian,
    /// A bullet character: no label.
    Bullet,
    /// No counter at all.
    None,
    /// A format of another script: shown in Arabic figures.
    Other(String),
}

impl NumberFormat {
    /// From `w:numFmt/@w:val`, and `@w:format` where the value is "custom".
    #[must_use]
    pub fn from_value(value: &str, sample: Option<&str>) -> Self {
        match value {
            "decimal" => Self::Decimal,
            "decimalZero" => Self::DecimalZero,
            "upperRoman" => Self::UpperRoman,
            "lowerRoman" => Self::LowerRoman,
            "upperLetter" => Self::UpperLetter,
            "lowerLetter" => Self::LowerLetter,
            "ordinal" => Self::Ordinal,
            "cardinalText" => Self::CardinalText,
            "ordinalText" => Self::OrdinalText,
            "hex" => Self::Hex,
            "chicago" => Self::Chicago,
            "numberInDash" => Self::NumberInDash,
            "decimalEnclosedCircle" => Self::Enclosed('①'),
            "decimalEnclosedParen" => Self::Enclosed('⑴'),
            "decimalEnclosedFullstop" => Self::Enclosed('⒈'),
            "russianUpper" => Self::UpperRussian,
            "russianLower" => Self::LowerRussian,
            "bullet" => Self::Bullet,
            "none" => Self::None,
            "custom" => sample.and_then(sampled).unwrap_or_else(|| Self::Other(value.to_string())),
            other => Self::Other(other.to_string()),
        }
    }

    /// `value` in this format.
    #[must_use]
    pub fn show(&self, value: i64) -> String {
        match self {
            Self::Decimal | Self::Other(_) => value.to_string(),
            Self::DecimalZero => format!("{value:02}"),
            Self::Padded(width) => format!("{value:0width$}", width = usize::from(*width)),
            Self::UpperRoman => roman(value).to_uppercase(),
            Self::LowerRoman => roman(value),
            Self::UpperLetter => letters(value, LATIN).to_uppercase(),
            Self::LowerLetter => letters(value, LATIN),
            Self::UpperGreek => letters(value, GREEK).to_uppercase(),
            Self::LowerGreek => letters(value, GREEK),
            Self::UpperRussian => letters(value, RUSSIAN).to_uppercase(),
            Self::LowerRussian => letters(value, RUSSIAN),
            Self::Ordinal => format!("{value}{}", ordinal_suffix(value)),
            Self::CardinalText => capitalised(&cardinal(value)),
            Self::OrdinalText => capitalised(&ordinal(value)),
            Self::Hex => format!("{value:X}"),
            Self::Chicago => letters(value, "*†‡§"),
            Self::NumberInDash => format!("- {value} -"),
            Self::Enclosed(one) => enclosed(value, *one),
            Self::Bullet | Self::None => String::new(),
        }
    }
}

/// The format of a sample such as "001, 002, 003, ..." or "α, β, γ, ...".
fn sampled(sample: &str) -> Option<NumberFormat> {
    let first = sample.split(',').next()?.trim();
    match first {
        "α" => return Some(NumberFormat::LowerGreek),
        "Α" => return Some(NumberFormat::UpperGreek),
        _ => {}
    }
    let zeros = first.strip_suffix('1')?;
    let only_zeros = !zeros.is_empty() && zeros.chars().all(|c| c == '0');
    only_zeros.then(|| u8::try_from(first.len()).ok()).flatten().map(NumberFormat::Padded)
}

/// `value` in lower-case roman figures; Arabic beyond what they can show.
#[must_use]
pub fn roman(value: i64) -> String {
    const FIGURES: [(i64, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if !(1..4000).contains(&value) {
        return value.to_string();
    }
    let mut rest = value;
    let mut out = String::new();
    for (worth, figure) in FIGURES {
        while rest >= worth {
            out.push_str(figure);
            rest -= worth;
        }
    }
    out
}

const LATIN: &str = "abcdefghijklmnopqrstuvwxyz";

const GREEK: &str = "αβγδεζηθικλμνξοπρστυφχψω";

/// The letters that Russian lists count with: ё, й, ъ, ы and ь are left out (17.18.59, russianLower).
const RUSSIAN: &str = "абвгдежзиклмнопрстуфхцчшщэюя";

/// How often a letter is repeated in a label; a list of letters that goes on is shown in figures.
const MOST_REPEATS: usize = 30;

/// `value` as Word letters a list: a to z, then aa, bb, ... (17.18.59, lowerLetter).
fn letters(value: i64, alphabet: &str) -> String {
    let count = alphabet.chars().count();
    let Some(index) = usize::try_from(value).ok().and_then(|v| v.checked_sub(1)) else { return value.to_string() };
    let letter = alphabet.chars().nth(index % count);
    match (letter, index / count + 1) {
        (Some(letter), repeats) if repeats <= MOST_REPEATS => std::iter::repeat_n(letter, repeats).collect(),
        _ => value.to_string(),
    }
}

/// One to twenty are characters in a row from that of the one.
fn enclosed(value: i64, one: char) -> String {
    let shown = u32::try_from(value).ok().filter(|v| (1..=20).contains(v));
    let shown = shown.and_then(|v| char::from_u32(u32::from(one) + v - 1));
    shown.map_or_else(|| value.to_string(), String::from)
}

fn ordinal_suffix(value: i64) -> &'static str {
    match (value % 100, value % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

const UNITS: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// Greatest number that is spelt out; no list comes near it.
const MOST_SPELT: usize = 999_999;

fn cardinal(value: i64) -> String {
    usize::try_from(value).ok().filter(|n| *n <= MOST_SPELT).map_or_else(|| value.to_string(), spelt)
}

fn spelt(n: usize) -> String {
    let rest = |part: usize| if part == 0 { String::new() } else { format!(" {}", spelt(part)) };
    match n {
        0..20 => UNITS[n].to_string(),
        20..100 if n.is_multiple_of(10) => TENS[n / 10].to_string(),
        20..100 => format!("{}-{}", TENS[n / 10], UNITS[n % 10]),
        100..1000 => format!("{} hundred{}", UNITS[n / 100], rest(n % 100)),
        _ => format!("{} thousand{}", spelt(n / 1000), rest(n % 1000)),
    }
}

fn ordinal(value: i64) -> String {
    let words = cardinal(value);
    let head = words.rfind(['-', ' ']).map_or("", |at| &words[..=at]);
    let last = match &words[head.len()..] {
        "one" => "first".to_string(),
        "two" => "second".to_string(),
        "three" => "third".to_string(),
        "five" => "fifth".to_string(),
        "eight" => "eighth".to_string(),
        "nine" => "ninth".to_string(),
        "twelve" => "twelfth".to_string(),
        l if l.ends_with('y') => format!("{}ieth", &l[..l.len() - 1]),
        l => format!("{l}th"),
    };
    format!("{head}{last}")
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(format: &str, value: i64) -> String {
        NumberFormat::from_value(format, None).show(value)
    }

    #[test]
    fn letters_repeat_after_z() {
        assert_eq!(shown("lowerLetter", 28), "bb");
        assert_eq!(shown("upperLetter", 53), "AAA");
        assert_eq!(shown("russianLower", 10), "к");
        assert_eq!(shown("chicago", 5), "**");
        assert_eq!(shown("lowerLetter", 0), "0");
        assert_eq!(shown("lowerLetter", i64::MAX), i64::MAX.to_string());
    }

    #[test]
    fn figures_are_roman_filled_up_or_enclosed() {
        assert_eq!(shown("upperRoman", 49), "XLIX");
        assert_eq!(shown("lowerRoman", 4000), "4000");
        assert_eq!(shown("decimalZero", 7), "07");
        assert_eq!(shown("decimalZero", 107), "107");
        assert_eq!(shown("hex", 26), "1A");
        assert_eq!(shown("numberInDash", 3), "- 3 -");
        assert_eq!(shown("decimalEnclosedCircle", 20), "⑳");
        assert_eq!(shown("decimalEnclosedParen", 21), "21");
        assert_eq!(shown("thaiLetters", 3), "3");
    }

    #[test]
    fn a_custom_format_goes_by_its_sample() {
        let custom = |sample| NumberFormat::from_value("custom", Some(sample)).show(12);
        assert_eq!(custom("0001, 0002, 0003, ..."), "0012");
        assert_eq!(custom("Α, Β, Γ, ..."), "Μ");
        assert_eq!(custom("a, ç, ĝ, ..."), "12");
        assert_eq!(custom(""), "12");
    }

    #[test]
    fn words_are_spelt_out() {
        assert_eq!(shown("ordinal", 22), "22nd");
        assert_eq!(shown("ordinal", 112), "112th");
        assert_eq!(shown("cardinalText", 40), "Forty");
        assert_eq!(shown("cardinalText", 121), "One hundred twenty-one");
        assert_eq!(shown("ordinalText", 21), "Twenty-first");
        assert_eq!(shown("ordinalText", 100), "One hundredth");
        assert_eq!(shown("ordinalText", 2_012), "Two thousand twelfth");
        assert_eq!(shown("cardinalText", -1), "-1");
    }
}
