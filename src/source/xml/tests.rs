//! Each kind of document gives its articles with what it says of them; what is no article is named.

use std::ops::ControlFlow;

use encoding_rs::{UTF_8, WINDOWS_1251};

use crate::article::ArticleWarning;
use crate::extract::{Recipe, extract};
use crate::metadata::parse_date;
use crate::reject::Reject;
use crate::source::tests::{Fixture, check, gzip};
use crate::source::{Content, RawDocument, ReadOptions, read};

fn outcomes(bytes: impl AsRef<[u8]>) -> Vec<Result<RawDocument, Reject>> {
    let mut outcomes = Vec::new();
    let file = Fixture::new("a.xml", bytes);
    let summary = read(&file.file(), &ReadOptions::default(), &mut |outcome| {
        outcomes.push(outcome);
        ControlFlow::Continue(())
    });
    outcomes.extend(summary.err().map(Err));
    outcomes
}

/// What a document says, a field a line, those that it does not state left out.
fn shown(document: &RawDocument) -> Vec<String> {
    let Content::Decoded(text) = &document.content else { panic!("text in bytes") };
    let declared = &document.declared;
    let date = declared.date.as_deref().map(|date| {
        parse_date(date).map_or_else(|| format!("unreadable {date}"), |when| when.to_string())
    });
    let fields = [
        ("id", &document.source_id),
        ("title", &declared.title),
        ("date", &date),
        ("tag", &declared.tag),
        ("url", &declared.url),
        ("language", &declared.language),
        ("author", &declared.author),
        ("publisher", &declared.publisher),
    ];
    let fields = fields
        .into_iter()
        .filter_map(|(name, value)| value.as_ref().map(|value| format!("{name}: {value}")));
    fields.chain([format!("{:?}: {text}", document.media)]).collect()
}

/// Checks what the only record in `xml` says.
#[track_caller]
fn check_one(xml: &str, expected: &[&str]) {
    let outcomes = outcomes(xml);
    let [Ok(document)] = outcomes.as_slice() else { panic!("not one document: {outcomes:?}") };
    assert_eq!(shown(document), expected, "for {xml}");
}

fn rss(items: &str) -> String {
    format!(
        "<?xml version='1.0'?>\n<rss version='2.0' xmlns:dc='d' xmlns:content='c'><channel>\
         <title>Daily Gull &amp;amp; Co</title><image><title>Logo</title></image>\
         <language>en-gb</language>{items}</channel></rss>"
    )
}

#[test]
fn an_item_of_rss_says_what_it_says() {
    check_one(
        &rss(
            "<item><title>Port &lt;b&gt;opens&lt;/b&gt;&amp;#8217;</title><link> https://gull.example/1 </link>\
              <description>Teaser</description><content:encoded><![CDATA[<p>One &amp; two.</p>]]></content:encoded>\
              <pubDate>Thu, 17 Nov 2022 10:15:00 +0600</pubDate><dc:creator>By Ann Lee</dc:creator>\
              <category>Asia</category><guid isPermaLink='false'>g-1</guid></item>",
        ),
        &[
            "id: g-1",
            "title: Port opens’",
            "date: 2022-11-17T10:15:00+06:00",
            "url: https://gull.example/1",
            "language: en-gb",
            "author: Ann Lee",
            "publisher: Daily Gull & Co",
            "Html: <p>One &amp; two.</p>",
        ],
    );
}

