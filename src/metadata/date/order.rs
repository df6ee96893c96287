//! Whether the day or the month stands first in `03/04/2022`.
//!
//! From the country where one is known (the region of the declared language, else the top-level
//! domain), else from the language. Facts from the Unicode CLDR's short date formats.

/// What stands first in a date of numbers.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum DayOrder {
    /// `17/11/2022`: most of the world.
    DayFirst,
    /// `11/17/2022`: the United States and a few more.
    MonthFirst,
}

/// Countries that write the month first, by top-level domain and region subtag.
const MONTH_FIRST: &[&str] = &["us", "gov", "mil", "ph", "fm", "pw", "as", "gu", "mp", "pr"];

/// Domains that say nothing of a country, however short.
const NO_COUNTRY: &[&str] = &["io", "co", "tv", "me", "ai", "cc", "ws", "to", "ly", "am", "fm"];

impl DayOrder {
    /// The order that a page uses, by its language tag (`en-GB`) and the host of its address.
    ///
    /// English without a country is not told: both sides of the Atlantic write `.com`.
    pub(crate) fn of(language: Option<&str>, host: Option<&str>) -> Option<Self> {
        let mut subtags = language.unwrap_or_default().split(['-', '_']);
        let language = subtags.next().unwrap_or_default().to_ascii_lowercase();
        let region = subtags.find(|tag| tag.len() == 2).map(str::to_ascii_lowercase);
        let domain = host.and_then(|host| host.rsplit('.').next()).map(str::to_ascii_lowercase);
        let by_country = |country: &str| {
            if MONTH_FIRST.contains(&country) { Self::MonthFirst } else { Self::DayFirst }
        };
        let is_country = |domain: &&String| {
            (domain.len() == 2 && !NO_COUNTRY.contains(&domain.as_str()))
                || MONTH_FIRST.contains(&domain.as_str())
        };
        if let Some(country) = domain.as_ref().filter(is_country) {
            return Some(by_country(country));
        }
        match (language.as_str(), region) {
            // A template's default more often than a statement.
            ("en", Some(region)) if region == "us" => None,
            ("en" | "", None) => None,
            (_, Some(region)) => Some(by_country(&region)),
            _ => Some(Self::DayFirst),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::DayOrder::{DayFirst, MonthFirst};
    use super::*;

    #[test]
    fn country_then_language_tell_what_stands_first() {
        for (language, host, meant) in [
            (Some("pt"), Some("gull.example.com"), Some(DayFirst)),
            (Some("en"), Some("gull.co.uk"), Some(DayFirst)),
            (Some("en-GB"), Some("gull.com"), Some(DayFirst)),
            (Some("en-US"), Some("gull.us"), Some(MonthFirst)),
            (Some("en_PH"), Some("gull.com"), Some(MonthFirst)),
            (Some("en-US"), Some("gull.com"), None),
            (Some("en-US"), Some("gull.az"), Some(DayFirst)),
            (Some("en"), Some("gull.tv"), None),
            (None, Some("gull.ro"), Some(DayFirst)),
            (None, None, None),
        ] {
            assert_eq!(DayOrder::of(language, host), meant, "for {language:?}, {host:?}");
        }
    }
}
