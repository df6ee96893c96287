//! Names of the months in 45 languages and two further calendars.
//!
//! Facts from the Unicode CLDR: full names, inflected forms and usual abbreviations. Names are
//! compared without case, accents and vowel signs, as capitals are often printed without them. A
//! few names mean different months in two languages (`listopad`: November in Polish and Czech,
//! October in Croatian): the language of the page decides, else the language that stands first.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::calendar::Calendar::{self, Buddhist, Gregorian, Hijri, Jalali};

/// A month of a calendar, counting from 1.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Month {
    pub(super) calendar: Calendar,
    pub(super) number: u32,
}

/// Longest name that is looked up, in bytes; the longest in the table has 31.
const LONGEST: usize = 48;

/// The month that `name` is in `language`, in any case.
pub(super) fn month_by_name(name: &str, language: Option<&str>) -> Option<Month> {
    if name.len() > LONGEST {
        return None;
    }
    let folded = folded(name);
    let found = MONTHS.get(&folded).or_else(|| {
        // Hebrew writes "in November" as one word.
        MONTHS.get(folded.strip_prefix('ב')?)
    })?;
    let own = found.iter().find(|(of, _)| Some(*of) == language);
    own.or(found.first()).map(|(_, month)| *month)
}

/// `name` in lower case, without accents and vowel signs, with one form for each Arabic letter.
fn folded(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    let bare = name.nfd().filter(|c| {
        !matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}')
    });
    let lower = bare.flat_map(char::to_lowercase).map(|c| match c {
        'ı' => 'i',
        'ي' | 'ى' => 'ی',
        'ك' => 'ک',
        'ς' => 'σ',
        c => c,
    });
    // The small dotted capital of Turkish decomposes once more when it is made small.
    lower.filter(|c| *c != '\u{307}').collect()
}

/// Every folded name, with the languages in which it is one and the month that it names there.
static MONTHS: LazyLock<HashMap<String, Vec<(&'static str, Month)>>> = LazyLock::new(|| {
    let mut months: HashMap<_, Vec<_>> = HashMap::new();
    for (language, calendar, names) in NAMES {
        for (number, names) in (1..).zip(*names) {
            for name in names.split('|') {
                let month = Month { calendar: *calendar, number };
                months.entry(folded(name)).or_default().push((*language, month));
            }
        }
    }
    months
});

