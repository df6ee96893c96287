//! Times of day, with their offset from UTC.

use chrono::{FixedOffset, NaiveTime};

use super::reader::Reader;

/// A time of day with its offset from UTC where stated.
pub(super) type TimeOfDay = (NaiveTime, Option<FixedOffset>);

#[derive(Clone, Copy)]
enum Half {
    Morning,
    Afternoon,
}

impl Reader<'_> {
    /// A time of day that starts at token `at` (`10:15`, `10:15:30.5 PM`, `T101500Z`, `10h15`,
    /// `10時15分`), and the token after it.
    pub(super) fn time_at(&self, at: usize) -> Option<(TimeOfDay, usize)> {
        if let Some(compact) = self.number(at, 6..=6) {
            let after_t = at > 0 && self.word(at - 1) == Some("T");
            let time =
                NaiveTime::from_hms_opt(compact / 10_000, compact / 100 % 100, compact % 100)?;
            return after_t.then(|| ((time, self.offset_at(at + 1)), at + 1));
        }
        let hour = self.number(at, 1..=2)?;
        let is_clock = self.mark(at + 1) == Some(':')
            || matches!(self.word(at + 1), Some("h" | "H" | "時" | "时" | "시"));
        let minute = self.number(at + 2, 2..=2).filter(|_| is_clock)?;
        let mut next = at + 3;
        let mut second = 0;
        if self.mark(next) == Some(':')
            && let Some(written) = self.number(next + 1, 2..=2)
        {
            // A leap second has no place in the calendar types; the second before has.
            second = written.min(59);
            next += 2;
            if matches!(self.mark(next), Some('.' | ',')) && self.number(next + 1, 1..=14).is_some()
            {
                next += 2;
            }
        }
        let (half, next) = self.half_of_day_at(next);
        let hour = match (half, hour) {
            (Some(Half::Morning), 12) => 0,
            (Some(Half::Afternoon), hour @ 1..=11) => hour + 12,
            (_, hour) => hour,
        };
        Some(((NaiveTime::from_hms_opt(hour, minute, second)?, self.offset_at(next)), next))
    }

    /// `am`, `PM`, `a.m.` at token `at`, and the token after it.
    fn half_of_day_at(&self, at: usize) -> (Option<Half>, usize) {
        let half = |letter: &str| match letter {
            "a" | "A" => Some(Half::Morning),
            "p" | "P" => Some(Half::Afternoon),
            _ => None,
        };
        let Some(word) = self.word(at) else { return (None, at) };
        if let Some(letter) = word.strip_suffix(['m', 'M']) {
            return half(letter).map_or((None, at), |half| (Some(half), at + 1));
        }
        let dotted = self.mark(at + 1) == Some('.')
            && self.word(at + 2).is_some_and(|word| word.eq_ignore_ascii_case("m"));
        match half(word) {
            Some(half) if dotted => {
                (Some(half), at + 3 + usize::from(self.mark(at + 3) == Some('.')))
            }
            _ => (None, at),
        }
    }

    /// The offset from UTC at token `at`: `Z`, `+02:00`, `-0500`, `GMT+1`, `EST`.
    pub(super) fn offset_at(&self, at: usize) -> Option<FixedOffset> {
        let at = at + usize::from(self.mark(at) == Some('('));
        if let Some(word) = self.word(at) {
            let hours = zone_hours(word)?;
            let signed = (hours == 0).then(|| self.signed_offset_at(at + 1)).flatten();
            return signed.or_else(|| FixedOffset::east_opt(hours * 3600));
        }
        self.signed_offset_at(at)
    }

    fn signed_offset_at(&self, at: usize) -> Option<FixedOffset> {
        let sign = match self.mark(at)? {
            '+' => 1,
            '-' | '−' => -1,
            _ => return None,
        };
        let (hours, minutes) = if let Some(both) = self.number(at + 1, 4..=4) {
            (both / 100, both % 100)
        } else {
            let minutes = (self.mark(at + 2) == Some(':')).then(|| self.number(at + 3, 2..=2));
            (self.number(at + 1, 1..=2)?, minutes.flatten().unwrap_or(0))
        };
        if hours > 14 || minutes > 59 {
            return None;
        }
        FixedOffset::east_opt(sign * i32::try_from(hours * 3600 + minutes * 60).ok()?)
    }
}

/// Hours east of UTC of the zones of RFC 2822 and of the European ones that mean one thing only.
fn zone_hours(name: &str) -> Option<i32> {
    Some(match name.to_ascii_uppercase().as_str() {
        "Z" | "UTC" | "GMT" | "UT" => 0,
        "EST" | "CDT" => -5,
        "EDT" => -4,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" => -8,
        "CET" => 1,
        "CEST" | "EET" => 2,
        "EEST" | "MSK" => 3,
        _ => return None,
    })
}
