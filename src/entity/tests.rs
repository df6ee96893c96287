//! What the recogniser finds and how its mentions are joined, shown on sentences and one whole story.

mod hostile;
mod measured;

use super::{Mention, Part, Story, group, recognise};
use crate::article::{Entity, EntityKind, Language};
use crate::region::locate;

fn story<'a>(title: &'a str, body: &'a str) -> Story<'a> {
    Story { title, body, language: None }
}

/// The entities of a text, written `person Mukhtar Ablyazov / Ablyazov x3`.
fn entities(story: &Story<'_>) -> Vec<String> {
    let written =
        |entity: Entity| format!("{} {} x{}", entity.kind, entity.forms.join(" / "), entity.count);
    group(story, &recognise(story)).into_iter().map(written).collect()
}

#[track_caller]
fn check(body: &str, expected: &[&str]) {
    assert_eq!(entities(&story("", body)), expected, "for `{body}`");
}

#[test]
fn a_person_named_in_full_is_known_by_the_surname() {
    check(
        "Farida Osmonova left. Osmonova, 51, gave no reason. Critics blamed Osmonova's rivals.",
        &["person Farida Osmonova / Osmonova x3"],
    );
    check(
        "We met Karim bin Rashid there. Later bin Rashid wept.",
        &["person Karim bin Rashid / bin Rashid x2"],
    );
}

#[test]
fn two_persons_of_one_surname_stay_two() {
    check(
        "They saw Peter Harlow. Harlow waved. Then came Anna Harlow. Harlow smiled.",
        &["person Peter Harlow / Harlow x2", "person Anna Harlow / Harlow x2"],
    );
}

#[test]
fn a_title_is_cut_off_and_tells_a_person() {
    check("It was President Oyelaran who spoke.", &["person Oyelaran x1"]);
    check(
        "It was the Norwegian Foreign Minister Ingrid Solheim who spoke.",
        &["person Ingrid Solheim x1"],
    );
    check("A note by Mr. Quillfeather came.", &["person Quillfeather x1"]);
    check("He quoted Boeing CEO Walter Finch.", &["org Boeing x1", "person Walter Finch x1"]);
}

#[test]
fn a_capital_at_the_start_of_a_sentence_proves_nothing() {
    check("Weapons were found. Observers left. Harvesting began.", &[]);
    check("Political analyst Dmitri Volkonsky agreed.", &["person Dmitri Volkonsky x1"]);
    check(
        "Had Osmonova known? We asked Farida Osmonova.",
        &["person Farida Osmonova / Osmonova x2"],
    );
}

#[test]
fn glued_sentences_are_cut() {
    check(
        "Voters came this weekend.On Sunday they left.\"Janiya Tulegenova said so.",
        &["person Janiya Tulegenova x1"],
    );
}

#[test]
fn cue_words_tell_organisations_and_places() {
    check(
        "Staff of the Ministry of Trade and Industry met the Harbour Workers' \
         Union and Brightmoor Ltd.",
        &[
            "org Ministry of Trade and Industry x1",
            "org Harbour Workers' Union x1",
            "org Brightmoor Ltd x1",
        ],
    );
    check(
        "Rain fell on Lake Tumbra and the Osk River.",
        &["place Lake Tumbra x1", "place Osk River x1"],
    );
}

#[test]
fn nationalities_and_compass_words_are_no_places() {
    check("The Central Asian state fears Western sanctions, a Kazakh in the West said.", &[]);
    check("Few Kalashnikov rifles and Molotov cocktails won a Nobel.", &[]);
}

#[test]
fn a_hyphen_or_possessive_ends_a_name() {
    check(
        "A France-based firm praised Kazakhstan's economy and the Iran-Iraq border.",
        &["place France x1", "place Kazakhstan x1", "place Iran x1", "place Iraq x1"],
    );
}

