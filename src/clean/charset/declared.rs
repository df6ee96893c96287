//! What a page says of its own encoding.

use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};
use memchr::memmem;

/// Bytes at the head of a page where a declaration counts. The standard says 1,024; pages with
/// scripts before their declarations are common enough to be generous.
const HEAD: usize = 4096;

/// The encoding that the page declares: in a `<meta>` element, in either form, or in its XML
/// declaration.
///
/// A simple form of the HTML standard's prescan (section 13.2.3.2): comments are skipped, quotes
/// that hide a `>` are not understood.
pub(super) fn encoding(page: &[u8]) -> Option<&'static Encoding> {
    let head = page[..page.len().min(HEAD)].to_ascii_lowercase();
    let mut rest = head.as_slice();
    while let Some(at) = memchr::memchr(b'<', rest) {
        rest = &rest[at..];
        let (name, end) = match rest {
            [b'<', b'!', b'-', b'-', ..] => ("", "-->"),
            [b'<', b'?', b'x', b'm', b'l', ..] => ("encoding", "?>"),
            [b'<', b'm', b'e', b't', b'a', next, ..] if !next.is_ascii_alphanumeric() => {
                ("charset", ">")
            }
            _ => {
                rest = &rest[1..];
                continue;
            }
        };
        let length = memmem::find(rest, end.as_bytes()).unwrap_or(rest.len());
        let (tag, after) = rest.split_at(length);
        if let Some(encoding) = attribute(tag, name).and_then(for_label) {
            return Some(encoding);
        }
        rest = after;
    }
    None
}

/// The value after `name` and `=` in `tag`, with or without quotes.
fn attribute<'t>(tag: &'t [u8], name: &str) -> Option<&'t [u8]> {
    if name.is_empty() {
        return None;
    }
    memmem::find_iter(tag, name.as_bytes()).find_map(|at| {
        let value = tag[at + name.len()..].trim_ascii_start().strip_prefix(b"=")?;
        let value = value.trim_ascii_start();
        let value = value.strip_prefix(b"\"").or(value.strip_prefix(b"'")).unwrap_or(value);
        let ends = |byte: &u8| byte.is_ascii_whitespace() || b"\"'>;/?".contains(byte);
        Some(&value[..value.iter().position(ends).unwrap_or(value.len())])
    })
}

/// The encoding with this label. As in the standard, a page whose declaration can be read at all
/// is not UTF-16, and `x-user-defined` is windows-1252.
fn for_label(label: &[u8]) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label(label)?;
    if encoding == UTF_16LE || encoding == UTF_16BE {
        Some(UTF_8)
    } else if encoding == X_USER_DEFINED {
        Some(WINDOWS_1252)
    } else {
        (encoding != REPLACEMENT).then_some(encoding)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(page: &str, expected: Option<&str>) {
        assert_eq!(encoding(page.as_bytes()).map(Encoding::name), expected, "for {page}");
    }

    #[test]
    fn either_form_of_a_declaration_counts() {
        check("<html><META CHARSET=windows-1251>", Some("windows-1251"));
        check("<meta charset = 'utf-8' />", Some("UTF-8"));
        check(
            "<meta http-equiv=Content-Type content=\"text/html; charset=iso-8859-2\">",
            Some("ISO-8859-2"),
        );
        check("<?xml version=\"1.0\" encoding=\"koi8-r\"?><html>", Some("KOI8-R"));
        check("<meta name=a content=b><meta charset=\"gb2312\">", Some("GBK"));
    }

    #[test]
    fn what_is_no_declaration_does_not_count() {
        check("<!-- <meta charset=koi8-r> --><p>charset=koi8-r", None);
        check("<metadata charset=koi8-r>", None);
        check("<meta charset=unheard-of>", None);
        check("<meta charset", None);
        check("<!-- <meta charset=koi8-r>", None);
        check(&format!("{}<meta charset=koi8-r>", " ".repeat(HEAD)), None);
    }

    #[test]
    fn labels_that_cannot_be_meant_stand_for_others() {
        check("<meta charset=utf-16>", Some("UTF-8"));
        check("<meta charset=x-user-defined>", Some("windows-1252"));
        check("<meta charset=latin1>", Some("windows-1252"));
        check("<meta charset=iso-2022-kr>", None);
    }
}
