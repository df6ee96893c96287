//! From raw text to the story: what is the article on a page, and what is the page's own furniture.
//!
//! Pure functions over values. [`decode`] turns bytes into Unicode, [`clean_html`] finds the story
//! in a page with markup, [`clean_text`] in a page that was saved as text.

mod asking;
mod charset;
mod guard;
mod html;
mod lines;
mod phrases;
mod scrape;
mod sentences;
mod story;
mod template;
mod words;

pub use charset::{Decoded, decode, mend, tidy};
pub(crate) use charset::{label, with_apostrophes};
pub use html::{clean_html, visible_text};
pub use scrape::{clean_record, clean_text};
pub(crate) use sentences::paragraphs;
pub use template::{
    Learner, Samples, Template, Templates, distinct_lines, html_lines, html_text, text_lines,
};
pub(crate) use words::ends_in_abbreviation;

use crate::article::{ArticleWarning, Language, Title, Traced, named_enum};
use crate::metadata::{Clues, PageFacts};

/// The story found in a page, with what the page itself says of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cleaned {
    /// The headline, where the page shows or states one.
    pub title: Option<Title>,
    /// The story: paragraphs separated by one newline; empty where there is none.
    pub body: String,
    /// What the publisher says the story is.
    pub description: Option<String>,
    /// Keywords that the publisher gave it.
    pub keywords: Vec<String>,
    /// The site's own region tag.
    pub tag: Option<String>,
    /// The section of the site.
    pub section: Option<String>,
    /// What may date the article.
    pub dates: Clues,
    /// The page's canonical address.
    pub url: Option<String>,
    /// The language that the page declares.
    pub language: Option<Language>,
    /// The newspaper, agency or site.
    pub publisher: Option<String>,
    /// The byline.
    pub author: Option<String>,
    /// What kind of page it is.
    pub kind: PageKind,
    /// The news agency that the byline names.
    pub wire: Option<&'static str>,
    /// How much the story reads like a whole article, in percent.
    pub quality: u8,
    /// Doubts about the outcome.
    pub warnings: Vec<ArticleWarning>,
    /// What became of each piece of the page, in its order, where that was weighed.
    pub trace: Vec<Traced>,
}

impl Cleaned {
    /// What was taken off and why, in the order of the page.
    pub fn removed(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.trace.iter().filter_map(Traced::removed)
    }
}

impl From<PageFacts> for Cleaned {
    /// What the page says of itself, without its story.
    fn from(facts: PageFacts) -> Self {
        Self {
            title: facts.title,
            description: facts.description,
            keywords: facts.keywords,
            tag: facts.tag,
            section: facts.section,
            dates: facts.dates,
            url: facts.url,
            language: facts.language,
            publisher: facts.publisher,
            author: facts.author,
            wire: facts.wire,
            ..Self::default()
        }
    }
}

named_enum! {
    /// What kind of page it is that an article is looked for in.
    PageKind {
        /// An article, or what may be one.
        Article = "article",
        /// A front page, a section or search results: a list of articles.
        Listing = "listing",
        /// The answer to a request that failed.
        Error = "error",
    }
}

impl Default for PageKind {
    /// What nobody has doubted is an article.
    fn default() -> Self {
        Self::Article
    }
}
