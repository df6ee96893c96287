//! The kinds of questions that are drawn from an index.

use crate::article::named_enum;

named_enum! {
    /// A kind of question. Each asks for ten hits by relevance, unless it says otherwise, and
    /// without passages, so that finding is not hidden behind cutting them; all are counted.
    ///
    /// Words are rare, middling or frequent by the number of articles that have them in any form
    /// (see [`Band`](super::Band)).
    Class {
        /// A rare word.
        TermRare = "term-rare",
        /// A middling one.
        TermMid = "term-mid",
        /// A frequent one.
        TermFrequent = "term-frequent",
        /// Two frequent words, both.
        And2HighHigh = "and-2-hh",
        /// A frequent word and a middling one.
        And2HighMid = "and-2-hm",
        /// A frequent word and a rare one.
        And2HighLow = "and-2-hl",
        /// Two frequent words and a middling one.
        And3 = "and-3",
        /// A frequent word or a middling one.
        Or2 = "or-2",
        /// One of four words: frequent, middling, middling, rare.
        Or4 = "or-4",
        /// One of 64 words.
        Or64 = "or-64",
        /// Two neighbours of a text.
        Phrase2 = "phrase-2",
        /// Three.
        Phrase3 = "phrase-3",
        /// Two with a function word between: `"bank of england"`.
        PhraseFunction = "phrase-function",
        /// Two words of a text, in their order, with up to two others between.
        Slop = "slop",
        /// Two words of a text within five words: `a w/5 b`.
        Near = "near",
        /// Two words of a sentence: `a w/s b`.
        Sentence = "sentence",
        /// A word that a text has twice or three times.
        AtLeast = "atleast",
        /// Words that begin with three letters.
        Prefix3 = "prefix-3",
        /// With five.
        Prefix5 = "prefix-5",
        /// Words that end with four letters.
        WildcardLeading = "wildcard-leading",
        /// A middling word with two letters exchanged, within one edit.
        Fuzzy1 = "fuzzy-1",
        /// With two letters exchanged and one left out, within two.
        Fuzzy2 = "fuzzy-2",
        /// A middling word with one letter open, and its end.
        Regex = "regex",
        /// A rare word on a day on which an article has it.
        DateDayRare = "date-day-rare",
        /// In such a month.
        DateMonthRare = "date-month-rare",
        /// In such a year.
        DateYearRare = "date-year-rare",
        /// In such a decade.
        DateDecadeRare = "date-decade-rare",
        /// A frequent word on such a day.
        DateDayFrequent = "date-day-frequent",
        /// In such a month.
        DateMonthFrequent = "date-month-frequent",
        /// In such a year.
        DateYearFrequent = "date-year-frequent",
        /// In such a decade.
        DateDecadeFrequent = "date-decade-frequent",
        /// Two frequent words in a year.
        DateAnd2 = "date-and-2",
        /// One of three words, frequent, middling and rare, in a year.
        DateOr3 = "date-or-3",
        /// A rare word and the region of an article that has it.
        RegionRare = "region-rare",
        /// A frequent word, likewise.
        RegionFrequent = "region-frequent",
        /// A frequent word and the language of such an article.
        Language = "lang",
        /// A frequent word and a person in such an article.
        Person = "person",
        /// The regions of the articles with a frequent word.
        FacetRegion = "facet-region",
        /// The persons in them.
        FacetPerson = "facet-person",
        /// Those articles by month.
        Timeline = "timeline",
        /// A frequent word, one hit for all copies of a story.
        Collapse = "collapse",
        /// A frequent word, newest first.
        Newest = "newest",
        /// Oldest first.
        Oldest = "oldest",
        /// A frequent word, behind 10,000 hits, or half of them if they are fewer.
        Deep = "deep",
        /// A frequent word and a middling one, with a passage of each hit.
        Snippets = "snippets",
        /// The same questions, without.
        NoSnippets = "no-snippets",
        /// The same, and only their number.
        Count = "count",
        /// Two rare words that no article has both of.
        NoHits = "no-hits",
        /// Twenty words of one article, all of them.
        Verbose = "verbose",
        /// One of up to 200 names.
        Watchlist = "watchlist",
    }
}
