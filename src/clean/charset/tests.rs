//! A byte order mark, valid UTF-8, a declaration, detection: the first that answers decides. Damage
//! is shown and the rest is kept. Line ends come in one form, without control characters.
//!
//! The texts are made up for the purpose.

use std::fs;

use proptest::prelude::*;

use super::*;
use ArticleWarning::{CharsetGuessed, CharsetOverruled, MalformedText};

const RUSSIAN: &str = "Наблюдатели сообщили, что выборы в Казахстане прошли спокойно. \
    Избирательная комиссия объявит итоги голосования в понедельник, передаёт корреспондент.";
const UKRAINIAN: &str = "Спостерігачі повідомили, що вибори відбулися спокійно, а їхні підсумки \
    оголосять у понеділок. Європейська комісія ще не відповіла на запитання журналістів.";
const POLISH: &str = "Obserwatorzy donieśli, że wybory przebiegły spokojnie. Państwowa komisja \
    ogłosi wyniki głosowania w poniedziałek, a następnie rozpocznie się liczenie pozostałych głosów.";
const GREEK: &str = "Οι παρατηρητές ανέφεραν ότι οι εκλογές διεξήχθησαν ήρεμα. Η επιτροπή θα \
    ανακοινώσει τα αποτελέσματα τη Δευτέρα.";
const CHINESE: &str = "观察员报告说，哈萨克斯坦的选举平静地进行。选举委员会将于星期一公布投票结果，\
    记者从阿斯塔纳报道。";
const JAPANESE: &str = "監視団によると、カザフスタンの選挙は平穏に行われた。選挙管理委員会は月曜日に\
    結果を発表する予定である。";
const GERMAN: &str = "Beobachter berichteten, die Wahl sei ruhig verlaufen. Die Behörde veröffentlicht \
    die Ergebnisse am Montag; für größere Städte müssen die Zahlen noch geprüft werden.";
const FRENCH: &str = "Les observateurs ont rapporté que l’élection s’était déroulée dans le calme. \
    La commission dévoilera les résultats lundi, a-t-elle déclaré à Genève.";
const ENGLISH: &str = "“It’s calm,” observers said – polls in the café district closed at eight. \
    The ministry’s budget of £3 billion hasn’t changed… so far.";

/// `text` in the encoding with this label.
fn encoded(text: &str, label: &str) -> Vec<u8> {
    let encoding = Encoding::for_label(label.as_bytes()).expect("a known label");
    let (bytes, _, has_unmappable) = encoding.encode(text);
    assert!(!has_unmappable, "{label} has no letters for {text}");
    bytes.into_owned()
}

#[track_caller]
fn check(
    bytes: impl AsRef<[u8]>,
    media: Media,
    text: &str,
    charset: &str,
    warnings: &[ArticleWarning],
) {
    let decoded = decode(bytes.as_ref(), media, None);
    assert_eq!((decoded.text.as_str(), decoded.charset), (text, charset));
    assert_eq!(decoded.warnings, warnings, "for {text}");
}

/// Checks that `text` in the encoding `label`, declared nowhere, is read as it was written.
#[track_caller]
fn check_detected(text: &str, label: &str, charset: &str) {
    check(encoded(text, label), Media::Text, text, charset, &[CharsetGuessed]);
}

#[test]
fn utf_8_is_certain() {
    check("plain", Media::Text, "plain", "utf-8", &[]);
    check(RUSSIAN, Media::Text, RUSSIAN, "utf-8", &[]);
    check("", Media::Html, "", "utf-8", &[]);
}

#[test]
fn a_byte_order_mark_decides_and_is_dropped() {
    check("\u{FEFF}Ё", Media::Text, "Ё", "utf-8", &[]);
    check(b"\xFF\xFE\x01\x04", Media::Text, "Ё", "utf-16le", &[]);
    check(b"\xFE\xFF\x04\x01", Media::Text, "Ё", "utf-16be", &[]);
    check(b"\xFF\xFE\0\0\x01\x04\0\0", Media::Text, "Ё", "utf-32le", &[]);
    check(b"\0\0\xFE\xFF\0\0\x04\x01\0", Media::Text, "Ё\u{FFFD}", "utf-32be", &[MalformedText]);
}

#[test]
fn utf_16_is_told_without_a_mark() {
    for text in [RUSSIAN, GREEK, "Two words"] {
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(bytes, Media::Text, text, "utf-16be", &[CharsetGuessed]);
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(bytes, Media::Text, text, "utf-16le", &[CharsetGuessed]);
    }
}

