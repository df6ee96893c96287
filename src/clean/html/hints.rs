//! What the names that a site gives to its elements say of the text within them.
//!
//! Sites name their elements for their own style sheets, in classes and ids, mostly with the same
//! English words: `related-links`, `articleBody`, `newsletter_box`. A word alone proves nothing,
//! so the names only become evidence for the [`model`](super::model), which has learned how much
//! each is worth.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::FixedState;
use regex::{Regex, RegexBuilder};

/// A set of hints.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Hints(u32);

impl Hints {
    /// How many different hints there are.
    pub(super) const COUNT: usize = WORDS.len() + ELEMENTS.len() + 3;

    const HIDDEN: usize = WORDS.len() + ELEMENTS.len();
    const ARTICLE_BODY: usize = Self::HIDDEN + 1;
    const READERS: usize = Self::HIDDEN + 2;

    /// Whether the hint of this number is in the set.
    pub(super) fn has(self, hint: usize) -> bool {
        self.0 >> hint & 1 == 1
    }

    /// Those of both.
    #[must_use]
    pub(super) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn add(&mut self, hint: usize) {
        self.0 |= 1 << hint;
    }

    /// Whether the set holds the hint of this name.
    pub(super) fn names(self, name: &str) -> bool {
        (0..Self::COUNT).any(|hint| self.has(hint) && Self::name(hint) == name)
    }

    /// The name of the hint of this number.
    pub(super) fn name(hint: usize) -> &'static str {
        match hint {
            Self::HIDDEN => "hidden",
            Self::ARTICLE_BODY => "article-body",
            Self::READERS => "readers",
            _ => WORDS
                .iter()
                .map(|(name, _)| *name)
                .chain(ELEMENTS.iter().copied())
                .nth(hint)
                .unwrap_or_default(),
        }
    }
}

const _: () = assert!(Hints::COUNT <= 32, "every hint has its own place in the set");

/// Parts of names, in lower case, by what they hint at.
#[rustfmt::skip]
const WORDS: &[(&str, &[&str])] = &[
    ("comment", &["comment", "disqus", "discussion", "replies", "respond", "kommentar", "komentar"]),
    ("related", &[
        "related", "recirc", "recommend", "readmore", "read-more", "read_more", "readnext", "more-",
        "morenews", "similar", "seealso", "see-also", "see_also", "rich-link", "richlink", "most",
        "popular", "latest", "trending", "outbrain", "taboola", "zergnet", "alsoread", "also-read",
    ]),
    ("teaser", &["teaser", "promo", "card", "feed", "stream", "grid", "carousel", "slider", "thumb", "tease"]),
    ("appeal", &[
        "newsletter", "subscri", "signup", "sign-up", "paywall", "donat", "member", "cta", "callout",
        "banner", "cookie", "consent", "gdpr", "login", "register", "modal", "popup", "overlay",
    ]),
    ("advert", &[
        "advert", "sponsor", "ad-", "ads-", "-ad", "-ads", "_ad", "ad_", "dfp", "affiliate", "shop",
        "product", "offer", "buy", "deal", "price",
    ]),
    ("share", &["share", "sharing", "social", "addthis", "follow", "toolbar", "tools", "print"]),
    ("author", &["author", "byline", "bio", "contributor", "writer", "autor"]),
    ("date", &["date", "time", "publish", "posted", "meta", "info"]),
    ("picture", &[
        "caption", "credit", "photo", "image", "img", "picture", "gallery", "slideshow", "video",
        "player", "media", "figure", "foto",
    ]),
    ("menu", &[
        "nav", "menu", "crumb", "pager", "pagination", "tags", "tag-", "topic", "categor", "skip",
        "toc", "search",
    ]),
    ("side", &["sidebar", "side-", "aside", "rail", "right", "widget", "module", "infobox", "box", "col2", "secondary"]),
    ("edge", &["foot", "header", "masthead", "copyright", "disclaimer", "legal", "top-", "bottom"]),
    ("body", &["body", "content", "entry", "post", "text", "detail", "copy", "paragraph", "prose", "wysiwyg"]),
    ("story", &["article", "story", "news", "main"]),
    ("lead", &[
        "lead", "lede", "standfirst", "summary", "intro", "dek", "deck", "subtitle", "sub-title",
        "subhead", "excerpt", "descr", "abstract", "anons", "perex", "chapo", "sapo", "strap",
    ]),
    ("title", &["title", "headline", "heading"]),
    ("embed", &["tweet", "twitter", "instagram", "embed", "facebook"]),
];

