//! Why an article has the region that it has.

use std::io::{self, Write};

use super::region::country_name;
use super::rows::{Row, paragraph, row};
use super::style::{Role, Style};
use super::wrap::columns;
use crate::article::{CluePart, RegionClueKind};
use crate::record::{ArticleRecord, RegionClueRecord, RegionRecord};

/// Writes the region in words, then for each country what speaks for it, the best-supported first:
/// the words, where they stand, and what they weigh.
pub fn why_region(out: &mut dyn Write, article: &ArticleRecord, style: Style) -> io::Result<()> {
    let title = if article.title.trim().is_empty() { "(no title)" } else { &article.title };
    paragraph(out, title, Role::Title, style)?;
    writeln!(out)?;
    paragraph(out, &story(article), Role::Text, style)?;
    let clues = article.regions.iter().flat_map(|region| &region.clues);
    let label_width = clues.map(|it| columns(clue(it).0)).max().unwrap_or_default();
    for region in &article.regions {
        writeln!(out)?;
        paragraph(out, &heading(region, article), Role::Text, style)?;
        for (label, value) in region.clues.iter().map(clue) {
            row(out, label, label_width, &value, style)?;
        }
    }
    Ok(())
}

fn story(article: &ArticleRecord) -> String {
    let mut sentences = Vec::new();
    if let Some(tag) = article.tag.as_ref().filter(|tag| !tag.is_empty()) {
        sentences.push(format!("Its source filed it under {tag}."));
    }
    sentences.push(match article.about.as_slice() {
        [] => "The text speaks of no country.".to_owned(),
        about => format!("The text is about {}.", listed(about)),
    });
    let is_other = |code: &&String| !article.about.contains(code);
    let others: Vec<String> = article.countries.iter().filter(is_other).cloned().collect();
    if !others.is_empty() {
        sentences.push(format!("It also names {}.", listed(&others)));
    }
    if article.regions.is_empty() && !article.about.is_empty() {
        sentences.push("What that rests on was not kept.".to_owned());
    }
    if let Some(code) = &article.publisher_country {
        sentences.push(format!("Its publisher is at home in {}.", country_name(code)));
    }
    sentences.join(" ")
}

fn listed(codes: &[String]) -> String {
    codes.iter().map(|code| country_name(code)).collect::<Vec<_>>().join(", ")
}

/// `Kazakhstan (KZ), weight 14.20: about`
fn heading(region: &RegionRecord, article: &ArticleRecord) -> String {
    let code = &region.country;
    let role = match () {
        () if article.about.contains(code) => "about",
        () if article.countries.contains(code) => "named",
        () => "implied",
    };
    format!("{} ({code}), weight {:.2}: {role}", country_name(code), region.weight)
}

/// `dateline  5.60 ALMATY, in the lead at byte 0`
fn clue(clue: &RegionClueRecord) -> Row<'static> {
    let label = RegionClueKind::from_name(&clue.kind).map_or("other", RegionClueKind::name);
    let part = clue.part.as_deref().and_then(CluePart::from_name);
    let place = match (part, clue.at) {
        (Some(part), Some(at)) => format!(", in the {part} at byte {at}"),
        _ => String::new(),
    };
    let times = if clue.count > 1 { format!(", {} times", clue.count) } else { String::new() };
    (label, format!("{:.2} {}{place}{times}", clue.weight, clue.words))
}

#[cfg(test)]
mod tests {
    use super::super::Emphasis;
    use super::super::samples::{self, shown};
    use super::*;

    fn told(record: &ArticleRecord) -> String {
        shown(|out| why_region(out, record, Style::new(80, Emphasis::Plain)))
    }

    fn clue(
        kind: &str,
        words: &str,
        place: Option<(&str, usize)>,
        count: u32,
        weight: f64,
    ) -> RegionClueRecord {
        RegionClueRecord {
            kind: kind.to_owned(),
            words: words.to_owned(),
            part: place.map(|(part, _)| part.to_owned()),
            at: place.map(|(_, at)| at),
            count,
            weight,
        }
    }

    #[test]
    fn every_clue_is_told_with_its_place_and_weight() {
        let mut record = samples::article();
        record.about = vec!["KZ".to_owned()];
        record.countries = vec!["KZ".to_owned(), "RU".to_owned()];
        record.publisher_country = Some("FR".to_owned());
        let region = |country: &str, weight, clues| RegionRecord {
            country: country.to_owned(),
            weight,
            clues,
        };
        record.regions = vec![
            region(
                "KZ",
                8.6,
                vec![
                    clue("dateline", "ALMATY", Some(("lead", 0)), 1, 5.6),
                    clue("country", "Kazakhstan", Some(("body", 412)), 3, 3.0),
                ],
            ),
            region("RU", 0.8, vec![clue("city", "Moscow", Some(("body", 733)), 1, 0.8)]),
            region("DE", 0.5, vec![clue("body", "Bundesbank", Some(("body", 902)), 1, 0.5)]),
        ];
        insta::assert_snapshot!(told(&record), @r"
        Harbour town votes on its bridge, observers find few faults

        Its source filed it under Russia. The text is about Kazakhstan. It also names
        Russia. Its publisher is at home in France.

        Kazakhstan (KZ), weight 8.60: about
        dateline  5.60 ALMATY, in the lead at byte 0
        country   3.00 Kazakhstan, in the body at byte 412, 3 times

        Russia (RU), weight 0.80: named
        city      0.80 Moscow, in the body at byte 733

        Germany (DE), weight 0.50: implied
        body      0.50 Bundesbank, in the body at byte 902
        ");
    }

    #[test]
    fn an_article_of_no_country_says_so() {
        insta::assert_snapshot!(told(&samples::bare_article()), @r"
        (no title)

        The text speaks of no country.
        ");
        let mut record = samples::bare_article();
        record.about = vec!["KZ".to_owned()];
        insta::assert_snapshot!(told(&record), @r"
        (no title)

        The text is about Kazakhstan. What that rests on was not kept.
        ");
        record.publisher_country = Some("KZ".to_owned());
        record.regions = vec![RegionRecord {
            country: "KZ".to_owned(),
            weight: 0.5,
            clues: vec![clue("publisher", "Daily Gull", None, 1, 0.5)],
        }];
        insta::assert_snapshot!(told(&record), @r"
        (no title)

        The text is about Kazakhstan. Its publisher is at home in Kazakhstan.

        Kazakhstan (KZ), weight 0.50: about
        publisher  0.50 Daily Gull
        ");
    }
}
