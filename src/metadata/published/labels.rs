//! Words beside a printed date that tell what it dates.

/// What a date is the date of.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Label {
    Published,
    Modified,
}

/// How words for publication begin, in lower case. `date` itself says too little.
const PUBLISHED: &[&str] = &[
    "publish",
    "posted",
    "veröffentlicht",
    "erschienen",
    "erstellt",
    "publié",
    "publi",
    "parution",
    "mis en ligne",
    "pubblicat",
    "gepubliceerd",
    "geplaatst",
    "opublikowan",
    "utworzono",
    "опубликован",
    "дата публикации",
    "размещен",
    "добавлен",
    "опубліковано",
    "публікац",
    "додано",
    "апублікавана",
    "публикуван",
    "објављено",
    "δημοσ",
    "αναρτ",
    "yayın",
    "eklenme",
    "oluşturul",
    "نشر",
    "منتشر",
    "انتشار",
    "פורסם",
    "प्रकाशित",
    "প্রকাশ",
    "发布",
    "發布",
    "發佈",
    "发表",
    "發表",
    "刊登",
    "公開日",
    "掲載",
    "配信",
    "投稿",
    "입력",
    "등록",
    "게시",
    "승인",
    "vydán",
    "zveřejn",
    "publikov",
    "uverejn",
    "pridan",
    "közzét",
    "megjelen",
    "publicat",
    "publicer",
    "udgivet",
    "offentlig",
    "julkais",
    "objavljen",
    "paskelbt",
    "publicēt",
    "avaldat",
    "diterbit",
    "tayang",
    "đăng",
    "xuất bản",
    "เผยแพร่",
    "ngày đăng",
    "released",
    "issued",
    "filed",
];

/// How words for a later change begin, in lower case.
const MODIFIED: &[&str] = &[
    "updat",
    "modif",
    "last edited",
    "edited",
    "revised",
    "aktualis",
    "geändert",
    "bearbeitet",
    "mis à jour",
    "mise à jour",
    "actualiz",
    "actualis",
    "atualiza",
    "aggiorna",
    "ultima modifica",
    "bijgewerkt",
    "gewijzigd",
    "zaktualiz",
    "aktualiz",
    "обновлен",
    "изменен",
    "отредактир",
    "оновлен",
    "обноўлен",
    "обновено",
    "ажурирано",
    "ενημερ",
    "ενημέρ",
    "τροποποι",
    "güncelle",
    "son düzenleme",
    "تحديث",
    "آخر تعديل",
    "بروزرسانی",
    "به‌روز",
    "עודכן",
    "अपडेट",
    "আপডেট",
    "更新",
    "修改",
    "修正",
    "수정",
    "업데이트",
    "upraven",
    "frissít",
    "módosít",
    "uppdatera",
    "ändrad",
    "opdatere",
    "oppdater",
    "päivitet",
    "ažuriran",
    "posodobljen",
    "atnaujint",
    "atjaun",
    "uuendat",
    "diperbarui",
    "cập nhật",
    "อัปเดต",
    "อัพเดต",
    "แก้ไข",
];

/// Longest text between a label and its date, with the label, in characters.
const NEAREST: usize = 32;

/// Names of classes for a later change. `update` alone is used for any news.
const MODIFIED_CLASSES: &[&str] =
    &["updated", "modified", "last-update", "lastupdate", "last_update", "lastmod"];

/// What the class of an element says of the date in it.
pub(super) fn in_class(class: &str) -> Option<Label> {
    let class = class.to_ascii_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| class.contains(word));
    // `<time class="published updated">` is how blogs mark what was never changed.
    match (says(&["publish"]), says(MODIFIED_CLASSES)) {
        (false, true) => Some(Label::Modified),
        _ => None,
    }
}

/// What the last label in `text` says of the date behind it.
pub(super) fn last_label(text: &str) -> Option<Label> {
    let start = text.char_indices().rev().nth(NEAREST).map_or(0, |(at, _)| at);
    let text = text[start..].to_lowercase();
    let last = |words: &[&str]| words.iter().filter_map(|word| text.rfind(word)).max();
    match (last(PUBLISHED), last(MODIFIED)) {
        (Some(published), Some(modified)) if modified > published => Some(Label::Modified),
        (Some(_), _) => Some(Label::Published),
        (None, Some(_)) => Some(Label::Modified),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_before_a_date_tells_what_it_dates() {
        for (text, meant) in [
            ("Published: ", Some(Label::Published)),
            ("Published and last updated on ", Some(Label::Modified)),
            ("Zuletzt aktualisiert: ", Some(Label::Modified)),
            ("Опубликовано ", Some(Label::Published)),
            ("최종수정 ", Some(Label::Modified)),
            ("By Ann Oakes, ", None),
        ] {
            assert_eq!(last_label(text), meant, "for `{text}`");
        }
    }
}
