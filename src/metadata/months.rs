//! Names of the months, in the languages whose dates are read.
//!
//! Facts from the Unicode CLDR: full names, inflected forms and usual abbreviations. No name means
//! two different months in two of these languages, so a date can be read without knowing its
//! language.

/// Names of each month, January first, in lower case and without a final period: English, German,
/// French, Spanish, Italian, Portuguese, Dutch, Polish, Russian, Ukrainian, Turkish.
#[rustfmt::skip]
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "januar", "jänner", "janvier", "janv", "enero", "ene", "gennaio", "gen",
      "janeiro", "januari", "styczeń", "stycznia", "sty", "январь", "января", "янв",
      "січень", "січня", "січ", "ocak", "oca"],
    &["february", "feb", "februar", "février", "févr", "fév", "fevrier", "febrero", "febbraio",
      "fevereiro", "fev", "februari", "luty", "lutego", "lut", "февраль", "февраля", "фев", "февр",
      "лютий", "лютого", "лют", "şubat", "şub", "subat"],
    &["march", "mar", "märz", "mär", "mrz", "maerz", "mars", "marzo", "março", "marco", "maart",
      "mrt", "marzec", "marca", "март", "марта", "мар", "березень", "березня", "бер", "mart"],
    &["april", "apr", "avril", "avr", "abril", "abr", "aprile", "kwiecień", "kwietnia", "kwi",
      "апрель", "апреля", "апр", "квітень", "квітня", "квіт", "кві", "nisan", "nis"],
    &["may", "mai", "mayo", "maggio", "mag", "maio", "mei", "maj", "maja", "май", "мая",
      "травень", "травня", "трав", "тра", "mayıs", "mayis"],
    &["june", "jun", "juni", "juin", "junio", "giugno", "giu", "junho", "czerwiec", "czerwca",
      "cze", "июнь", "июня", "июн", "червень", "червня", "черв", "чер", "haziran", "haz"],
    &["july", "jul", "juli", "juillet", "juil", "julio", "luglio", "lug", "julho", "lipiec",
      "lipca", "lip", "июль", "июля", "июл", "липень", "липня", "лип", "temmuz", "tem"],
    &["august", "aug", "août", "aout", "agosto", "ago", "augustus", "sierpień", "sierpnia", "sie",
      "август", "августа", "авг", "серпень", "серпня", "серп", "сер", "ağustos", "ağu", "agustos"],
    &["september", "sep", "sept", "septembre", "septiembre", "setiembre", "settembre", "set",
      "setembro", "wrzesień", "września", "wrz", "сентябрь", "сентября", "сен", "сент",
      "вересень", "вересня", "вер", "eylül", "eyl"],
    &["october", "oct", "oktober", "okt", "octobre", "octubre", "ottobre", "ott", "outubro", "out",
      "październik", "października", "paź", "октябрь", "октября", "окт", "жовтень", "жовтня",
      "жовт", "жов", "ekim", "eki"],
    &["november", "nov", "novembre", "noviembre", "novembro", "listopad", "listopada", "lis",
      "ноябрь", "ноября", "ноя", "нояб", "листопад", "листопада", "лист", "лис", "kasım", "kas"],
    &["december", "dec", "dezember", "dez", "décembre", "déc", "decembre", "diciembre", "dic",
      "dicembre", "dezembro", "grudzień", "grudnia", "gru", "декабрь", "декабря", "дек",
      "грудень", "грудня", "груд", "гру", "aralık", "ara", "aralik"],
];

/// The month that `word` names, counting from 1, in any case.
pub(super) fn month_by_name(word: &str) -> Option<u32> {
    // The longest name has 12 letters; anything much longer is no month and not worth folding.
    if word.len() > 32 {
        return None;
    }
    let word = word.to_lowercase();
    (1..).zip(MONTHS).find(|(_, names)| names.contains(&word.as_str())).map(|(month, _)| month)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn a_name_means_one_month() {
        let mut seen = HashMap::new();
        for (month, names) in (1..=12).zip(MONTHS) {
            for name in names {
                assert_eq!(seen.insert(*name, month), None, "`{name}` stands twice");
                assert_eq!(month_by_name(name), Some(month), "`{name}` is not in lower case");
            }
        }
    }

    #[test]
    fn case_does_not_matter_and_other_words_are_no_months() {
        for (word, month) in [("NOVEMBER", Some(11)), ("Ноября", Some(11)), ("Marches", None)]
        {
            assert_eq!(month_by_name(word), month, "for `{word}`");
        }
    }
}
