//! `3 hours ago`, `yesterday`: times that are counted from the moment at which the page was saved.

use chrono::TimeDelta;

use super::reader::Reader;
use super::token::Token;

/// Most tokens of a text that is a relative time; longer texts tell stories.
const MOST_TOKENS: usize = 14;

/// Minutes of a unit, and how words for it begin.
const UNITS: &[(i64, &[&str])] = &[
    (
        1,
        &[
            "minut",
            "min",
            "мин",
            "хвилин",
            "хв",
            "dakika",
            "dk",
            "דקות",
            "دقيقة",
            "دقائق",
            "دقیقه",
            "分钟",
            "分鐘",
            "分",
            "분",
            "menit",
            "phút",
            "λεπτ",
            "perc",
            "मिनट",
            "นาที",
        ],
    ),
    (
        60,
        &[
            "hour",
            "hr",
            "stunde",
            "heure",
            "hora",
            "ore",
            "ora",
            "oră",
            "час",
            "годин",
            "год",
            "godzin",
            "godz",
            "saat",
            "ساعات",
            "ساعة",
            "ساعت",
            "שעות",
            "小时",
            "小時",
            "時間",
            "시간",
            "jam",
            "giờ",
            "ώρ",
            "ωρ",
            "óra",
            "órá",
            "hodin",
            "sati",
            "timm",
            "time",
            "tunti",
            "घंटे",
            "uur",
            "ชั่วโมง",
        ],
    ),
    (
        1440,
        &[
            "day",
            "tag",
            "jour",
            "día",
            "dia",
            "giorn",
            "zile",
            "дн",
            "день",
            "днів",
            "dni",
            "dzień",
            "gün",
            "أيام",
            "يوم",
            "روز",
            "ימים",
            "天",
            "日",
            "일",
            "hari",
            "ngày",
            "μέρ",
            "ημέρ",
            "nap",
            "dag",
            "dana",
            "päivä",
            "दिन",
            "วัน",
        ],
    ),
    (
        10_080,
        &[
            "week",
            "woche",
            "semaine",
            "semana",
            "settiman",
            "săptămân",
            "недел",
            "тижд",
            "тижн",
            "tydz",
            "tygod",
            "hafta",
            "أسبوع",
            "أسابيع",
            "هفته",
            "周",
            "週間",
            "주",
            "minggu",
            "tuần",
        ],
    ),
];

/// Words that say that a span lies back.
const AGO: &[&str] = &[
    "ago",
    "vor",
    "y a",
    "hace",
    "há",
    "fa",
    "atrás",
    "назад",
    "тому",
    "temu",
    "önce",
    "منذ",
    "قبل",
    "پیش",
    "לפני",
    "前",
    "전",
    "lalu",
    "sedan",
    "siden",
    "sitten",
    "geleden",
    "πριν",
    "acum",
    "urmă",
    "ezelőtt",
    "před",
    "pred",
    "prije",
    "पहले",
    "trước",
    "ที่แล้ว",
];

/// Words for yesterday.
const YESTERDAY: &[&str] = &[
    "yesterday",
    "gestern",
    "hier",
    "ayer",
    "ontem",
    "ieri",
    "gisteren",
    "wczoraj",
    "вчера",
    "вчора",
    "včera",
    "dün",
    "أمس",
    "دیروز",
    "אתמול",
    "昨天",
    "昨日",
    "어제",
    "kemarin",
    "χθες",
    "tegnap",
    "igår",
    "i går",
    "eilen",
    "jučer",
    "juče",
    "कल",
    "hôm qua",
    "เมื่อวาน",
];

/// How long before its capture the text says that its page was published.
pub(super) fn ago(reader: &Reader<'_>) -> Option<TimeDelta> {
    if reader.tokens.len() > MOST_TOKENS {
        return None;
    }
    let words: Vec<String> = reader
        .tokens
        .iter()
        .map(|(token, _)| match token {
            Token::Word(word) => word.to_lowercase(),
            Token::Mark(mark) => mark.to_string(),
            Token::Number(..) => String::new(),
        })
        .collect();
    let has = |wanted: &[&str]| {
        wanted.iter().any(|wanted| match wanted.split_once(' ') {
            Some((first, second)) => {
                words.windows(2).any(|pair| pair[0] == first && pair[1] == second)
            }
            None if wanted.is_ascii() => words.iter().any(|word| word == *wanted),
            // Scripts without spaces write the unit and "ago" as one word.
            None => words.iter().any(|word| word.ends_with(wanted)),
        })
    };
    if reader.tokens.len() <= 6 && has(YESTERDAY) {
        return Some(TimeDelta::days(1));
    }
    if !has(AGO) {
        return None;
    }
    (0..words.len()).find_map(|at| {
        let count = i64::from(reader.number(at, 1..=2)?);
        let unit = words.get(at + 1)?;
        let begins = |names: &&[&str]| names.iter().any(|name| unit.starts_with(name));
        let (minutes, _) = UNITS.iter().rev().find(|(_, names)| begins(names))?;
        TimeDelta::try_minutes(count * minutes)
    })
}
