//! Names the region of an article in few words.

use crate::article::CountryCode;
use crate::region::{country, country_by_name};

/// How many of the countries that an article is about are named; the rest are counted.
const NAMED: usize = 2;

/// The region of an article: the tag of its source, the countries (as ISO codes) that its text is
/// about, or `Russia > about Kazakhstan` where the two differ. Empty if neither is known.
pub fn region_label(tag: Option<&str>, about: &[String]) -> String {
    let tag = tag.unwrap_or_default();
    match about.first() {
        None => tag.to_owned(),
        Some(_) if tag.is_empty() => format!("about {}", country_names(about)),
        Some(best) if is_country(tag, best) => tag.to_owned(),
        Some(_) => format!("{tag} > about {}", country_names(about)),
    }
}

/// The names of the first countries, and how many more there are.
fn country_names(codes: &[String]) -> String {
    let (first, others) = codes.split_at(codes.len().min(NAMED));
    let names = first.iter().map(|code| country_name(code)).collect::<Vec<_>>().join(", ");
    if others.is_empty() { names } else { format!("{names} +{}", others.len()) }
}

/// The name of the country with this code, or the code itself where there is none.
pub(super) fn country_name(code: &str) -> &str {
    CountryCode::new(code).and_then(country).map_or(code, |country| country.name)
}

fn is_country(tag: &str, code: &str) -> bool {
    let by_name = || country_by_name(tag).is_some_and(|tagged| tagged.as_str() == code);
    tag.eq_ignore_ascii_case(code) || tag.eq_ignore_ascii_case(country_name(code)) || by_name()
}

#[cfg(test)]
mod tests {
    use super::*;

    // ISO 3166-1 leaves XA to XZ to its users, so these stand for countries without a name.
    #[track_caller]
    fn check(tag: Option<&str>, about: &[&str], label: &str) {
        let about: Vec<_> = about.iter().map(ToString::to_string).collect();
        assert_eq!(region_label(tag, &about), label, "for {tag:?} and {about:?}");
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        check(None, &[], "");
        check(Some("Russia"), &[], "Russia");
        check(None, &["XA"], "about XA");
    }

    #[test]
    fn tag_and_text_are_both_named_where_they_differ() {
        check(Some("Russia"), &["XA"], "Russia > about XA");
        check(Some("Russia"), &["XA", "XB"], "Russia > about XA, XB");
        check(Some("XB"), &["XA", "XB"], "XB > about XA, XB");
        check(Some("XA"), &["XA", "XB"], "XA");
        check(Some("xa"), &["XA"], "xa");
    }

    #[test]
    fn many_countries_are_counted() {
        check(None, &["XA", "XB", "XC", "XD"], "about XA, XB +2");
    }

    #[test]
    fn a_country_goes_by_its_name_where_it_has_one() {
        let name = CountryCode::new("KZ").and_then(country).map_or("KZ", |country| country.name);
        check(Some("Russia"), &["KZ"], &format!("Russia > about {name}"));
        check(Some(name), &["KZ"], name);
    }
}
