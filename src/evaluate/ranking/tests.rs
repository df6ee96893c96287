//! Values worked out by hand.

use super::*;

const QRELS: &str = "
    1 0 a 1
    1 0 b 0
    1 0 c 1
    1 0 d 1
    2 0 a 3
    2 0 b 2
    2 0 c -1
    3 0 a 0
    4 0 a 1
";

fn scored(run: &str) -> Evaluation {
    evaluate(&Qrels::parse(QRELS).expect("judgments"), &Run::parse(run).expect("a run"))
}

#[track_caller]
fn check(scores: Scores, expected: Scores) {
    for ((measure, score), expected) in Measure::ALL.iter().zip(scores).zip(expected) {
        assert!((score - expected).abs() < 1e-4, "{} is {score}, not {expected}", measure.name());
    }
}

#[test]
fn a_topic_is_scored_by_hand() {
    // Ranked b, a, x, c; d is missing.
    let run = "1 Q0 b 1 9 t\n1 Q0 a 2 8 t\n1 Q0 x 3 7 t\n1 Q0 c 4 6 t\n";
    let topics = scored(run).topics;
    let ideal = 1.0 + 1.0 / 3_f64.log2() + 0.5;
    let ndcg = (1.0 / 3_f64.log2() + 1.0 / 5_f64.log2()) / ideal;
    check(topics[0].1, [ndcg, (1.0 / 2.0 + 2.0 / 4.0) / 3.0, 0.2, 2.0 / 3.0, 0.5]);
    check([ndcg, 0.0, 0.0, 0.0, 0.0], [0.4981, 0.0, 0.0, 0.0, 0.0]);
}

#[test]
fn levels_count_in_gain_alone() {
    // Ranked b (2), a (3); c was judged below 0.
    let run = "2 Q0 c 1 1 t\n2 Q0 b 2 5 t\n2 Q0 a 3 4 t\n";
    let ndcg = (2.0 + 3.0 / 3_f64.log2()) / (3.0 + 2.0 / 3_f64.log2());
    check(scored(run).topics[1].1, [ndcg, 1.0, 0.2, 1.0, 1.0]);
}

#[test]
fn equal_scores_are_ranked_by_document_the_greater_first() {
    // Among equals d, c, b, a, whatever the column of ranks says; scores are of 32 bits.
    let run = "1 Q0 a 1 1.00000001 t\n1 Q0 b 2 1 t\n1 Q0 c 3 1 t\n1 Q0 d 4 1.0 t\n";
    check(scored(run).topics[0].1, [0.9675, (1.0 + 1.0 + 3.0 / 4.0) / 3.0, 0.3, 1.0, 1.0]);
}

#[test]
fn cuts_are_at_ten_and_at_a_hundred() {
    let others =
        |n: usize| (0..n).map(|n| format!("1 Q0 x{n} 0 9 t\n")).collect::<Vec<_>>().concat();
    let at_eleven = others(10) + "1 Q0 a 0 8 t\n";
    check(scored(&at_eleven).topics[0].1, [0.0, 1.0 / 11.0 / 3.0, 0.0, 1.0 / 3.0, 1.0 / 11.0]);
    let behind_a_hundred = others(100) + "1 Q0 a 0 8 t\n";
    check(scored(&behind_a_hundred).topics[0].1, [0.0, 1.0 / 101.0 / 3.0, 0.0, 0.0, 1.0 / 101.0]);
}

/// Topic 3 has nothing relevant, 4 no answer, 9 no judgments.
#[test]
fn means_are_over_the_topics_that_have_something_relevant() {
    let run = "1 Q0 a 1 9 t\n1 Q0 c 2 8 t\n1 Q0 d 3 7 t\n2 Q0 a 1 9 t\n2 Q0 b 2 8 t\n\
               3 Q0 a 1 9 t\n9 Q0 a 1 9 t\n";
    let Evaluation { topics, mean, unanswered, unjudged } = scored(run);
    assert_eq!(topics.iter().map(|(topic, _)| topic.as_str()).collect::<Vec<_>>(), ["1", "2", "4"]);
    check(mean, [2.0 / 3.0, 2.0 / 3.0, 0.5 / 3.0, 2.0 / 3.0, 2.0 / 3.0]);
    assert_eq!((unanswered, unjudged), (1, 2));
    check(scored("").mean, [0.0; 5]);
}