#[test]
fn an_acronym_is_joined_to_what_it_stands_for() {
    check(
        "The Northern Orchard Growers Alliance (NOGA) met. Later NOGA left.",
        &["org Northern Orchard Growers Alliance / NOGA x3"],
    );
    // By the table of known bodies, without a definition.
    check(
        "The International Monetary Fund lent. Now the IMF waits.",
        &["org International Monetary Fund / IMF x2"],
    );
    check("Its regional harvest index (RHI) fell, and RHI fell again.", &[]);
}

#[test]
fn names_of_one_country_are_one_place() {
    check(
        "In the United States and the U.S. alike, as in Turkey or Türkiye.",
        &["place United States / U.S. x2", "place Türkiye / Turkey x2"],
    );
}

#[test]
fn a_headline_names_only_what_is_known() {
    let body = "Farida Osmonova was seen in Bishkek.";
    let title = "Farida Osmonova Leaves Bishkek After Bitter Row Over Missing Horses";
    assert_eq!(entities(&story(title, body)), ["person Farida Osmonova x2", "place Bishkek x2"]);
    check("WHO WILL LEAD US NOW AND WHERE TO", &[]);
}

#[test]
fn german_nouns_are_no_names() {
    let body = "Der Minister sprach mit Anna Schulze über die Wirtschaft in Kasachstan und Berlin.";
    let story = Story { title: "", body, language: Language::new("de") };
    assert_eq!(
        entities(&story),
        ["person Anna Schulze x1", "place Kasachstan x1", "place Berlin x1"]
    );
}

#[test]
fn cyrillic_names_and_cases_are_found() {
    check(
        "Вчера в Казахстане прошли выборы. По словам наблюдателей, Россия и Казахстан согласны.",
        &["place Казахстане / Казахстан x2", "place Россия x1"],
    );
}

#[test]
fn offices_and_what_they_are_for_are_no_bodies() {
    check(
        "The Minister of Arts and Heritage, Farida Osmonova, spoke.",
        &["person Farida Osmonova x1"],
    );
    check("The Convention on Rare Birds (CRB) met, and the CRB left.", &[]);
}

#[test]
fn a_company_keeps_its_suffix_and_a_government_its_country() {
    check(
        "It was sold to Brightmoor Foods, Inc. of Ohio.",
        &["org Brightmoor Foods, Inc x1", "place Ohio x1"],
    );
    check("We thank the Government of Kenya.", &["org Government of Kenya x1"]);
}

#[test]
fn a_first_name_of_two_halves_is_whole() {
    check(
        "It was the first vote since Kassym-Jomart Tokayev became president in 2019.",
        &["person Kassym-Jomart Tokayev x1"],
    );
}

#[test]
fn family_names_are_known_by_their_ends() {
    check(
        "She won the seat against Bakir Izetbegovi\u{107}, Yeljko Komsi\u{107} keeps his.",
        &["person Bakir Izetbegovi\u{107} x1", "person Yeljko Komsi\u{107} x1"],
    );
}

#[test]
fn an_entity_knows_where_it_is_named() {
    let (title, body) = ("Osmonova leaves", "Farida Osmonova left Almaty. \u{c9}lan met Osmonova.");
    let story = story(title, body);
    let entities = group(&story, &recognise(&story));
    let osmonova = entities.iter().find(|it| it.name == "Farida Osmonova").expect("named");
    let named: Vec<_> = osmonova.mentions.iter().map(|range| &body[range.clone()]).collect();
    assert_eq!(named, ["Farida Osmonova", "Osmonova"]);
    assert_eq!(osmonova.title_mentions.first(), Some(&(0..8)));
}

#[test]
fn a_known_body_is_named_to_its_end() {
    check(
        "The Organization for Security and Cooperation in Europe described the vote as calm.",
        &["org Organization for Security and Cooperation in Europe x1"],
    );
}

#[test]
fn a_spanish_surname_is_the_first_of_two() {
    check(
        "They met Ricardo Villalba Cifuentes. Villalba said nothing.",
        &["person Ricardo Villalba Cifuentes / Villalba x2"],
    );
}

#[test]
fn initials_of_speakers_are_no_names() {
    let body =
        "WN: Why do you run?\nPeter Harlow spoke.\nWN: And then?\nHe laughed.\nWN: Thank you.";
    check(body, &["person Peter Harlow x1"]);
}

