//! How long answers took: by percentile, and by rate.

use std::io;

use plotters::style::RGBColor;
use plotters::style::text_anchor::{HPos, VPos};

use super::super::bench::wording::{rule, subject};
use super::super::numbers::{brief, count};
use super::names::{Name, write_names};
use super::{
    AXIS, COLOURS, Canvas, Drawn, EDGE, FAINT_INK, GRID, INK, Letters, WIDTH, along, figure, ticks,
};
use crate::bench::stats::LEAST_BEYOND;
use crate::bench::{Figures, Load, Report, Summary, summarize};

const HEIGHT: i32 = 470;

/// What is drawn in stands between these.
const TOP: i32 = 96;
const BOTTOM: i32 = HEIGHT - 96;
const LEFT: i32 = 84;

/// The room for names of classes at the right.
const NAMES: i32 = 190;

/// So many classes are drawn, with all questions together as one more.
const CLASSES: usize = COLOURS.len() - 1;

/// Draws the latency of the slowest classes and of all questions by percentile.
///
/// Towards the right each step is ten times rarer, and a line ends where fewer than
/// [`LEAST_BEYOND`] samples lie beyond.
pub fn plot_latency(report: &Report) -> io::Result<String> {
    let summary = summarize(report);
    figure(HEIGHT, |canvas| {
        canvas.head(&subject(report, &summary), &rule(report, &summary))?;
        let lines = lines(report, &summary);
        let Some(plot) = Plot::new(&lines) else {
            return canvas.foot(&["no question was answered".into()], HEIGHT);
        };
        plot.axes(canvas)?;
        let names = lines.iter().map(|line| plot.line(canvas, line));
        let names = names.collect::<io::Result<Vec<_>>>()?;
        write_names(canvas, names, plot.right, BOTTOM)?;
        canvas.foot(&foot(report, &summary), HEIGHT)
    })
}

fn foot(report: &Report, summary: &Summary) -> Vec<String> {
    let not_drawn = summary.classes.len().saturating_sub(CLASSES);
    let mut lines = Vec::new();
    if not_drawn > 0 {
        lines
            .push(format!("the slowest classes; {} others are not drawn", count(not_drawn as u64)));
    }
    if report.partial {
        lines.push("PARTIAL: the run was stopped before its end".into());
    }
    let kinds: Vec<_> = report.warnings.iter().map(|it| it.kind.as_str()).collect();
    if !kinds.is_empty() {
        lines.push(format!("warnings: {}", kinds.join(", ")));
    }
    lines
}

/// What is drawn as a line.
struct Line<'a> {
    name: &'a str,
    colour: RGBColor,
    samples: Vec<u64>,
}

/// All questions together, and the classes with the greatest maxima beyond what is rare.
fn lines<'a>(report: &Report, summary: &'a Summary) -> Vec<Line<'a>> {
    let sorted = |figures: &Figures| {
        let is_meant = |class: &str| figures.class == summary.whole.class || class == figures.class;
        let of_class = report.queries.iter().filter(|it| is_meant(&it.class));
        let mut samples: Vec<u64> =
            of_class.flat_map(|it| it.samples.iter().flatten()).copied().collect();
        samples.sort_unstable();
        samples
    };
    let mut classes: Vec<(&str, Vec<u64>)> =
        summary.classes.iter().map(|it| (it.class.as_str(), sorted(it))).collect();
    classes.sort_by_key(|(_, samples)| std::cmp::Reverse(samples.get(samples.len() / 2).copied()));
    classes.truncate(CLASSES);
    let all = (summary.whole.class.as_str(), sorted(&summary.whole));
    let colours = [INK].into_iter().chain(COLOURS);
    let named = [all].into_iter().chain(classes).zip(colours);
    let line = |((name, samples), colour)| Line { name, colour, samples };
    named.map(line).filter(|it| it.samples.len() > LEAST_BEYOND).collect()
}

/// Where things stand: time upwards by its logarithm, rarity to the right by its own.
struct Plot {
    /// The logarithms of the least and the greatest time, to the base of ten.
    least: f64,
    most: f64,
    /// How many times ten the rarest sample that is drawn is.
    tens: f64,
    right: i32,
}

/// How many steps a line is drawn in for each ten times of rarity.
const STEPS: u32 = 40;

