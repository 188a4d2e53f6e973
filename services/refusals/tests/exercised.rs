//! Every refusal is exercised by a test: a rule that nobody has tried to break is a rule that nobody knows to hold.
//!
//! Declarations are read from the sources, and so are the tests: a variant counts as tried where a test names it, and
//! the harness compares what it names with what the decider said.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A variant of a refusal enum.
struct Declared {
    /// The service that refuses.
    service: String,
    name: String,
    variant: String,
    code: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name();
        if path.is_dir() && name != "node_modules" && name != "target" {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// What of a file is a test: all of it in a folder or module of tests, else what follows `#[cfg(test)]`.
fn tests_in<'t>(path: &Path, text: &'t str) -> &'t str {
    let spelled = path.to_string_lossy();
    if spelled.contains("/tests/") || spelled.ends_with("/tests.rs") || spelled.contains("/e2e-tests/") {
        return text;
    }
    text.find("#[cfg(test)]").map_or("", |start| &text[start..])
}

/// `Variant => Kind, "code", …` lines of a `refusals!` block.
fn declared(service: &str, text: &str) -> Vec<Declared> {
    let mut name = String::new();
    let mut found = Vec::new();
    for line in text.lines().map(str::trim) {
        if let Some(rest) = line.strip_prefix("pub enum ") {
            name = rest.trim_end_matches('{').trim().to_owned();
        }
        let Some((variant, rest)) = line.split_once(" => ") else {
            continue;
        };
        let Some(code) = rest.split('"').nth(1).filter(|code| code.contains('.')) else {
            continue;
        };
        found.push(Declared {
            service: service.to_owned(),
            name: name.clone(),
            variant: variant.to_owned(),
            code: code.to_owned(),
        });
    }
    found
}

/// Names such as `TipRefusal::NotDispatcher` and quoted codes, as they stand in a text.
fn named(text: &str) -> BTreeSet<String> {
    let path = |c: char| !(c.is_alphanumeric() || c == '_' || c == ':');
    let names = text.split(path).filter(|word| word.contains("Refusal::"));
    let names = names.map(|word| word.trim_matches(':').to_owned());
    let codes = text
        .split('"')
        .filter(|word| word.contains('.') && !word.contains(char::is_whitespace));
    names.chain(codes.map(str::to_owned)).collect()
}

fn service_of(path: &Path) -> Option<String> {
    let relative = path.strip_prefix(root()).ok()?;
    let mut parts = relative.iter();
    (parts.next()? == "services").then(|| parts.next().map(|name| name.to_string_lossy().into_owned()))?
}

fn is_tried(declared: &Declared, own: &BTreeSet<String>, all: &BTreeSet<String>) -> bool {
    let full = format!("{}::{}", declared.name, declared.variant);
    // Within a service tests may call its refusals by a shorter name.
    let alias = format!("Refusal::{}", declared.variant);
    let ends = |name: &String| name.ends_with(&full);
    own.iter()
        .any(|name| *name == alias || name.ends_with(&format!("::{alias}")))
        || all.iter().any(ends)
        || all.contains(&declared.code)
}

#[test]
fn every_refusal_is_tried_by_a_test() {
    let mut files = Vec::new();
    sources(&root().join("services"), &mut files);
    sources(&root().join("e2e-tests"), &mut files);
    let mut declarations = Vec::new();
    let mut everywhere = BTreeSet::new();
    let mut by_service: std::collections::BTreeMap<String, BTreeSet<String>> = Default::default();
    for path in &files {
        let text = fs::read_to_string(path).expect("a source");
        let service = service_of(path).unwrap_or_default();
        if text.contains("refusals! {") && path.ends_with("refusals.rs") {
            declarations.extend(declared(&service, &text));
        }
        let names = named(tests_in(path, &text));
        everywhere.extend(names.iter().cloned());
        by_service.entry(service).or_default().extend(names);
    }
    let catalogued = refusals::catalogue()
        .iter()
        .map(|chapter| chapter.reasons.len())
        .sum::<usize>();
    assert_eq!(
        declarations.len(),
        catalogued,
        "a refusal is declared where this test does not look"
    );
    let none = BTreeSet::new();
    let untried: Vec<_> = declarations
        .iter()
        .filter(|declared| {
            let own = by_service.get(&declared.service).unwrap_or(&none);
            !is_tried(declared, own, &everywhere)
        })
        .map(|declared| format!("{}::{} ({})", declared.name, declared.variant, declared.code))
        .collect();
    assert!(
        untried.is_empty(),
        "no test tries to break these rules:\n{}",
        untried.join("\n")
    );
}

#[test]
fn a_refusal_that_no_test_names_is_found() {
    let text = "pub enum TipRefusal {\n    Lost => Conflict, \"tip.lost\", \"\",\n    \"…\", \"…\", \"…\";";
    let [lost] = &declared("tip-intake", text)[..] else {
        panic!("one refusal is declared")
    };
    let tried = |tests: &str| is_tried(lost, &named(tests), &named(tests));
    assert!(!tried(
        "then_refused(TipRefusal::LostAgain); // tip.lost is not quoted"
    ));
    assert!(tried("then_refused(TipRefusal::Lost)"));
    assert!(tried("then_refused(Refusal::Lost)"));
    assert!(tried("assert_eq!(code, \"tip.lost\")"));
    let elsewhere = named("then_refused(Refusal::Lost)");
    assert!(
        !is_tried(lost, &BTreeSet::new(), &elsewhere),
        "another service's refusal of the same name"
    );
    assert_eq!(
        tests_in(Path::new("/x/src/tip.rs"), "code\n#[cfg(test)]\nmod tests"),
        "#[cfg(test)]\nmod tests"
    );
}