#[test]
fn an_item_may_be_a_teaser_or_a_headline_alone() {
    check_one(
        &rss("<item><title>Port opens</title><guid>https://gull.example/1</guid>\
              <author>ann@gull.example (Ann Lee)</author><source url='x'>The Tern</source>\
              <description>Tom &amp;amp; Ann&amp;#39;s ship came.</description></item>"),
        &[
            "id: https://gull.example/1",
            "title: Port opens",
            "url: https://gull.example/1",
            "language: en-gb",
            "author: Ann Lee",
            "publisher: The Tern",
            "Text: Tom & Ann's ship came.",
        ],
    );
    let picture = rss(
        "<item><title>Port opens</title><description>&lt;img src='a.png'&gt;</description></item>",
    );
    let document = outcomes(picture).remove(0).expect("a record");
    let article = extract(document, &Recipe::default()).expect("an article");
    assert_eq!(
        (article.body.as_str(), article.warnings),
        ("Port opens", vec![ArticleWarning::HeadlineOnly])
    );
}

#[test]
fn a_teaser_with_markup_is_an_article() {
    let teaser = rss("<item><title>Port opens</title><description>&lt;p&gt;The port of Gullton \
                      opened on Monday.&lt;/p&gt;</description></item>");
    let document = outcomes(teaser).remove(0).expect("a record");
    let article = extract(document, &Recipe::default()).expect("an article");
    assert_eq!(article.body, "The port of Gullton opened on Monday.");
}

#[test]
fn rss_of_the_first_version_is_read() {
    check_one(
        "<rdf:RDF xmlns='http://purl.org/rss/1.0/'><channel rdf:about='x'><title>Gull</title><items>\
         <rdf:Seq><rdf:li resource='y'/></rdf:Seq></items></channel><item rdf:about='https://gull.example/2'>\
         <title>Port</title><link>https://gull.example/2</link><description>One.</description>\
         <dc:date>2004-05-06T07:08+01:00</dc:date></item></rdf:RDF>",
        &[
            "id: https://gull.example/2",
            "title: Port",
            "date: 2004-05-06T07:08:00+01:00",
            "url: https://gull.example/2",
            "publisher: Gull",
            "Text: One.",
        ],
    );
}

#[test]
fn an_entry_of_atom_says_what_it_says() {
    check_one(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='fr' xml:base='https://gull.example/news/'>\
         <title>Gull</title><author><name>Staff</name></author><entry><id>tag:1</id><title type='html'>Port\
         &amp;nbsp;opens</title><link rel='self' href='x'/><link href='1.html'/><updated>2023-01-01</updated>\
         <published>2022-11-17T10:15:00Z</published><content type='xhtml'><div><p>One.</p></div></content>\
         <summary>Teaser</summary></entry></feed>",
        &[
            "id: tag:1",
            "title: Port opens",
            "date: 2022-11-17T10:15:00Z",
            "url: https://gull.example/news/1.html",
            "language: fr",
            "author: Staff",
            "publisher: Gull",
            "Html: <div><p>One.</p></div>",
        ],
    );
}

#[test]
fn a_change_is_no_publication_and_content_elsewhere_is_no_text() {
    check_one(
        "<feed><entry xml:lang='de'><title>Port</title><updated>2023-01-01T00:00:00Z</updated>\
         <link href='https://gull.example/1'/><author><name>A</name></author><author><name>B</name></author>\
         <source><title>Tern</title></source><content src='x' type='video/mp4'/>\
         <summary type='html'>&lt;p>One.</summary></entry></feed>",
        &[
            "title: Port",
            "url: https://gull.example/1",
            "language: de",
            "author: A, B",
            "publisher: Tern",
            "Html: <p>One.",
        ],
    );
}

#[test]
fn a_site_map_for_news_gives_headlines() {
    let news = "<url><loc>https://gull.example/1</loc><news:news><news:publication><news:name>Gull\
                </news:name><news:language>en</news:language></news:publication><news:publication_date>\
                2022-11-17</news:publication_date><news:title>Port opens</news:title></news:news></url>";
    let map = |pages: &str| format!("<?xml version='1.0'?><urlset xmlns='x'>{pages}</urlset>");
    check_one(
        &map(&format!("<url><loc>https://gull.example/</loc></url>{news}")),
        &[
            "title: Port opens",
            "date: 2022-11-17",
            "url: https://gull.example/1",
            "language: en",
            "publisher: Gull",
            "Text: ",
        ],
    );
    check(
        "a.xml",
        map("<url><loc>https://gull.example/</loc></url>"),
        &["unsupported: a site map without news: it gives addresses alone"],
    );
    check("a.xml", map(""), &["empty: it holds no record"]);
}

