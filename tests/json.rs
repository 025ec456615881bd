//! The JSON report: it is of its own schema, and every quote is the text at its offsets.

mod support;

use serde_json::Value;
use support::{out, proviso};

#[test]
fn the_report_is_of_its_schema() {
    let schema: Value = serde_json::from_str(&out(&proviso(&["schema"]))).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let report: Value =
        serde_json::from_str(&out(&proviso(&["review", "samples", "tests/corpus", "--format", "json"]))).unwrap();
    let errors: Vec<String> = validator.iter_errors(&report).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    assert!(report["documents"].as_array().unwrap().len() >= 10);
}

#[test]
fn every_quote_is_the_text_at_its_offsets() {
    let report: Value = serde_json::from_str(&out(&proviso(&["review", "samples", "--format", "json"]))).unwrap();
    let mut quotes = 0;
    for document in report["documents"].as_array().unwrap() {
        let text = out(&proviso(&["text", document["path"].as_str().unwrap()]));
        for finding in document["findings"].as_array().unwrap() {
            let own = finding["evidence"].as_array().unwrap().iter();
            let elements =
                finding["elements"].as_array().unwrap().iter().flat_map(|e| e["evidence"].as_array().unwrap());
            for evidence in own.chain(elements) {
                let at = |key: &str| usize::try_from(evidence[key].as_u64().unwrap()).unwrap();
                assert_eq!(&text[at("start")..at("end")], evidence["quote"].as_str().unwrap());
                quotes += 1;
            }
        }
    }
    assert!(quotes > 100, "{quotes} quotes");
}

#[test]
fn every_provision_has_a_finding_and_every_element_is_listed() {
    let report: Value =
        serde_json::from_str(&out(&proviso(&["review", "tests/corpus/weak-services.md", "--format", "json"]))).unwrap();
    let library = proviso::library::embedded::library().unwrap();
    let findings = report["documents"][0]["findings"].as_array().unwrap();
    assert_eq!(findings.len(), library.provisions.len());
    for (finding, provision) in findings.iter().zip(&library.provisions) {
        assert_eq!(finding["provision"], provision.id.as_str());
        assert_eq!(finding["elements"].as_array().unwrap().len(), provision.elements.len());
    }
}