/// Language, calendar, and the names of each month, separated by `|`.
#[rustfmt::skip]
const NAMES: &[(&str, Calendar, &[&str])] = &[
    ("en", Gregorian, &["january|jan", "february|feb", "march|mar", "april|apr", "may", "june|jun",
        "july|jul", "august|aug", "september|sep|sept", "october|oct", "november|nov",
        "december|dec"]),
    ("de", Gregorian, &["januar|jänner|jan", "februar|feber|feb", "märz|mär|mrz|maerz", "april|apr",
        "mai", "juni|jun", "juli|jul", "august|aug", "september|sep|sept", "oktober|okt",
        "november|nov", "dezember|dez"]),
    ("fr", Gregorian, &["janvier|janv", "février|févr|fév", "mars", "avril|avr", "mai", "juin",
        "juillet|juil", "août", "septembre|sept", "octobre|oct", "novembre|nov", "décembre|déc"]),
    ("es", Gregorian, &["enero|ene", "febrero|feb", "marzo|mar", "abril|abr", "mayo|may",
        "junio|jun", "julio|jul", "agosto|ago", "septiembre|setiembre|sep|sept|set", "octubre|oct",
        "noviembre|nov", "diciembre|dic"]),
    ("it", Gregorian, &["gennaio|gen", "febbraio|feb", "marzo|mar", "aprile|apr", "maggio|mag",
        "giugno|giu", "luglio|lug", "agosto|ago", "settembre|set|sett", "ottobre|ott",
        "novembre|nov", "dicembre|dic"]),
    ("pt", Gregorian, &["janeiro|jan", "fevereiro|fev", "março|mar", "abril|abr", "maio|mai",
        "junho|jun", "julho|jul", "agosto|ago", "setembro|set", "outubro|out", "novembro|nov",
        "dezembro|dez"]),
    ("nl", Gregorian, &["januari|jan", "februari|feb", "maart|mrt", "april|apr", "mei", "juni|jun",
        "juli|jul", "augustus|aug", "september|sep|sept", "oktober|okt", "november|nov",
        "december|dec"]),
    ("pl", Gregorian, &["styczeń|stycznia|sty", "luty|lutego|lut", "marzec|marca|mar",
        "kwiecień|kwietnia|kwi", "maj|maja", "czerwiec|czerwca|cze", "lipiec|lipca|lip",
        "sierpień|sierpnia|sie", "wrzesień|września|wrz", "październik|października|paź",
        "listopad|listopada|lis", "grudzień|grudnia|gru"]),
    ("cs", Gregorian, &["leden|ledna|led", "únor|února|úno", "březen|března|bře", "duben|dubna|dub",
        "květen|května|kvě", "červen|června|čvn", "červenec|července|čvc", "srpen|srpna|srp",
        "září|zář", "říjen|října|říj", "listopad|listopadu|lis", "prosinec|prosince"]),
    ("sk", Gregorian, &["január|januára", "február|februára", "marec|marca", "apríl|apríla",
        "máj|mája", "jún|júna", "júl|júla", "august|augusta", "september|septembra",
        "október|októbra", "november|novembra", "december|decembra"]),
    ("ru", Gregorian, &["январь|января|янв", "февраль|февраля|февр|фев", "март|марта|мар",
        "апрель|апреля|апр", "май|мая", "июнь|июня|июн", "июль|июля|июл", "август|августа|авг",
        "сентябрь|сентября|сент|сен", "октябрь|октября|окт", "ноябрь|ноября|нояб|ноя",
        "декабрь|декабря|дек"]),
    ("uk", Gregorian, &["січень|січня|січ", "лютий|лютого|лют", "березень|березня|бер",
        "квітень|квітня|квіт|кві", "травень|травня|трав|тра", "червень|червня|черв|чер",
        "липень|липня|лип", "серпень|серпня|серп|сер", "вересень|вересня|вер",
        "жовтень|жовтня|жовт|жов", "листопад|листопада|лист|лис", "грудень|грудня|груд|гру"]),
    ("be", Gregorian, &["студзень|студзеня", "люты|лютага", "сакавік|сакавіка",
        "красавік|красавіка", "травень|мая", "чэрвень|чэрвеня", "ліпень|ліпеня", "жнівень|жніўня",
        "верасень|верасня", "кастрычнік|кастрычніка", "лістапад|лістапада", "снежань|снежня"]),
    ("bg", Gregorian, &["януари|ян", "февруари|фев", "март|мар", "април|апр", "май", "юни", "юли",
        "август|авг", "септември|сеп|септ", "октомври|окт", "ноември|ное", "декември|дек"]),
    ("mk", Gregorian, &["јануари|јан", "февруари", "март", "април", "мај", "јуни", "јули",
        "август", "септември", "октомври", "ноември", "декември"]),
    ("sr", Gregorian, &["јануар|januar|januara", "фебруар|februar|februara", "март|mart|marta",
        "април|april|aprila", "мај|maj|maja", "јун|јуни|jun|juna", "јул|јули|jul|jula",
        "август|avgust|avgusta", "септембар|septembar|septembra", "октобар|oktobar|oktobra",
        "новембар|novembar|novembra", "децембар|decembar|decembra"]),
    ("hr", Gregorian, &["siječanj|siječnja|sij", "veljača|veljače|velj", "ožujak|ožujka|ožu",
        "travanj|travnja", "svibanj|svibnja|svi", "lipanj|lipnja|lip", "srpanj|srpnja|srp",
        "kolovoz|kolovoza", "rujan|rujna|ruj", "listopad|listopada|lis", "studeni|studenoga|studenog",
        "prosinac|prosinca"]),
    ("sl", Gregorian, &["januar", "februar", "marec|marca", "april", "maj", "junij|junija",
        "julij|julija", "avgust|avgusta", "september|septembra", "oktober|oktobra",
        "november|novembra", "december|decembra"]),
    ("hu", Gregorian, &["január", "február", "március|márc", "április|ápr", "május|máj",
        "június|jún", "július|júl", "augusztus", "szeptember|szept", "október", "november",
        "december"]),
    ("ro", Gregorian, &["ianuarie|ian", "februarie", "martie", "aprilie", "mai", "iunie|iun",
        "iulie|iul", "august", "septembrie", "octombrie", "noiembrie|noi", "decembrie"]),
    ("el", Gregorian, &["ιανουάριος|ιανουαρίου|ιαν", "φεβρουάριος|φεβρουαρίου|φεβ",
        "μάρτιος|μαρτίου|μαρ", "απρίλιος|απριλίου|απρ", "μάιος|μαΐου|μαι",
        "ιούνιος|ιουνίου|ιουν", "ιούλιος|ιουλίου|ιουλ", "αύγουστος|αυγούστου|αυγ",
        "σεπτέμβριος|σεπτεμβρίου|σεπ|σεπτ", "οκτώβριος|οκτωβρίου|οκτ",
        "νοέμβριος|νοεμβρίου|νοε", "δεκέμβριος|δεκεμβρίου|δεκ"]),
    ("tr", Gregorian, &["ocak|oca", "şubat|şub", "mart", "nisan|nis", "mayıs", "haziran|haz",
        "temmuz|tem", "ağustos|ağu", "eylül|eyl", "ekim|eki", "kasım|kas", "aralık|ara"]),
    ("az", Gregorian, &["yanvar", "fevral", "mart", "aprel", "may", "iyun", "iyul", "avqust",
        "sentyabr", "oktyabr", "noyabr", "dekabr"]),
    ("kk", Gregorian, &["қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз",
        "қыркүйек", "қазан", "қараша", "желтоқсан"]),
    ("sv", Gregorian, &["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti",
        "september", "oktober", "november", "december"]),
    ("da", Gregorian, &["januar", "februar", "marts", "april", "maj", "juni", "juli", "august",
        "september", "oktober|okt", "november", "december"]),
    ("no", Gregorian, &["januar", "februar", "mars", "april", "mai", "juni", "juli", "august",
        "september", "oktober|okt", "november", "desember|des"]),
    ("is", Gregorian, &["janúar", "febrúar", "mars", "apríl", "maí", "júní", "júlí", "ágúst",
        "september", "október", "nóvember", "desember"]),
    ("fi", Gregorian, &["tammikuu|tammikuuta", "helmikuu|helmikuuta", "maaliskuu|maaliskuuta",
        "huhtikuu|huhtikuuta", "toukokuu|toukokuuta", "kesäkuu|kesäkuuta", "heinäkuu|heinäkuuta",
        "elokuu|elokuuta", "syyskuu|syyskuuta", "lokakuu|lokakuuta", "marraskuu|marraskuuta",
        "joulukuu|joulukuuta"]),
    ("et", Gregorian, &["jaanuar", "veebruar", "märts", "aprill", "mai", "juuni", "juuli",
        "august", "september", "oktoober", "november", "detsember"]),
    ("lv", Gregorian, &["janvāris|janvārī", "februāris|februārī", "marts|martā", "aprīlis|aprīlī",
        "maijs|maijā", "jūnijs|jūnijā", "jūlijs|jūlijā", "augusts|augustā",
        "septembris|septembrī", "oktobris|oktobrī", "novembris|novembrī", "decembris|decembrī"]),
    ("lt", Gregorian, &["sausio|sausis", "vasario|vasaris", "kovo|kovas", "balandžio|balandis",
        "gegužės|gegužė", "birželio|birželis", "liepos|liepa", "rugpjūčio|rugpjūtis",
        "rugsėjo|rugsėjis", "spalio|spalis", "lapkričio|lapkritis", "gruodžio|gruodis"]),
    ("sq", Gregorian, &["janar", "shkurt", "mars", "prill", "maj", "qershor", "korrik", "gusht",
        "shtator", "tetor", "nëntor", "dhjetor"]),
    ("ca", Gregorian, &["gener", "febrer", "març", "abril", "maig", "juny", "juliol", "agost",
        "setembre", "octubre", "novembre", "desembre"]),
    ("ka", Gregorian, &["იანვარი", "თებერვალი", "მარტი", "აპრილი", "მაისი", "ივნისი", "ივლისი",
        "აგვისტო", "სექტემბერი", "ოქტომბერი", "ნოემბერი", "დეკემბერი"]),
    ("hy", Gregorian, &["հունվար|հունվարի", "փետրվար|փետրվարի", "մարտ|մարտի", "ապրիլ|ապրիլի",
        "մայիս|մայիսի", "հունիս|հունիսի", "հուլիս|հուլիսի", "օգոստոս|օգոստոսի",
        "սեպտեմբեր|սեպտեմբերի", "հոկտեմբեր|հոկտեմբերի", "նոյեմբեր|նոյեմբերի",
        "դեկտեմբեր|դեկտեմբերի"]),
    ("ar", Gregorian, &["يناير|جانفي|كانون الثاني", "فبراير|فيفري|شباط", "مارس|آذار",
        "أبريل|إبريل|أفريل|نيسان", "مايو|ماي|أيار", "يونيو|يونيه|جوان|حزيران",
        "يوليو|يوليوز|يوليه|جويلية|تموز", "أغسطس|أوت|غشت|آب", "سبتمبر|شتنبر|أيلول",
        "أكتوبر|تشرين الأول", "نوفمبر|نونبر|تشرين الثاني", "ديسمبر|دجنبر|كانون الأول"]),
    ("fa", Gregorian, &["ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن", "ژوئیه|جولای", "اوت",
        "سپتامبر", "اکتبر", "نوامبر", "دسامبر"]),
    ("ur", Gregorian, &["جنوری", "فروری", "مارچ", "اپریل", "مئی", "جون", "جولائی", "اگست",
        "ستمبر", "اکتوبر", "نومبر", "دسمبر"]),
    ("he", Gregorian, &["ינואר", "פברואר", "מרץ|מרס", "אפריל", "מאי", "יוני", "יולי", "אוגוסט",
        "ספטמבר", "אוקטובר", "נובמבר", "דצמבר"]),
    ("hi", Gregorian, &["जनवरी", "फ़रवरी|फरवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त",
        "सितंबर|सितम्बर", "अक्टूबर|अक्तूबर", "नवंबर|नवम्बर", "दिसंबर|दिसम्बर"]),
    ("bn", Gregorian, &["জানুয়ারি|জানুয়ারী", "ফেব্রুয়ারি|ফেব্রুয়ারী", "মার্চ", "এপ্রিল", "মে", "জুন",
        "জুলাই", "আগস্ট", "সেপ্টেম্বর", "অক্টোবর", "নভেম্বর", "ডিসেম্বর"]),
    ("id", Gregorian, &["januari|jan", "februari|feb|peb", "maret|mar", "april|apr", "mei",
        "juni|jun", "juli|jul", "agustus|agu|ags", "september|sep", "oktober|okt",
        "november|nopember|nov|nop", "desember|des"]),
    ("ms", Gregorian, &["januari", "februari", "mac", "april", "mei", "jun", "julai", "ogos",
        "september", "oktober", "november", "disember|dis"]),
    ("sw", Gregorian, &["januari", "februari", "machi", "aprili", "mei", "juni", "julai", "agosti",
        "septemba", "oktoba", "novemba", "desemba"]),
    ("th", Buddhist, &["มกราคม|ม.ค", "กุมภาพันธ์|ก.พ", "มีนาคม|มี.ค", "เมษายน|เม.ย", "พฤษภาคม|พ.ค",
        "มิถุนายน|มิ.ย", "กรกฎาคม|ก.ค", "สิงหาคม|ส.ค", "กันยายน|ก.ย", "ตุลาคม|ต.ค",
        "พฤศจิกายน|พ.ย", "ธันวาคม|ธ.ค"]),
    ("fa", Jalali, &["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان",
        "آذر", "دی", "بهمن", "اسفند"]),
    ("ar", Hijri, &["محرم", "صفر", "ربيع الأول", "ربيع الثاني|ربيع الآخر",
        "جمادى الأولى|جمادى الأول", "جمادى الآخرة|جمادى الثانية|جمادى الثاني", "رجب", "شعبان",
        "رمضان", "شوال", "ذو القعدة|ذي القعدة", "ذو الحجة|ذي الحجة"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_means_one_month_in_its_language() {
        for (language, calendar, names) in NAMES {
            assert_eq!(names.len(), 12, "for {language}");
            for (number, names) in (1..).zip(*names) {
                for name in names.split('|') {
                    let meant = Some(Month { calendar: *calendar, number });
                    assert_eq!(month_by_name(name, Some(language)), meant, "`{name}`, {language}");
                }
            }
        }
    }

    #[test]
    fn the_few_names_of_two_months_are_known() {
        let mut doubtful: Vec<&str> = MONTHS
            .iter()
            .filter(|(_, meant)| meant.iter().any(|(_, month)| *month != meant[0].1))
            .map(|(name, _)| name.as_str())
            .collect();
        doubtful.sort_unstable();
        assert_eq!(doubtful, ["lip", "lis", "listopad", "listopada", "srp"]);
        let number = |language| month_by_name("listopada", Some(language)).map(|it| it.number);
        assert_eq!((number("pl"), number("hr")), (Some(11), Some(10)));
    }

    #[test]
    fn case_and_accents_do_not_matter_and_other_words_are_no_months() {
        for (word, number) in [
            ("NOVEMBER", Some(11)),
            ("Ноября", Some(11)),
            ("ΝΟΕΜΒΡΙΟΥ", Some(11)),
            ("fevrier", Some(2)),
            ("KASIM", Some(11)),
            ("ابریل", Some(4)),
            ("בנובמבר", Some(11)),
            ("Marches", None),
        ] {
            assert_eq!(month_by_name(word, None).map(|it| it.number), number, "for `{word}`");
        }
    }
}
