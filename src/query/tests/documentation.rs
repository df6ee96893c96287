//! `docs/query-language.md` says what is so.

use super::*;

const DOCUMENT: &str = include_str!("../../../docs/query-language.md");

/// The code in the first `columns` columns of the tables of a text.
fn examples(text: &str, columns: usize) -> Vec<String> {
    let rows = text.lines().filter(|line| line.starts_with("| `"));
    let cells = rows.flat_map(|row| {
        let row = row.replace("\\|", "\u{1}");
        let cells: Vec<_> = row.split('|').skip(1).take(columns).map(str::to_owned).collect();
        cells
    });
    let code = cells
        .flat_map(|cell| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>());
    code.map(|example| example.replace('\u{1}', "|")).collect()
}

fn parts() -> (&'static str, &'static str) {
    DOCUMENT.split_once("## Not yet").expect("a section of what is missing")
}

#[test]
fn every_example_is_read_without_a_repair() {
    let examples = examples(parts().0, 2);
    assert!(examples.len() > 80, "{}", examples.len());
    for example in examples.iter().filter(|example| !example.ends_with(':')) {
        let repairs = read(example).repairs;
        assert!(repairs.iter().all(is_hint), "{repairs:?} for `{example}`");
    }
}

#[test]
fn every_name_of_a_field_is_known() {
    let names: Vec<_> =
        examples(parts().0, 2).into_iter().filter(|name| name.ends_with(':')).collect();
    assert!(names.len() > 30, "{}", names.len());
    for name in names {
        assert!(is_field(name.trim_end_matches(':')), "`{name}`");
    }
}

#[test]
fn what_is_missing_is_reported() {
    let examples = examples(parts().1, 1);
    assert!(examples.len() > 3, "{}", examples.len());
    for example in examples {
        let repairs = read(&example).repairs;
        let is_reported = repairs.iter().any(|repair| repair.code == RepairCode::Unsupported);
        assert!(is_reported, "{repairs:?} for `{example}`");
    }
}

#[test]
fn every_code_is_explained() {
    for code in RepairCode::ALL {
        assert!(DOCUMENT.contains(&format!("| {code} |")), "{code}");
    }
}
