//! Publishers over time: a row for each, dark where it has many articles.

use std::io;

use chrono::NaiveDate;
use plotters::style::RGBColor;
use plotters::style::text_anchor::{HPos, VPos};

use super::super::numbers::{count, counted};
use super::{
    AXIS, COLOURS, Canvas, Drawn, EDGE, FAINT_INK, GRID, INK, Letters, WIDTH, along, cut, dates,
    figure,
};
use crate::search::{BreakKind, Bucket, Coverage, CoverageRow};

/// The most publishers that are drawn.
const ROWS: usize = 40;

/// How high a row is.
const ROW: i32 = 20;

/// The most stretches of time side by side.
const COLUMNS: u64 = 160;

const TOP: i32 = 84;
const LEFT: i32 = 210;
const RIGHT: i32 = WIDTH - 92;
/// The room below the rows.
const BELOW: i32 = 112;

/// The colours of few articles and of many.
const FEW: RGBColor = RGBColor(214, 230, 244);
const MANY: RGBColor = RGBColor(8, 64, 129);

/// Draws what an archive holds of each publisher over time.
pub fn plot_coverage(coverage: &Coverage) -> io::Result<String> {
    let shown = coverage.rows.len().min(ROWS);
    let rows = i32::try_from(shown).unwrap_or_default();
    let height = TOP + rows * ROW + BELOW;
    figure(height, |canvas| {
        let title = format!("Articles by {}", coverage.by);
        let subtitle = "each row is dark where it has many articles, by its own most";
        canvas.head(&title, subtitle)?;
        let bottom = TOP + rows * ROW;
        if let Some((first, last)) = coverage.days {
            let time = Time::new(coverage.bucket, first, last);
            time.axis(canvas, bottom)?;
            for (place, row) in (0..).zip(coverage.rows.iter().take(shown)) {
                time.row(canvas, row, TOP + place * ROW)?;
            }
        }
        legend(canvas, height)?;
        canvas.foot(&[left_out(coverage, shown)], height)
    })
}

fn left_out(coverage: &Coverage, shown: usize) -> String {
    let undated = coverage.total.articles - coverage.dated.articles;
    let imprecise: u64 = coverage.rows.iter().map(|row| row.imprecise.articles).sum();
    let mut left_out = format!(
        "{} in all; not drawn: {} undated, {} dated less exactly than to the {}",
        counted(coverage.total.articles, "article"),
        count(undated),
        count(imprecise),
        coverage.bucket
    );
    if shown < coverage.rows.len() {
        let more = count((coverage.rows.len() - shown) as u64);
        left_out = format!("{left_out}, {more} with fewer articles");
    }
    left_out
}

/// Says what the marks mean.
fn legend(canvas: &Canvas<'_>, height: i32) -> Drawn {
    let y = height - 44;
    let left = (HPos::Left, VPos::Center);
    for (place, share) in (0..).zip([0.0, 0.33, 0.66, 1.0]) {
        let x = LEFT + place * 16;
        canvas.rectangle((x, y - 6), (x + 16, y + 6), shade(share))?;
    }
    canvas.text("few to many", (LEFT + 72, y), left, Letters::Small, FAINT_INK)?;
    canvas.rectangle((LEFT + 190, y - 2), (LEFT + 214, y + 2), COLOURS[1])?;
    canvas.text("gap", (LEFT + 222, y), left, Letters::Small, FAINT_INK)?;
    canvas.dot((LEFT + 290, y), 4, COLOURS[3])?;
    canvas.text("burst", (LEFT + 302, y), left, Letters::Small, FAINT_INK)
}

/// A colour between few and many.
fn shade(share: f64) -> RGBColor {
    let between =
        |few: u8, many: u8| u8::try_from(along(few.into(), many.into(), share)).unwrap_or(many);
    RGBColor(between(FEW.0, MANY.0), between(FEW.1, MANY.1), between(FEW.2, MANY.2))
}

/// Where times stand.
struct Time {
    bucket: Bucket,
    /// The first days of the columns.
    firsts: Vec<NaiveDate>,
}

impl Time {
    /// In columns no shorter than the stretches that were counted.
    fn new(counted: Bucket, first: NaiveDate, last: NaiveDate) -> Self {
        let bucket = Bucket::fitting(first, last, COLUMNS).max(counted);
        Self { bucket, firsts: bucket.buckets(first, last).collect() }
    }

    fn across(&self, column: usize) -> (i32, i32) {
        let real = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
        let at = |column: usize| along(LEFT, RIGHT, real(column) / real(self.firsts.len().max(1)));
        (at(column), at(column + 1))
    }

    /// The column that holds a day.
    fn column(&self, day: NaiveDate) -> usize {
        self.firsts.partition_point(|first| *first <= day).saturating_sub(1)
    }

    fn axis(&self, canvas: &Canvas<'_>, bottom: i32) -> Drawn {
        canvas.line(vec![(LEFT, bottom), (RIGHT, bottom)], AXIS, 1)?;
        for (column, name) in dates(self.bucket, &self.firsts) {
            let x = self.across(column).0;
            canvas.line(vec![(x, TOP), (x, bottom + 5)], GRID, 1)?;
            let anchor = (HPos::Center, VPos::Top);
            canvas.text(&name, (x, bottom + 9), anchor, Letters::Small, FAINT_INK)?;
        }
        let x = i32::midpoint(LEFT, RIGHT);
        let below = (HPos::Center, VPos::Top);
        canvas.text("date of publication", (x, bottom + 27), below, Letters::Small, FAINT_INK)?;
        let above = (HPos::Left, VPos::Bottom);
        canvas.text("articles", (RIGHT + 10, TOP - 5), above, Letters::Small, FAINT_INK)
    }

    fn row(&self, canvas: &Canvas<'_>, row: &CoverageRow, top: i32) -> Drawn {
        let mut columns = vec![0_u64; self.firsts.len()];
        for (day, tally) in &row.stretches {
            columns[self.column(*day)] += tally.articles;
        }
        let most = columns.iter().copied().max().unwrap_or_default();
        for (column, &articles) in columns.iter().enumerate().filter(|(_, n)| **n > 0) {
            let (from, to) = self.across(column);
            let share = f64::from(u32::try_from(articles).unwrap_or(u32::MAX))
                / f64::from(u32::try_from(most).unwrap_or(u32::MAX));
            // Differences among few are seen as well as those among many.
            let colour = shade(share.sqrt());
            canvas.rectangle((from, top + 2), (to.max(from + 1), top + ROW - 5), colour)?;
        }
        for it in &row.breaks {
            let from = self.across(self.column(it.first)).0;
            let to = self.across(self.column(it.last)).1.max(from + 3);
            match it.kind {
                BreakKind::Gap => {
                    canvas.rectangle((from, top + ROW - 5), (to, top + ROW - 1), COLOURS[1])?;
                }
                BreakKind::Burst => {
                    canvas.dot((i32::midpoint(from, to), top + 3), 3, COLOURS[3])?;
                }
            }
        }
        let middle = top + ROW / 2 - 2;
        let name = row.name.as_deref().unwrap_or("(none)");
        let name = cut(name, LEFT - EDGE - 10, Letters::Small);
        let right = (HPos::Right, VPos::Center);
        canvas.text(&name, (LEFT - 10, middle), right, Letters::Small, INK)?;
        let articles = count(row.total.articles);
        let left = (HPos::Left, VPos::Center);
        canvas.text(&articles, (RIGHT + 10, middle), left, Letters::Small, FAINT_INK)
    }
}
