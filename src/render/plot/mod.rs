//! Figures as SVG, readable in a report as they are: what was asked above, what is left out below, text
//! as text.
//!
//! Colours are those of Okabe and Ito (2008, "Color Universal Design"), which people who see red and
//! green alike tell apart; what they mean is said by shape or label as well.

mod coverage;
mod latency;
mod names;
mod timeline;

use std::io;

use chrono::NaiveDate;
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::wrap::fit;
use crate::search::Bucket;
use crate::text::printable;

pub use coverage::plot_coverage;
pub use latency::{plot_latency, plot_loads};
pub use timeline::{plot_timeline, plot_trend};

/// The width of a figure, in pixels.
const WIDTH: i32 = 860;

/// The room at its edges.
const EDGE: i32 = 18;

/// How wide a letter is on average, in parts of the size that is asked for; what is drawn is smaller.
const LETTER: f64 = 0.49;

const INK: RGBColor = RGBColor(34, 34, 34);
const FAINT_INK: RGBColor = RGBColor(105, 105, 105);
const GRID: RGBColor = RGBColor(226, 226, 226);
const AXIS: RGBColor = RGBColor(150, 150, 150);
/// Behind what the archive has few articles of.
const THIN: RGBColor = RGBColor(240, 236, 226);

/// Colours that are told apart by all, the darkest first.
const COLOURS: [RGBColor; 7] = [
    RGBColor(0, 114, 178),
    RGBColor(213, 94, 0),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(90, 90, 90),
    RGBColor(86, 180, 233),
    RGBColor(230, 159, 0),
];

/// Sizes of letters, in pixels.
#[derive(Clone, Copy)]
enum Letters {
    Title,
    Text,
    Small,
}

impl Letters {
    fn size(self) -> i32 {
        match self {
            Self::Title => 20,
            Self::Text => 15,
            Self::Small => 13,
        }
    }
}

/// What is drawn on.
struct Canvas<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
}

type Drawn = io::Result<()>;

/// Draws a figure of this height.
fn figure(height: i32, draw: impl FnOnce(&Canvas<'_>) -> Drawn) -> io::Result<String> {
    let mut svg = String::new();
    {
        let size = (WIDTH.unsigned_abs(), height.unsigned_abs());
        let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
        let canvas = Canvas { area };
        canvas.area.fill(&WHITE).map_err(io::Error::other)?;
        draw(&canvas)?;
        canvas.area.present().map_err(io::Error::other)?;
    }
    Ok(svg)
}

impl Canvas<'_> {
    fn rectangle(&self, from: (i32, i32), to: (i32, i32), colour: RGBColor) -> Drawn {
        let shape = Rectangle::new([from, to], colour.filled());
        self.area.draw(&shape).map_err(io::Error::other)
    }

    fn line(&self, points: Vec<(i32, i32)>, colour: RGBColor, width: u32) -> Drawn {
        let shape = PathElement::new(points, colour.stroke_width(width));
        self.area.draw(&shape).map_err(io::Error::other)
    }

    fn dot(&self, at: (i32, i32), radius: i32, colour: RGBColor) -> Drawn {
        let shape = Circle::new(at, radius, colour.filled());
        self.area.draw(&shape).map_err(io::Error::other)
    }

    /// Writes text whose anchor is at this place.
    fn text(
        &self,
        text: &str,
        at: (i32, i32),
        anchor: (HPos, VPos),
        letters: Letters,
        colour: RGBColor,
    ) -> Drawn {
        let style = match letters {
            Letters::Title => FontStyle::Bold,
            _ => FontStyle::Normal,
        };
        let font = FontDesc::new(FontFamily::SansSerif, f64::from(letters.size()), style);
        let style = TextStyle::from(font).color(&colour).pos(Pos::new(anchor.0, anchor.1));
        let text = printable(text).into_owned();
        self.area.draw(&Text::new(text, at, style)).map_err(io::Error::other)
    }

    /// Writes what was asked, and what is drawn.
    fn head(&self, title: &str, subtitle: &str) -> Drawn {
        let room = WIDTH - 2 * EDGE;
        let left = (HPos::Left, VPos::Top);
        self.text(&cut(title, room, Letters::Title), (EDGE, 16), left, Letters::Title, INK)?;
        self.text(subtitle, (EDGE, 42), left, Letters::Text, FAINT_INK)
    }

    /// Writes lines at the foot of a figure of this height.
    fn foot(&self, lines: &[String], height: i32) -> Drawn {
        for (place, line) in (0..).zip(lines.iter().rev()) {
            let y = height - 14 - place * 17;
            let left = (HPos::Left, VPos::Bottom);
            self.text(line, (EDGE, y), left, Letters::Small, FAINT_INK)?;
        }
        Ok(())
    }
}

