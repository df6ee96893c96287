//! How well runs answer topics.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::json::{self, Layout};
use super::numbers::counted;
use super::rows::paragraph;
use super::style::{Role, Style};
use super::wrap::{columns, fit_end};
use super::{TableFormat, csv};
use crate::evaluate::ranking::{Comparison, Difference, Evaluation, Measure, Scores};
use crate::text::printable;

/// Runs that were scored by the same judgments.
#[derive(Clone, Debug)]
pub struct Scored {
    /// One or two, each with the name of its file.
    pub runs: Vec<(String, Evaluation)>,
    /// The second held against the first.
    pub comparison: Option<Comparison>,
    /// Whether each topic is shown by itself.
    pub each_topic: bool,
}

/// Columns of a value.
const VALUE_WIDTH: usize = 9;

/// How a comparison was tested.
const TEST: &str = "paired randomization test, two-sided";

/// Writes the means of all measures, and how runs differ.
pub fn evaluation(
    out: &mut dyn Write,
    scored: &Scored,
    format: TableFormat,
    style: Style,
) -> io::Result<()> {
    match format {
        TableFormat::Table => Table { out, style }.write(scored),
        TableFormat::Json => json::document(out, &document(scored), Layout::Compact),
        TableFormat::Csv => csv::evaluation(out, rows(scored).into_iter()),
    }
}

/// A measure as people name it.
fn label(measure: Measure) -> &'static str {
    match measure {
        Measure::Ndcg10 => "nDCG@10",
        Measure::AveragePrecision => "MAP",
        Measure::Precision10 => "P@10",
        Measure::Recall100 => "R@100",
        Measure::ReciprocalRank => "MRR",
    }
}

struct Table<'a> {
    out: &'a mut dyn Write,
    style: Style,
}

impl Table<'_> {
    fn write(&mut self, Scored { runs, comparison, each_topic }: &Scored) -> io::Result<()> {
        if *each_topic {
            for (name, evaluation) in runs {
                self.heading(name)?;
                for (topic, scores) in &evaluation.topics {
                    self.scores(topic, scores)?;
                }
                writeln!(self.out)?;
            }
        }
        self.heading("")?;
        for (name, evaluation) in runs {
            self.scores(name, &evaluation.mean)?;
        }
        if let Some(Comparison { measures }) = comparison {
            self.row("difference", &measures.map(|it| format!("{:+.4}", it.mean)))?;
            self.row("topics better", &measures.map(|it| it.better.to_string()))?;
            self.row("topics worse", &measures.map(|it| it.worse.to_string()))?;
            self.row("p", &measures.map(|it| format!("{:.4}", it.p)))?;
        }
        writeln!(self.out)?;
        for (name, evaluation) in runs {
            paragraph(self.out, &remark(name, evaluation), Role::Minor, self.style)?;
        }
        match comparison {
            Some(_) => paragraph(self.out, &format!("p: {TEST}"), Role::Minor, self.style),
            None => Ok(()),
        }
    }

    fn label_width(&self) -> usize {
        self.style.width().saturating_sub(VALUE_WIDTH * Measure::ALL.len())
    }

    fn heading(&mut self, name: &str) -> io::Result<()> {
        let labels = Measure::ALL.map(|measure| format!("{:>VALUE_WIDTH$}", label(measure)));
        let line = self.labelled(name) + &labels.concat();
        self.style.write(self.out, Role::Label, &line)?;
        writeln!(self.out)
    }

    fn scores(&mut self, name: &str, scores: &Scores) -> io::Result<()> {
        self.row(name, &scores.map(|score| format!("{score:.4}")))
    }

    fn row(&mut self, name: &str, values: &[String; 5]) -> io::Result<()> {
        write!(self.out, "{}", self.labelled(name))?;
        values.iter().try_for_each(|value| write!(self.out, "{value:>VALUE_WIDTH$}"))?;
        writeln!(self.out)
    }

    /// A name as wide as the column of names.
    fn labelled(&self, name: &str) -> String {
        let width = self.label_width();
        let name = printable(name);
        let name = fit_end(&name, width);
        format!("{name}{:1$}", "", width.saturating_sub(columns(&name)))
    }
}

