//! The command line that asks a question.

use std::path::Path;
use std::process::Command;

use crate::bench::{Ask, Task};

/// What a person would type to have this answered.
pub(super) fn command(program: &Path, index: &Path, task: &Task) -> Command {
    let mut command = Command::new(program);
    command.arg("--index").arg(index).args(["--color", "never"]);
    match task.ask {
        Ask::Hits { sort, offset, limit, snippets, collapse } => {
            command.args(["search", "--copies", if collapse { "collapse" } else { "show" }]);
            command.args([format!("--sort={sort}"), format!("--offset={offset}")]);
            command.args([format!("--limit={limit}"), format!("--snippets={snippets}")]);
        }
        Ask::Count => {
            command.args(["search", "--count"]);
        }
        Ask::Facets(field) => {
            command.args(["facets", field.name()]);
        }
        Ask::Timeline(bucket) => {
            command.args(["timeline", "--bucket", bucket.name()]);
        }
    }
    command.args(["--", &task.query]);
    command
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::{Bucket, FacetField, Sort};

    #[track_caller]
    fn check(ask: Ask, expected: &str) {
        let task = Task { class: "any".into(), query: "-n \"a b\"".into(), ask, at: None };
        let command = command(Path::new("dateline"), Path::new("some index"), &task);
        let words: Vec<_> = command.get_args().map(|it| it.to_string_lossy()).collect();
        let common = "--index some index --color never";
        assert_eq!(words.join(" "), format!("{common} {expected} -- -n \"a b\""));
    }

    #[test]
    fn each_question_is_asked_by_the_command_for_it() {
        let hits =
            Ask::Hits { sort: Sort::Newest, offset: 3, limit: 7, snippets: 0, collapse: true };
        check(hits, "search --copies collapse --sort=-date --offset=3 --limit=7 --snippets=0");
        check(Ask::Count, "search --count");
        check(Ask::Facets(FacetField::Person), "facets person");
        check(Ask::Timeline(Bucket::Month), "timeline --bucket month");
    }
}
