//! Which documents come from one site, so that what they have in common is its template.

use crate::metadata::whole_host;
use crate::source::RawDocument;

/// The site that `raw` comes from: the host of its address, else the publisher that its record
/// names, else the folder that it lies in, as a scraper writes the pages of a site to one place.
pub fn site_of(raw: &RawDocument) -> Option<String> {
    let declared = &raw.declared;
    let host = declared.url.as_deref().and_then(whole_host).map(plain);
    let named = || declared.publisher.as_deref().map(plain).filter(|name| !name.is_empty());
    host.or_else(named).or_else(|| folder(&raw.locator.path()))
}

/// A name in lower case, without `www.` or `m.` before it.
fn plain(name: &str) -> String {
    let name = name.trim().to_lowercase();
    let label_end = name.find('.').filter(|end| name[end + 1..].contains('.'));
    let is_server = |label: &str| {
        label.trim_end_matches(|c: char| c.is_ascii_digit()) == "www"
            || matches!(label, "m" | "mobile" | "amp")
    };
    match label_end {
        Some(end) if is_server(&name[..end]) => name[end + 1..].to_owned(),
        _ => name,
    }
}

/// The folder of a file, `.` for that of a file named without one.
fn folder(path: &str) -> Option<String> {
    if path.is_empty() {
        return None;
    }
    Some(path.rsplit_once('/').map_or(".", |(folder, _)| folder).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_known_without_its_servers() {
        for (url, meant) in [
            ("https://www.Gull.example/a/1", Some("gull.example")),
            ("http://www2.gull.example:8080?a", Some("gull.example")),
            ("https://m.gull.example", Some("gull.example")),
            ("https://sport.gull.example/", Some("sport.gull.example")),
            ("https://me@gull.example/", Some("gull.example")),
            ("http://www.example", Some("www.example")),
            ("http:///a", None),
            ("gull.example/a", None),
        ] {
            assert_eq!(whole_host(url).map(plain).as_deref(), meant, "for `{url}`");
        }
    }

    #[test]
    fn a_folder_is_what_stands_before_the_name() {
        for (path, meant) in [
            ("gull/2022/a.html", Some("gull/2022")),
            ("a.zip!/gull/a.html", Some("a.zip!/gull")),
            ("a.html", Some(".")),
            ("", None),
        ] {
            assert_eq!(folder(path).as_deref(), meant, "for `{path}`");
        }
    }
}