/// `63 topics in a.run, 2 of them not answered; 1 topic without judgments`
fn remark(name: &str, evaluation: &Evaluation) -> String {
    let topics = |n: usize| counted(n as u64, "topic");
    let line = format!("{} in {}", topics(evaluation.topics.len()), printable(name));
    let unanswered = match evaluation.unanswered {
        0 => String::new(),
        n => format!(", {n} of them not answered"),
    };
    let unjudged = match evaluation.unjudged {
        0 => String::new(),
        n => format!("; {} without judgments", topics(n)),
    };
    line + &unanswered + &unjudged
}

#[derive(Serialize)]
struct Document<'a> {
    v: u32,
    runs: Vec<RunRecord<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comparison: Option<ComparisonRecord>,
}

#[derive(Serialize)]
struct RunRecord<'a> {
    run: &'a str,
    topics: usize,
    unanswered: usize,
    unjudged: usize,
    mean: Map<String, Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    each: Option<Map<String, Value>>,
}

#[derive(Serialize)]
struct ComparisonRecord {
    test: &'static str,
    measures: Map<String, Value>,
}

fn document(scored: &Scored) -> Document<'_> {
    let runs = scored.runs.iter().map(|(run, evaluation)| RunRecord {
        run,
        topics: evaluation.topics.len(),
        unanswered: evaluation.unanswered,
        unjudged: evaluation.unjudged,
        mean: by_measure(&evaluation.mean),
        each: scored.each_topic.then(|| {
            let topics = evaluation.topics.iter();
            topics.map(|(topic, scores)| (topic.clone(), by_measure(scores).into())).collect()
        }),
    });
    let comparison = scored.comparison.as_ref().map(|Comparison { measures }| {
        ComparisonRecord {
        test: TEST,
        measures: by_measure(&measures.map(|Difference { mean, better, worse, p }| {
            json!({ "difference": mean, "better": better, "worse": worse, "p": p })
        })),
    }
    });
    Document { v: json::VERSION, runs: runs.collect(), comparison }
}

fn by_measure<T: Clone + Into<Value>>(values: &[T; 5]) -> Map<String, Value> {
    let names = Measure::ALL.map(|measure| measure.name().to_owned());
    names.into_iter().zip(values.iter().cloned().map(Into::into)).collect()
}

/// Run, topic, and the value of each measure; `all` stands for all topics.
pub(super) type Row<'a> = (&'a str, Cow<'a, str>, [String; 5]);

