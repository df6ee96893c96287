//! The page as a row of blocks: the pieces of text that stand between the bounds of block elements
//! and line breaks.
//!
//! # Invariants
//!
//! - Blocks stand in the order of the page and hold all its visible text, each piece once.
//! - No sentence is ever glued to the next block's.
//!
//! # Cost
//!
//! One walk over the tree.

use std::collections::HashMap;
use std::ops::Range;

use dom_query::{Document, NodeRef};
use foldhash::fast::FixedState;

use super::hints::{Hints, of_element};
use crate::clean::lines::Kind;
use crate::clean::words::{count_words, ends_sentence};
use crate::metadata::one_line;

/// Most blocks looked at; long pages have a few thousand.
const MOST_BLOCKS: usize = 50_000;

/// One piece of text of a page.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// On one line, never empty.
    pub(super) text: String,
    /// What its words look like, by themselves.
    pub(super) kind: Kind,
    pub(super) words: usize,
    pub(super) ends_sentence: bool,
    /// Part of its characters that are links.
    pub(super) link_density: f32,
    /// The innermost block element that it stands in.
    pub(super) element: usize,
}

/// A block element that holds text.
#[derive(Clone, Debug)]
pub(super) struct Element {
    pub(super) name: String,
    /// The block element around it; the outermost is its own.
    pub(super) parent: usize,
    /// What its own name says.
    pub(super) own: Hints,
    /// What the names of all elements around it say, and its own.
    pub(super) all: Hints,
    /// Elements of the same name and class are of one make.
    pub(super) make: u64,
    /// How many of its siblings are of its make, itself included.
    pub(super) twins: usize,
    /// The blocks within it.
    pub(super) blocks: Range<usize>,
}

/// The text of a page, and the elements that it stands in.
#[derive(Clone, Debug, Default)]
pub(super) struct Blocks {
    pub(super) blocks: Vec<Block>,
    pub(super) elements: Vec<Element>,
}

impl Blocks {
    /// The elements around a block, the innermost first, without the outermost one.
    pub(super) fn around(&self, block: usize) -> impl Iterator<Item = &Element> {
        let mut at = self.blocks[block].element;
        std::iter::from_fn(move || {
            let element = &self.elements[at];
            (at != element.parent).then(|| {
                at = element.parent;
                element
            })
        })
    }
}

/// Elements whose text is not part of what a page shows.
const UNSEEN: &[&str] = &[
    "head", "script", "style", "noscript", "template", "svg", "iframe", "select", "option",
    "textarea", "button", "object", "canvas", "audio", "video", "math", "title",
];

/// Elements that start a new line.
#[rustfmt::skip]
const BLOCK_ELEMENTS: &[&str] = &[
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1",
    "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "html", "legend", "li", "main", "menu", "nav",
    "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
];

/// Reads the blocks of a page.
pub(super) fn read(page: &Document) -> Blocks {
    let mut reader = Reader::default();
    reader.enter(&page.root(), "");
    // A stack, not recursion, as elements may lie deep.
    let mut steps: Vec<Step> = page.root().children_it(true).map(Step::Start).collect();
    while let Some(step) = steps.pop() {
        match step {
            Step::Start(node) => {
                if reader.blocks.len() < MOST_BLOCKS && reader.start(&node) {
                    steps.push(Step::End(node));
                    steps.extend(node.children_it(true).map(Step::Start));
                }
            }
            Step::End(node) => reader.end(&node),
        }
    }
    reader.finish()
}

