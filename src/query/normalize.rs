//! What people paste, spelled as it would be typed: straight quotes, plain spaces, plain ASCII.

/// Longer queries are cut here; nobody types them.
pub(super) const MAX_BYTES: usize = 64 << 10;

/// A query in plain spelling, and where each byte of it stood as typed.
#[derive(Debug)]
pub(super) struct Normalized {
    pub(super) text: String,
    positions: Vec<usize>,
    /// Whether the end was cut off.
    pub(super) is_cut: bool,
}

impl Normalized {
    /// The byte position, as typed, of the byte at `offset`.
    pub(super) fn position(&self, offset: usize) -> usize {
        self.positions.get(offset).or(self.positions.last()).copied().unwrap_or_default()
    }
}

/// Spells `typed` plainly.
pub(super) fn normalize(typed: &str) -> Normalized {
    let end = typed.floor_char_boundary(MAX_BYTES);
    let mut normalized = Normalized {
        text: String::with_capacity(end),
        positions: Vec::with_capacity(end + 1),
        is_cut: end < typed.len(),
    };
    for (position, c) in typed[..end].char_indices() {
        normalized.text.push(plain(c));
        normalized.positions.resize(normalized.text.len(), position);
    }
    normalized.positions.push(end);
    normalized
}

fn plain(c: char) -> char {
    match c {
        '“' | '”' | '„' | '‟' | '«' | '»' | '＂' | '″' => '"',
        '‘' | '’' | '‚' | '‛' | 'ʼ' | '＇' | '′' => '\'',
        '–' | '—' | '―' | '‒' | '−' => '–',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c if c.is_whitespace() || c.is_control() => ' ',
        '\u{200b}' | '\u{feff}' | '\u{2060}' => ' ',
        c => c,
    }
}
