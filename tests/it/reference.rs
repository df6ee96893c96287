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
        let said = sandbox.run(["search", "-n", "400", "--format", "jsonl", query]);
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
