//! Damage is undone where it is certain; text without damage is never touched.
//!
//! The texts are made up for the purpose.

use proptest::prelude::*;

use encoding_rs::WINDOWS_1252;

use super::*;
use ArticleWarning::{Mojibake, MojibakeRepaired};

/// Sentences in many languages, with the quotes, dashes and capitals that look most like damage.
const CLEAN: &[&str] = &[
    "“It’s calm,” the observers said – and the café’s “Été” closed… at £3.",
    "« L’été à Genève », a-t-il répété… « C’est l’année où tout a changé… » LE CAFÉ… DÉJÀ » ÉTÉ—MÊME",
    "Il a tant aimé…” dit-elle. Le café’” et la société…»",
    "„Größe“, sagte Müller – „Übermut“ … MÜSSIG– GRÖẞE “ÄÖÜ” § 3 ß",
    "¿Qué pasó? ¡Nada! El año pasó… “SEÑOR” ESPAÑA® MÉXICO— Nº 1, 2ª, 30 °C",
    "A manhã…” IRMÃ” CORAÇÃO… não à “NAÇÃO” – e São João",
    "È così… «PERCHÉ» CITTÀ’ À” già",
    "Vår båt är på sjön – Åsa, Örjan; ÅR” Så… På Ærø og Øster Å",
    "Hér er það… Þórður Æ” Ísland ÐÓ ÝÐ",
    "Țara și “Î” în România… ÎN– CÂND Â Ă",
    "Zażółć gęślą jaźń… „ŁÓDŹ” – ŚĆ",
    "Příliš žluťoučký kůň… „ŠÍŘE“ ŽÁR",
    "Árvíztűrő tükörfúrógép… „ŐSZ” ÉŰ",
    "Türkiye’de görüşme… İSTANBUL’da ÇÖZÜM” ĞÜŞ",
    "Õhtul jäi… ÄÖÕÜ Šokolaad ŽÜRII “Õ”",
    "Порт був закритий… «Її» — “Ы” № 5",
    "Το λιμάνι έκλεισε… «ΝΑΙ» – “Ά”",
    "أغلق الميناء… «نعم» – “لا”",
    "הנמל נסגר… “כן” – לא",
    "港口重新开放……“是”——《港》",
    "港が再開した…「はい」",
    "항구가 다시… “예” — ‘아니요’",
    "Cảng đã mở lại… “Đúng” – ÂN ÊÔ",
    "बंदरगाह खुला… “हाँ”",
];

/// `text` as it looks when its UTF-8 is read as windows-1252.
fn damaged(text: &str) -> String {
    WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned()
}

#[test]
fn text_without_damage_is_borrowed() {
    for text in CLEAN {
        let (repaired, warning) = repair(text);
        assert!(matches!(repaired, Cow::Borrowed(_)), "`{text}` became `{repaired}`");
        assert_eq!(warning, None, "for `{text}`");
    }
    let all = CLEAN.join("\n");
    assert_eq!(repair(&all), (Cow::Borrowed(&*all), None));
}

#[test]
fn utf_8_that_was_read_as_windows_1252_is_read_again() {
    for (text, meant) in [
        ("Itâ€™s calm", "It’s calm"),
        ("the cafÃ© closed", "the café closed"),
        ("Ã©tÃ© Ã\u{a0} GenÃ¨ve", "été à Genève"),
        ("it cost Â£3", "it cost £3"),
        ("â€œYes,â€\u{9d} he said â€“ or no", "“Yes,” he said – or no"),
        ("â€œYes,â€ he said", "“Yes,” he said"),
        ("ÐŸÐ¾Ñ€Ñ‚ Ð¾Ñ‚ÐºÑ€Ñ‹Ñ‚", "Порт открыт"),
        ("itâ€™s ðŸ˜€", "it’s 😀"),
    ] {
        let (repaired, warning) = repair(text);
        assert_eq!((&*repaired, warning), (meant, Some(MojibakeRepaired)), "for `{text}`");
    }
}

#[test]
fn two_layers_are_taken_off() {
    let twice = damaged(&damaged("It’s the café, “yes”"));
    assert_eq!(repair(&twice).0, "It’s the café, “yes”");
}

#[test]
fn an_alphabet_that_was_read_as_western_is_read_again() {
    let russian = "Порт был закрыт на три дня после того, как прошёл сильный шторм.";
    let greek = "Το λιμάνι έμεινε κλειστό για τρεις ημέρες μετά την καταιγίδα.";
    for (text, encoding) in
        [(russian, WINDOWS_1251), (russian, KOI8_U), (russian, ISO_8859_5), (greek, WINDOWS_1253)]
    {
        let bytes = encoding.encode(text).0;
        let damaged = WINDOWS_1252.decode_without_bom_handling(&bytes).0;
        let (repaired, warning) = repair(&damaged);
        assert_eq!((&*repaired, warning), (text, Some(MojibakeRepaired)), "{}", encoding.name());
    }
}

#[test]
fn what_may_be_meant_is_flagged_and_kept() {
    let text = "Ã” Ã” Ã”";
    assert_eq!(repair(text), (Cow::Borrowed(text), Some(Mojibake)));
}

#[test]
fn lost_apostrophes_of_english_come_back() {
    for (text, meant) in [
        ("It?s late and they don?t know.", Some("It’s late and they don’t know.")),
        ("It\u{fffd}s late, we\u{fffd}ll see", Some("It’s late, we’ll see")),
        ("Is it late? So what? It?s late.", None),
        ("see https://a.example/p?s=1 and https://a.example/n?t=2", None),
        ("x = n?t:e; y = n?t:e", None),
        ("Why?s and what?s", Some("Why’s and what’s")),
        ("", None),
    ] {
        assert_eq!(with_apostrophes(text).as_deref(), meant, "for `{text}`");
    }
}

proptest! {
    #[test]
    fn damage_to_any_sentence_is_undone_or_left(at in 0..CLEAN.len(), layers in 1..3_usize) {
        let clean = CLEAN[at];
        let damaged = (0..layers).fold(clean.to_owned(), |text, _| damaged(&text));
        let (repaired, _) = repair(&damaged);
        prop_assert_eq!(repaired.into_owned(), clean);
    }

    #[test]
    fn a_repair_is_not_repaired_again(text in "[a-zÀ-ÿ€‚-™ ¡-¿ .]{0,60}") {
        let once = repair(&text).0.into_owned();
        if repair(&text).1 != Some(Mojibake) {
            prop_assert_eq!(repair(&once).0.into_owned(), once);
        }
    }

    #[test]
    fn any_text_is_survived(text in any::<String>()) {
        let _ = repair(&text);
        let _ = with_apostrophes(&text);
    }
}
