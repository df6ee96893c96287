//! The news agency that a story came from, as the story credits it.
//!
//! "KYIV (Reuters) - ", "/TASS/", "(AFP)" at the end: the same story stands in many papers, and the
//! credit says whose it is. It is looked for where credits stand, at the head and the end of a text
//! and in the byline, never among the sentences: "a source told Reuters" is none.

/// Characters at the head of a text in which a credit stands.
const HEAD: usize = 240;

/// Characters of a last line that may be a credit alone.
const LAST_LINE: usize = 80;

/// Agencies by their usual name, and the forms in which they are credited. Those in capitals are
/// compared as they stand, the others in any case.
#[rustfmt::skip]
const AGENCIES: &[(&str, &[&str])] = &[
    ("AAP", &["AAP", "Australian Associated Press"]),
    ("AFP", &["AFP", "Agence France-Presse", "АФП", "法新社"]),
    ("AKIpress", &["AKIpress", "AKIpress News Agency", "АКИpress"]),
    ("ANI", &["ANI", "Asian News International"]),
    ("ANSA", &["ANSA"]),
    ("AP", &["AP", "Associated Press", "The Associated Press", "АП", "美联社", "美聯社"]),
    ("APA", &["APA"]),
    ("Agerpres", &["Agerpres"]),
    ("Anadolu", &["AA", "Anadolu", "Anadolu Agency", "Anadolu Ajansı"]),
    ("Antara", &["Antara"]),
    ("BTA", &["BTA", "БТА"]),
    ("Belga", &["Belga"]),
    ("Bernama", &["Bernama"]),
    ("Bloomberg", &["Bloomberg"]),
    ("CNA", &["CNA", "中央社"]),
    ("ČTK", &["ČTK", "CTK"]),
    ("DHA", &["DHA"]),
    ("dpa", &["DPA", "dpa", "Deutsche Presse-Agentur"]),
    ("EFE", &["EFE", "Agencia EFE"]),
    ("Europa Press", &["Europa Press"]),
    ("Fena", &["Fena"]),
    ("Hina", &["HINA", "Hina"]),
    ("IANS", &["IANS"]),
    ("Interfax", &["Interfax", "Интерфакс"]),
    ("Interfax-Ukraine", &["Interfax-Ukraine", "Интерфакс-Украина", "Інтерфакс-Україна"]),
    ("IRNA", &["IRNA", "ایرنا"]),
    ("Kazinform", &["Kazinform", "Казинформ", "QazInform"]),
    ("Kyodo", &["Kyodo", "Kyodo News", "共同通信", "共同社"]),
    ("Lusa", &["Lusa"]),
    ("MTI", &["MTI"]),
    ("NTB", &["NTB"]),
    ("PA Media", &["PA Media", "Press Association"]),
    ("PAP", &["PAP"]),
    ("PTI", &["PTI", "Press Trust of India"]),
    ("Reuters", &["Reuters", "Thomson Reuters", "Рейтер", "Рейтерс", "路透社", "路透", "رويترز"]),
    ("RIA Novosti", &["RIA", "RIA Novosti", "РИА Новости", "РИА \"Новости\"", "РИА «Новости»"]),
    ("Ritzau", &["Ritzau"]),
    ("SID", &["SID"]),
    ("SITA", &["SITA"]),
    ("Sputnik", &["Sputnik"]),
    ("STT", &["STT"]),
    ("Tanjug", &["Tanjug", "Танјуг"]),
    ("TASR", &["TASR"]),
    ("TASS", &["TASS", "ITAR-TASS", "ТАСС", "ИТАР-ТАСС"]),
    ("TT", &["TT"]),
    ("Ukrinform", &["Ukrinform", "Укринформ", "Укрінформ"]),
    ("UNIAN", &["UNIAN", "УНИАН", "УНІАН"]),
    ("UPI", &["UPI"]),
    ("Xinhua", &["Xinhua", "Xinhua News Agency", "新华社", "新華社", "Синьхуа"]),
    ("Yonhap", &["Yonhap", "연합뉴스"]),
    ("ANA-MPA", &["ΑΠΕ-ΜΠΕ", "ΑΜΠΕ", "ANA-MPA"]),
];

/// The agency of this usual name.
pub(crate) fn agency_by_name(name: &str) -> Option<&'static str> {
    AGENCIES.iter().map(|(usual, _)| *usual).find(|usual| *usual == name)
}

/// The agency that `text` names and nothing else.
pub(super) fn agency(text: &str) -> Option<&'static str> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || "()[]/.,:;—–-*".contains(c));
    let is_named = |form: &&str| {
        let is_acronym = || !form.chars().any(char::is_lowercase);
        // Hardly any form has the length, which is asked first.
        text.len() == form.len()
            && (text == *form || !is_acronym() && text.to_lowercase() == form.to_lowercase())
    };
    if text.is_empty() || text.len() > 60 {
        return None;
    }
    AGENCIES.iter().find(|(_, forms)| forms.iter().any(is_named)).map(|(name, _)| *name)
}

/// `text` without the name of an agency behind another name: "Ann Oakes Associated Press".
pub(super) fn without_agency(text: &str) -> &str {
    let forms = AGENCIES.iter().flat_map(|(_, forms)| forms.iter());
    let endings = forms.filter_map(|form| text.strip_suffix(form));
    let before = endings.filter(|before| before.ends_with(' ')).min_by_key(|before| before.len());
    before.map_or(text, str::trim_end)
}

