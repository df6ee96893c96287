//! What sites write around their articles, as data: appeals, buttons, captions, marks of lists.
//!
//! In lines that are too short to be paragraphs a phrase is enough. In longer ones it proves nothing
//! by itself, as a story about a newsletter must keep its sentences: see [`asking`](super::asking).
//! Phrases are compared in lower case, at word bounds.

use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};

/// Phrases with which a site asks its reader for something, or speaks of itself. By language:
/// English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Russian, Ukrainian,
/// Greek, Turkish, Chinese.
#[rustfmt::skip]
const APPEALS: &[&str] = &[
    "subscribe", "subscription", "subscriptions", "newsletter", "newsletters", "sign up", "sign in",
    "signing up", "unsubscribe", "to your inbox", "user agreement",
    "signed in", "log in", "login", "register now", "create an account", "donate", "donation",
    "contribute us", "contribute to our", "wish to contribute", "support us", "support our",
    "buy our", "our merchandise", "become a member", "portal access", "unlimited access",
    "free trial", "follow us", "follow me", "like us on", "find us on", "join us on", "share this",
    "share on", "share via", "share it", "tweet this", "email this", "print this", "e-mail this",
    "send to a friend", "email to a friend", "add a comment", "post a comment", "leave a comment",
    "leave a reply", "view comments", "read comments", "comments are closed", "report abuse",
    "all rights reserved", "privacy policy", "terms of use", "terms of service",
    "terms and conditions", "terms & conditions", "use of cookies", "uses cookies", "use cookies",
    "cookie policy", "accept cookies", "copyright", "©", "click here", "tap here", "read more",
    "continue reading", "read also", "see also", "also read", "watch more", "story continues",
    "article continues", "advertisement", "advertise", "sponsored", "related articles",
    "related stories", "related links", "related content", "recommended for you", "you may also like",
    "you might also like", "more from", "more stories", "most read", "most popular", "trending now",
    "get the latest", "breaking news alerts", "download our app", "download the app", "app store",
    "google play", "enable javascript", "contact us", "about us", "site map", "sitemap",
    "back to top", "skip to", "jump to", "rss feed", "rss feeds", "send us", "have a story",
    "got a tip", "related:", "also in this section", "также в разделе", "please consider", "reprints", "have something to say", "join the conversation",
    "press enter", "get our", "in your inbox", "last updated",
    "abonnieren", "jetzt anmelden", "impressum", "datenschutz", "alle rechte vorbehalten",
    "mehr zum thema", "lesen sie auch", "lesen sie hier", "artikel teilen", "nach oben",
    "abonnez-vous", "s'abonner", "se connecter", "mentions légales", "tous droits réservés",
    "lire aussi", "lire la suite", "à lire aussi", "partager sur", "suivez-nous",
    "suscríbete", "suscribirse", "iniciar sesión", "todos los derechos reservados", "lea también",
    "lee también", "compartir en", "síguenos", "aviso legal", "boletín",
    "iscriviti", "accedi", "tutti i diritti riservati", "leggi anche", "condividi su", "seguici",
    "assine", "todos os direitos reservados", "leia também", "leia mais", "compartilhe", "siga-nos",
    "abonneer", "inloggen", "lees ook", "lees meer", "alle rechten voorbehouden", "volg ons",
    "subskrybuj", "prenumerata", "zaloguj", "zarejestruj", "wszelkie prawa zastrzeżone",
    "czytaj też", "czytaj także", "czytaj również", "czytaj więcej", "zobacz też", "zobacz także",
    "udostępnij", "polityka prywatności", "regulamin", "skomentuj", "dodaj komentarz", "reklama",
    "подпишитесь", "подписаться", "подписка", "рассылка", "войти", "регистрация",
    "все права защищены", "читайте также", "читать далее", "читать полностью", "поделиться",
    "комментарии", "комментировать", "реклама", "обратная связь", "при использовании материалов",
    "перепечатка", "версия для печати", "распечатать", "новости по теме", "материалы по теме",
    "підпишіться", "підписатися", "читайте також", "усі права захищені", "поділитися",
    "εγγραφή", "σύνδεση", "με την επιφύλαξη παντός δικαιώματος", "διαβάστε επίσης",
    "διαβάστε ακόμα", "διαβάστε περισσότερα", "όροι χρήσης", "επικοινωνία", "εκτύπωση",
    "δείτε επίσης", "σχόλια", "κοινοποίηση", "αποστολή με email",
    "abone ol", "giriş yap", "tüm hakları saklıdır", "bizi takip edin",
];

/// Phrases of scripts without word bounds.
const APPEALS_WITHOUT_BOUNDS: &[&str] = &[
    "版权所有",
    "版權所有",
    "相关新闻",
    "相关阅读",
    "相关报道",
    "责任编辑",
    "责编",
    "登录",
    "注册",
    "分享到",
    "我要评论",
    "发表评论",
    "网友评论",
    "查看评论",
    "打印",
    "收藏本",
    "关闭窗口",
    "返回首页",
    "设为首页",
    "加入收藏",
    "联系我们",
    "关于我们",
    "广告服务",
    "网站地图",
    "更多>>",
    "热点推荐",
    "转载",
    "免责声明",
    "字号",
    "字体",
    "纠错",
    "上一页",
    "下一页",
];

