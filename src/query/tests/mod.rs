//! Words side by side must all be there. Quotation marks make a phrase. Nothing that is typed is an
//! error. What is changed is said, and where it stands. What is printed is read as the same query,
//! without a repair. What stands where it is asked for is found, and nothing else.

mod archive;
mod bounds;
mod documentation;
mod habits;
pub(crate) mod oracle;
mod positions;
mod properties;
mod reading;
mod repairs;

use chrono::NaiveDate;

use super::*;

/// Reads on 20 November 2022, a Sunday.
pub(crate) fn read(typed: &str) -> Parsed {
    parse(typed, NaiveDate::from_ymd_opt(2022, 11, 20).expect("a real day"))
}

/// The canonical text, followed by the codes of the repairs. The text itself must be canonical.
#[track_caller]
fn check(typed: &str, understood: &str) {
    let Parsed { query, repairs, .. } = read(typed);
    let mut got = query.to_string();
    let again = read(&got);
    assert_eq!(again.query, query, "`{typed}` is printed as `{got}`");
    assert!(again.repairs.iter().all(is_hint), "{:?} for `{got}`", again.repairs);
    for repair in repairs {
        got.push(' ');
        got.push_str(repair.code.name());
    }
    assert_eq!(got.trim_start(), understood, "for `{typed}`");
}

fn is_hint(repair: &Repair) -> bool {
    repair.code.name().starts_with('H')
}
