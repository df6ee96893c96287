//! Which parts of a page's own title stand on the page again, by themselves.
//!
//! A part that a reader sees as a text of its own is the headline; one that is a link is the name
//! of a section or of the site. That holds in every script and for every kind of mark, where lists
//! of names and of separators do not.

use dom_query::{Document, NodeRef};
use foldhash::{HashMap, HashMapExt as _};

use super::squeezed;
use crate::metadata::harvest::short_text;

/// Levels above a text at which a link or a heading around it is looked for.
const LEVELS: usize = 4;

/// What was found of each part, by its letters and digits.
#[derive(Debug, Default)]
pub(super) struct Echoes(HashMap<String, Echo>);

/// How a part stands on the page.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
struct Echo {
    /// As text, or as a heading.
    shown: bool,
    /// As a link.
    linked: bool,
}

impl Echoes {
    /// Looks for `parts` on `page`.
    pub(super) fn of<'p>(page: &Document, parts: impl IntoIterator<Item = &'p str>) -> Self {
        let mut found: HashMap<String, Echo> = HashMap::new();
        found.extend(parts.into_iter().map(|part| (squeezed(part), Echo::default())));
        found.remove("");
        let Some(longest) = found.keys().map(String::len).max() else { return Self(found) };
        for node in page.root().descendants_it() {
            let text = if node.is_text() {
                node.text().to_string()
            } else if is_heading(&node) {
                short_text(&node).unwrap_or_default()
            } else {
                continue;
            };
            let text = text.trim();
            // Punctuation and spaces are not counted in `longest`.
            if text.is_empty() || text.len() > 2 * longest + 64 {
                continue;
            }
            if let Some(echo) = found.get_mut(&squeezed(text)) {
                echo.note(&node);
            }
        }
        Self(found)
    }

    /// Whether a reader sees `part` as a text of its own.
    pub(super) fn is_shown(&self, part: &str) -> bool {
        self.get(part).shown
    }

    /// Whether `part` is the whole text of a link.
    pub(super) fn is_link(&self, part: &str) -> bool {
        self.get(part).linked
    }

    fn get(&self, part: &str) -> Echo {
        self.0.get(&squeezed(part)).copied().unwrap_or_default()
    }
}

impl Echo {
    fn note(&mut self, node: &NodeRef) {
        let mut around = Some(*node);
        let mut in_link = false;
        for _ in 0..=LEVELS {
            let Some(node) = around else { break };
            match node.node_name().as_deref() {
                Some("script" | "style" | "title" | "head" | "noscript" | "option") => return,
                Some("a") => in_link = true,
                // The headline of an article may link to the article.
                Some("h1" | "h2" | "h3") => self.shown = true,
                _ => {}
            }
            around = node.parent();
        }
        self.linked |= in_link;
        self.shown |= !in_link;
    }
}

fn is_heading(node: &NodeRef) -> bool {
    matches!(node.node_name().as_deref(), Some("h1" | "h2" | "h3"))
}
