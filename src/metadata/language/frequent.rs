//! The language of a text by its most frequent words, where they leave no doubt.
//!
//! Every text of some length holds "the", "of" and "and", or their like: a third of its words are
//! of the few dozen that its language uses most. To count them costs a hundredth of what comparing
//! trigrams with seventy languages does, so those are asked only where the words do not settle it.

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt as _};

/// Words of a text that are looked at.
const READ: usize = 120;

/// Frequent words that must be found.
const FEWEST: u32 = 12;

/// The part of all words that they must be, in percent.
const LEAST_SHARE: u32 = 20;

/// How many times as many as those of any other language.
const LEAD: u32 = 2;

/// The same for texts that have room for fewer words, which must leave less doubt.
const FEWEST_IN_SHORT: u32 = 6;
const LEAD_IN_SHORT: u32 = 4;

/// Words that bear out what is said of a text, if no other language has as many.
const FEWEST_TO_BEAR_OUT: u32 = 3;

/// Bytes of the longest of the words.
const LONGEST: usize = 16;

/// By language, words that are frequent in it. Where two languages share one, both have it, so that
/// a language which is not told apart by its words is left to the trigrams.
#[rustfmt::skip]
const FREQUENT: &[(&str, &str)] = &[
    ("en", "the of and to in a is that for it was on with as be by at he from his have has had \
            are were which this not but they their an or who its will would been said after"),
    ("de", "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch \
            es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über"),
    ("fr", "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce \
            il sont la avec son ses cette aux mais comme ou si leur elle ont été deux d l"),
    ("es", "de la que el en y a los se del las un por con no una su para es al lo como más o pero \
            sus le ha me si sin sobre este ya entre cuando todo esta ser son dos también fue"),
    ("it", "di e il la che in a per un del è una non i da le con si della dei al come sono più nel \
            anche alla delle lo ha ma gli dal su ai se ad nella o questo"),
    ("pt", "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi \
            ao ele das tem à seu sua ou ser quando muito há nos já está eu também só pelo pela"),
    ("nl", "de van het een en in is dat op te zijn met voor die niet aan er om ook als dan maar bij \
            of uit nog naar heeft hij ze was door over tot worden werd wordt meer"),
    ("pl", "w i na z się do nie że to o jest za od po jak przez dla są ale tym oraz co już jego być \
            a ma go które który która było tylko przed także będzie ze może"),
    ("cs", "a se v na je že o s z do i to k ve pro za by ale si po jako od jsou podle které který \
            však také bude už jeho při až nebo byl ze která není"),
    ("sv", "och i att det som en på är av för med till den har de inte om ett han men var sig från \
            vi så kan när nu under också efter eller sin där vid mot ska"),
    ("da", "og i at det er en til på som for med de af den har ikke der et om han var men sig fra vi \
            så kan når nu under også efter eller sin hvor ved mod skal blev"),
    ("no", "og i det er på som en til å for av at med de den har ikke et om han var men seg fra vi \
            så kan når nå under også etter eller sin der ved mot skal ble"),
    ("fi", "ja on ei että se hän oli mutta ovat myös kun joka ole mukaan jo ne sen tai niin sekä \
            kuin vain vuoden voi mitä olisi hänen vielä jonka noin ollut"),
    ("hu", "a az és hogy nem is egy ez meg de csak már volt ha mint még vagy el ki azt be lesz van \
            szerint után amely pedig között ezt több lehet minden olyan"),
    ("ro", "de și în a la cu că pe să din nu un o care mai pentru este ce au fost sunt se prin al \
            ale dar sau după iar lui ca această între doar când fi"),
    ("tr", "ve bir bu da de için ile olarak çok daha olan gibi en ne kadar sonra o ise ya her iki \
            değil dedi ancak var yeni göre oldu olduğunu tarafından"),
    ("id", "yang di dan untuk dengan itu dari ini pada tidak dalam akan ke juga tersebut oleh ada \
            karena sudah bisa saat telah mereka sebagai kata lebih atau"),
];