const NITF: &str = "<nitf xml:lang='en'><head><title>Not this</title><docdata><doc-id id-string='n-1'/>\
    <date.issue norm='20221117T101500+0600'/><identified-content><location>Gullton</location><location>\
    Ternia</location></identified-content></docdata><pubdata name='Gull Wire'/></head><body><body.head>\
    <hedline><hl1>Port <em>opens</em></hl1><hl2>At last</hl2></hedline><byline>By <person>Ann Lee</person>\
    <byttl>Reporter</byttl></byline><dateline><location>GULLTON</location></dateline></body.head>\
    <body.content><block><p>The <org>Port</org>\n opened.</p><media><media-caption>A picture\
    </media-caption></media><p>Ships came.</p></block></body.content><body.end><tagline>END</tagline>\
    </body.end></body></nitf>";

#[test]
fn a_document_of_nitf_is_an_article() {
    check_one(
        &format!("<?xml version='1.0'?>\n<!DOCTYPE nitf SYSTEM 'nitf.dtd'>\n{NITF}\n"),
        &[
            "id: n-1",
            "title: Port opens",
            "date: 2022-11-17T10:15:00+06:00",
            "tag: Gullton, Ternia",
            "language: en",
            "author: Ann Lee",
            "publisher: Gull Wire",
            "Text: At last\nGULLTON - The Port opened.\nShips came.",
        ],
    );
}

fn newsml(status: &str, content: &str) -> String {
    format!(
        "<newsItem guid='urn:1' xml:lang='en'><itemMeta><provider qcode='nprov:GULL'><name>Gull Wire</name>\
         </provider><versionCreated>2022-11-18T00:00:00Z</versionCreated><firstCreated>2022-11-17T10:15:00Z\
         </firstCreated><pubStatus qcode='stat:{status}'/></itemMeta><contentMeta><contentCreated>2022-11-16\
         </contentCreated><located type='cptType:city' qcode='city:1'><name>Tern Bay</name></located>\
         <by>By Ann Lee</by><language tag='en-GB'/><headline>Port opens</headline><subject type='cpnat:geoArea' \
         qcode='N2:GU'><name>Gullton</name></subject><subject type='cpnat:abstract' qcode='subj:1'/>\
         </contentMeta><contentSet>{content}</contentSet></newsItem>"
    )
}

#[test]
fn an_item_of_newsml_says_what_it_says() {
    let said = [
        "id: urn:1",
        "title: Port opens",
        "date: 2022-11-17T10:15:00Z",
        "tag: Gullton",
        "language: en-GB",
        "author: Ann Lee",
        "publisher: Gull Wire",
    ];
    let page =
        "<html xmlns='h'><head><title>x</title></head><body><p>One.</p><p>Two.</p></body></html>";
    for (content, text) in [
        (
            format!("<inlineXML contenttype='application/nitf+xml'>{NITF}</inlineXML>"),
            "Text: At last\nGULLTON - The Port opened.\nShips came.",
        ),
        (format!("<remoteContent href='a.jpg'/><inlineXML>{page}</inlineXML>"), "Text: One.\nTwo."),
        ("<inlineData contenttype='text/plain'>One.</inlineData>".to_owned(), "Text: One."),
        ("<inlineData>&lt;p>One.&lt;/p></inlineData>".to_owned(), "Html: <p>One.</p>"),
    ] {
        check_one(&newsml("usable", &content), &[&said[..], &[text]].concat());
    }
}

