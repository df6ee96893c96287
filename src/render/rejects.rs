//! The list of what was not indexed.

use std::io::{self, Write};

use serde::Serialize;

use super::hits::place;
use super::json::{self, Layout};
use super::rows::row;
use super::style::Style;
use super::{ListFormat, csv};
use crate::reject::{Reject, RejectReason};

/// Writes the inputs that gave no article, each with its reason.
pub fn rejects(
    out: &mut dyn Write,
    rejects: &[Reject],
    format: ListFormat,
    style: Style,
) -> io::Result<()> {
    match format {
        ListFormat::Table => table(out, rejects, style),
        ListFormat::Json => json::list_document(
            out,
            &RejectsRecord {
                v: json::VERSION,
                rejects: rejects.iter().map(RejectRecord::from).collect(),
            },
        ),
        ListFormat::Jsonl => rejects.iter().try_for_each(|reject| {
            json::document(out, &RejectRecord::from(reject), Layout::Compact)
        }),
        ListFormat::Csv => csv::rejects(out, rejects),
    }
}

fn table(out: &mut dyn Write, rejects: &[Reject], style: Style) -> io::Result<()> {
    let width = RejectReason::ALL.iter().map(|reason| reason.name().len()).max().unwrap_or(0);
    for reject in rejects {
        let value = format!("{}: {}", place(&reject.path, reject.record), reject.detail);
        row(out, reject.reason.name(), width, &value, style)?;
    }
    Ok(())
}

#[derive(Serialize)]
struct RejectsRecord<'a> {
    v: u32,
    rejects: Vec<RejectRecord<'a>>,
}

/// Each field is the one of the same name in [`Reject`].
#[derive(Serialize)]
struct RejectRecord<'a> {
    path: &'a str,
    record: Option<u32>,
    reason: &'static str,
    detail: &'a str,
}

impl<'a> From<&'a Reject> for RejectRecord<'a> {
    fn from(reject: &'a Reject) -> Self {
        Self {
            path: &reject.path,
            record: reject.record,
            reason: reject.reason.name(),
            detail: &reject.detail,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Emphasis;
    use super::super::samples::{self, shown};
    use super::*;

    fn written(format: ListFormat, width: usize) -> String {
        let style = Style::new(width, Emphasis::Plain);
        shown(|out| rejects(out, &samples::rejects(), format, style))
    }

    #[test]
    fn each_reject_is_a_line_that_wraps() {
        insta::assert_snapshot!(written(ListFormat::Table, 80), @r"
        binary          archive/front-page.jpg: starts like a JPEG picture
        bad-json        archive/2022/november.jsonl#0: expected `,` or `}` at byte 1,204
                        of the record, after the value of `title`
        internal-error  =cmd�[2J.txt: -
        ");
        insta::assert_snapshot!(written(ListFormat::Table, 40), @r"
        binary          archive/front-page.jpg:
                        starts like a JPEG
                        picture
        bad-json        archive/2022/november.js
                        onl#0: expected `,` or
                        `}` at byte 1,204 of the
                        record, after the value
                        of `title`
        internal-error  =cmd�[2J.txt: -
        ");
    }

    #[test]
    fn the_forms_for_machines_hold_the_same() {
        insta::assert_snapshot!(written(ListFormat::Json, 80), @r#"
        {"v":1,"rejects":[
        {"path":"archive/front-page.jpg","record":null,"reason":"binary","detail":"starts like a JPEG picture"},
        {"path":"archive/2022/november.jsonl","record":0,"reason":"bad-json","detail":"expected `,` or `}` at byte 1,204 of the record, after the value of `title`"},
        {"path":"=cmd\u001b[2J.txt","record":null,"reason":"internal-error","detail":"-"}
        ]}
        "#);
        insta::assert_snapshot!(written(ListFormat::Jsonl, 80), @r#"
        {"path":"archive/front-page.jpg","record":null,"reason":"binary","detail":"starts like a JPEG picture"}
        {"path":"archive/2022/november.jsonl","record":0,"reason":"bad-json","detail":"expected `,` or `}` at byte 1,204 of the record, after the value of `title`"}
        {"path":"=cmd\u001b[2J.txt","record":null,"reason":"internal-error","detail":"-"}
        "#);
        insta::assert_snapshot!(written(ListFormat::Csv, 80), @r#"
        reason,path,record,detail
        binary,archive/front-page.jpg,,starts like a JPEG picture
        bad-json,archive/2022/november.jsonl,0,"expected `,` or `}` at byte 1,204 of the record, after the value of `title`"
        internal-error,'=cmd�[2J.txt,,'-
        "#);
    }

    #[test]
    fn an_empty_list_is_still_a_document() {
        let style = Style::new(80, Emphasis::Plain);
        let none = |format| shown(|out| rejects(out, &[], format, style));
        assert_eq!(none(ListFormat::Table), "");
        assert_eq!(none(ListFormat::Json), "{\"v\":1,\"rejects\":[]}\n");
        assert_eq!(none(ListFormat::Csv), "reason,path,record,detail\n");
    }
}
