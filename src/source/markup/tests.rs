//! Trees are read leniently, lines come out as they are meant.

use encoding_rs::Encoding;

use super::*;

/// `element` as markup in one spelling.
fn shown(element: &Element) -> String {
    let node = |node: &Node| match node {
        Node::Text(text) => text.clone(),
        Node::Element(element) => format!("({} {})", element.name, shown(element)),
    };
    element.nodes.iter().map(node).collect()
}

#[track_caller]
fn check_tree(markup: &str, expected: &str) {
    let tree = tree::parse(markup).map_or_else(|(reason, _)| reason.to_string(), |e| shown(&e));
    assert_eq!(tree, expected, "for {markup}");
}

#[test]
fn what_is_not_quite_right_is_put_right() {
    check_tree("<A>x<b/>y</A>", "(a x(b )y)");
    check_tree("<a><b>x</a></c>y", "(a (b x))y");
    check_tree(
        "<a>AT&T, R&D; 5 < 6 &amp; &nbsp;&#233;&eacute;&#3;</a>",
        "(a AT&T, R&D; 5 < 6 & \u{A0}éé\u{3})",
    );
    check_tree("<a><![CDATA[<p>x & y</p> < 3]]></a>", "(a <p>x & y</p> < 3)");
    check_tree("<t><p>One<p>Two</t>", "(t (p One)(p Two))");
    check_tree("<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>", "(a &e;)");
    check_tree("<a><![CDATA[x</a>", "bad-record");
}

#[test]
fn deep_nesting_is_an_error_and_no_overflow() {
    check_tree(&"<a>".repeat(100_000), "too-deep");
    check_tree(&"<p>".repeat(3), "(p )(p )(p )");
}

#[test]
fn attributes_are_read_with_or_without_quotes() {
    let tree = tree::parse("<a X='1 &amp; 2' y=3 z>").expect("a tree");
    let a = tree.child("a").expect("an element");
    assert_eq!((a.attribute("x"), a.attribute("y")), (Some("1 & 2"), Some("3")));
    assert_eq!(a.attribute("z"), None);
}

#[test]
fn the_markup_of_an_element_is_kept_as_written() {
    let tree = tree::parse("<a><b><i>x</i> &amp; y</b></a>").expect("a tree");
    assert_eq!(tree.at(&["a", "b"]).map(Element::markup), Some("<i>x</i> &amp; y"));
}

#[test]
fn the_declaration_names_the_encoding() {
    for (head, expected) in [
        ("<?xml version='1.0' encoding='windows-1251'?><a>", Some("windows-1251")),
        ("\u{FEFF}\n<?xml version=\"1.0\" encoding = \"UTF-8\" ?>", Some("UTF-8")),
        ("<?xml version='1.0'?><a encoding='koi8-r'>", None),
        ("<?xml version='1.0' encoding='no such'?>", None),
    ] {
        let found = tree::declared_encoding(head.as_bytes()).map(Encoding::name);
        assert_eq!(found, expected, "for {head}");
    }
}

#[test]
fn blocks_are_lines_and_what_is_skipped_is_left_out() {
    let tree = tree::parse(
        "<x>Lead <em>one</em>\nand two<p>A <org>b</org>.</p><media>No</media><li>C</li></x>",
    );
    let text = blocks(&tree.expect("a tree"), &["media"]);
    assert_eq!(text, "Lead one and two\nA b.\nC");
}

#[test]
fn lines_of_a_fixed_width_become_paragraphs() {
    let text = "First line\nof one.\n    Second\nparagraph.\n\n\nThird.\n  Row 1\n  Row 2\n";
    assert_eq!(unwrapped(text), "First line of one.\nSecond paragraph.\nThird.\nRow 1\nRow 2");
    assert_eq!(unwrapped("  a\n  b\n"), "a b", "what indents every line says nothing");
}

#[test]
fn plain_text_has_no_tags_and_no_references() {
    assert_eq!(plain("<b>Tom</b> &amp; Ann&#8217;s\n 5 < 6"), "Tom & Ann’s 5 < 6");
    assert_eq!(
        plain("AT&T; wins &amp; wins &#x2014; & &#xD800;"),
        "AT&T; wins & wins — & &#xD800;"
    );
    assert!(has_markup("a<br>b") && !has_markup("5 < 6 > 4"));
    assert!(!has_words("<img src='a.png'> &nbsp;") && has_words("<p>1</p>"));
}
