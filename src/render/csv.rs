//! Tables for spreadsheets and scripts: CSV as in RFC 4180, but with `\n` at the end of lines.
//!
//! Every text cell is changed in two ways, and no other:
//!
//! - It is made printable (see [`crate::text::printable`]), as CSV is often looked at on a terminal.
//! - One that starts with `=`, `+`, `-` or `@` gets a `'` in front. Spreadsheets take such a cell
//!   for a formula, and a formula that somebody else wrote can send away what the sheet holds
//!   (OWASP, "CSV Injection").
//!
//! A script that needs the exact text reads JSON.

use std::borrow::Cow;
use std::io::{self, Write};

use super::entities::NameRecord;
use super::evaluation::Row;
use super::listing::Listing;
use crate::evaluate::ranking::Measure;
use crate::reject::Reject;
use crate::search::{Hit, Hits};
use crate::text::printable;

/// A header and a row for each hit.
pub(super) struct HitRows;

impl Listing for HitRows {
    fn begin(&mut self, out: &mut dyn Write, _: &Hits) -> io::Result<()> {
        row(out, &HIT_COLUMNS.map(Cow::Borrowed))
    }

    fn hit(&mut self, out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
        row(out, &hit_row(hit, &[]))
    }

    fn end(&mut self, out: &mut dyn Write, answer: &Hits) -> io::Result<()> {
        answer.partial.iter().try_for_each(|it| row(out, &hit_row(&it.hit, &it.lacks)))
    }
}

/// The columns of a table of hits.
pub(super) const HIT_COLUMNS: [&str; 16] = [
    "rank",
    "score",
    "id",
    "date",
    "tag",
    "about",
    "publisher",
    "language",
    "title",
    "url",
    "path",
    "record",
    "snippet",
    "lacks",
    "copies",
    "first_id",
];

/// The cells of a hit. Codes of several countries are separated by `;`, and so are the words that an
/// article lacks; several snippets by ` … `.
pub(super) fn hit_row<'a>(hit: &'a Hit, lacks: &[String]) -> [Cow<'a, str>; HIT_COLUMNS.len()] {
    let article = &hit.article;
    let snippets: Vec<&str> = hit.snippets.iter().map(|snippet| snippet.text.as_str()).collect();
    [
        hit.rank.to_string().into(),
        hit.score.to_string().into(),
        cell(&article.id),
        optional(article.date.as_deref()),
        optional(article.tag.as_deref()),
        cell(&article.about.join(";")).into_owned().into(),
        optional(article.publisher.as_deref()),
        optional(article.language.as_deref()),
        cell(&article.title),
        optional(article.url.as_deref()),
        cell(&article.path),
        article.record.to_string().into(),
        cell(&snippets.join(" … ")).into_owned().into(),
        cell(&lacks.join(";")).into_owned().into(),
        hit.copies.as_ref().map(|it| it.copies.to_string()).unwrap_or_default().into(),
        optional(hit.copies.as_ref().map(|it| it.first_id.as_str())),
    ]
}

/// Writes a header and a row for each value of a field, its name for people and its articles.
pub(super) fn facets<'a>(
    out: &mut dyn Write,
    values: impl Iterator<Item = (Option<&'a str>, Option<&'a str>, u64)>,
) -> io::Result<()> {
    let row = |(value, label, articles): (Option<&'a str>, Option<&'a str>, u64)| {
        [optional(value), optional(label), articles.to_string().into()]
    };
    table(out, ["value", "label", "articles"], values.map(row))
}

/// Writes a header and the values of all measures for each run and topic.
pub(super) fn evaluation<'a>(
    out: &mut dyn Write,
    rows: impl Iterator<Item = Row<'a>>,
) -> io::Result<()> {
    let [ndcg, map, precision, recall, rank] = Measure::ALL.map(Measure::name);
    let header = ["run", "topic", ndcg, map, precision, recall, rank];
    let rows = rows.map(|(run, topic, [ndcg, map, precision, recall, rank])| {
        [
            cell(run),
            cell(&topic).into_owned().into(),
            ndcg.into(),
            map.into(),
            precision.into(),
            recall.into(),
            rank.into(),
        ]
    });
    table(out, header, rows)
}

/// Writes a header and a row for each name of each entity, whose kind and head come with it.
pub(super) fn entities<'a>(
    out: &mut dyn Write,
    names: impl Iterator<Item = (&'static str, &'a str, NameRecord<'a>)>,
) -> io::Result<()> {
    let row = |(kind, head, name): (&'static str, &'a str, NameRecord<'a>)| {
        [
            kind.into(),
            cell(head),
            cell(name.name),
            name.articles.to_string().into(),
            name.standing.into(),
            name.reason.unwrap_or_default().into(),
            name.detail.unwrap_or_default().into(),
            name.company.map(|company| company.to_string()).unwrap_or_default().into(),
        ]
    };
    let header = ["kind", "entity", "name", "articles", "standing", "reason", "detail", "company"];
    table(out, header, names.map(row))
}