/// One step of the walk through a tree.
enum Step<'a> {
    Start(NodeRef<'a>),
    End(NodeRef<'a>),
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    elements: Vec<Element>,
    open: Vec<usize>,
    text: String,
    link_characters: usize,
    open_links: usize,
}

impl Reader {
    /// Starts a node; whether what is within it is to be read.
    fn start(&mut self, node: &NodeRef) -> bool {
        if node.is_text() {
            let text = node.text();
            if self.open_links > 0 {
                self.link_characters += text.chars().filter(|c| !c.is_whitespace()).count();
            }
            self.text.push_str(&text);
            return true;
        }
        let Some(name) = node.node_name() else { return false };
        if UNSEEN.contains(&&*name) {
            return false;
        }
        if &*name == "a" {
            self.open_links += 1;
        } else if matches!(&*name, "br" | "hr") {
            self.flush();
        } else if BLOCK_ELEMENTS.contains(&&*name) {
            self.flush();
            self.enter(node, &name);
        }
        true
    }

    fn end(&mut self, node: &NodeRef) {
        let Some(name) = node.node_name() else { return };
        if &*name == "a" {
            self.open_links = self.open_links.saturating_sub(1);
        } else if BLOCK_ELEMENTS.contains(&&*name) {
            self.flush();
            let end = self.blocks.len();
            if let Some(element) = self.open.pop() {
                self.elements[element].blocks.end = end;
            }
        }
    }

    fn enter(&mut self, node: &NodeRef, name: &str) {
        let attributes = node.attrs();
        let pairs = attributes.iter().map(|attribute| (&*attribute.name.local, &*attribute.value));
        let parent = self.open.last().copied();
        // What stands on the outermost elements is true of the whole page.
        let own = match name {
            "" | "html" | "body" => Hints::default(),
            _ => of_element(name, pairs.clone()),
        };
        let class = pairs.clone().find(|(key, _)| *key == "class").map_or("", |(_, class)| class);
        let make = xxhash_rust::xxh3::xxh3_64_with_seed(
            class.as_bytes(),
            xxhash_rust::xxh3::xxh3_64(name.as_bytes()),
        );
        let at = self.elements.len();
        let around = parent.map_or(Hints::default(), |parent| self.elements[parent].all);
        let start = self.blocks.len();
        self.elements.push(Element {
            name: name.to_owned(),
            parent: parent.unwrap_or(at),
            own,
            all: around.with(own),
            make,
            twins: 1,
            blocks: start..start,
        });
        self.open.push(at);
    }

    /// Ends the block under way.
    fn flush(&mut self) {
        let text = one_line(&self.text);
        self.text.clear();
        let linked = std::mem::take(&mut self.link_characters);
        let Some(&element) = self.open.last() else { return };
        if text.is_empty() {
            return;
        }
        let characters = text.chars().filter(|c| !c.is_whitespace()).count();
        self.blocks.push(Block {
            kind: Kind::of(&text),
            words: count_words(&text),
            ends_sentence: ends_sentence(&text),
            #[expect(clippy::cast_precision_loss, reason = "a share, to three digits")]
            link_density: linked.min(characters) as f32 / characters.max(1) as f32,
            text,
            element,
        });
    }

    fn finish(mut self) -> Blocks {
        self.flush();
        let end = self.blocks.len();
        for element in self.open.drain(..) {
            self.elements[element].blocks.end = end;
        }
        let mut twins: HashMap<(usize, u64), usize, FixedState> = HashMap::default();
        for element in self.elements.iter().filter(|element| !element.blocks.is_empty()) {
            *twins.entry((element.parent, element.make)).or_default() += 1;
        }
        for element in &mut self.elements {
            element.twins = twins.get(&(element.parent, element.make)).copied().unwrap_or(0);
        }
        Blocks { blocks: self.blocks, elements: self.elements }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(html: &str) -> Vec<String> {
        read(&Document::from(html)).blocks.into_iter().map(|block| block.text).collect()
    }

    #[test]
    fn text_is_parted_at_block_elements_and_line_breaks_only() {
        assert_eq!(
            texts(
                "<div>One <b>two</b><a href=x>three</a><p>four</p>five<br>six<script>no</script>\
                 <ul><li>seven<li>eight</ul></div><td>nine"
            ),
            ["One twothree", "four", "five", "six", "seven", "eight", "nine"]
        );
        assert_eq!(texts(""), Vec::<String>::new());
    }

    #[test]
    fn a_block_knows_its_links_and_what_is_around_it() {
        let page = Document::from(
            "<div class=related><ul><li><a>abcd</a> efgh</li><li>x</li></ul></div><p>y</p>",
        );
        let read = read(&page);
        assert!((read.blocks[0].link_density - 0.5).abs() < 0.01);
        let around: Vec<&str> = read.around(0).map(|element| &*element.name).collect();
        assert_eq!(around, ["li", "ul", "div", "body", "html"]);
        let element = &read.elements[read.blocks[0].element];
        assert_eq!((element.twins, element.blocks.clone()), (2, 0..1));
        assert!(element.all.names("related") && element.all.names("ul"));
        assert!(!read.elements[read.blocks[2].element].all.names("related"));
    }
}
