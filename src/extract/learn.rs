//! Shows documents to those who learn what sites repeat, and where they are at home.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::site_of;
use crate::article::{ArticleId, Language};
use crate::clean::{self, Learner, Samples, Templates};
use crate::entity::Story;
use crate::region::{Home, Vote, votes};
use crate::source::{Content, Media, RawDocument};

/// Fingerprints of lines that are held at most while learning, eight bytes each: 32 MB.
const MOST_LINES: usize = 4 << 20;

/// Documents of a site by which its home is told.
const DOCUMENTS: usize = 32;

/// Votes for homes that are held at most while learning, twelve bytes each: 12 MB.
const MOST_VOTES: usize = 1 << 20;

/// On a page a line of so many bytes is likely a sentence; menus are made of shorter ones.
const SENTENCE: usize = 60;

/// Bytes of a document that are read for where it is from, the head of it.
const HEAD: usize = 3_000;

/// What the learners see of a document.
#[derive(Debug)]
pub struct Sample {
    /// The site that it is of.
    pub site: String,
    /// Whether what the site repeats can be learned from it.
    pub is_page: bool,
    /// Its key, the same for the same record of the same file.
    key: u64,
    /// The fingerprints of its distinct lines; `None` where the learner does not want them.
    lines: Option<Vec<u64>>,
    /// Which countries and provinces it speaks of; `None` where the learner does not want them.
    votes: Option<Vec<Vote>>,
}

/// What is wanted of a document.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Wanted {
    /// Its lines.
    pub lines: bool,
    /// The countries that it speaks of.
    pub votes: bool,
}

impl Sample {
    /// A document of which nothing is read yet; `None` where its site is not known, or where it is an
    /// article that was made before.
    pub fn of(raw: &RawDocument) -> Option<Self> {
        let is_made = matches!(raw.content, Content::Record(_));
        let site = site_of(raw).filter(|_| !is_made)?;
        let key = ArticleId::new(&raw.locator.path(), raw.locator.record).0;
        Some(Self { site, is_page: can_learn_from(raw), key, lines: None, votes: None })
    }

    /// Reads what is wanted. Never panics: of a document that makes it fail nothing is learned.
    pub fn read(&mut self, raw: &RawDocument, wanted: Wanted) {
        if wanted == Wanted::default() {
            return;
        }
        let read = AssertUnwindSafe(|| {
            let lines = shown(raw);
            let votes = wanted.votes.then(|| votes_of(raw, &lines));
            (wanted.lines.then(|| clean::distinct_lines(&lines)), votes)
        });
        let nothing = || (wanted.lines.then(Vec::new), wanted.votes.then(Vec::new));
        (self.lines, self.votes) = catch_unwind(read).unwrap_or_else(|_| nothing());
    }
}

/// Whether what a site repeats can be learned from `raw`: a record that states its headline is an
/// article that someone has cut out of its page already.
pub fn can_learn_from(raw: &RawDocument) -> bool {
    let is_made = matches!(raw.content, Content::Record(_));
    !is_made && (raw.media == Media::Html || raw.declared.title.is_none())
}

/// What a document shows, line by line.
fn shown(raw: &RawDocument) -> Vec<String> {
    let text = match &raw.content {
        Content::Decoded(text) | Content::Record(text) => clean::tidy(text.clone()),
        Content::Encoded(bytes) => clean::decode(bytes, raw.media, raw.charset).text,
    };
    match raw.media {
        Media::Html => clean::html_text(&text),
        Media::Text => clean::paragraphs(&text),
    }
}

/// The countries that the head of a document speaks of.
fn votes_of(raw: &RawDocument, lines: &[String]) -> Vec<Vote> {
    let mut body = String::with_capacity(HEAD);
    let shortest = if can_learn_from(raw) { SENTENCE } else { 0 };
    for line in lines.iter().filter(|line| line.len() >= shortest) {
        let room = line.floor_char_boundary(HEAD.saturating_sub(body.len()).min(line.len()));
        body.push_str(&line[..room]);
        body.push('\n');
        if body.len() >= HEAD {
            break;
        }
    }
    let title = raw.declared.title.as_deref().unwrap_or_default();
    let language = raw.declared.language.as_deref().and_then(Language::new);
    votes(&Story { title, body: &body, language })
}

/// All that is learned from documents before articles are made of them.
#[derive(Debug)]
pub struct Lessons {
    templates: Learner,
    homes: Samples<Vote>,
}

impl Default for Lessons {
    fn default() -> Self {
        let homes = Samples::new(DOCUMENTS, MOST_VOTES);
        Self { templates: Learner::new(MOST_LINES), homes }
    }
}

impl Lessons {
    /// What is wanted of a document; to be asked before it is read, as that costs a parse.
    pub fn wants(&self, sample: &Sample) -> Wanted {
        Wanted {
            lines: sample.is_page && self.templates.wants(&sample.site, sample.key),
            votes: self.homes.wants(&sample.site, sample.key),
        }
    }

    /// Learns from a document.
    pub fn show(&mut self, sample: Sample) {
        match &sample.lines {
            Some(lines) => self.templates.observe(&sample.site, sample.key, lines),
            None if sample.is_page => self.templates.pass(&sample.site),
            None => {}
        }
        match sample.votes {
            Some(votes) => self.homes.observe(&sample.site, sample.key, votes.into()),
            None => self.homes.pass(&sample.site),
        }
    }

    /// Documents of `site` that tell what it repeats.
    pub fn pages(&self, site: &str) -> u64 {
        self.templates.documents(site)
    }

    /// Documents of `site`.
    pub fn documents(&self, site: &str) -> u64 {
        self.homes.documents(site)
    }

    /// What each site repeats.
    pub fn templates(&self) -> Templates {
        self.templates.learn()
    }

    /// Where `site` is at home, where that can be told.
    pub fn home(&self, site: &str) -> Option<Home> {
        Home::of_votes(self.homes.of(site))
    }

    /// Where each site is at home.
    pub fn homes(&self) -> Homes {
        let homes = self.homes.sites();
        homes.filter_map(|site| Some((site.to_owned(), self.home(site)?))).collect()
    }
}

/// Where sites are at home.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Homes(BTreeMap<String, Home>);

impl FromIterator<(String, Home)> for Homes {
    fn from_iter<I: IntoIterator<Item = (String, Home)>>(homes: I) -> Self {
        Self(homes.into_iter().collect())
    }
}

impl Homes {
    /// Where `site` is at home, where that is known.
    pub fn of(&self, site: &str) -> Option<&Home> {
        self.0.get(site)
    }
}
