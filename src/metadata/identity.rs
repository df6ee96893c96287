//! When two addresses are those of one article.

/// Parameters that say where a reader came from, not what is read. Names that end in `*` stand for
/// all that begin so. Those of the analytics of Google, Meta, Microsoft, Adobe, Yandex, AT Internet,
/// Mailchimp and of the sites that add their own to every link that is shared.
const TRACKING: &[&str] = &[
    "utm_*",
    "at_*",
    "mc_*",
    "ns_*",
    "hsa_*",
    "pk_*",
    "_ga*",
    "_hs*",
    "fb_*",
    "fbclid",
    "gclid",
    "gclsrc",
    "dclid",
    "msclkid",
    "yclid",
    "twclid",
    "igshid",
    "wt_mc",
    "wt.mc_id",
    "xtor",
    "cmp",
    "cmpid",
    "ocid",
    "ito",
    "icid",
    "ncid",
    "s_cid",
    "smid",
    "smtyp",
    "sr_share",
    "sref",
    "soc_src",
    "soc_trk",
    "spm",
    "ftag",
    "ftcamp",
    "ref",
    "ref_src",
    "ref_url",
    "referrer",
    "partner",
    "source",
    "share",
    "shared",
    "rss",
    "via",
    "campaign",
    "guccounter",
    "guce_referrer",
    "guce_referrer_sig",
    "taid",
    "traffic_source",
    "print",
];

/// What is the same in all addresses of one article: host without `www.`, path without a slash or
/// an index page at its end, and the parameters that choose what is shown, sorted. `None` for a
/// front page, which is no article, and for what is no address.
pub fn url_identity(url: &str) -> Option<String> {
    let (scheme, address) = url.trim().split_once("://")?;
    if !scheme.get(..4)?.eq_ignore_ascii_case("http") {
        return None;
    }
    let address = address.split('#').next().unwrap_or_default();
    let (place, query) = address.split_once('?').unwrap_or((address, ""));
    let (host, path) = place.split_once('/').unwrap_or((place, ""));
    let host = host.rsplit('@').next().unwrap_or(host).to_ascii_lowercase();
    let host = host.strip_suffix(":80").or_else(|| host.strip_suffix(":443")).unwrap_or(&host);
    let host = host.strip_prefix("www.").unwrap_or(host);
    let path = path.trim_matches('/');
    let path = ["index.html", "index.htm", "index.php"]
        .iter()
        .find_map(|index| path.strip_suffix(index))
        .unwrap_or(path)
        .trim_end_matches('/');
    let mut parameters: Vec<_> = query.split('&').filter(|part| chooses(part)).collect();
    parameters.sort_unstable();
    if host.is_empty() || (path.is_empty() && parameters.is_empty()) {
        return None;
    }
    Some(format!("{host}/{path}?{}", parameters.join("&")))
}

/// The host of an address as it is written there, without user and port.
pub(crate) fn whole_host(url: &str) -> Option<&str> {
    let (_, rest) = url.trim().split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    Some(host).filter(|host| !host.is_empty())
}

/// The same without `www.`.
pub(crate) fn host(url: &str) -> Option<&str> {
    let host = whole_host(url)?;
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|host| !host.is_empty())
}

/// Whether a parameter chooses what is shown.
fn chooses(parameter: &str) -> bool {
    let name = parameter.split('=').next().unwrap_or_default().to_ascii_lowercase();
    let tracks = |known: &str| match known.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == known,
    };
    !name.is_empty() && !TRACKING.iter().any(|known| tracks(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_article_are_the_same() {
        let article = "https://www.gull.example/a/1-port/";
        for other in [
            "http://gull.example/a/1-port",
            "https://GULL.example:443/a/1-port/index.html#comments",
            "https://gull.example/a/1-port?utm_source=x&fbclid=7",
        ] {
            assert_eq!(url_identity(other), url_identity(article), "for {other}");
        }
    }

    #[test]
    fn addresses_of_two_articles_differ() {
        for (one, other) in [
            ("https://gull.example/a/1", "https://gull.example/a/2"),
            ("https://gull.example/?id=1", "https://gull.example/?id=2"),
            ("https://gull.example/a", "https://news.gull.example/a"),
            ("https://gull.example/A", "https://gull.example/a"),
        ] {
            assert_ne!(url_identity(one), url_identity(other));
        }
        let (one, other) = ("https://a.example/?b=1&a=2", "https://a.example/?a=2&b=1");
        assert_eq!(url_identity(one), url_identity(other));
    }

    #[test]
    fn a_front_page_is_no_article() {
        for url in ["https://gull.example/", "https://gull.example", "gull", "mailto:x@y.example"] {
            assert_eq!(url_identity(url), None, "for {url}");
        }
    }
}