#[test]
fn cases_of_a_name_are_one_person() {
    let body = "К нам приехал Аскар Токаев. Потом видели Токаева с Ириной Соколовой. О Токаеве и \
                Соколову не спросили.";
    let story = Story { title: "", body, language: Language::new("ru") };
    assert_eq!(
        entities(&story),
        ["person Аскар Токаев / Токаева / Токаеве x3", "person Ириной Соколовой / Соколову x2",]
    );
}

#[test]
fn other_languages_are_read_by_form_and_gazetteer() {
    for (language, body, expected) in [
        (
            "es",
            "Ayer el presidente Ernesto Villalba llegó a Bogotá. Villalba y la ONU callaron.",
            ["org ONU x1", "person Ernesto Villalba / Villalba x2", "place Bogotá x1"].as_slice(),
        ),
        (
            "fr",
            "On a vu Emmanuel Tardieu à Dakar, au nord du pays.",
            &["person Emmanuel Tardieu x1", "place Dakar x1"],
        ),
        (
            "ru",
            "К нам приехал Иван Вересов из Новосибирска и уехал в Москву.",
            &["person Иван Вересов x1", "place Москву x1", "place Новосибирска x1"],
        ),
    ] {
        let story = Story { title: "", body, language: Language::new(language) };
        let mut found = entities(&story);
        found.sort();
        assert_eq!(found, expected, "for `{body}`");
    }
}

#[test]
fn acts_and_festivals_are_no_bodies() {
    check("They met under the Clean Harbours Act at the Quillfeather Film Festival.", &[]);
}

/// A story told like the reference scrape, in other words and of other people.
const TWIN: &str = "Kyrgyzstan said Friday it had broken up a plot by friends of a banished \
opponent, days before a vote for parliament.On Sunday the small Central Asian country goes to the \
polls under Temirlan Abdyldaev's firm hand.The State Border Committee said nine people \"wished to \
bring down the cabinet,\" and that they \"follow the runaway Baktygul Sydykova.\"Sydykova, a former \
mayor, lives abroad. The Austria-based Sydykova denies all.Abdyldaev, 58, took office in 2018.\
Observers from the Organization for Security and Cooperation in Europe (OSCE) were uneasy.\"I shall \
stay at home,\" said Meerim Toktosunova, a baker in Osh.\"Nothing changes,\" driver Ulan Jeenbaev \
told Reuters.The World Bank warned that Kyrgyzstan leans on Russia, and the OSCE agreed.";

#[test]
fn a_whole_story_gives_its_people_bodies_and_places() {
    let story = story("", TWIN);
    assert_eq!(
        entities(&story),
        [
            "person Baktygul Sydykova / Sydykova x3",
            "org Organization for Security and Cooperation in Europe / OSCE x3",
            "place Kyrgyzstan x2",
            "person Temirlan Abdyldaev / Abdyldaev x2",
            "org State Border Committee x1",
            "place Austria x1",
            "person Meerim Toktosunova x1",
            "place Osh x1",
            "person Ulan Jeenbaev x1",
            "org Reuters x1",
            "org World Bank x1",
            "place Russia x1",
        ]
    );
    let regions = locate(&story, &recognise(&story));
    assert_eq!(regions.about.first().map(ToString::to_string).as_deref(), Some("KG"));
}

#[test]
fn an_acronym_mention_says_what_it_stands_for() {
    let body = "The Northern Orchard Growers Alliance (NOGA) met.";
    let story = story("", body);
    let mentions = recognise(&story);
    let long = "Northern Orchard Growers Alliance";
    assert_eq!(
        mentions,
        [
            Mention {
                part: Part::Body,
                range: 4..37,
                kind: EntityKind::Organisation,
                stands_for: None
            },
            Mention {
                part: Part::Body,
                range: 39..43,
                kind: EntityKind::Organisation,
                stands_for: Some(long.to_owned())
            },
        ]
    );
    assert_eq!(mentions[0].text(&story), long);
}
