//! Which of the dates to believe.
//!
//! Every clue is read; those that can be are grouped by day. What is evidence of the same kind
//! repeats itself, so of each kind only the strongest speaks for a day, and the weights (log-odds of
//! how often such a clue is right) of the kinds are added: two kinds that agree outweigh one that
//! does not. The day with the most weight is the date.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime, Timelike};

use super::calibration::{self, Standing};
use super::clue::{Clue, ClueKind};
use super::labels::{self, Label};
use crate::article::{DateCandidate, DateOutcome, DateSource, Published, When};
use crate::metadata::date::{self, Conventions, Written};

/// What bounds and settles the dates of an article.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Circumstances<'a> {
    /// How the page writes dates.
    pub(crate) conventions: Conventions<'a>,
    /// When the page was saved, on UTC's clock, where the archive says so.
    pub(crate) captured: Option<NaiveDateTime>,
    /// The last day on which it can have been published.
    pub(crate) latest: Option<NaiveDate>,
}

/// The dates of an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Dating {
    pub(crate) published: Option<Published>,
    pub(crate) modified: Option<When>,
    /// The chosen one first, then by trust.
    pub(crate) candidates: Vec<DateCandidate>,
}

/// Least trust in percent at which a date is believed without another kind that agrees.
const LEAST_TRUST: u8 = 50;

/// Days that stand for no date where a machine writes them: the start of its calendar, by the
/// clocks of west and east.
const DEFAULTS: [NaiveDate; 2] = [
    NaiveDate::from_ymd_opt(1970, 1, 1).expect("a real day"),
    NaiveDate::from_ymd_opt(1969, 12, 31).expect("a real day"),
];

/// Trust in percent in a date beside the headline where other dates stand there, too.
const TRUST_IN_CROWD: u8 = 72;

/// What the record declares beats all that is found in its page.
const DECLARED_WEIGHT: f64 = 100.0;

/// Log-odds of the weakest clue.
const LEAST_WEIGHT: f64 = 0.1;

/// Most candidates that are kept.
const MOST_CANDIDATES: usize = 24;

/// What a clue adds to the nearer day beside its own where its time is UTC's: most publishers live
/// elsewhere, and the address has the day of their own calendar. Chosen so that an address outweighs
/// JSON-LD and `<meta>` together; one labelled page asks for it.
const NEXT_DAY_SHARE: f64 = 0.6;

/// A clue that was read.
#[derive(Clone, Debug)]
struct Candidate {
    kind: ClueKind,
    when: When,
    evidence: String,
    /// Of several clues of the kind, the first speaks with full trust.
    trust: u8,
}

impl Candidate {
    fn day(&self) -> NaiveDate {
        self.when.first_day()
    }

    /// Log-odds that the clue is right.
    fn weight(&self) -> f64 {
        if self.kind == ClueKind::Declared {
            return DECLARED_WEIGHT;
        }
        let share = f64::from(self.trust.clamp(1, 99)) / 100.0;
        // What is weak says little; it does not speak against its day.
        (share / (1.0 - share)).ln().max(LEAST_WEIGHT)
    }

    /// The other day that it may be at the publisher's place, if its time is UTC's.
    fn other_day(&self) -> Option<NaiveDate> {
        let When::Second(time, Some(offset)) = self.when else { return None };
        // Midnight to the second is a day that a program made a time of.
        if time.time() == chrono::NaiveTime::MIN {
            return None;
        }
        let hour = time.hour();
        match offset.local_minus_utc() {
            0 if hour < 12 => time.date().pred_opt(),
            0 => time.date().succ_opt(),
            _ => None,
        }
    }
}

