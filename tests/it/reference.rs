//! The reference scrape and real news beside it.

use serde_json::Value;

use crate::sandbox::{Sandbox, parsed, shared, text};

fn is_reference(hit: &Value) -> bool {
    text(&hit["path"]).ends_with("kazakhstan-coup-attempt.scrape.txt")
}

#[test]
fn the_reference_scrape_is_found_for_what_it_says_and_not_for_what_surrounds_it() {
    let (Some(seed), Some(raw), Some(wikinews)) =
        (shared("seed"), shared("news/raw"), shared("news/wikinews"))
    else {
        return;
    };
    let sandbox = Sandbox::new();
    let report =
        sandbox.run(["index".as_ref(), seed.as_os_str(), raw.as_os_str(), wikinews.as_os_str()]);
    assert_eq!(report.code, Some(0), "{}", report.err);
    let hits = |query: &str| -> Vec<Value> {
        let said =
            sandbox.run(["search", "--copies", "show", "-n", "400", "--format", "jsonl", query]);
        said.out.lines().map(parsed).collect()
    };
    let first_page = hits("Kazakhstan election OSCE");
    let place = first_page.iter().position(is_reference).expect("the reference scrape is listed");
    assert!(place < 10, "at place {}", place + 1);
    for hit in &first_page[..place] {
        let all = format!("{} {}", text(&hit["title"]), text(&hit["body"])).to_lowercase();
        assert!(
            ["kazakhstan", "elect", "osce"].iter().all(|word| all.contains(word)),
            "{}",
            hit["title"]
        );
    }
    for query in ["Navalny", "STRIPE", "Merchandise", "Kharkiv"] {
        assert!(!hits(query).iter().any(is_reference), "`{query}` lists it");
    }
    for query in ["region:Russia", "region:Kazakhstan", "person:Tokayev", "org:OSCE", "date:none"] {
        assert!(hits(query).iter().any(is_reference), "`{query}` does not list it");
    }
}

#[test]
fn the_reference_scrape_comes_out_as_its_story_and_nothing_else() {
    let Some(seed) = shared("seed") else { return };
    let scrape = seed.join("kazakhstan-coup-attempt.scrape.txt");
    let said = Sandbox::new().run(["extract".as_ref(), scrape.as_os_str()]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    let article = parsed(said.out.trim_end());
    let body = text(&article["body"]);
    let lines: Vec<&str> = body.lines().collect();
    assert!(body.starts_with("Kazakhstan said Thursday"), "{body}");
    assert!(body.ends_with("at 1:00 a.m. GMT and close at 3:00 p.m. GMT."), "{body}");
    // Appeals, the counter and every one of the headlines that follow the story are gone.
    let raw = std::fs::read_to_string(scrape).expect("it is there");
    let (_, below) = raw.split_once("Unlimited Portal").expect("what is the portal's");
    for furniture in below.lines().map(str::trim).filter(|line| !line.is_empty()) {
        assert!(!lines.contains(&furniture), "`{furniture}` is in\n{body}");
    }
    // Each line begins and ends as a sentence does; two are headings within the story.
    let is_whole = |line: &&str| line.ends_with(['.', '"', '\'', '!', '?']);
    let broken: Vec<&str> = lines.iter().copied().filter(|line| !is_whole(line)).collect();
    assert_eq!(broken, ["Balancing act"]);
    assert!(lines.iter().all(|line| !line.starts_with(char::is_lowercase)), "{body}");
}

#[test]
fn the_reference_scrape_names_who_what_and_where_its_readme_lists() {
    let Some(seed) = shared("seed") else { return };
    let scrape = seed.join("kazakhstan-coup-attempt.scrape.txt");
    let said = Sandbox::new().run(["extract".as_ref(), scrape.as_os_str()]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    let article = parsed(said.out.trim_end());
    let named = |kind: &str| {
        let entities = article["entities"].as_array().expect("entities");
        let of_kind = entities.iter().filter(|entity| entity["type"] == kind);
        let mut forms: Vec<String> = of_kind
            .map(|entity| {
                let forms = entity["forms"].as_array().expect("forms");
                forms.iter().map(text).collect::<Vec<_>>().join(" = ")
            })
            .collect();
        forms.sort();
        forms
    };
    assert_eq!(
        named("person"),
        [
            "Aidar Ergaly",
            "Andrei Chebotarev",
            "Asset Terirgaliyev",
            "Janiya Nakizbekova",
            "Kassym-Jomart Tokayev = Tokayev",
            "Mukhtar Ablyazov = Ablyazov",
            "Nursultan Nazarbayev = Nazarbayev",
            "Svetlana Kadysheva",
        ]
    );
    assert_eq!(
        named("org"),
        [
            "AFP",
            "International Monetary Fund",
            "National Security Committee",
            "Organization for Security and Cooperation in Europe = OSCE",
        ]
    );
    assert_eq!(
        named("place"),
        ["Almaty", "Beijing", "China", "France", "Kazakhstan", "Moscow", "Russia", "Ukraine"]
    );
    assert_eq!(article["tag"], "Russia");
    assert_eq!(article["about"][0], "KZ");
}
