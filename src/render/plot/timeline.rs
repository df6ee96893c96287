//! Articles over time: bars for one question, lines for several.

use std::io;

use chrono::NaiveDate;
use plotters::style::text_anchor::{HPos, VPos};

use super::super::numbers::{amount, count};
use super::super::timeline::Measure;
use super::names::{Name, write_names};
use super::{
    AXIS, COLOURS, Canvas, Drawn, EDGE, FAINT_INK, GRID, INK, Letters, THIN, WIDTH, along, dates,
    figure, ticks, wrapped,
};
use crate::search::{Series, Timeline, Unit};

const HEIGHT: i32 = 446;

/// What is drawn in stands between these.
const TOP: i32 = 96;
const BOTTOM: i32 = HEIGHT - 120;
const LEFT: i32 = 74;

/// Lines for what is not drawn, at most.
const LINES: usize = 2;

/// The room for names of questions at the right.
const NAMES: i32 = 190;

/// From this width of a bar on, its number stands above it.
const NUMBERED: i32 = 26;

/// Draws the numbers of one question as bars.
pub fn plot_timeline(timeline: &Timeline, measure: Measure) -> io::Result<String> {
    let Some(series) = timeline.series.first() else { return figure(HEIGHT, |_| Ok(())) };
    figure(HEIGHT, |canvas| {
        let plot = Plot::new(timeline, measure, WIDTH - EDGE);
        canvas.head(&series.query, &plot.subtitle())?;
        plot.axes(canvas)?;
        plot.bars(canvas, series)?;
        canvas.foot(&[left_out(series, timeline.unit), plot.thin()], HEIGHT)
    })
}

/// Draws the numbers of several questions as lines.
pub fn plot_trend(timeline: &Timeline, measure: Measure) -> io::Result<String> {
    figure(HEIGHT, |canvas| {
        let plot = Plot::new(timeline, measure, WIDTH - NAMES);
        let queries: Vec<_> = timeline.series.iter().map(|it| it.query.as_str()).collect();
        canvas.head(&queries.join("  ·  "), &plot.subtitle())?;
        plot.axes(canvas)?;
        plot.lines(canvas)?;
        let letters = ('A'..='Z').map(|letter| letter.to_string());
        let left_out = timeline.series.iter().zip(letters);
        let left_out: Vec<_> =
            left_out.map(|(it, letter)| left_out_of(it, &letter, timeline.unit)).collect();
        let mut lines = wrapped(&left_out, "; ", WIDTH - 2 * EDGE, Letters::Small);
        lines.truncate(LINES);
        lines.push(plot.thin());
        canvas.foot(&lines, HEIGHT)
    })
}

/// What is not drawn of a question.
fn left_out(series: &Series, unit: Unit) -> String {
    let Series { total, imprecise, undated, .. } = series;
    format!(
        "{} in all; not drawn: {} undated, {} dated less exactly than the bars are long",
        amount(total.articles, unit),
        count(undated.articles),
        count(imprecise.articles)
    )
}

fn left_out_of(series: &Series, letter: &str, unit: Unit) -> String {
    let apart = series.imprecise.articles + series.undated.articles;
    format!(
        "{letter}: {}, {} of them undated or imprecise and not drawn",
        amount(series.total.articles, unit),
        count(apart)
    )
}

/// Where things stand in a figure.
struct Plot<'a> {
    timeline: &'a Timeline,
    measure: Measure,
    right: i32,
    ticks: Vec<f64>,
}

impl<'a> Plot<'a> {
    fn new(timeline: &'a Timeline, measure: Measure, right: i32) -> Self {
        let plot = Self { timeline, measure, right, ticks: Vec::new() };
        let n = timeline.buckets.len();
        let values = timeline.series.iter();
        let values = values.flat_map(|series| (0..n).map(|place| plot.value(series, place)));
        let most = values.fold(0.0, f64::max);
        Self { ticks: ticks(most, measure == Measure::Articles), ..plot }
    }

    fn subtitle(&self) -> String {
        let Timeline { bucket, unit, .. } = self.timeline;
        match self.measure {
            Measure::Articles => {
                format!("{unit} by {bucket}, each on its publisher's own clock")
            }
            Measure::Share => {
                format!(
                    "percent of all {unit} of the archive by {bucket}, on publishers' own clocks"
                )
            }
        }
    }

    /// What the grey ground means, where there is any.
    fn thin(&self) -> String {
        let is_thin = self.timeline.buckets.iter().any(|it| it.usually.is_some());
        if is_thin {
            "grey ground: the archive has few articles of any kind".into()
        } else {
            String::new()
        }
    }

    fn value(&self, series: &Series, place: usize) -> f64 {
        let real = |n: u64| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
        let articles = real(series.tallies[place].articles);
        match (self.measure, real(self.timeline.buckets[place].archive.articles)) {
            (Measure::Articles, _) => articles,
            (Measure::Share, of) if of > 0.0 => articles / of * 100.0,
            (Measure::Share, _) => 0.0,
        }
    }

