//! What a file says stands. A name belongs to one cluster. What is known gives way. A decision is
//! one line, and leaves the others as they were.

use super::*;

const PERSON: EntityKind = EntityKind::Person;
const ORG: EntityKind = EntityKind::Organisation;

/// What `aliases` say of all names but those that are known, a line for each cluster.
fn shown(aliases: &Aliases) -> String {
    let clusters = aliases.said.clusters.iter().map(|cluster| {
        let names: Vec<_> = cluster.names.iter().map(|name| name.text.as_str()).collect();
        format!("{}: {}", cluster.kind, names.join(" | "))
    });
    clusters.collect::<Vec<_>>().join("\n")
}

/// Checks the clusters of a file, and the faults that are found in it.
#[track_caller]
fn check(file: &str, expected: &str) {
    let mut aliases = Aliases::none();
    let faults = aliases.add(&AliasFile::parse(file));
    let faults = faults.iter().map(|fault| format!("! {}: {}", fault.line, fault.message));
    let got: Vec<_> = [shown(&aliases)].into_iter().chain(faults).collect();
    assert_eq!(got.join("\n").trim_start(), expected, "for\n{file}");
}

#[test]
fn lines_with_one_head_go_on_with_each_other() {
    check(
        "person: Ann Lee | Lee\nperson: ANN LEE | A. Lee\nperson: Bo Lee | Bo",
        "person: Ann Lee | Lee | A. Lee\nperson: Bo Lee | Bo",
    );
    check("person: Lee | Ann Lee\norg: Lee | Lee Inc", "person: Lee | Ann Lee\norg: Lee | Lee Inc");
}

#[test]
fn a_name_belongs_to_the_first_who_has_it() {
    check(
        "person: Ann Lee | Lee\nperson: Bo Lee | Lee | Bo\nperson: Lee | L.",
        "person: Ann Lee | Lee\nperson: Bo Lee | Bo\n\
         ! 2: `Lee` is a name of `Ann Lee` already\n\
         ! 3: `Lee` is a name of `Ann Lee` already: begin with that",
    );
    check(
        "person: Ann | Lee\nperson: Bo | Lee",
        "person: Ann | Lee\n! 2: `Lee` is a name of `Ann` already",
    );
}

#[test]
fn lines_that_contradict_each_other_are_told() {
    check(
        "not person: Ann | Bo\nperson: Ann | Bo | Cy",
        "person: Ann | Cy\n! 2: `Bo` is kept apart from `Ann` by another line",
    );
    check(
        "person: Ann | Bo\nnot person: Bo",
        "person: Ann | Bo\n! 2: `Bo` is joined with `Ann` by another line",
    );
    check(
        "person: Ann | Bo\nnot person: Cy | Ann | Bo",
        "person: Ann | Bo\n! 2: `Ann` and `Bo` are one by another line",
    );
    check(
        "nonsense\nperson: Ann | Bo",
        "person: Ann | Bo\n! 1: a line looks like `person: NAME | NAME`",
    );
}

fn aliases(file: &str) -> Aliases {
    let mut aliases = Aliases::known();
    assert_eq!(aliases.add(&AliasFile::parse(file)), []);
    aliases
}

/// Who a name stands for.
fn head(aliases: &Aliases, kind: EntityKind, name: &str) -> Option<String> {
    aliases.cluster(kind, name).map(|cluster| cluster.head().to_owned())
}

#[test]
fn what_is_known_gives_way_to_the_file() {
    let place = EntityKind::Place;
    assert_eq!(head(&aliases(""), place, "U.S.").as_deref(), Some("United States"));
    let renamed = aliases("place: USA | The States");
    for name in ["USA", "The States", "united states", "America"] {
        assert_eq!(head(&renamed, place, name).as_deref(), Some("USA"), "{name}");
    }
    assert_eq!(head(&aliases("not place: America"), place, "America"), None);
    let apart = aliases("not org: OSCE | Organization for Security and Co-operation in Europe");
    assert_eq!(head(&apart, ORG, "OSCE"), None);
    let long = "Organization for Security and Cooperation in Europe";
    assert!(
        head(&apart, ORG, "Organisation for Security and Cooperation in Europe").is_some(),
        "{long}"
    );
    let two = aliases(
        "org: Press Club | PACE\norg: Europe House | Parliamentary Assembly of the Council of Europe",
    );
    assert_eq!(head(&two, ORG, "PACE").as_deref(), Some("Press Club"));
    assert_eq!(head(&Aliases::none(), place, "U.S."), None);
}