/// Reads the clues and chooses.
pub(crate) fn date(clues: &[Clue], circumstances: Circumstances<'_>) -> Dating {
    let mut read = Vec::new();
    let mut open = Vec::new();
    for clue in clues {
        read_clue(clue, circumstances, &mut read, &mut open);
    }
    settle_open(&mut read, open);
    doubt_crowds(&mut read);
    let modified = read.iter().find(|it| it.kind.is_modified()).map(|it| it.when);
    let is_default = |it: &Candidate| it.kind != ClueKind::Declared && DEFAULTS.contains(&it.day());
    read.retain(|it| !is_default(it));
    let too_late = |it: &Candidate| circumstances.latest.is_some_and(|latest| it.day() > latest);
    let usable: Vec<&Candidate> =
        read.iter().filter(|it| !it.kind.is_modified() && !too_late(it)).collect();
    let changes: Vec<When> =
        read.iter().filter(|it| it.kind.is_modified()).map(|it| it.when).collect();
    let chosen = choose(&usable, &changes).or_else(|| coarse(&usable));
    let published = chosen.map(|(best, standing)| Published {
        when: best.when,
        source: best.kind.source(),
        confidence: calibration::confidence(best.kind, standing),
    });
    let chosen = chosen.map(|(best, _)| best);
    let mut candidates: Vec<DateCandidate> = read
        .iter()
        .map(|it| DateCandidate {
            when: it.when,
            source: it.kind.source(),
            evidence: it.evidence.clone(),
            confidence: it.trust,
            outcome: match chosen {
                _ if it.kind.is_modified() => DateOutcome::Modified,
                _ if too_late(it) => DateOutcome::AfterCapture,
                Some(best) if std::ptr::eq(best, it) => DateOutcome::Chosen,
                Some(best) if best.day() == it.day() => DateOutcome::Agrees,
                Some(_) if changes.contains(&it.when) => DateOutcome::Modified,
                Some(_) => DateOutcome::Outranked,
                None => DateOutcome::TooWeak,
            },
        })
        .collect();
    candidates.sort_by_key(|it| (it.outcome, std::cmp::Reverse(it.confidence)));
    candidates.dedup_by(|a, b| a.when == b.when && a.evidence == b.evidence);
    candidates.truncate(MOST_CANDIDATES);
    let modified =
        modified.filter(|when| circumstances.latest.is_none_or(|it| when.first_day() <= it));
    Dating { published, modified, candidates }
}

/// Two days, by which of two numbers is the day, and the clue that gave them.
type Open = (Candidate, When);

fn read_clue(
    clue: &Clue,
    circumstances: Circumstances<'_>,
    read: &mut Vec<Candidate>,
    open: &mut Vec<Open>,
) {
    let repeats = read.iter().filter(|it| it.kind == clue.kind).count();
    let trust = clue.kind.trust() / if repeats == 0 { 1 } else { 3 };
    let mut add = |written: Written, kind: ClueKind, trust: u8| {
        let evidence = match kind.source() {
            DateSource::VisibleText => format!("{}: {}", clue.evidence, clue.text),
            _ => clue.evidence.clone(),
        };
        let candidate = |when| Candidate { kind, when, evidence: evidence.clone(), trust };
        if let Written::Either(day_first, month_first) = written {
            open.push((candidate(day_first), month_first));
        } else if let Some(when) = written.settle(circumstances.captured) {
            read.push(candidate(when));
        }
    };
    match clue.kind {
        ClueKind::Address | ClueKind::Canonical | ClueKind::ImagePath => {
            if let Some(when) = date::date_in_url(&clue.text) {
                add(Written::When(when), clue.kind, trust);
            }
        }
        ClueKind::Dateline => {
            if let Some(written) = date::dateline(&clue.text, circumstances.conventions) {
                add(written, clue.kind, trust);
            }
        }
        ClueKind::Near
        | ClueKind::Called
        | ClueKind::TimeNear
        | ClueKind::TimeOther
        | ClueKind::TimeOnly
        | ClueKind::TimeAside => {
            let mut from = 0;
            // Only the first day of each label speaks: a text with more tells a story.
            for (written, bytes) in
                date::days_in(&clue.text, circumstances.conventions).into_iter().take(3)
            {
                let label = labels::last_label(&clue.text[from..bytes.start])
                    .or_else(|| labels::last_label(&clue.lead))
                    .or_else(|| labels::in_class(&clue.evidence));
                from = bytes.end;
                let visible = matches!(clue.kind, ClueKind::Near | ClueKind::Called);
                match label {
                    Some(Label::Modified) => add(written, ClueKind::LabelledModified, 0),
                    Some(Label::Published) if visible => {
                        add(written, ClueKind::Labelled, ClueKind::Labelled.trust());
                    }
                    _ => add(written, clue.kind, trust),
                }
            }
        }
        _ => {
            if let Some(written) = date::read(&clue.text, circumstances.conventions) {
                add(written, clue.kind, trust);
            }
        }
    }
}

/// A date whose order nothing tells is the one of its two days that other evidence names; else it is
/// none.
fn settle_open(read: &mut Vec<Candidate>, open: Vec<Open>) {
    for (mut candidate, month_first) in open {
        let is_named = |when: When| read.iter().any(|it| it.day() == when.first_day());
        match (is_named(candidate.when), is_named(month_first)) {
            (true, false) => read.push(candidate),
            (false, true) => {
                candidate.when = month_first;
                read.push(candidate);
            }
            _ => {}
        }
    }
}

/// Where the dates beside the headline name several days, there is a list of articles there, and
/// which one is meant is less sure.
fn doubt_crowds(read: &mut [Candidate]) {
    for kind in [ClueKind::TimeNear, ClueKind::Near] {
        let mut days = read.iter().filter(|it| it.kind == kind).map(Candidate::day);
        let first = days.next();
        if days.any(|day| Some(day) != first) {
            for it in read.iter_mut().filter(|it| it.kind == kind) {
                it.trust = it.trust.min(TRUST_IN_CROWD);
            }
        }
    }
}

