//! Figures in digits and in words.

/// "1,000", "72" and "1.5", which is rounded up.
pub(super) fn digits(text: &str) -> Option<u32> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let whole: u32 = whole.replace(',', "").parse().ok()?;
    Some(whole.saturating_add(u32::from(rest.bytes().any(|b| b != b'0'))))
}

/// The value of "one hundred and eighty", "seventy-two".
pub(super) fn cardinal(text: &str) -> u32 {
    let mut total = 0u32;
    for word in text.split(|c: char| !c.is_ascii_alphabetic()) {
        let word = word.to_ascii_lowercase();
        if word == "hundred" {
            total = total.max(1) * 100;
        } else if let Some((_, value)) = CARDINALS.iter().find(|(name, _)| *name == word) {
            total += value;
        }
    }
    total
}

const CARDINALS: [(&str, u32); 29] = [
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fourty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("hundred", 100),
];

const ORDINALS: [(&str, u32); 15] = [
    ("first", 1),
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("fifth", 5),
    ("sixth", 6),
    ("seventh", 7),
    ("eighth", 8),
    ("ninth", 9),
    ("tenth", 10),
    ("fifteenth", 15),
    ("twentieth", 20),
    ("thirtieth", 30),
    ("sixtieth", 60),
    ("ninetieth", 90),
];

pub(super) fn ordinal(text: &str) -> u32 {
    ORDINALS.iter().find(|(name, _)| text.eq_ignore_ascii_case(name)).map_or(0, |(_, value)| *value)
}
