//! Character references (HTML standard 13.5): numbers, and the names that HTML 4 and XHTML define.
//!
//! Of the two thousand names of HTML 5, which are mathematics for the most part, those of punctuation are here too. A
//! name that is not stays as it was written, so that nothing is lost.

use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::LazyLock;

/// The names of U+00A0 to U+00FF in order. Browsers read these without their semicolon too.
const LATIN: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 \
    sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml \
    Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml \
    times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave \
    eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute \
    ucirc uuml yacute thorn yuml";

/// Names that need no semicolon either.
const BARE: &str = "amp & AMP & lt < LT < gt > GT > quot \" QUOT \" COPY © REG ®";

/// Names and what they stand for; the white space among them is spelled with [`SPACES`].
const NAMED: &str = "apos ' OElig Œ oelig œ Scaron Š scaron š Yuml Ÿ fnof ƒ circ ˆ tilde ˜ Alpha Α Beta Β Gamma Γ \
    Delta Δ Epsilon Ε Zeta Ζ Eta Η Theta Θ Iota Ι Kappa Κ Lambda Λ Mu Μ Nu Ν Xi Ξ Omicron Ο Pi Π Rho Ρ Sigma Σ Tau Τ \
    Upsilon Υ Phi Φ Chi Χ Psi Ψ Omega Ω alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η theta θ iota ι kappa κ \
    lambda λ mu μ nu ν xi ξ omicron ο pi π rho ρ sigmaf ς sigma σ tau τ upsilon υ phi φ chi χ psi ψ omega ω ndash – \
    mdash — horbar ― lsquo ‘ rsquo ’ sbquo ‚ ldquo “ rdquo ” bdquo „ dagger † Dagger ‡ bull • bullet • hellip … mldr … \
    permil ‰ prime ′ Prime ″ lsaquo ‹ rsaquo › oline ‾ frasl ⁄ euro € image ℑ weierp ℘ real ℜ trade ™ TRADE ™ alefsym ℵ \
    larr ← uarr ↑ rarr → darr ↓ harr ↔ crarr ↵ lArr ⇐ uArr ⇑ rArr ⇒ dArr ⇓ hArr ⇔ forall ∀ part ∂ exist ∃ empty ∅ \
    nabla ∇ isin ∈ notin ∉ ni ∋ prod ∏ sum ∑ minus − lowast ∗ radic √ prop ∝ infin ∞ ang ∠ and ∧ or ∨ cap ∩ cup ∪ int ∫ \
    there4 ∴ sim ∼ cong ≅ asymp ≈ ne ≠ equiv ≡ le ≤ leq ≤ ge ≥ geq ≥ sub ⊂ sup ⊃ nsub ⊄ sube ⊆ supe ⊇ oplus ⊕ otimes ⊗ \
    perp ⊥ sdot ⋅ lceil ⌈ rceil ⌉ lfloor ⌊ rfloor ⌋ lang ⟨ rang ⟩ loz ◊ spades ♠ clubs ♣ hearts ♥ diams ♦ excl ! num # \
    dollar $ percnt % lpar ( rpar ) ast * plus + comma , period . sol / colon : semi ; equals = quest ? commat @ lsqb [ \
    lbrack [ bsol \\ rsqb ] rbrack ] lowbar _ UnderBar _ grave ` lcub { lbrace { verbar | vert | rcub } rbrace } hyphen ‐ \
    dash ‐ numero № copysr ℗ check ✓ checkmark ✓ cross ✗ square □ squ □ blacksquare ▪ squf ▪ star ☆ starf ★ cir ○ \
    ctdot ⋯ rsquor ’ lsquor ‚ rdquor ” ldquor „ OpenCurlyDoubleQuote “ CloseCurlyDoubleQuote ” OpenCurlyQuote ‘ \
    CloseCurlyQuote ’ centerdot · circledR ® Abreve Ă abreve ă Aogon Ą aogon ą Cacute Ć cacute ć Ccaron Č ccaron č \
    Dcaron Ď dcaron ď Ecaron Ě ecaron ě Eogon Ę eogon ę inodot ı Idot İ Gbreve Ğ gbreve ğ Lstrok Ł lstrok ł Nacute Ń \
    nacute ń Ncaron Ň ncaron ň Rcaron Ř rcaron ř Sacute Ś sacute ś Scedil Ş scedil ş Uring Ů uring ů Zacute Ź zacute ź \
    Zcaron Ž zcaron ž Zdot Ż zdot ż Dstrok Đ dstrok đ";

