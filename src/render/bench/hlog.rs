//! A run as an interval log of `HdrHistogram`, version 2, which its tools merge and plot.

use std::io::{self, Write};
use std::time::Duration;

use hdrhistogram::Histogram;
use hdrhistogram::serialization::V2DeflateSerializer;
use hdrhistogram::serialization::interval_log::{IntervalLogWriter, IntervalLogWriterBuilder, Tag};

use super::wording;
use crate::bench::{Report, summarize};
use crate::text::printable;

/// Digits to which times are kept: an error below one in a thousand.
const DIGITS: u8 = 3;

/// Nanoseconds in a millisecond, in which the log tells the slowest for people.
const MILLISECOND: f64 = 1e6;

type Log<'a> = IntervalLogWriter<'a, 'a, Vec<u8>, V2DeflateSerializer>;

/// Writes an interval for each class, with the class as its tag, as if all had been measured for the
/// whole of the run, which they were. Values are nanoseconds. What a tag must not hold, commas and
/// spaces, becomes `_`.
pub fn bench_hlog(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let summary = summarize(report);
    let mut log = Vec::new();
    let mut serializer = V2DeflateSerializer::new();
    let mut builder = IntervalLogWriterBuilder::new();
    builder.add_comment("[Histogram log format version 1.3]");
    builder.add_comment(&line(&wording::subject(report, &summary)));
    builder.add_comment(&line(&wording::rule(report, &summary)));
    if report.partial {
        builder.add_comment(wording::PARTIAL);
    }
    builder.add_comment("values in nanoseconds, maxima in milliseconds");
    builder.with_max_value_divisor(MILLISECOND);
    let mut writer = builder.begin_log_with(&mut log, &mut serializer)?;
    let length = Duration::try_from_secs_f64(summary.used.wall_ms / 1e3).unwrap_or_default();
    for figures in &summary.classes {
        let of_class = report.queries.iter().filter(|it| it.class == figures.class);
        let times = of_class.flat_map(|it| it.samples.iter().flatten());
        interval(&mut writer, &figures.class, times, length)?;
    }
    out.write_all(&log)
}

fn line(text: &str) -> String {
    printable(text).into_owned()
}

fn interval<'a>(
    writer: &mut Log<'_>,
    class: &str,
    times: impl Iterator<Item = &'a u64>,
    length: Duration,
) -> io::Result<()> {
    let mut histogram = Histogram::<u64>::new(DIGITS).map_err(io::Error::other)?;
    for time in times {
        // It grows as it must; a time that no histogram holds is that of centuries.
        histogram.record(*time).map_err(io::Error::other)?;
    }
    let tag = printable(class).replace([',', ' '], "_");
    let written = writer.write_histogram(&histogram, Duration::ZERO, length, Tag::new(&tag));
    written.map_err(|error| io::Error::other(error.to_string()))
}

#[cfg(test)]
mod tests {
    use hdrhistogram::serialization::Deserializer;
    use hdrhistogram::serialization::interval_log::{IntervalLogIterator, LogEntry};

    use super::super::super::samples::shown;
    use super::*;
    use crate::bench::fixtures::{report, runs};

    #[test]
    fn a_log_holds_every_sample_of_each_class() {
        let report = report(vec![
            runs("and", "a", &[&[1_000, 2_000], &[3_000]]),
            runs("two words, odd\n", "b", &[&[u64::MAX / 2]]),
            runs("and", "c", &[&[50_000_000]]),
        ]);
        let log = shown(|out| bench_hlog(out, &report));
        let mut seen = Vec::new();
        for entry in IntervalLogIterator::new(log.as_bytes()) {
            let LogEntry::Interval(interval) = entry.expect("a log") else { continue };
            let bytes = base64_decoded(interval.encoded_histogram());
            let mut reader = bytes.as_slice();
            let histogram: Histogram<u64> =
                Deserializer::new().deserialize(&mut reader).expect("a histogram");
            let tag = interval.tag().map(|it| it.as_str().to_owned());
            seen.push((tag, histogram.len(), histogram.max() / 1_000_000));
        }
        assert_eq!(seen[0], (Some("and".into()), 4, 50));
        assert_eq!((seen[1].0.as_deref(), seen[1].1), (Some("two_words__odd_"), 1));
        insta::assert_snapshot!(log.lines().filter(|it| it.starts_with('#')).collect::<Vec<_>>().join("\n"), @r"
        #[Histogram log format version 1.3]
        #dateline: 3 questions of 2 classes, 5 samples
        #closed loop, 1 thread, warm: service time, not latency under load
        #values in nanoseconds, maxima in milliseconds
        #[MaxValueDivisor: 1000000.000]
        ");
    }

    /// What stands in base64 (RFC 4648).
    fn base64_decoded(text: &str) -> Vec<u8> {
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let (mut bytes, mut bits, mut n) = (Vec::new(), 0_u32, 0);
        for letter in text.chars().filter(|it| *it != '=') {
            let value = u32::try_from(letters.find(letter).expect("base64")).expect("small");
            (bits, n) = (bits << 6 | value, n + 6);
            if n >= 8 {
                n -= 8;
                bytes.push(u8::try_from(bits >> n & 0xff).expect("a byte"));
            }
        }
        bytes
    }
}