/// The agency that one of the names in a byline is.
pub(super) fn in_byline(byline: &str) -> Option<&'static str> {
    byline.split([',', ';', '/', '|', '(', ')', '&']).find_map(agency)
}

/// The agency that a story credits, in its byline, at its head or in its last lines.
pub fn wire_credit(body: &str, byline: Option<&str>) -> Option<&'static str> {
    byline.and_then(in_byline).or_else(|| at_the_head(body)).or_else(|| at_the_end(body))
}

/// A credit in brackets or slashes, or alone behind the place, before the first sentence ends.
fn at_the_head(body: &str) -> Option<&'static str> {
    let body = body.trim_start();
    let end = body.char_indices().nth(HEAD).map_or(body.len(), |(at, _)| at);
    let head = &body[..end];
    // 新华社北京11月20日电
    if let Some(credit) = ["新华社", "新華社", "法新社", "路透社", "共同社"]
        .iter()
        .find(|name| head.starts_with(**name))
    {
        return agency(credit);
    }
    for (open, close) in [('(', ')'), ('/', '/'), ('（', '）'), ('[', ']')] {
        for (at, _) in head.match_indices(open).take(3) {
            let inside = &head[at + open.len_utf8()..];
            let Some((inside, after)) = inside.split_once(close) else { continue };
            // A credit at the head stands before the text, with a dash or the like between.
            let is_before_text = after.trim_start().starts_with(['-', '–', '—', '.', ':', '−'])
                || at == 0
                || open == '/';
            if is_before_text && let Some(agency) = agency(inside) {
                return Some(agency);
            }
        }
    }
    // "AP — The port", "KYIV, Nov 20, Interfax - The port"
    let mark = head.char_indices().find(|&(at, c)| {
        "—–-−".contains(c)
            && head[..at].ends_with(' ')
            && head[at + c.len_utf8()..].starts_with(' ')
    });
    mark.and_then(|(at, _)| head[..at].rsplit([',', '.', '/']).next()).and_then(agency)
}

/// A credit that ends the text: alone on one of the last two lines, or in brackets behind the last
/// sentence.
fn at_the_end(body: &str) -> Option<&'static str> {
    body.lines().rev().map(str::trim).filter(|line| !line.is_empty()).take(2).find_map(|line| {
        let mut parts = line.split(['/', ',', '|']).map(agency);
        if line.len() <= LAST_LINE
            && let Some(first) = parts.next().flatten()
            && parts.all(|part| part.is_some())
        {
            return Some(first);
        }
        let line = line.trim_end_matches('.');
        let closed = [('(', ')'), ('（', '）'), ('/', '/')]
            .iter()
            .find_map(|(open, close)| Some(line.strip_suffix(*close)?.rsplit_once(*open)?.1));
        closed?.split(['/', ',']).find_map(agency)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(body: &str, meant: Option<&str>) {
        assert_eq!(wire_credit(body, None), meant, "for `{body}`");
    }

    #[test]
    fn a_credit_at_the_head_names_the_agency() {
        check("KYIV (Reuters) - The port opened.", Some("Reuters"));
        check("KYIV, Nov. 20 (AP) — The port opened.", Some("AP"));
        check("MOSCOW, November 20. /TASS/. The port opened.", Some("TASS"));
        check("МОСКВА, 20 ноя — РИА Новости. Порт открылся.", None);
        check("АСТАНА. 20 ноября. КАЗИНФОРМ - Порт открылся.", Some("Kazinform"));
        check("新华社北京11月20日电 港口重新开放。", Some("Xinhua"));
        check("(AFP) The port opened.", Some("AFP"));
        check("AP — The port opened.", Some("AP"));
        check("BISHKEK (AKIpress) - The port opened.", Some("AKIpress"));
    }

    #[test]
    fn a_credit_at_the_end_names_the_agency() {
        check("The port opened.\nShips came. (Reuters)", Some("Reuters"));
        check("Der Hafen ist offen.\nSchiffe kamen. (dpa/AFP)", Some("dpa"));
        check("The port opened.\nShips came.\nAFP", Some("AFP"));
        check("Порт открылся.\nИсточник: ТАСС", None);
    }

    #[test]
    fn the_agencies_whose_stories_travel_most_are_known() {
        let names = "Reuters AP AFP TASS Interfax Xinhua dpa EFE ANSA Kyodo Yonhap RIA UPI Anadolu \
                     Ukrinform AKIpress Kazinform";
        for name in names.split_whitespace().chain(["PA Media"]) {
            assert!(agency(name).is_some(), "{name}");
        }
    }

    #[test]
    fn an_agency_in_a_sentence_is_no_credit() {
        check("A source told Reuters that the port (which AP had called closed) opened.", None);
        check("The port opened, as the agency (Reuters) said on Monday in its own report.", None);
        check("Ships came. He spoke to Reuters.", None);
        check("", None);
    }

    #[test]
    fn a_byline_may_be_the_credit() {
        assert_eq!(
            wire_credit("The port opened.", Some("Ann Oakes, Associated Press")),
            Some("AP")
        );
        assert_eq!(wire_credit("The port opened.", Some("Ann Oakes")), None);
    }

    #[test]
    fn each_form_belongs_to_one_agency() {
        for (name, forms) in AGENCIES {
            for form in *forms {
                assert_eq!(agency(form), Some(*name), "for `{form}`");
            }
        }
    }
}