impl Plot {
    fn new(lines: &[Line<'_>]) -> Option<Self> {
        let drawn = || lines.iter().flat_map(|it| points(&it.samples));
        let log = |time: u64| real(time.max(1)).log10();
        let times = || drawn().map(|(_, time)| log(time));
        let least = times().reduce(f64::min)?;
        let most = times().reduce(f64::max)?;
        let tens = drawn().map(|(tens, _)| tens).fold(1.0, f64::max);
        // Some room above and below, so that no line runs along an axis.
        Some(Self { least: least - 0.1, most: most + 0.1, tens, right: WIDTH - NAMES })
    }

    fn across(&self, tens: f64) -> i32 {
        along(LEFT, self.right, tens / self.tens)
    }

    fn height(&self, time: u64) -> i32 {
        let log = real(time.max(1)).log10();
        along(BOTTOM, TOP, (log - self.least) / (self.most - self.least))
    }

    fn axes(&self, canvas: &Canvas<'_>) -> Drawn {
        for time in round_times(self.least, self.most) {
            let y = self.height(time);
            canvas.line(vec![(LEFT, y), (self.right, y)], GRID, 1)?;
            let anchor = (HPos::Right, VPos::Center);
            canvas.text(&short(time), (LEFT - 8, y), anchor, Letters::Small, FAINT_INK)?;
        }
        canvas.line(vec![(LEFT, BOTTOM), (self.right, BOTTOM)], AXIS, 1)?;
        let marks = [
            (0.0, "min"),
            (0.5, "p50"),
            (0.9, "p90"),
            (0.99, "p99"),
            (0.999, "p99.9"),
            (0.9999, "p99.99"),
        ];
        for (share, name) in marks {
            let tens = -(1.0_f64 - share).log10();
            if tens > self.tens + 1e-9 {
                break;
            }
            let x = self.across(tens);
            canvas.line(vec![(x, TOP), (x, BOTTOM + 5)], GRID, 1)?;
            let anchor = (HPos::Center, VPos::Top);
            canvas.text(name, (x, BOTTOM + 9), anchor, Letters::Small, FAINT_INK)?;
        }
        Ok(())
    }

    fn line(&self, canvas: &Canvas<'_>, line: &Line<'_>) -> io::Result<Name> {
        let points = points(&line.samples);
        let places: Vec<(i32, i32)> =
            points.iter().map(|(tens, time)| (self.across(*tens), self.height(*time))).collect();
        let end = places.last().copied().unwrap_or((LEFT, BOTTOM));
        if places.len() > 1 {
            canvas.line(places, line.colour, 2)?;
        }
        let last = points.last().map_or_else(String::new, |it| brief(it.1));
        // From where a line ends to its name, faintly, as nothing was measured there.
        canvas.line(vec![end, (self.right, end.1)], GRID, 1)?;
        let text = format!("{}  {last}", line.name);
        Ok(Name { wanted: end.1, colour: line.colour, text })
    }
}

/// The samples that are drawn of those in ascending order: by how many times ten as rare or rarer
/// ones are, up to where too few lie beyond.
fn points(sorted: &[u64]) -> Vec<(f64, u64)> {
    let n = real(sorted.len() as u64);
    let most = (n / real(LEAST_BEYOND as u64)).log10();
    let steps = (0..).map(|step| f64::from(step) / f64::from(STEPS));
    let steps = steps.take_while(|tens| *tens < most).chain([most.max(0.0)]);
    let at = |tens: f64| {
        let rank = super::whole((n * (1.0 - 10_f64.powf(-tens))).ceil()).max(1);
        Some((tens, *sorted.get(rank - 1)?))
    };
    steps.filter_map(at).collect()
}

/// Times to be written at an axis: powers of ten, with twice and five times those where there are
/// few.
fn round_times(least: f64, most: f64) -> Vec<u64> {
    let steps: &[u64] = if most - least < 2.5 { &[1, 2, 5] } else { &[1] };
    let powers = (0..=18).map(|power| 10_u64.pow(power));
    let times = powers.flat_map(|power| steps.iter().map(move |step| power * step));
    times.filter(|it| (least..=most).contains(&real(*it).log10())).collect()
}

/// A round time without zeros behind its point.
fn short(nanos: u64) -> String {
    let text = brief(nanos);
    let (number, unit) = text.split_once(' ').unwrap_or((&text, ""));
    if number.contains('.') {
        return format!("{} {unit}", number.trim_end_matches('0').trim_end_matches('.'));
    }
    text
}

#[expect(clippy::cast_precision_loss, reason = "it becomes a pixel")]
fn real(n: u64) -> f64 {
    n as f64
}

/// Draws the 99th percentile at each rate that was tried; what the machine did not keep up with is
/// marked. Draws nothing but a remark where no rate was tried.
pub fn plot_loads(report: &Report) -> io::Result<String> {
    let summary = summarize(report);
    figure(HEIGHT, |canvas| {
        canvas.head(&subject(report, &summary), &rule(report, &summary))?;
        let mut loads: Vec<(&Load, u64)> =
            report.loads.iter().filter_map(|it| Some((it, it.p99_ns?))).collect();
        loads.sort_by(|(a, _), (b, _)| a.rate.total_cmp(&b.rate));
        let Some((last, _)) = loads.last() else {
            return canvas.foot(&["no rate was tried".into()], HEIGHT);
        };
        let rates = ticks(last.rate, true);
        let most_rate = rates.last().copied().unwrap_or(1.0);
        let log = |time: u64| real(time.max(1)).log10();
        let logs = || loads.iter().map(|(_, time)| log(*time));
        let plot = Plot {
            least: logs().fold(f64::INFINITY, f64::min) - 0.2,
            most: logs().fold(0.0, f64::max) + 0.2,
            tens: most_rate,
            right: WIDTH - EDGE - 20,
        };
        rate_axes(canvas, &plot, &rates)?;
        let place = |(load, time): &(&Load, u64)| (plot.across(load.rate), plot.height(*time));
        let places: Vec<_> = loads.iter().map(place).collect();
        if places.len() > 1 {
            canvas.line(places.clone(), COLOURS[0], 2)?;
        }
        for ((load, time), at) in loads.iter().zip(places) {
            let colour = if load.saturated { COLOURS[1] } else { COLOURS[0] };
            canvas.dot(at, 4, colour)?;
            let said = if load.saturated { "saturated".into() } else { brief(*time) };
            let above = (HPos::Center, VPos::Bottom);
            canvas.text(&said, (at.0, at.1 - 8), above, Letters::Small, INK)?;
        }
        canvas.foot(&foot(report, &summary), HEIGHT)
    })
}

fn rate_axes(canvas: &Canvas<'_>, plot: &Plot, rates: &[f64]) -> Drawn {
    for time in round_times(plot.least, plot.most) {
        let y = plot.height(time);
        canvas.line(vec![(LEFT, y), (plot.right, y)], GRID, 1)?;
        let anchor = (HPos::Right, VPos::Center);
        canvas.text(&short(time), (LEFT - 8, y), anchor, Letters::Small, FAINT_INK)?;
    }
    canvas.line(vec![(LEFT, BOTTOM), (plot.right, BOTTOM)], AXIS, 1)?;
    let below = (HPos::Center, VPos::Top);
    for rate in rates {
        let x = plot.across(*rate);
        canvas.line(vec![(x, BOTTOM), (x, BOTTOM + 5)], AXIS, 1)?;
        let rate = count(super::whole(rate.round()) as u64);
        canvas.text(&rate, (x, BOTTOM + 9), below, Letters::Small, FAINT_INK)?;
    }
    let x = i32::midpoint(LEFT, plot.right);
    canvas.text(
        "questions a second; p99 upwards",
        (x, BOTTOM + 29),
        below,
        Letters::Small,
        FAINT_INK,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::fixtures::{Simulation, report};

    /// Which texts stand in a figure.
    fn texts(svg: &str) -> Vec<String> {
        let lines = svg.lines().filter(|it| !it.starts_with('<') && !it.is_empty());
        lines.map(str::to_owned).collect()
    }

    #[test]
    fn a_line_for_each_class_ends_where_samples_do() {
        let run = Simulation { classes: 8, ..Simulation::default() }.run();
        let svg = plot_latency(&run).expect("drawn");

        insta::assert_snapshot!(texts(&svg).join("\n"), @r"
        dateline: 80 questions of 8 classes, 16,000 samples
        closed loop, 1 thread, warm: service time, not latency under load
        100 µs
        1 ms
        10 ms
        100 ms
        1 s
        10 s
        min
        p50
        p90
        p99
        p99.9
        all  74.7 s
        class-7  74.7 s
        class-6  3.99 s
        class-5  928 ms
        class-4  244 ms
        class-3  81.5 ms
        class-2  19.1 ms
        the slowest classes; 2 others are not drawn
        ");
        let nothing = plot_latency(&report(Vec::new())).expect("drawn");
        assert!(nothing.contains("no question was answered"));
    }

    #[test]
    fn a_point_is_a_sample_and_ten_lie_beyond_the_last() {
        let sorted: Vec<u64> = (1..=1_000).collect();
        let points = points(&sorted);
        assert_eq!((points[0], points.last()), ((0.0, 1), Some(&(2.0, 990))));
        let median = points.iter().rfind(|it| it.0 <= 2_f64.log10()).expect("a point");
        assert!((480..=500).contains(&median.1), "{median:?}");
    }

    #[test]
    fn rates_are_a_line_with_what_is_saturated() {
        let mut run = report(Vec::new());
        let load = |rate: f64, p99_ns, saturated| Load {
            rate,
            achieved: rate,
            p99_ns: Some(p99_ns),
            saturated,
            kept: None,
        };
        run.loads = vec![load(800.0, 3_200_000_000, true), load(100.0, 1_240_000, false)];
        let svg = plot_loads(&run).expect("drawn");

        insta::assert_snapshot!(texts(&svg).join("\n"), @r"
        dateline: no questions
        closed loop, 1 thread, page cache not looked at: service time, not latency under load
        1 ms
        10 ms
        100 ms
        1 s
        0
        200
        400
        600
        800
        questions a second; p99 upwards
        1.24 ms
        saturated
        ");
        run.loads.clear();
        assert!(plot_loads(&run).expect("drawn").contains("no rate was tried"));
    }
}