#[test]
fn a_declaration_is_followed() {
    for (text, label) in [
        (RUSSIAN, "windows-1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "ibm866"),
        (UKRAINIAN, "koi8-u"),
        (POLISH, "iso-8859-2"),
        (GREEK, "iso-8859-7"),
        (CHINESE, "gb18030"),
        (CHINESE, "gbk"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc-jp"),
        (GERMAN, "windows-1252"),
    ] {
        let page = format!("<meta charset=\"{label}\"><p>{text}");
        check(encoded(&page, label), Media::Html, &page, label, &[]);
    }
}

#[test]
fn a_declaration_counts_in_pages_only() {
    let page = format!("<meta charset=iso-8859-2><p>{RUSSIAN}");
    check(encoded(&page, "windows-1251"), Media::Text, &page, "windows-1251", &[CharsetGuessed]);
}

#[test]
fn utf_8_overrules_a_declaration() {
    let page = format!("<meta charset=windows-1251><p>{RUSSIAN}");
    check(&page, Media::Html, &page, "utf-8", &[CharsetOverruled]);
    check("<meta charset=koi8-r>", Media::Html, "<meta charset=koi8-r>", "utf-8", &[]);
}

#[test]
fn a_declaration_that_the_bytes_contradict_is_overruled() {
    for declared in ["utf-8", "iso-8859-1", "shift_jis"] {
        let page = format!("<meta charset={declared}><p>{RUSSIAN}");
        check(
            encoded(&page, "windows-1251"),
            Media::Html,
            &page,
            "windows-1251",
            &[CharsetOverruled],
        );
    }
    let page = format!("<meta charset=utf-8><p>{ENGLISH}");
    check(encoded(&page, "windows-1252"), Media::Html, &page, "windows-1252", &[CharsetOverruled]);
}

#[test]
fn what_is_declared_nowhere_is_detected() {
    check_detected(RUSSIAN, "windows-1251", "windows-1251");
    // The detector answers with the larger of the two, which has every letter of the other.
    check_detected(RUSSIAN, "koi8-r", "koi8-u");
    check_detected(RUSSIAN, "ibm866", "ibm866");
    check_detected(UKRAINIAN, "windows-1251", "windows-1251");
    check_detected(POLISH, "iso-8859-2", "iso-8859-2");
    check_detected(POLISH, "windows-1250", "windows-1250");
    check_detected(GREEK, "windows-1253", "windows-1253");
    check_detected(CHINESE, "gb18030", "gbk");
    check_detected(CHINESE_TRADITIONAL, "big5", "big5");
    check_detected(JAPANESE, "shift_jis", "shift_jis");
    check_detected(JAPANESE, "euc-jp", "euc-jp");
    check_detected(JAPANESE, "iso-2022-jp", "iso-2022-jp");
    check_detected(GERMAN, "windows-1252", "windows-1252");
    check_detected(FRENCH, "windows-1252", "windows-1252");
}

const CHINESE_TRADITIONAL: &str =
    "觀察員報告說，哈薩克的選舉平靜地進行。選舉委員會將於星期一公布投票結果。";

#[test]
fn a_few_quotes_and_dashes_are_windows_1252() {
    for text in [
        ENGLISH,
        "one dash in a long sentence about nothing — and no more",
        "it cost £100 in London, a sum",
        "three bullets in a list of many things • one • two • three",
        "and so it went on and on and on…\n",
    ] {
        check_detected(text, "windows-1252", "windows-1252");
    }
}

#[test]
fn damaged_utf_8_stays_utf_8() {
    let cut = &RUSSIAN.as_bytes()[..RUSSIAN.len() - 2];
    let decoded = decode(cut, Media::Text, None);
    assert_eq!((decoded.charset, decoded.warnings), ("utf-8", vec![MalformedText]));
    assert!(decoded.text.ends_with("корреспонден\u{FFFD}"), "{}", decoded.text);

    let mut bytes = RUSSIAN.as_bytes().to_vec();
    bytes[40] = 0xFF;
    let decoded = decode(&bytes, Media::Text, None);
    assert_eq!((decoded.charset, decoded.warnings), ("utf-8", vec![MalformedText]));
    assert!(decoded.text.ends_with("корреспондент."), "{}", decoded.text);
}

#[test]
fn lines_end_in_one_form_and_control_characters_go() {
    check("a\r\nb\rc\n\r\nd\te", Media::Text, "a\nb\nc\n\nd\te", "utf-8", &[]);
    check("a\0b\u{1}\u{7F}c\u{FEFF}d\u{C}e", Media::Text, "abcd\ne", "utf-8", &[]);
}

#[test]
fn windows_1252_that_was_taken_for_latin_1_is_mended() {
    check("it\u{92}s \u{85}\u{81}", Media::Text, "it’s …", "utf-8", &[]);
}

#[test]
fn every_encoding_has_its_label_in_lower_case() {
    for label in LABELS {
        let Some(encoding) = Encoding::for_label_no_replacement(label.as_bytes()) else {
            assert_eq!(*label, "replacement");
            continue;
        };
        assert_eq!(self::label(encoding), *label);
    }
}

/// Real pages saved as windows-1252 by hand, where they are at hand.
#[test]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn real_scrapes_are_read_as_what_they_are() {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data");
    let data = std::env::var("DATELINE_SHARED_DATA").unwrap_or_else(|_| default.into());
    let Ok(folder) = fs::read_dir(format!("{data}/news/raw")) else {
        eprintln!("skipped: no shared data at {data}");
        return;
    };
    let mut windows = 0;
    for entry in folder {
        let path = entry.expect("a readable folder").path();
        let bytes = fs::read(&path).expect("a readable file");
        let decoded = decode(&bytes, Media::Text, None);
        let expected = if bytes.is_ascii() { "utf-8" } else { "windows-1252" };
        assert_eq!(decoded.charset, expected, "for {}", path.display());
        windows += usize::from(!bytes.is_ascii());
    }
    assert_eq!(windows, 29);
}

proptest! {
    #[test]
    fn any_bytes_give_tidy_text(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for media in [Media::Text, Media::Html] {
            let decoded = decode(&bytes, media, None);
            prop_assert!(!decoded.text.contains(is_untidy));
        }
    }

    // Random accents look like damage; `mojibake` has its own tests of texts with accents.
    #[test]
    fn any_text_comes_back_from_utf_8(text in "[^\\x00-\\x1F\\x7F-\\x9FÀ-ÿ\u{FEFF}]{0,80}") {
        prop_assume!(!text.starts_with('\u{FEFF}'));
        let decoded = decode(text.as_bytes(), Media::Html, None);
        prop_assert_eq!(decoded.charset, "utf-8");
        prop_assert_eq!(decoded.text, text);
    }
}