    /// The number that stands at a value.
    fn label(&self, value: f64) -> String {
        match self.measure {
            Measure::Articles => count(super::whole(value.round()) as u64),
            Measure::Share if value >= 10.0 || value.fract() < 1e-9 => format!("{value:.0}"),
            Measure::Share => format!("{value:.1}"),
        }
    }

    /// From where to where a stretch of time reaches.
    fn across(&self, place: usize) -> (i32, i32) {
        let n = self.timeline.buckets.len().max(1);
        let real = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
        let at = |place: usize| along(LEFT, self.right, real(place) / real(n));
        (at(place), at(place + 1))
    }

    fn middle(&self, place: usize) -> i32 {
        let (from, to) = self.across(place);
        i32::midpoint(from, to)
    }

    fn height(&self, value: f64) -> i32 {
        let most = self.ticks.last().copied().unwrap_or(1.0);
        along(BOTTOM, TOP, value / most)
    }

    /// The grounds, grids, numbers and dates that values stand on.
    fn axes(&self, canvas: &Canvas<'_>) -> Drawn {
        for (place, stretch) in self.timeline.buckets.iter().enumerate() {
            if stretch.usually.is_some() {
                let (from, to) = self.across(place);
                canvas.rectangle((from, TOP), (to, BOTTOM), THIN)?;
            }
        }
        for &tick in &self.ticks {
            let y = self.height(tick);
            let colour = if tick > 0.0 { GRID } else { AXIS };
            canvas.line(vec![(LEFT, y), (self.right, y)], colour, 1)?;
            let anchor = (HPos::Right, VPos::Center);
            canvas.text(&self.label(tick), (LEFT - 8, y), anchor, Letters::Small, FAINT_INK)?;
        }
        let firsts: Vec<NaiveDate> = self.timeline.buckets.iter().map(|it| it.first).collect();
        for (place, name) in dates(self.timeline.bucket, &firsts) {
            let x = if firsts.len() <= 12 { self.middle(place) } else { self.across(place).0 };
            canvas.line(vec![(x, BOTTOM), (x, BOTTOM + 5)], AXIS, 1)?;
            let anchor = (HPos::Center, VPos::Top);
            canvas.text(&name, (x, BOTTOM + 9), anchor, Letters::Small, FAINT_INK)?;
        }
        let what = match self.measure {
            Measure::Articles => self.timeline.unit.name(),
            Measure::Share => "percent",
        };
        let above = (HPos::Right, VPos::Bottom);
        canvas.text(what, (LEFT - 8, TOP - 14), above, Letters::Small, FAINT_INK)?;
        let x = i32::midpoint(LEFT, self.right);
        let below = (HPos::Center, VPos::Top);
        canvas.text("date of publication", (x, BOTTOM + 29), below, Letters::Small, FAINT_INK)
    }

    fn bars(&self, canvas: &Canvas<'_>, series: &Series) -> Drawn {
        let n = series.tallies.len();
        let values: Vec<f64> = (0..n).map(|place| self.value(series, place)).collect();
        let most = values.iter().copied().fold(0.0, f64::max);
        let mut has_peak = false;
        let n = i32::try_from(values.len().max(1)).unwrap_or(i32::MAX);
        let is_numbered = (self.right - LEFT) / n >= NUMBERED;
        for (place, &value) in values.iter().enumerate().filter(|(_, value)| **value > 0.0) {
            let (from, to) = self.across(place);
            let gap = ((to - from) / 8).min(6);
            let y = self.height(value).min(BOTTOM - 1);
            canvas.rectangle(
                (from + gap, y),
                ((to - gap).max(from + gap + 1), BOTTOM),
                COLOURS[0],
            )?;
            let is_peak = !has_peak && (value - most).abs() < 1e-12;
            has_peak |= is_peak;
            if is_peak || is_numbered {
                let at = (self.middle(place), y - 4);
                let above = (HPos::Center, VPos::Bottom);
                canvas.text(&self.label(value), at, above, Letters::Small, INK)?;
            }
        }
        Ok(())
    }

    fn lines(&self, canvas: &Canvas<'_>) -> Drawn {
        let n = self.timeline.buckets.len();
        let mut names = Vec::new();
        for (place, series) in self.timeline.series.iter().enumerate() {
            let colour = COLOURS[place % COLOURS.len()];
            let points: Vec<(i32, i32)> =
                (0..n).map(|at| (self.middle(at), self.height(self.value(series, at)))).collect();
            if points.len() > 1 {
                canvas.line(points.clone(), colour, 2)?;
            }
            if points.len() <= 60 {
                for &point in &points {
                    canvas.dot(point, 3, colour)?;
                }
            }
            let end = points.last().map_or(BOTTOM, |point| point.1);
            let letter = char::from(b'A' + u8::try_from(place % 26).unwrap_or_default());
            names.push(Name { wanted: end, colour, text: format!("{letter}  {}", series.query) });
        }
        write_names(canvas, names, self.right, BOTTOM)
    }
}
