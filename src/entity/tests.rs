//! What the recogniser finds and how its mentions are joined, shown on sentences; one whole story;
//! the reference scrape; and what holds for any text: mentions are in order, apart, and on
//! character boundaries.

use std::path::PathBuf;

use proptest::prelude::*;

use super::samples::{FOREIGN, known, marked, score};
use super::{Mention, Part, Story, group, recognise, recognise_in};
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

#[test]
fn scripts_without_capitals_give_no_nonsense() {
    check("国際通貨基金は警告した。選挙は日曜日に行われる。", &[]);
    check("قال المسؤولون إن الانتخابات ستجرى يوم الأحد.", &[]);
}

#[test]
fn text_without_capitals_gives_nothing_and_text_in_capitals_what_is_known() {
    let story_in = |body| Story { title: "", body, language: Language::new("en") };
    let small = "the osce said on friday that observers from kazakhstan met tokayev in almaty";
    assert_eq!(entities(&story_in(small)), [""; 0]);
    let shouted = "THE OSCE SAID ON FRIDAY THAT OBSERVERS FROM KAZAKHSTAN MET FARIDA OSMONOVA IN \
                   ALMATY AND WILL MEET THE INTERNATIONAL MONETARY FUND ON MONDAY";
    assert_eq!(
        entities(&story_in(shouted)),
        [
            "org OSCE x1",
            "place KAZAKHSTAN x1",
            "place ALMATY x1",
            "org INTERNATIONAL MONETARY FUND x1",
        ]
    );
}

#[test]
fn scripts_beside_each_other_keep_their_names_apart() {
    check(
        "قال المتحدث باسم الأمم المتحدة إن Farida Osmonova وصلت. 记者 Peter Harlow 报道。",
        &["person Farida Osmonova x1", "person Peter Harlow x1"],
    );
    for body in [
        "أعلن الرئيس عبد الفتاح أن الحكومة ستجتمع في القاهرة يوم الأحد لبحث الأزمة.",
        "国务院总理周二在北京会见了来访的哈萨克斯坦总统托卡耶夫。",
        "प्रधानमंत्री ने मंगलवार को नई दिल्ली में रूस के राष्ट्रपति से मुलाकात की।",
        "ראש הממשלה נפגש ביום שלישי בירושלים עם שר החוץ של צרפת.",
    ] {
        for language in [None, Language::new("en"), Language::new("ar"), Language::new("zh")] {
            let story = Story { title: "", body, language };
            assert_eq!(entities(&story), [""; 0], "for `{body}`");
        }
    }
}

#[test]
fn a_table_of_results_gives_no_nonsense() {
    let body = "GROUP A P W D L GF GA PTS\nNorway 3 2 1 0 7 2 7\nBrazil 3 1 1 1 4 4 4\n\
                Ghana 3 0 2 1 2 4 2\nRound of 16: 4-2 aet, 1-0 (HT 0-0)\nAttendance 21,034 Referee A. Nyman";
    let found = entities(&story("", body));
    for place in ["place Norway x1", "place Brazil x1", "place Ghana x1"] {
        assert!(found.iter().any(|it| it == place), "{found:?}");
    }
    assert!(found.len() <= 4, "{found:?}");
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

/// The folder of shared data, where it is there.
fn shared() -> Option<PathBuf> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data");
    let folder = std::env::var_os("DATELINE_SHARED_DATA").map_or(default.into(), PathBuf::from);
    folder.is_dir().then_some(folder)
}

/// Prints a figure and holds it; `cargo test recorded -- --nocapture` shows all of them.
#[track_caller]
#[expect(clippy::print_stderr, reason = "the figures are asked for by that command")]
fn at_least(name: &str, figure: f64, recorded: f64) {
    eprintln!("{name}: {:.1}", 100.0 * figure);
    assert!(figure >= recorded, "{name} fell to {figure:.4}, recorded was {recorded:.4}");
}

#[test]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn names_are_found_as_well_as_recorded() {
    let Some(shared) = shared() else {
        eprintln!("skipped: no shared data; set DATELINE_SHARED_DATA");
        return;
    };
    let set = known(&shared.join("entities/ner_dev_worldwide.jsonl"));
    let [person, body, place, all] = score(&set, recognise_in).map(|counts| counts.f1());
    at_least("persons", person, 0.893);
    at_least("organisations", body, 0.71);
    at_least("places", place, 0.785);
    at_least("all names", all, 0.794);
}

#[test]
fn names_in_other_languages_are_found_as_well_as_recorded() {
    let recorded = [
        ("de", 0.91),
        ("es", 0.86),
        ("fr", 0.86),
        ("pt", 0.89),
        ("ru", 0.88),
        ("tr", 0.88),
        ("uk", 0.87),
    ];
    for ((language, text), (same, floor)) in FOREIGN.into_iter().zip(recorded) {
        assert_eq!(language, same);
        let [.., all] = score(&marked(language, text), recognise_in);
        at_least(language, all.f1(), floor);
    }
}