/// Names of white space and of characters without width, which a list of words cannot spell.
const SPACES: [(&str, char); 14] = [
    ("Tab", '\t'),
    ("NewLine", '\n'),
    ("NonBreakingSpace", '\u{a0}'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("emsp13", '\u{2004}'),
    ("emsp14", '\u{2005}'),
    ("numsp", '\u{2007}'),
    ("puncsp", '\u{2008}'),
    ("thinsp", '\u{2009}'),
    ("ZeroWidthSpace", '\u{200b}'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("NoBreak", '\u{2060}'),
];

/// The longest name above.
const LONGEST_NAME: usize = 21;

/// Characters by name, and whether the name may stand without semicolon.
static NAMES: LazyLock<FxHashMap<&'static str, (char, bool)>> = LazyLock::new(|| {
    let pairs = |list: &'static str, bare: bool| {
        let words: Vec<&str> = list.split_ascii_whitespace().collect();
        let pair = |w: &[&'static str]| Some((*w.first()?, (w.get(1)?.chars().next()?, bare)));
        words.chunks(2).filter_map(pair).collect::<Vec<_>>()
    };
    let latin = LATIN.split_ascii_whitespace().zip('\u{a0}'..='\u{ff}').map(|(name, c)| (name, (c, true)));
    let spaces = SPACES.into_iter().map(|(name, c)| (name, (c, false)));
    latin.chain(pairs(BARE, true)).chain(pairs(NAMED, false)).chain(spaces).collect()
});

/// Text with its character references decoded.
#[must_use]
pub fn decode(raw: &str) -> Cow<'_, str> {
    let Some(mut at) = raw.find('&') else { return Cow::Borrowed(raw) };
    let mut out = String::with_capacity(raw.len());
    out.push_str(&raw[..at]);
    while at < raw.len() {
        let rest = &raw[at..];
        let (text, used) = reference(rest).unwrap_or(('&', 1));
        out.push(text);
        let after = &rest[used..];
        let next = after.find('&').unwrap_or(after.len());
        out.push_str(&after[..next]);
        at += used + next;
    }
    Cow::Owned(out)
}

/// The character that the reference at the start of `rest` stands for, and its length.
fn reference(rest: &str) -> Option<(char, usize)> {
    let body = &rest[1..];
    if let Some(number) = body.strip_prefix('#') {
        let (digits, radix, mark) = match number.strip_prefix(['x', 'X']) {
            Some(hex) => (hex, 16, 3),
            None => (number, 10, 2),
        };
        let len = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
        let semicolon = usize::from(digits[len..].starts_with(';'));
        let digits = digits.get(..len).filter(|d| !d.is_empty())?;
        let code = u32::from_str_radix(digits, radix).unwrap_or(u32::MAX);
        return Some((numbered(code), mark + len + semicolon));
    }
    let len = body.bytes().take(LONGEST_NAME + 1).take_while(u8::is_ascii_alphanumeric).count();
    if body[len..].starts_with(';')
        && let Some((c, _)) = NAMES.get(&body[..len])
    {
        return Some((*c, len + 2));
    }
    // Without semicolon the longest name that needs none (13.2.5.73).
    let bare = |n: &usize| NAMES.get(&body[..*n]).is_some_and(|(_, bare)| *bare);
    let n = (2..=len).rev().find(bare)?;
    NAMES.get(&body[..n]).map(|(c, _)| (*c, n + 1))
}

/// A character by its number; 128 to 159 are those of Windows-1252, as all browsers read them (13.2.5.80).
fn numbered(code: u32) -> char {
    if let Ok(byte @ 0x80..=0x9f) = u8::try_from(code) {
        let bytes = [byte];
        let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
        return text.chars().next().filter(|c| !c.is_control()).unwrap_or('\u{fffd}');
    }
    char::from_u32(code).filter(|c| !c.is_control() || c.is_ascii_whitespace()).unwrap_or('\u{fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_decoded_and_others_stay() {
        assert_eq!(decode("Vendor &amp; Co&nbsp;Ltd &ldquo;x&rdquo; &sect;5"), "Vendor & Co\u{a0}Ltd “x” §5");
        assert_eq!(decode("R&D, AT&T, &unknown; & &;"), "R&D, AT&T, &unknown; & &;");
        assert_eq!(decode("&#8220;&#x2019;&#150;&#0;&#xffffffff;&#38"), "“’–\u{fffd}\u{fffd}&");
        assert_eq!(decode("&copy 2024 &ampx &eacutet&eacute;"), "© 2024 &x été");
        assert_eq!(decode("&uuml;&Yuml;&yuml;&lstrok;&OpenCurlyDoubleQuote;"), "üŸÿł“");
    }

    #[test]
    fn the_lists_are_whole() {
        assert_eq!(LATIN.split_ascii_whitespace().count(), 96);
        assert_eq!(NAMED.split_ascii_whitespace().count() % 2, 0);
        let odd: Vec<_> =
            NAMED.split_ascii_whitespace().skip(1).step_by(2).filter(|c| c.chars().count() != 1).collect();
        assert!(odd.is_empty(), "{odd:?}");
        assert_eq!(NAMES.keys().map(|n| n.len()).max(), Some(LONGEST_NAME));
    }
}