#[test]
fn a_line_that_cannot_be_read_is_named() {
    let qrels = |text| Qrels::parse(text).expect_err("a fault");
    let run = |text| Run::parse(text).expect_err("a fault");
    for (fault, line, what) in [
        (qrels("1 0 a 1\n\n1 a 1\n"), 3, "3 columns in place of 4: topic, 0, document, level"),
        (qrels("1 0 a yes\n"), 1, "the level `yes` is no number"),
        (run("1 Q0 a 1 9\n"), 1, "5 columns in place of 6: topic, Q0, document, rank, score, tag"),
        (run("1 Q0 a 1 high t\n"), 1, "the score `high` is no number"),
        (run("1 Q0 a 1 NaN t\n"), 1, "the score `NaN` is no number"),
        (run("1 Q0 a 1 9 t\n1 Q0 a 2 8 t\n"), 2, "topic `1` has document `a` twice"),
    ] {
        assert_eq!(fault, Fault { line, what: what.into() });
    }
}

fn by_first_measure(scores: &[f64]) -> Evaluation {
    let topics = scores
        .iter()
        .zip(0..)
        .map(|(score, topic)| (format!("{topic}"), [*score, 0.0, 0.0, 0.0, 0.0]));
    Evaluation { topics: topics.collect(), mean: [0.0; 5], unanswered: 0, unjudged: 0 }
}

/// The difference of the first measure.
fn difference(first: &[f64], second: &[f64]) -> Difference {
    compare(&by_first_measure(first), &by_first_measure(second)).measures[0]
}

#[test]
fn few_differences_are_exchanged_in_all_ways() {
    // Of the eight ways to sign 0.1, 0.2 and 0.3, two give 0.6 or -0.6, two more 0.4 or -0.4.
    let all_better = difference(&[0.1, 0.1, 0.1, 0.5], &[0.2, 0.3, 0.4, 0.5]);
    assert_eq!((all_better.better, all_better.worse), (3, 0));
    assert!((all_better.mean - 0.15).abs() < 1e-9);
    assert!((all_better.p - 2.0 / 8.0).abs() < 1e-9, "{all_better:?}");
    let one_worse = difference(&[0.2, 0.1, 0.1], &[0.1, 0.3, 0.4]);
    assert_eq!((one_worse.better, one_worse.worse), (2, 1));
    assert!((one_worse.p - 4.0 / 8.0).abs() < 1e-9, "{one_worse:?}");
    let none = difference(&[0.3, 0.3], &[0.3, 0.3]);
    assert!((none.p - 1.0).abs() < 1e-9 && none.mean.abs() < 1e-9, "{none:?}");
}

#[test]
fn many_differences_are_exchanged_at_random_and_always_alike() {
    let first = vec![0.5; 40];
    let better: Vec<f64> = (0..40_u32).map(|n| 0.5 + 0.01 * f64::from(n % 4 + 1)).collect();
    let sure = difference(&first, &better);
    assert!(sure.p < 1e-4, "{sure:?}");
    // Twenty better and twenty worse by the same: every way of exchanging is as large.
    let mixed: Vec<f64> = (0..40).map(|n| if n % 2 == 0 { 0.6 } else { 0.4 }).collect();
    let unsure = difference(&first, &mixed);
    assert!((unsure.p - 1.0).abs() < 1e-9, "{unsure:?}");
    // Twenty-five better and fifteen worse: 0.15 by the binomial distribution.
    let some: Vec<f64> = (0..40).map(|n| if n < 25 { 0.6 } else { 0.4 }).collect();
    let p = difference(&first, &some).p;
    assert!((p - 0.1539).abs() < 0.005, "{p}");
    assert_eq!(difference(&first, &some), difference(&first, &some));
}
