//! Articles generated from a fixed seed: words with the frequencies of running text (Zipf, exponent
//! 1), sentences of 8 to 25 words, names and places among them. Nothing of them is meaningful; the
//! numbers of words, articles and matches are what a bench needs.

use std::fmt::Write as _;

/// A small fast generator (splitmix64, Steele et al. 2014); the sequence never changes.
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    /// A rank from 1 to `count`, the n-th as often as 1/n.
    pub(crate) fn zipf(&mut self, count: f64) -> u64 {
        #[expect(clippy::cast_precision_loss, reason = "53 bits are plenty here")]
        let uniform = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to count")]
        let rank = count.powf(uniform) as u64;
        rank
    }
}

/// How many different words there are.
const WORDS: f64 = 60_000.0;

const NAMES: [&str; 8] = [
    "Aidana Serikova",
    "Tomas Berg",
    "Lena Okafor",
    "Ivan Petrov",
    "Maria Lopes",
    "Kenji Mori",
    "Nadia Haddad",
    "Paul Martin",
];
const PLACES: [&str; 8] =
    ["Kazakhstan", "Almaty", "Russia", "Moscow", "Kenya", "Brazil", "Germany", "Tokyo"];

/// The words that English news uses most, in the order of their frequency: four in ten words of any
/// text are of these, which is what tells its language and what makes some postings long.
const FREQUENT: &str = "the of to and a in that is for it was on with as be by at he from his have \
    has had are were which this not but they their an or who its will would been said after more \
    about up one two when there people also than other out into over new year we she first could";

/// The word of a rank: pronounceable, lower case, different for every rank.
pub(crate) fn word(rank: u64) -> String {
    const SYLLABLES: [&str; 16] = [
        "ba", "ko", "ri", "te", "mu", "sa", "lo", "ne", "vi", "da", "po", "ge", "zu", "fi", "ha",
        "ny",
    ];
    let frequent = usize::try_from(rank)
        .ok()
        .and_then(|rank| FREQUENT.split_ascii_whitespace().nth(rank.saturating_sub(1)));
    if let Some(frequent) = frequent {
        return frequent.to_owned();
    }
    let mut word = String::new();
    let mut rest = rank;
    loop {
        word.push_str(SYLLABLES[usize::try_from(rest % 16).unwrap_or_default()]);
        rest /= 16;
        if rest == 0 {
            return word;
        }
    }
}

/// An article of about 400 words.
pub(crate) fn article(random: &mut Random) -> (String, String) {
    let mut title = String::new();
    for _ in 0..7 {
        let rank = random.zipf(WORDS);
        let _ = write!(title, "{} ", word(rank));
    }
    let mut body = String::new();
    for sentence in 0..24 {
        let length = 8 + random.below(18);
        for place in 0..length {
            let text = match random.below(40) {
                0 => NAMES[usize::try_from(random.below(8)).unwrap_or_default()].to_owned(),
                1 => PLACES[usize::try_from(random.below(8)).unwrap_or_default()].to_owned(),
                _ => word(random.zipf(WORDS)),
            };
            if place == 0 {
                let mut chars = text.chars();
                body.extend(chars.next().map(|c| c.to_ascii_uppercase()));
                body.push_str(chars.as_str());
            } else {
                body.push(' ');
                body.push_str(&text);
            }
        }
        body.push_str(if sentence % 4 == 3 { ".\n" } else { ". " });
    }
    (title.trim().to_owned(), body.trim().to_owned())
}

/// `count` records as JSONL, dated over ten years.
pub(crate) fn jsonl(seed: u64, count: u64) -> String {
    let mut random = Random::new(seed);
    let mut lines = String::new();
    for number in 0..count {
        let (title, body) = article(&mut random);
        let (year, month, day) =
            (2014 + random.below(10), 1 + random.below(12), 1 + random.below(28));
        let record = serde_json::json!({
            "id": number.to_string(),
            "title": title,
            "text": body,
            "date": format!("{year}-{month:02}-{day:02}"),
            "language": "en",
            "region": PLACES[usize::try_from(random.below(8)).unwrap_or_default()],
        });
        let _ = writeln!(lines, "{record}");
    }
    lines
}

/// A page around an article, with a menu, teasers and a footer.
pub(crate) fn page(random: &mut Random) -> String {
    let (title, body) = article(random);
    let teasers: String = (0..30).fold(String::new(), |mut list, _| {
        let _ = write!(
            list,
            "<li><a href=/a>{} {}</a></li>",
            word(random.zipf(WORDS)),
            word(random.zipf(WORDS))
        );
        list
    });
    let paragraphs = body.replace('\n', "</p>\n<p>");
    format!(
        "<!doctype html><html lang=en><head><title>{title} - Daily</title>\
         <meta property=article:published_time content=2022-11-17></head><body>\
         <nav><ul>{teasers}</ul></nav><article><h1>{title}</h1><p>{paragraphs}</p></article>\
         <aside><ul>{teasers}</ul></aside><footer>Contact</footer></body></html>"
    )
}

/// A page of the weight of those that news sites serve: some 140 kB, of which the article is the
/// smallest part (the average of 311 saved pages of 120 sites).
pub(crate) fn heavy_page(random: &mut Random) -> String {
    let card = |random: &mut Random| {
        let (one, two) = (word(random.zipf(WORDS)), word(random.zipf(WORDS)));
        let id = random.below(1_000_000);
        format!(
            "<div class=\"card card--related js-track\" data-id=\"{id}\"><a class=\"card__link\" \
             href=\"https://daily.example/2022/11/{id}-{one}\"><span>{one} {two}</span></a></div>"
        )
    };
    let cards: String = (0..550).map(|_| card(random)).collect();
    let script =
        "window.dataLayer=window.dataLayer||[];function gtag(){dataLayer.push(arguments)};"
            .repeat(450);
    let page = page(random);
    page.replacen("</head>", &format!("<script>{script}</script></head>"), 1).replacen(
        "<footer>",
        &format!("<section class=\"rail\">{cards}</section><footer>"),
        1,
    )
}
