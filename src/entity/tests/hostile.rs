//! Text that nobody would call news: in capitals or without, in several scripts, tables, a megabyte
//! of one word. What is found is bounded, in order, apart, and on character boundaries.

use proptest::prelude::*;

use super::super::{Part, Story, group, recognise};
use super::{check, entities, story};
use crate::article::Language;
use crate::region::locate;

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
            let spots = [(&title, &entity.title_mentions), (&body, &entity.mentions)];
            let named = spots.map(|(text, spots)| {
                spots.iter().filter(|range| text.get((*range).clone()).is_some()).count()
            });
            prop_assert_eq!(named.iter().sum::<usize>(), entity.count as usize);
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