#[test]
fn an_abbreviation_is_no_word() {
    let known = aliases("");
    assert!(head(&known, ORG, "PACE").is_some() && head(&known, ORG, "Pace").is_none());
    assert!(head(&known, ORG, "NATO").is_some() && head(&known, ORG, "Nato").is_some());
}

#[test]
fn namesakes_are_all_who_have_a_name_that_is_meant() {
    let aliases = aliases("person: Kassym-Jomart Tokayev | Toqaev\nperson: Ann Tokayev | Annie");
    let found = |word: &str| {
        let keys = aliases.namesakes(PERSON, |key| holds_words(key, word));
        keys.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(found("toqaev"), ["kassym jomart tokayev", "toqaev"]);
    assert_eq!(found("tokayev"), ["kassym jomart tokayev", "toqaev", "ann tokayev", "annie"]);
    assert!(found("lee").is_empty());
}

/// Checks what is left of a file when `edit` is done with it.
#[track_caller]
fn check_edit(file: &str, edit: impl FnOnce(&mut AliasFile), expected: &str) {
    let mut edited = AliasFile::parse(file);
    edit(&mut edited);
    assert_eq!(edited.to_string().trim_end(), expected, "from\n{file}");
    assert_eq!(Aliases::none().add(&edited), [], "from\n{file}");
}

#[test]
fn a_merge_is_a_line() {
    let merge = |names: &'static [&str]| {
        move |file: &mut AliasFile| file.merge(PERSON, names, "why").expect("names")
    };
    check_edit("# mine", merge(&["Ann Lee", "Lee"]), "# mine\nperson: Ann Lee | Lee  # why");
    check_edit(
        "person: Ann Lee | Lee # old",
        merge(&["Ann Lee", "LEE", "A. Lee"]),
        "person: Ann Lee | Lee # old\nperson: Ann Lee | A. Lee  # why",
    );
    check_edit(
        "person: Lee | L.\nperson: Lee | Li # old\norg: Lee | Lee Inc",
        merge(&["Ann Lee", "L."]),
        "person: Ann Lee | Lee | L.\nperson: Ann Lee | Lee | Li  # old\norg: Lee | Lee Inc",
    );
    check_edit(
        "person: Ann Lee | Lee\nperson: Bo | B.",
        merge(&["Lee", "Bo"]),
        "person: Lee | Ann Lee\nperson: Lee | Bo | B.",
    );
    check_edit(
        "not person: Lee\nnot person: Ann Lee | Lee | Bo\nnot person: Lee | Cy",
        merge(&["Ann Lee", "Lee"]),
        "not person: Ann Lee | Bo\nnot person: Lee | Cy\nperson: Ann Lee | Lee  # why",
    );
}

#[test]
fn a_split_is_a_line_and_takes_the_name_out_of_others() {
    let split = |names: &'static [&str]| {
        move |file: &mut AliasFile| file.split(PERSON, names).expect("names")
    };
    check_edit("# mine", split(&["Lee"]), "# mine\nnot person: Lee");
    check_edit(
        "person: Ann Lee | Lee | A. # old\nperson: Ann Lee | L.",
        split(&["lee"]),
        "person: Ann Lee | A.  # old\nperson: Ann Lee | L.\nnot person: lee",
    );
    check_edit("# mine\nperson: Ann Lee | Lee", split(&["Lee"]), "# mine\nnot person: Lee");
    check_edit(
        "person: Ann Lee | Lee | A.\nperson: Ann Lee | L.",
        split(&["Ann Lee"]),
        "person: Lee | A.\nperson: Lee | L.\nnot person: Ann Lee",
    );
    check_edit(
        "person: Ann Lee | Lee | A.",
        split(&["Ann Lee", "Lee"]),
        "person: Ann Lee | A.\nnot person: Ann Lee | Lee",
    );
    check_edit(
        "person: Ann Lee | Lee | A. | L.",
        split(&["Lee", "A."]),
        "person: Ann Lee | Lee | L.\nnot person: Lee | A.",
    );
    check_edit(
        "person: Ann | A.\nnot person: Bo | Cy",
        split(&["Cy", "BO"]),
        "person: Ann | A.\nnot person: Bo | Cy",
    );
}

#[test]
fn what_cannot_be_written_is_refused() {
    let mut file = AliasFile::default();
    for names in [&["A|B", "C"] as &[&str], &["Ann", "ANN"], &["Ann"]] {
        assert!(file.merge(PERSON, names, "").is_err(), "{names:?}");
    }
    assert!(file.split(PERSON, &["a # b"]).is_err());
    assert_eq!(file, AliasFile::default());
}