/// A text that takes no more than so many pixels, as far as that can be told.
fn cut(text: &str, pixels: i32, letters: Letters) -> String {
    let letter = f64::from(letters.size()) * LETTER;
    fit(&printable(text), whole(f64::from(pixels) / letter)).into_owned()
}

/// A number of pixels or letters, which is never below zero.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is a small number")]
fn whole(number: f64) -> usize {
    number.max(0.0) as usize
}

/// Texts put together in lines of this many pixels, as far as that can be told; `between` them stands
/// what parts them.
fn wrapped(texts: &[String], between: &str, pixels: i32, letters: Letters) -> Vec<String> {
    let room = whole(f64::from(pixels) / (f64::from(letters.size()) * LETTER));
    let mut lines: Vec<String> = Vec::new();
    for text in texts {
        match lines.last_mut() {
            Some(line) if line.chars().count() + text.chars().count() + between.len() <= room => {
                line.push_str(between);
                line.push_str(text);
            }
            _ => lines.push(text.clone()),
        }
    }
    lines
}

/// A place on a line from `from` to `to`, where `share` is that of the way.
#[expect(clippy::cast_possible_truncation, reason = "it lies between two pixels")]
fn along(from: i32, to: i32, share: f64) -> i32 {
    from + (f64::from(to - from) * share.clamp(0.0, 1.0)).round() as i32
}

/// At most so many dates stand below a figure.
const MOST_DATES: usize = 10;

/// Which of the stretches of time that begin on `firsts` begin a longer one, and what that is called:
/// days, weeks, months, quarters, years, or so many years, as long as there are few of them.
fn dates(bucket: Bucket, firsts: &[NaiveDate]) -> Vec<(usize, String)> {
    let longer = Bucket::ALL.iter().filter(|it| **it >= bucket);
    let of_calendar = longer.map(|&longer| {
        let begins = |day: NaiveDate| longer.first_day(bucket.last_day(day));
        starts(firsts, bucket, |day| (begins(day), longer.label(begins(day))))
    });
    let of_years = [2, 5, 10, 20, 50, 100].into_iter().map(|years| {
        starts(firsts, bucket, move |day| {
            use chrono::Datelike as _;
            let year = bucket.last_day(day).year().div_euclid(years) * years;
            (NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(day), year.to_string())
        })
    });
    let mut few = of_calendar.chain(of_years).filter(|dates| dates.len() <= MOST_DATES);
    few.next().unwrap_or_default()
}

/// The stretches in which something begins, by `begins`: its first day and its name.
fn starts(
    firsts: &[NaiveDate],
    bucket: Bucket,
    begins: impl Fn(NaiveDate) -> (NaiveDate, String),
) -> Vec<(usize, String)> {
    let start = |(place, &first): (usize, &NaiveDate)| {
        let (day, name) = begins(first);
        (first <= day && day <= bucket.last_day(first)).then_some((place, name))
    };
    firsts.iter().enumerate().filter_map(start).collect()
}

/// Round numbers from 0 to `most` or a little more, for an axis: five at most besides zero.
fn ticks(most: f64, whole_numbers: bool) -> Vec<f64> {
    let most = if most > 0.0 { most } else { 1.0 };
    let power = 10_f64.powf((most / 5.0).log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0].map(|step| step * power);
    let step = steps.into_iter().find(|step| most / step <= 5.0).unwrap_or(most);
    let step = if whole_numbers { step.max(1.0) } else { step };
    let n = u32::try_from(whole((most / step).ceil())).unwrap_or(5).max(1);
    (0..=n).map(|it| f64::from(it) * step).collect()
}

#[cfg(test)]
mod tests;
