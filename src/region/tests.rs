//! What stories are about: how clues are weighed, and which place a name means, by what stands
//! around it. Codes are of ISO 3166-1.

use super::{Home, Publisher, RegionFinder, locate};
use crate::article::{CluePart, CountryCode, RegionClueKind, Regions};
use crate::entity::{Story, recognise};

fn story<'a>(title: &'a str, body: &'a str) -> Story<'a> {
    Story { title, body, language: None }
}

fn regions(body: &str) -> Regions {
    let story = story("", body);
    locate(&story, &recognise(&story))
}

fn written(codes: &[CountryCode]) -> String {
    codes.iter().map(CountryCode::as_str).collect::<Vec<_>>().join(" ")
}

/// Checks what a story is about, best first, and all countries that it names.
#[track_caller]
fn check(body: &str, about: &str, countries: &str) {
    let regions = regions(body);
    assert_eq!(written(&regions.about), about, "about, for `{body}`");
    assert_eq!(written(&regions.countries), countries, "countries, for `{body}`");
}

/// Checks what `find` finds in each text, and names all texts for which it is something else.
#[track_caller]
fn each(rows: &[(&str, &str)], find: impl Fn(&str) -> Vec<CountryCode>) {
    let told = |(text, expected): &(&str, &str)| {
        let found = written(&find(text));
        (found != *expected).then(|| format!("`{text}`: {found}, not {expected}"))
    };
    let wrong: Vec<String> = rows.iter().filter_map(told).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn about(body: &str) -> Vec<CountryCode> {
    regions(body).about
}

fn named(body: &str) -> Vec<CountryCode> {
    regions(body).countries
}

#[test]
fn the_first_sentences_weigh_more() {
    check("Peru voted. Rain fell. It was cold. Trade with Chile is slow.", "PE CL", "CL PE");
    check("Peru voted. Peru waits. It was cold. Trade with Chile is slow.", "PE", "CL PE");
}

#[test]
fn a_dateline_outweighs_the_lead() {
    check("OSLO (Reuters) - Talks on Sudan, Sudan again and Chad began.", "NO SD TD", "NO SD TD");
    check("Oslo is cold, said Sudan and Chad and Sudan.", "SD TD NO", "NO SD TD");
}

#[test]
fn nationalities_and_capitals_count() {
    check("A Kazakh court sat.", "KZ", "KZ");
    check("Moscow answered Brussels.", "BE RU", "BE RU");
    check("A South Korean ship sank.", "KR", "KR");
}

#[test]
fn a_dateline_is_read_with_the_state_behind_the_town() {
    let rows = [
        ("PALO ALTO, Calif., March 3 - Shares fell.", "US"),
        ("CAMBRIDGE, Mass. (AP) -- Shares fell.", "US"),
        ("CAMBRIDGE (Reuters) - Shares fell.", "GB"),
        ("ZZYZX FALLS, Ill., March 3 - Shares fell.", "US"),
        ("BIRMINGHAM, Ala, March 3 - Shares fell.", "US"),
        ("FARMINGTON Conn., March 3 - Shares fell.", "US"),
        ("ST. PAUL, Minn., March 3 - Shares fell.", "US"),
        ("VERNON, British Columbia, March 3 - Shares fell.", "CA"),
        ("LONDON, Ont. (CP) - Shares fell.", "CA"),
        ("NEWCASTLE, NSW (AAP) - Shares fell.", "AU"),
        ("BASLE, Switzerland, March 3 - Shares fell.", "CH"),
        ("ALMATY, Kazakhstan — Shares fell.", "KZ"),
        ("SAN JOSE, Calif., March 3 - Shares fell.", "US"),
        ("SAN JOSE, March 3 (EFE) - Shares fell.", "CR"),
        ("FRANKFURT, March 3 - Shares fell.", "DE"),
        ("Toronto, March 3 - Shares fell.", "CA"),
        ("GENEVA/ROME (Reuters) - Shares fell.", "CH IT"),
        ("NEW DELHI: Shares fell.", "IN"),
        ("By ANN LEE\nOSLO (AP) - Shares fell.", "NO"),
        ("KYIV, Nov. 18, 2022 (Reuters)\nShares fell.", "UA"),
        ("NAIROBI (Xinhua) Shares fell.", "KE"),
    ];
    each(&rows, about);
}

#[test]
fn what_only_looks_like_a_dateline_is_none() {
    for body in [
        "Talks between Oslo and Rome - the first in years - began.",
        "(Reuters) - Talks began in Oslo.",
        "Breaking - Talks began in Oslo.",
        "UN: Talks began in Oslo.",
    ] {
        let evidence = regions(body).evidence;
        let clues = evidence.iter().flat_map(|it| &it.clues);
        let mut kinds = clues.map(|clue| clue.kind);
        assert!(!kinds.any(|kind| kind == RegionClueKind::Dateline), "for `{body}`");
    }
}

#[test]
fn a_name_with_several_meanings_goes_with_the_rest() {
    let rows = [
        // Country and American state.
        ("Georgia and Armenia signed.", "AM GE"),
        ("Voters in Tbilisi say Georgia will join.", "GE"),
        ("Voters in Atlanta say Georgia will join.", "US"),
        ("The senator from Georgia spoke in Alabama and in South Carolina.", "US"),
        ("Rain fell in Georgia, Alabama and Tennessee.", "US"),
        ("The United States and American states such as Georgia voted.", "US"),
        ("Students of the University of Georgia marched in Athens, Georgia.", "US"),
        ("The universities of Georgia and Glasgow found a cure.", "GB US"),
        ("Students of the University of Georgia marched in Tbilisi.", "GE"),
        ("Russia and Georgia fought over South Ossetia.", "GE RU"),
        // Country and person.
        ("Jordan closed its border with Syria.", "JO SY"),
        ("Michael Jordan won in Chicago. Jordan smiled.", "US"),
        ("Troops from Chad crossed into Sudan.", "SD TD"),
        ("Chad Brown said so. Brown lives in Denver, Colorado.", "US"),
        // Country and bird.
        ("Talks with Turkey began in Ankara.", "TR"),
        ("They ate turkey at Thanksgiving in Ohio.", "US"),
        // State, capital, government, person.
        ("Washington rejected the offer.", "US"),
        ("Fires burn in Washington state and in Oregon.", "US"),
        ("Rain fell in Washington, D.C., on Monday.", "US"),
        ("Denzel Washington won. Washington thanked France.", "FR"),
        ("Moscow denied it, and so did Kyiv.", "RU UA"),
        ("A fire in Moscow, Idaho, killed two.", "US"),
        // Families of names.
        ("Guinea closed its border with Liberia.", "GN LR"),
        ("Guinea-Bissau closed its border with Senegal.", "GW SN"),
        ("Equatorial Guinea closed its border with Gabon.", "GA GQ"),
        ("Papua New Guinea closed its ports.", "PG"),
        ("Rebels in the Democratic Republic of Congo fled. Congo is poor.", "CD"),
        ("Voters in the Republic of Congo waited. Congo is poor.", "CG"),
        ("Congo-Brazzaville voted.", "CG"),
        ("Congolese troops left Kinshasa.", "CD"),
        ("Congolese troops left Brazzaville.", "CG"),
        ("North Korea fired a missile. A Korean official said so.", "KP"),
        ("Seoul said South Korean ships left. Korea waits.", "KR"),
        ("Ireland and Northern Ireland voted.", "GB IE"),
        ("Niger and Nigeria closed the border.", "NE NG"),
        ("Troops from Niger, Nigeria and Chad met.", "NE NG TD"),
        ("Dominica was hit by a storm, and so was Martinique.", "DM MQ"),
        ("The Dominican Republic was hit by a storm. Dominican officials said so.", "DO"),
        ("Mali asked Senegal for help.", "ML SN"),
        ("South Sudan voted. Sudan waited.", "SD SS"),
        // Towns of the same name.
        ("A fire in Lebanon, New Hampshire, killed two.", "US"),
        ("A fire in Beirut shook Lebanon.", "LB"),
        ("The show in Odessa, Texas, is over.", "US"),
        ("A fire in Odessa, Ukraine, is over.", "UA"),
        ("They met in Paris on Friday.", "FR"),
        ("A storm hit Paris, Texas. In Paris, two died.", "US"),
        ("Paris Hilton came to Los Angeles.", "US"),
        ("Cambridge and Oxford won.", "GB"),
        ("A professor in Cambridge, Massachusetts, won.", "US"),
        ("A man in Birmingham, England, won.", "GB"),
        ("A man in Birmingham, Alabama, won. Birmingham cheered.", "US"),
        ("A palace in Granada and one in Seville, Spain, were sold.", "ES"),
        ("A palace in Granada, Nicaragua, was sold.", "NI"),
        ("London and Toronto in Ontario are growing, said Canada.", "CA GB"),
        ("A fire in London, Ontario, killed two.", "CA"),
        ("A fire in Melbourne, Florida, killed two.", "US"),
        ("A farm in Norfolk, England, was closed.", "GB"),
        ("Police in Cornwall said the British coast was closed.", "GB"),
        ("A fire in Valencia killed two, said Spain.", "ES"),
        ("A fire in Valencia killed two, said Venezuela.", "VE"),
        ("Police in Hyderabad said that Pakistan was safe.", "PK"),
        ("Police in Hyderabad said that India was safe.", "IN"),
        ("Voters in San Jose, Costa Rica, waited.", "CR"),
        ("Voters in Victoria, British Columbia, waited.", "CA"),
        ("Voters in Victoria and New South Wales waited.", "AU"),
    ];
    each(&rows, named);
}

#[test]
fn what_is_named_after_a_country_is_not_in_it() {
    let rows = [
        ("Ships left Africa for the Black Sea.", ""),
        ("Ships crossed the Indian Ocean.", ""),
        ("Latin American ministers met.", ""),
        ("He died of Japanese encephalitis.", ""),
        ("It cost US$42 million.", ""),
        ("A fire in British Columbia spread.", "CA"),
        ("", ""),
    ];
    each(&rows, named);
}

#[test]
fn bodies_leaders_and_currencies_tell_a_country_that_is_not_named() {
    let rows = [
        ("The Bundesbank kept its rates.", "DE"),
        ("The Kremlin declined to comment.", "RU"),
        ("The White House declined to comment.", "US"),
        ("Whitehall and the Bank of England disagreed.", "GB"),
        ("The Knesset voted.", "IL"),
        ("Emmanuel Macron spoke. Voters cheered Macron.", "FR"),
        ("Then President Reagan spoke.", "US"),
        ("The yen rose and fell.", "JP"),
        ("The yen rose in Poland.", "PL"),
        ("The ANC won. An anchor fell.", "ZA"),
    ];
    each(&rows, about);
}

#[test]
fn a_publisher_at_home_settles_what_the_article_leaves_open() {
    let home = |written: &str| Home::try_from(written.to_owned()).expect("a home");
    for (body, place, countries) in [
        ("The council met on Friday.", "US.TX", "US"),
        ("A fire in Paris killed two.", "US.TX", "US"),
        ("A fire in Paris killed two.", "US.CA", "FR"),
        ("A fire in Paris killed two, said France.", "US.TX", "FR"),
        ("A fire in Lebanon and one in Hanover killed two.", "US.NH", "US"),
        ("A fire in Lebanon and one in Beirut killed two.", "US.NH", "LB"),
        ("A fire in Cambridge killed two.", "US.MA", "US"),
        ("A fire in Cambridge killed two.", "GB", "GB"),
        ("Georgia plays on Saturday.", "US.GA", "US"),
        ("Oslo is cold.", "US.TX", "NO"),
    ] {
        let home = home(place);
        let publisher = Some(Publisher { name: "Daily Gull", home: &home });
        let story = story("", body);
        let regions = RegionFinder { publisher, ..RegionFinder::default() }
            .locate(&story, &recognise(&story));
        assert_eq!(written(&regions.countries), countries, "for `{body}` in {place}");
    }
}

#[test]
fn each_clue_says_what_it_is_and_where_it_stands() {
    let title = "Peru votes";
    let body = "LIMA (Reuters) - Peru voted. Rain fell. It was cold. So it was. Peru's voters, \
                and Peruvian ones abroad, waited.";
    let story = story(title, body);
    let regions = locate(&story, &recognise(&story));
    let [peru] = regions.evidence.as_slice() else { panic!("{:#?}", regions.evidence) };
    let clues: Vec<String> = peru
        .clues
        .iter()
        .map(|clue| {
            let place = clue.place.expect("a place");
            let text = if place.part == CluePart::Title { title } else { body };
            assert!(text[place.at..].starts_with(&clue.words), "{clue:?}");
            format!("{} {} {} {}", clue.weight, clue.kind, place.part, clue.words)
        })
        .collect();
    assert_eq!(
        clues,
        [
            "5.6 dateline lead LIMA",
            "2 country title Peru",
            "2 country lead Peru",
            "1 country body Peru",
            "0.7 demonym body Peruvian",
        ]
    );
    assert!((peru.weight - 11.3).abs() < 1e-9);
}