/// Writes a header and a row for each reject.
pub(super) fn rejects(out: &mut dyn Write, rejects: &[Reject]) -> io::Result<()> {
    table(out, ["reason", "path", "record", "detail"], rejects.iter().map(reject_row))
}

fn reject_row(reject: &Reject) -> [Cow<'_, str>; 4] {
    [
        reject.reason.name().into(),
        cell(&reject.path),
        reject.record.map(|record| record.to_string()).unwrap_or_default().into(),
        cell(&reject.detail),
    ]
}

/// Writes a header and rows of as many cells.
pub(super) fn table<'a, const N: usize>(
    out: &mut dyn Write,
    header: [&'a str; N],
    rows: impl Iterator<Item = [Cow<'a, str>; N]>,
) -> io::Result<()> {
    self::rows(out, &header, rows)
}

/// Likewise, where how many there are is not known before.
pub(super) fn rows<'a>(
    out: &mut dyn Write,
    header: &[&str],
    mut rows: impl Iterator<Item = impl AsRef<[Cow<'a, str>]>>,
) -> io::Result<()> {
    let header: Vec<_> = header.iter().copied().map(Cow::Borrowed).collect();
    row(out, &header)?;
    rows.try_for_each(|cells| row(out, cells.as_ref()))
}

/// Writes one row.
pub(super) fn row(out: &mut dyn Write, cells: &[Cow<'_, str>]) -> io::Result<()> {
    let mut writer = ::csv::WriterBuilder::new().buffer_capacity(ROW_BYTES).from_writer(out);
    writer.write_record(cells.iter().map(|cell| cell.as_bytes())).map_err(io_error)?;
    writer.flush()
}

/// What most rows fit into.
const ROW_BYTES: usize = 1 << 10;

/// A text as a cell that neither a terminal nor a spreadsheet obeys.
pub(super) fn cell(text: &str) -> Cow<'_, str> {
    let text = printable(text);
    // The wide forms count as the same signs to spreadsheets in East Asian locales.
    if text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
        return format!("'{text}").into();
    }
    text
}

pub(super) fn optional(text: Option<&str>) -> Cow<'_, str> {
    cell(text.unwrap_or_default())
}

/// The I/O error within, whose kind the conversion that the crate offers would lose; a closed pipe
/// is known by it.
fn io_error(error: ::csv::Error) -> io::Error {
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{self, shown};
    use super::*;

    fn hits(out: &mut dyn Write, answer: &Hits) -> io::Result<()> {
        HitRows.begin(out, answer)?;
        answer.hits.iter().try_for_each(|hit| HitRows.hit(out, hit))?;
        HitRows.end(out, answer)
    }

    fn nothing() -> Hits {
        Hits { hits: Vec::new(), ..samples::answer() }
    }

    #[test]
    fn each_hit_is_a_row() {
        insta::assert_snapshot!(shown(|out| hits(out, &samples::answer())), @r#"
        rank,score,id,date,tag,about,publisher,language,title,url,path,record,snippet,lacks,copies,first_id
        1,12.41,3jf8w1m0c9tqz,2022-11-21T08:30:00+06:00,Russia,XA,Example Herald,en,"Harbour town votes on its bridge, observers find few faults",https://news.example/2022/11/21/harbour-vote,archive/2022/november.jsonl,3,"The harbour town voted on Sunday on whether to build the long disputed bridge, and the observers who came from abroad found few faults.",,,
        2,7.5,0000000000001,,,,,,,,scrape/page.txt,0,,,,
        3,7.5,3jf8w1m0c9tqz,2022,Russia,XA,Новости дня,en,'=1+1 abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij café txt,https://news.example/2022/11/21/harbour-vote,archive/�]0;owned�/a-very-long-folder-name/and-another-one/within-it/page.html,0,港口城市周日就是否修建这座备受争议的大桥进行投票，观察员认为问题不多。�[2Jbridgesegdirb,,,
        "#);
    }

    #[test]
    fn no_hits_are_a_header() {
        let text = shown(|out| hits(out, &nothing()));
        assert_eq!(text.lines().count(), 1);
        assert!(text.starts_with("rank,score,id,"));
    }

    #[test]
    fn a_formula_is_disarmed() {
        for (text, expected) in [
            ("=HYPERLINK(\"http://example.org\")", "'=HYPERLINK(\"http://example.org\")"),
            ("+1", "'+1"),
            ("-5 degrees in Astana", "'-5 degrees in Astana"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("＝1", "'＝1"),
            ("1=1", "1=1"),
            ("\u{1b}[2J", "\u{fffd}[2J"),
        ] {
            assert_eq!(cell(text), expected);
        }
    }

    #[test]
    fn a_closed_pipe_is_known_as_one() {
        struct Closed;
        impl Write for Closed {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let result = hits(&mut Closed, &nothing());
        assert_eq!(result.map_err(|error| error.kind()), Err(io::ErrorKind::BrokenPipe));
    }
}