/// The strongest candidate of the day with the most weight, and how the others stand to it.
fn choose<'a>(usable: &[&'a Candidate], changes: &[When]) -> Option<(&'a Candidate, Standing)> {
    // A weak date that is the time of a change to the second dates the change.
    let is_change = |it: &Candidate| {
        it.trust < 90 && matches!(it.when, When::Second(..)) && changes.contains(&it.when)
    };
    // Where the record states a month or a year, the day lies in it.
    let period = usable.iter().find(|it| it.kind == ClueKind::Declared && !is_exact(it.when));
    let in_period = |it: &Candidate| {
        period.is_none_or(|stated| (stated.day()..=stated.when.last_day()).contains(&it.day()))
    };
    let kept: Vec<&Candidate> = usable
        .iter()
        .copied()
        .filter(|it| is_exact(it.when) && !is_change(it) && in_period(it))
        .collect();
    let mut days: BTreeMap<NaiveDate, BTreeMap<DateSource, f64>> = BTreeMap::new();
    for it in &kept {
        let mut speak = |day, weight: f64| {
            let own = days.entry(day).or_default().entry(it.kind.source()).or_insert(f64::MIN);
            *own = own.max(weight);
        };
        speak(it.day(), it.weight());
    }
    for it in &kept {
        // Only where an address names that day. To let printed dates do the same changed one
        // labelled page, for the worse; one page proves neither.
        if let Some(sources) = it.other_day().and_then(|day| days.get_mut(&day))
            && sources.contains_key(&DateSource::Url)
        {
            let own = sources.entry(it.kind.source()).or_insert(f64::MIN);
            *own = own.max(it.weight() * NEXT_DAY_SHARE);
        }
    }
    let total = |sources: &BTreeMap<DateSource, f64>| sources.values().sum::<f64>();
    let (day, sources) =
        days.iter().rev().max_by(|(_, a), (_, b)| total(a).total_cmp(&total(b)))?;
    let of_day = || kept.iter().copied().filter(|it| it.day() == *day);
    let strongest = of_day().max_by_key(|it| (it.trust, std::cmp::Reverse(it.kind)))?;
    // A `<time>` and the words in it are one statement, and so are JSON-LD and `<meta>`.
    let first = sources.keys().next().map(|source| family(*source));
    let agreeing = sources.keys().any(|source| Some(family(*source)) != first);
    if strongest.trust < LEAST_TRUST && !agreeing {
        return None;
    }
    let others = || kept.iter().filter(|it| (it.day() - *day).num_days().abs() > 1);
    let is_contradicted =
        strongest.trust == TRUST_IN_CROWD || others().any(|it| it.trust >= LEAST_TRUST);
    let standing = match (agreeing, is_contradicted) {
        (true, _) => Standing::Agreed,
        (false, false) => Standing::Alone,
        (false, true) => Standing::Contradicted,
    };
    // Seconds are worth more than a day where a machine wrote them for machines.
    let exact = of_day()
        .filter(|_| strongest.kind != ClueKind::Declared)
        .filter(|it| {
            it.kind.is_structured() && matches!(it.when, When::Second(..)) && it.trust >= 80
        })
        .max_by_key(|it| (it.trust, std::cmp::Reverse(it.kind)));
    Some((exact.unwrap_or(strongest), standing))
}

/// The month or year that the record or the address states, where nothing states a day.
fn coarse<'a>(usable: &[&'a Candidate]) -> Option<(&'a Candidate, Standing)> {
    let kinds = [ClueKind::Declared, ClueKind::Address, ClueKind::Canonical];
    let of_kind = |kind| usable.iter().copied().find(|it| it.kind == kind && !is_exact(it.when));
    kinds.into_iter().find_map(of_kind).map(|it| (it, Standing::Alone))
}

/// Who makes a statement: evidence of one family comes from one hand.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Family {
    /// What the publisher's system states for machines.
    Stated,
    /// The address.
    Address,
    /// What is printed for readers.
    Printed,
}

fn family(source: DateSource) -> Family {
    match source {
        DateSource::Caller
        | DateSource::Record
        | DateSource::JsonLd
        | DateSource::Meta
        | DateSource::PageState => Family::Stated,
        DateSource::Url => Family::Address,
        DateSource::TimeTag | DateSource::DatelineText | DateSource::VisibleText => Family::Printed,
    }
}

/// Whether a date states its day: pages that state a month alone state it of something else.
fn is_exact(when: When) -> bool {
    matches!(when, When::Second(..) | When::Day(_))
}
