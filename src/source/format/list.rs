//! Lists of words: names, codes, judgements. They are text, and no article.

/// Fewer lines may be a poem or a menu that the cleaner deals with.
const FEWEST_LINES: usize = 20;

/// The longest line of a list, in bytes.
const LONGEST_LINE: usize = 32;

/// Most words on a line of a list.
const MOST_WORDS: usize = 4;

/// Whether `text` is a list: nineteen of twenty lines are short and end no sentence.
pub(super) fn is_list(text: &[u8]) -> bool {
    let lines = text.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii);
    let lines: Vec<&[u8]> = lines.filter(|line| !line.is_empty()).collect();
    let entries = lines.iter().filter(|line| is_entry(line)).count();
    lines.len() >= FEWEST_LINES && entries * 20 >= lines.len() * 19
}

fn is_entry(line: &[u8]) -> bool {
    let words = line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).count();
    let ends_sentence = line.ends_with(b".") || line.ends_with(b"?") || line.ends_with(b"!");
    line.len() <= LONGEST_LINE && words <= MOST_WORDS && !ends_sentence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_told_from_prose() {
        assert!(is_list("astana\nnew york\n1 0 R-17 1\n".repeat(10).as_bytes()));
        for prose in ["Polls open.\n", "The council met on Monday and agreed\n"] {
            assert!(!is_list(prose.repeat(30).as_bytes()), "for {prose}");
        }
        assert!(!is_list(b"astana\nalmaty\n"), "too short to say");
    }
}