fn rows(scored: &Scored) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    for (run, evaluation) in &scored.runs {
        if scored.each_topic {
            rows.extend(evaluation.topics.iter().map(|(topic, scores)| {
                (run.as_str(), topic.as_str().into(), scores.map(|score| score.to_string()))
            }));
        }
        rows.push((run, "all".into(), evaluation.mean.map(|score| score.to_string())));
    }
    if let Some(Comparison { measures }) = &scored.comparison {
        rows.push(("difference", "all".into(), measures.map(|it| it.mean.to_string())));
        rows.push(("better", "all".into(), measures.map(|it| it.better.to_string())));
        rows.push(("worse", "all".into(), measures.map(|it| it.worse.to_string())));
        rows.push(("p", "all".into(), measures.map(|it| it.p.to_string())));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::super::samples::shown;
    use super::super::{Emphasis, MIN_WIDTH};
    use super::*;

    fn written(runs: usize, each_topic: bool, format: TableFormat, width: usize) -> String {
        let scores = |by: f64| [0.75, 0.5, 0.25, 1.0, 1.0 / 3.0].map(|score| score * by);
        let run = |by| Evaluation {
            topics: vec![("1".into(), scores(by)), ("oil\u{1b}[1m".into(), scores(1.0))],
            mean: scores(f64::midpoint(1.0, by)),
            unanswered: usize::from(by < 1.0),
            unjudged: 2 * usize::from(by < 1.0),
        };
        let difference = Difference { mean: -0.0625, better: 0, worse: 1, p: 1.0 };
        let mut named =
            vec![("a-folder/first.run".to_owned(), run(1.0)), ("second.run".to_owned(), run(0.5))];
        named.truncate(runs);
        let comparison = (runs > 1).then_some(Comparison { measures: [difference; 5] });
        let evaluated = Scored { runs: named, comparison, each_topic };
        shown(|out| evaluation(out, &evaluated, format, Style::new(width, Emphasis::Plain)))
    }

    #[test]
    fn a_run_has_a_line() {
        insta::assert_snapshot!(written(1, false, TableFormat::Table, 80), @r#"
                                             nDCG@10      MAP     P@10    R@100      MRR
        a-folder/first.run                    0.7500   0.5000   0.2500   1.0000   0.3333

        2 topics in a-folder/first.run
        "#);
    }

    #[test]
    fn two_runs_are_compared_topic_by_topic() {
        insta::assert_snapshot!(written(2, true, TableFormat::Table, MIN_WIDTH + 20), @r#"
        …lder/first.run  nDCG@10      MAP     P@10    R@100      MRR
        1                 0.7500   0.5000   0.2500   1.0000   0.3333
        oil�[1m           0.7500   0.5000   0.2500   1.0000   0.3333

        second.run       nDCG@10      MAP     P@10    R@100      MRR
        1                 0.3750   0.2500   0.1250   0.5000   0.1667
        oil�[1m           0.7500   0.5000   0.2500   1.0000   0.3333

                         nDCG@10      MAP     P@10    R@100      MRR
        …lder/first.run   0.7500   0.5000   0.2500   1.0000   0.3333
        second.run        0.5625   0.3750   0.1875   0.7500   0.2500
        difference       -0.0625  -0.0625  -0.0625  -0.0625  -0.0625
        topics better          0        0        0        0        0
        topics worse           1        1        1        1        1
        p                 1.0000   1.0000   1.0000   1.0000   1.0000

        2 topics in a-folder/first.run
        2 topics in second.run, 1 of them not answered; 2 topics
        without judgments
        p: paired randomization test, two-sided
        "#);
    }

    #[test]
    fn machines_get_the_names_of_trec_eval() {
        insta::assert_snapshot!(written(2, true, TableFormat::Json, 80), @r#"{"v":1,"runs":[{"run":"a-folder/first.run","topics":2,"unanswered":0,"unjudged":0,"mean":{"ndcg_cut_10":0.75,"map":0.5,"P_10":0.25,"recall_100":1.0,"recip_rank":0.3333333333333333},"each":{"1":{"ndcg_cut_10":0.75,"map":0.5,"P_10":0.25,"recall_100":1.0,"recip_rank":0.3333333333333333},"oil\u001b[1m":{"ndcg_cut_10":0.75,"map":0.5,"P_10":0.25,"recall_100":1.0,"recip_rank":0.3333333333333333}}},{"run":"second.run","topics":2,"unanswered":1,"unjudged":2,"mean":{"ndcg_cut_10":0.5625,"map":0.375,"P_10":0.1875,"recall_100":0.75,"recip_rank":0.25},"each":{"1":{"ndcg_cut_10":0.375,"map":0.25,"P_10":0.125,"recall_100":0.5,"recip_rank":0.16666666666666666},"oil\u001b[1m":{"ndcg_cut_10":0.75,"map":0.5,"P_10":0.25,"recall_100":1.0,"recip_rank":0.3333333333333333}}}],"comparison":{"test":"paired randomization test, two-sided","measures":{"ndcg_cut_10":{"difference":-0.0625,"better":0,"worse":1,"p":1.0},"map":{"difference":-0.0625,"better":0,"worse":1,"p":1.0},"P_10":{"difference":-0.0625,"better":0,"worse":1,"p":1.0},"recall_100":{"difference":-0.0625,"better":0,"worse":1,"p":1.0},"recip_rank":{"difference":-0.0625,"better":0,"worse":1,"p":1.0}}}}"#);
        insta::assert_snapshot!(written(2, true, TableFormat::Csv, 80), @r#"
        run,topic,ndcg_cut_10,map,P_10,recall_100,recip_rank
        a-folder/first.run,1,0.75,0.5,0.25,1,0.3333333333333333
        a-folder/first.run,oil�[1m,0.75,0.5,0.25,1,0.3333333333333333
        a-folder/first.run,all,0.75,0.5,0.25,1,0.3333333333333333
        second.run,1,0.375,0.25,0.125,0.5,0.16666666666666666
        second.run,oil�[1m,0.75,0.5,0.25,1,0.3333333333333333
        second.run,all,0.5625,0.375,0.1875,0.75,0.25
        difference,all,-0.0625,-0.0625,-0.0625,-0.0625,-0.0625
        better,all,0,0,0,0,0
        worse,all,1,1,1,1,1
        p,all,1,1,1,1,1
        "#);
    }
}