static WORDS: LazyLock<HashMap<&'static str, u32>> = LazyLock::new(|| {
    let mut words: HashMap<&'static str, u32> = HashMap::new();
    for (number, (_, list)) in FREQUENT.iter().enumerate() {
        for word in list.split_whitespace() {
            *words.entry(word).or_default() |= 1 << number;
        }
    }
    words
});

/// The language of `text`, if its frequent words leave no doubt.
pub(super) fn by_frequent_words(text: &str) -> Option<&'static str> {
    Counts::of(text).settled()
}

/// How many of the frequent words of each language a text has.
#[derive(Debug)]
pub(super) struct Counts {
    by_language: [u32; FREQUENT.len()],
    /// Words that were looked at.
    read: u32,
}

impl Counts {
    /// Counts in the first words of `text`.
    pub(super) fn of(text: &str) -> Self {
        let mut counts = Self { by_language: [0; FREQUENT.len()], read: 0 };
        let mut lower = String::new();
        let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
        for word in words.take(READ) {
            counts.read += 1;
            if word.len() > LONGEST {
                continue;
            }
            let is_small = !word.chars().any(char::is_uppercase);
            let word = if is_small { word } else { lower_case(word, &mut lower) };
            let mut languages = WORDS.get(word).copied().unwrap_or_default();
            while languages != 0 {
                counts.by_language[languages.trailing_zeros() as usize] += 1;
                languages &= languages - 1;
            }
        }
        counts
    }

    /// The language, if there is no doubt.
    pub(super) fn settled(&self) -> Option<&'static str> {
        let (best, &most) = self.by_language.iter().enumerate().max_by_key(|(_, count)| **count)?;
        let second = self.most_but(best);
        let leads = (most >= FEWEST && most >= second * LEAD)
            || (most >= FEWEST_IN_SHORT && most >= second * LEAD_IN_SHORT);
        (leads && most * 100 >= self.read * LEAST_SHARE).then_some(FREQUENT[best].0)
    }

    /// The language with this code, if the words bear out that the text is in it.
    pub(super) fn bears_out(&self, code: &str) -> Option<&'static str> {
        let at = FREQUENT.iter().position(|(known, _)| *known == code)?;
        let count = self.by_language[at];
        (count >= FEWEST_TO_BEAR_OUT && count > self.most_but(at)).then_some(FREQUENT[at].0)
    }

    /// The most frequent words of any language but one.
    fn most_but(&self, one: usize) -> u32 {
        let others = self.by_language.iter().enumerate().filter(|(at, _)| *at != one);
        others.map(|(_, count)| *count).max().unwrap_or_default()
    }
}

/// `word` in lower case, written to `lower`.
fn lower_case<'l>(word: &str, lower: &'l mut String) -> &'l str {
    lower.clear();
    if word.is_ascii() {
        lower.push_str(word);
        lower.make_ascii_lowercase();
    } else {
        lower.extend(word.chars().flat_map(char::to_lowercase));
    }
    lower
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_prose_is_known_by_its_words() {
        for (text, meant) in [
            (
                "The harbour was closed for three days after the storm had passed, and it is not \
                 known when the fishermen will be allowed to leave it, said the head of the port.",
                Some("en"),
            ),
            (
                "Der Hafen war nach dem Sturm drei Tage lang geschlossen, und es ist nicht bekannt, \
                 wann die Fischer ihn wieder verlassen dürfen, sagte der Leiter der Behörde auf \
                 einer Sitzung mit den Bürgern.",
                Some("de"),
            ),
            ("Port closed after storm", None),
            ("Порт был закрыт на три дня после того, как прошёл сильный шторм.", None),
            ("", None),
        ] {
            assert_eq!(by_frequent_words(text), meant, "for `{text}`");
        }
    }

    #[test]
    fn the_words_are_listed_as_they_are_compared() {
        for (language, list) in FREQUENT {
            for word in list.split_whitespace() {
                assert_eq!(word, word.to_lowercase(), "in {language}");
                assert!(word.chars().all(char::is_alphabetic) && word.len() <= LONGEST, "`{word}`");
            }
        }
        assert!(FREQUENT.len() <= 32, "a bit for each");
    }
}
