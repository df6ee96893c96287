//! Machines get all of it.

use std::collections::BTreeMap;

use super::*;

#[test]
fn machines_get_the_report_and_what_follows_from_it() {
    let report = measured();
    let json = page(&report, BenchFormat::Json, 80);
    let again: Report = serde_json::from_str(&json).expect("a report, and more");
    assert_eq!(again, report, "what was derived is left out when it is read again");
    let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    insta::assert_snapshot!(value["classes"][0].to_string(), @r#"{"class":"and-2-frequent","queries":1,"samples":120,"errors":0,"hits":12345,"min_ns":400000,"max_ns":2898000,"percentiles":{"p50":{"ns":1600000,"interval_ns":[1386000,1848000]},"p90":{"ns":2600000,"interval_ns":[2440000,2730000]}},"mean_ns":1619500.0,"mean_interval_ns":[1580000.0,1659000.0],"sd_ns":714333.5026030744,"between_processes":0.0,"within_processes":0.5273633585094631,"phases":{"parse":0.05,"match":0.75,"snippet":0.2}}"#);
    insta::assert_snapshot!(value["slowest"][1].to_string(), @r#"{"query":"\"oil and gas\"","ask":"hits","class":"phrase","queries":1,"samples":19,"errors":0,"hits":12,"min_ns":9000,"max_ns":17100,"percentiles":{},"mean_ns":13168.421052631578,"mean_interval_ns":[13050.0,13300.0],"sd_ns":2595.627227040583,"between_processes":0.0,"within_processes":0.2081372797432349,"phases":{}}"#);
    insta::assert_snapshot!(value["gate"].to_string(), @r#"{"kept":false,"clauses":[{"clause":"p50<=1ms","ruling":"broken","seen":"1.43 ms","ns":1428000},{"clause":"class:phrase p99<=5ms","ruling":"cannot be judged","seen":"p99 takes 1000 samples, there are 19"},{"clause":"errors<=0","ruling":"broken","seen":"4 errors","errors":4}]}"#);
    let lines = page(&report, BenchFormat::Jsonl, 80);
    let classes: Vec<String> = lines
        .lines()
        .map(|line| {
            serde_json::from_str::<BTreeMap<String, serde_json::Value>>(line).expect("JSON")
        })
        .map(|it| it["class"].to_string())
        .collect();
    assert_eq!(
        classes,
        ["\"and-2-frequent\"", "\"phrase\"", "\"a-class-with-a-very-long-name\"", "\"all\""]
    );
}

#[test]
fn tables_for_spreadsheets_have_every_class_and_every_sample() {
    insta::assert_snapshot!(page(&measured(), BenchFormat::Csv, 80), @r"
    class,queries,samples,errors,hits,min_ns,p50_ns,p50_ns_low,p50_ns_high,p90_ns,p90_ns_low,p90_ns_high,p95_ns,p95_ns_low,p95_ns_high,p99_ns,p99_ns_low,p99_ns_high,p99.9_ns,p99.9_ns_low,p99.9_ns_high,max_ns,mean_ns,mean_ns_low,mean_ns_high,sd_ns,between_processes,within_processes
    and-2-frequent,1,120,0,12345,400000,1600000,1386000,1848000,2600000,2440000,2730000,,,,,,,,,,2898000,1619500,1580000,1659000,714333.5026030744,0,0.5273633585094631
    phrase,1,19,0,12,9000,,,,,,,,,,,,,,,,17100,13168.421052631578,13050,13300,2595.627227040583,0,0.2081372797432349
    a-class-with-a-very-long-name,1,0,4,0,,,,,,,,,,,,,,,,,,,,,,,
    all,3,139,4,12,9000,1428000,1176000,1680000,2562000,2400000,2720000,,,,,,,,,,2898000,1399929.4964028776,1356150,1444343.4782608696,864127.6715548728,0,0.4949135231959844
    ");
    let mut small = report(vec![runs("or", "=a OR b", &[&[10, 20], &[30]])]);
    small.queries[0].service = vec![vec![9, 19], vec![]];
    insta::assert_snapshot!(shown(|out| bench_samples(out, &small)), @r"
    class,query,ask,process,sample,ns,service_ns
    or,'=a OR b,hits,1,1,10,9
    or,'=a OR b,hits,1,2,20,19
    or,'=a OR b,hits,2,1,30,
    ");
}