/// The body of the reference scrape; `None` where the shared data is not there.
fn reference_body() -> Option<String> {
    let path = shared()?.join("seed/kazakhstan-coup-attempt.scrape.txt");
    let raw = std::fs::read_to_string(path).ok()?;
    let body = &raw[raw.find("Kazakhstan said Thursday")?..raw.rfind("GMT.")? + "GMT.".len()];
    Some(body.to_owned())
}

#[test]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn the_reference_scrape_gives_what_a_reader_finds() {
    let Some(body) = reference_body() else {
        eprintln!("skipped: no shared data; set DATELINE_SHARED_DATA");
        return;
    };
    let story = story("", &body);
    let mentions = recognise(&story);
    let mut found: Vec<String> = group(&story, &mentions)
        .iter()
        .map(|it| format!("{} {}", it.kind, it.forms.join("/")))
        .collect();
    found.sort();
    assert_eq!(
        found,
        [
            "org AFP",
            "org International Monetary Fund",
            "org National Security Committee",
            "org Organization for Security and Cooperation in Europe/OSCE",
            "person Aidar Ergaly",
            "person Andrei Chebotarev",
            "person Asset Terirgaliyev",
            "person Janiya Nakizbekova",
            "person Kassym-Jomart Tokayev/Tokayev",
            "person Mukhtar Ablyazov/Ablyazov",
            "person Nursultan Nazarbayev/Nazarbayev",
            "person Svetlana Kadysheva",
            "place Almaty",
            "place Beijing",
            "place China",
            "place France",
            "place Kazakhstan",
            "place Moscow",
            "place Russia",
            "place Ukraine",
        ]
    );
    let regions = locate(&story, &mentions);
    assert_eq!(regions.about.first().map(ToString::to_string).as_deref(), Some("KZ"));
    let countries: Vec<_> = regions.countries.iter().map(ToString::to_string).collect();
    assert_eq!(countries, ["CN", "FR", "KZ", "RU", "UA"]);
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

/// Pieces that meet in odd ways: titles, brackets, glue, scripts, marks that combine.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("Kazakhstan".to_owned()),
        Just("Ministry of".to_owned()),
        Just("President ".to_owned()),
        Just(" (OSCE) ".to_owned()),
        Just("al-".to_owned()),
        Just("bin ".to_owned()),
        Just("O’".to_owned()),
        Just("'s ".to_owned()),
        Just("É.".to_owned()),
        Just("ǅ".to_owned()),
        Just("e\u{301}".to_owned()),
        Just("İ".to_owned()),
        Just("://".to_owned()),
        Just("-LRB- ".to_owned()),
        Just(" - ".to_owned()),
        Just(", Inc. ".to_owned()),
        Just("Government of ".to_owned()),
        Just("Минист".to_owned()),
        Just("банк ".to_owned()),
        Just("Union européenne de la ".to_owned()),
        Just("l'".to_owned()),
        Just("\nWN: ".to_owned()),
        Just(".".to_owned()),
        Just("\n".to_owned()),
        Just(" ".to_owned()),
        "\\PC{0,6}",
        "[A-Z][a-z]{1,7} ",
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn mentions_are_in_order_apart_and_on_boundaries(
        title in any_text(),
        body in any_text(),
        language in prop::sample::select(vec!["", "en", "de", "fr", "es", "ru", "tr", "ar", "zh"]),
    ) {
        let story = Story { title: &title, body: &body, language: Language::new(language) };
        let mentions = recognise(&story);
        let mut last = (Part::Title, 0);
        for mention in &mentions {
            prop_assert!((mention.part, mention.range.start) >= last, "{mentions:?}");
            prop_assert!(!mention.range.is_empty());
            let text = if mention.part == Part::Title { &title } else { &body };
            prop_assert!(text.get(mention.range.clone()).is_some(), "{mention:?}");
            last = (mention.part, mention.range.end);
        }
        let entities = group(&story, &mentions);
        let counted: usize = entities.iter().map(|entity| entity.count as usize).sum();
        prop_assert_eq!(counted, mentions.len());
        for entity in &entities {
            prop_assert_eq!(entity.forms.first(), Some(&entity.name));
        }
        let regions = locate(&story, &mentions);
        prop_assert!(regions.about.iter().all(|code| regions.countries.contains(code)));
        prop_assert!(regions.countries.is_sorted());
    }
}

#[test]
fn a_hostile_megabyte_is_read_to_its_end() {
    let million = 1 << 20;
    for piece in [
        "Kazakhstan ",
        "Ab-",
        "A.",
        "(AB) ",
        "OSCE ",
        "von bin al-",
        "a",
        "A",
        "É'",
        "Jo Smith said. ",
        "Bank of ",
        "Ya ",
        "WN: \n",
        "Служба ",
        "Union de la ",
        "ش",
        "选举",
        "-LRB- ",
        "d'",
    ] {
        let body = piece.repeat(million / piece.len());
        let language = ["en", "de", "fr", "tr", "ru"].map(Language::new);
        let story = Story { title: "", body: &body, language: language[piece.len() % 5] };
        let mentions = recognise(&story);
        let in_order = mentions.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start);
        assert!(in_order, "for `{piece}` many times");
        let entities = group(&story, &mentions);
        assert!(entities.len() <= mentions.len(), "for `{piece}` many times");
        locate(&story, &mentions);
    }
}