/// Elements that say something of what is within them.
#[rustfmt::skip]
const ELEMENTS: &[&str] = &[
    "article", "main", "aside", "nav", "footer", "header", "form", "figure", "table", "ul",
    "blockquote",
];

/// Names of the places where readers have their say, and nothing else.
#[rustfmt::skip]
const COMMENTS: &[&str] = &[
    "comments", "disqus_thread", "commentlist", "comment-list", "comments-area", "comments-list",
];

static NAMES: LazyLock<(Regex, HashMap<&str, usize, FixedState>)> = LazyLock::new(|| {
    let hints = || WORDS.iter().enumerate();
    // The longest first, as of those that start at one place the first is taken.
    let mut words: Vec<&str> = hints().flat_map(|(_, (_, words))| words.iter().copied()).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let pattern = words.iter().map(|word| regex::escape(word)).collect::<Vec<_>>().join("|");
    let pattern = RegexBuilder::new(&pattern).unicode(false).build();
    let pattern = pattern.expect("escaped words are a pattern");
    let by_word =
        hints().flat_map(|(hint, (_, words))| words.iter().map(move |word| (*word, hint)));
    (pattern, by_word.collect())
});

/// What is said by an element called `name` with these attributes.
pub(super) fn of_element<'a>(
    name: &str,
    attributes: impl Iterator<Item = (&'a str, &'a str)>,
) -> Hints {
    let mut hints = Hints::default();
    let element = if name == "ol" { "ul" } else { name };
    if let Some(at) = ELEMENTS.iter().position(|known| *known == element) {
        hints.add(WORDS.len() + at);
    }
    for (key, value) in attributes {
        match key {
            "class" | "id" | "role" | "data-component" | "data-testid" => {
                of_name(value, &mut hints);
                if value.split_ascii_whitespace().any(|word| COMMENTS.contains(&word)) {
                    hints.add(Hints::READERS);
                }
            }
            "itemprop" if value == "comment" => hints.add(Hints::READERS),
            "itemprop" if value.eq_ignore_ascii_case("articleBody") => {
                hints.add(Hints::ARTICLE_BODY);
            }
            "hidden" => hints.add(Hints::HIDDEN),
            "aria-hidden" if value == "true" => hints.add(Hints::HIDDEN),
            "style" if value.contains("display:none") || value.contains("display: none") => {
                hints.add(Hints::HIDDEN);
            }
            _ => {}
        }
    }
    hints
}

fn of_name(name: &str, hints: &mut Hints) {
    /// Longer names are of machines, not of people.
    const LONGEST: usize = 400;
    let (pattern, by_word) = &*NAMES;
    let end = (0..=name.len().min(LONGEST)).rev().find(|&at| name.is_char_boundary(at));
    let lower = name[..end.unwrap_or(0)].to_ascii_lowercase();
    for found in pattern.find_iter(&lower) {
        if let Some(&hint) = by_word.get(found.as_str()) {
            hints.add(hint);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(element: &str, class: &str) -> Vec<&'static str> {
        let hints = of_element(element, [("class", class)].into_iter());
        (0..Hints::COUNT).filter(|&hint| hints.has(hint)).map(Hints::name).collect()
    }

    #[test]
    fn a_name_is_read_however_its_words_are_joined() {
        for class in ["related-body", "relatedBody", "RELATED_body", "x related y body"] {
            assert_eq!(names("div", class), ["related", "body"], "for `{class}`");
        }
        assert_eq!(names("div", "css-1x9z"), Vec::<&str>::new());
    }

    #[test]
    fn elements_hint_by_themselves() {
        assert_eq!(names("aside", ""), ["aside"]);
        assert_eq!(names("ol", ""), ["ul"]);
        let hidden = of_element("div", [("style", "color:red;display:none")].into_iter());
        assert!(hidden.names("hidden"));
        let body = of_element("div", [("itemprop", "articleBody")].into_iter());
        assert!(body.names("article-body") && !body.names("hidden"));
    }
}