#[test]
fn a_message_of_newsml_holds_items_of_which_lists_are_none_and_cancelled_ones_are_named() {
    let message = format!(
        "<newsMessage><header><sent>2022</sent></header><itemSet><packageItem guid='p'><groupSet/></packageItem>\
         {}{}</itemSet></newsMessage>",
        newsml("canceled", ""),
        newsml("usable", "<inlineData>One.</inlineData>"),
    );
    let found: Vec<String> = outcomes(message)
        .into_iter()
        .map(|outcome| match outcome {
            Ok(document) => format!("{}: a document", document.locator.record),
            Err(reject) => format!(
                "{}: {}: {}",
                reject.record.expect("a number"),
                reject.reason,
                reject.detail
            ),
        })
        .collect();
    assert_eq!(found, ["1: withdrawn: the agency has cancelled the item", "2: a document"]);
}

#[test]
fn encodings_are_taken_off() {
    let feed =
        rss("<item><title>Выборы</title><description>Участки открылись.</description></item>");
    let declared = feed.replace("version='1.0'", "version='1.0' encoding='windows-1251'");
    let (narrow, _, _) = WINDOWS_1251.encode(&declared);
    let wide: Vec<u8> = format!("\u{FEFF}{}", feed.replace("'1.0'?", "'1.0' encoding='UTF-16'?"))
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for (bytes, charset) in [
        (feed.clone().into_bytes(), "UTF-8"),
        (declared.clone().into_bytes(), "UTF-8"),
        (narrow.into_owned(), "windows-1251"),
        (gzip(&wide), "UTF-16LE"),
        (wide, "UTF-16LE"),
    ] {
        let document = outcomes(bytes).remove(0).expect("a record");
        assert_eq!(document.content, Content::Decoded("Участки открылись.".into()), "in {charset}");
        assert_eq!(document.charset.unwrap_or(UTF_8).name(), charset);
        assert_eq!(document.warnings, []);
    }
}

#[test]
fn a_damaged_feed_is_read_as_far_as_it_makes_sense() {
    check(
        "feed",
        "<rss><item><description>Tom & Ann&nbsp;R&D < 5</description><b></item><item><title>x<item>\
         <description>Two.</item><item><description>Three",
        &[
            "0 at 5: Text Tom & Ann R&D < 5",
            "1: bad-record: the record at byte 70 has no end before the next begins",
            "2 at 84: Text Two.",
            "3: cut-short: the file ends in the record at byte 114",
        ],
    );
    check(
        "a.xml",
        "<rss><channel><title>Gull</title></channel></rss>",
        &["empty: it holds no record"],
    );
}

#[test]
fn records_are_bounded_in_size_and_depth() {
    let long = format!(
        "<rss><item>{}</item><item><description>Two.</description></item></rss>",
        "x".repeat(200)
    );
    check(
        "a.xml",
        long,
        &["0: too-large: the record at byte 5 is larger than 200 bytes", "1 at 218: Text Two."],
    );
    let deep = outcomes(format!("<rss><item>{}</item></rss>", "<a>".repeat(300))).remove(0);
    let reject = deep.expect_err("no record");
    assert_eq!(reject.detail, "the record at byte 5: more than 256 elements in one another");
    let bomb = "<!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><rss><item><title>&b;</title></item></rss>";
    let document = outcomes(bomb).remove(0).expect("a record");
    assert_eq!(document.declared.title.as_deref(), Some("&b;"), "no entity is expanded");
}

proptest::proptest! {
    #[test]
    fn any_markup_has_an_outcome(
        parts in proptest::collection::vec(
            proptest::sample::select(vec![
                "<item>", "</item>", "<title>", "</title>", "<description>", "<![CDATA[", "]]>", "<!--",
                "-->", "&", "&#x;", "&amp;", "<", ">", "x", "<p/>", "<a b='", "'", "<?", "?>", "é", "\0",
            ]),
            0..30,
        ),
    ) {
        let _ = outcomes(format!("<rss>{}", parts.concat()));
    }
}