/// Lines that are a button or label when they stand alone.
#[rustfmt::skip]
const BUTTONS: &[&str] = &[
    "share", "tweet", "print", "email", "e-mail", "facebook", "twitter", "whatsapp", "linkedin",
    "pinterest", "reddit", "telegram", "google+", "instagram", "youtube", "flipboard", "comments",
    "comment", "reply", "like", "save", "close", "menu", "search", "home", "more", "next",
    "previous", "prev", "top", "loading", "advert", "ad", "ads", "related", "gallery", "video",
    "photos", "tags", "topics", "topics:", "tags:", "copy link", "copied", "font size", "stripe",
    "paypal", "teilen", "drucken", "anzeige", "werbung", "partager", "imprimer", "compartir",
    "imprimir", "condividi", "stampa", "drukuj", "wyślij", "поделиться", "печать", "теги", "打印",
    "分享", "评论", "more »", "read", "listen", "watch",
];

/// How a caption or a credit starts.
#[rustfmt::skip]
const CAPTION_STARTS: &[&str] = &[
    "photo:", "photo by", "photos:", "photograph:", "photographs:", "image:", "images:",
    "image credit", "photo credit", "picture:", "pictured:", "credit:", "file photo", "file image",
    "file picture", "(photo", "(image", "[photo", "image source", "image copyright", "image caption",
    "media caption", "video caption", "watch:", "video:", "foto:", "bild:", "crédit photo",
    "photo ©", "zdjęcie:", "fot.", "фото:", "φωτογραφία:", "caption:",
];

/// How a caption ends: with the agency that owns the picture.
#[rustfmt::skip]
const CAPTION_ENDS: &[&str] = &[
    "/getty images", "/afp", "/ap", "/reuters", "/epa", "/alamy", "/shutterstock", "/pa", "/tass",
    "getty images)", "(reuters)", "(ap photo)", "(afp)", "ap photo", "photo: reuters", "via ap)",
    "via reuters)", "getty images", "shutterstock", "(pa)", "/pa wire", "/rex", "/dpa", "/ria novosti",
];

/// What a line of a link list starts with.
const LIST_MARKS: &[&str] = &["» ", "› ", "► ", "▶ ", "| ", "➤ ", "→ "];

static APPEAL: LazyLock<Regex> = LazyLock::new(|| {
    let listed = |phrases: &[&str]| {
        phrases.iter().map(|phrase| regex::escape(phrase)).collect::<Vec<_>>().join("|")
    };
    let (bounded, unbounded) = (listed(APPEALS), listed(APPEALS_WITHOUT_BOUNDS));
    RegexBuilder::new(&format!(
        r"(?:^|[^\p{{L}}\p{{N}}])(?:{bounded})(?:[^\p{{L}}\p{{N}}]|$)|{unbounded}"
    ))
    .case_insensitive(true)
    .build()
    .expect("escaped phrases are a pattern")
});

/// How many phrases of appeal stand in `line`; two that overlap count once.
pub(super) fn count_appeals(line: &str) -> usize {
    APPEAL.find_iter(line).count()
}

/// Whether `line` is a button's label and nothing else.
pub(super) fn is_button(line: &str) -> bool {
    line.len() <= 40 && BUTTONS.contains(&line.to_lowercase().trim())
}

/// Whether `line` describes or credits a picture.
pub(super) fn is_caption(line: &str) -> bool {
    let lower = line.to_lowercase();
    let end = lower.trim_end_matches(['.', ' ']);
    CAPTION_STARTS.iter().any(|start| lower.starts_with(start))
        || CAPTION_ENDS.iter().any(|mark| end.ends_with(mark))
}

/// The tag in `line`, if it starts as the lines of a tagged list do: `[Tag] - Headline`.
pub(super) fn list_tag(line: &str) -> Option<&str> {
    let (tag, rest) = line.strip_prefix('[')?.split_once(']')?;
    let plausible = (1..=40).contains(&tag.chars().count()) && tag.starts_with(char::is_alphabetic);
    let dash = rest.trim_start().starts_with(['-', '–', '—', ':']);
    (plausible && dash).then_some(tag)
}

/// Whether `line` starts as the lines of a link list do.
pub(super) fn is_list_line(line: &str) -> bool {
    list_tag(line).is_some() || LIST_MARKS.iter().any(|mark| line.starts_with(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_stands_between_word_bounds() {
        for (line, meant) in [
            ("Subscribe to our newsletter", 2),
            ("Buy Our Merchandise (Spring Series)", 1),
            ("He subscribed to the theory", 0),
            ("© The Daily Gull", 1),
            ("Читайте также: порт открыт", 1),
            ("新华网版权所有", 1),
            ("The port reopened", 0),
        ] {
            assert_eq!(count_appeals(line), meant, "for `{line}`");
        }
    }

    #[test]
    fn captions_and_buttons_are_known_by_their_form() {
        assert!(is_caption("Photo: Ann Oakes"));
        assert!(is_caption("Ships in the harbour on Friday. Bo Lind/AFP"));
        assert!(!is_caption("The photo was taken on Friday."));
        assert!(is_button("Share") && is_button("STRIPE"));
        assert!(!is_button("Share prices fell"));
    }

    #[test]
    fn a_tagged_line_starts_with_its_tag() {
        assert_eq!(list_tag("[Norway] - Port Reopens"), Some("Norway"));
        assert_eq!(list_tag("[Norway] Port Reopens"), None);
        assert_eq!(list_tag("[1] - Port Reopens"), None);
        assert!(is_list_line("» Port reopens"));
    }

    #[test]
    fn buttons_and_captions_are_listed_in_lower_case() {
        for phrase in BUTTONS.iter().chain(CAPTION_STARTS).chain(CAPTION_ENDS) {
            assert_eq!(*phrase, phrase.to_lowercase());
        }
    }
}
