//! The order of dependencies, and one package in one place (`src/lib.rs` says why).

use std::fs;
use std::path::{Path, PathBuf};

/// Modules from left to right: each uses only what stands left of it. Those on one line do not know each other.
const ORDER: [&[&str]; 14] = [
    &["span", "error"],
    &["word"],
    &["source", "library"],
    &["clause"],
    &["facts"],
    &["matching"],
    &["assess"],
    &["suggest"],
    &["report"],
    &["review"],
    &["examples", "clauses", "evaluate"],
    &["batch", "cli"],
    &["run"],
    &["main"],
];

/// Packages and the only files or folders that may name them.
const PLACES: [(&str, &[&str]); 9] = [
    ("pulldown_cmark", &["source/markdown.rs", "library/page/blocks.rs"]),
    ("pest", &["clause/label.rs", "facts/period/read.rs", "library/rule.rs", "library/formula.rs"]),
    ("strsim", &["library/diagnostic.rs"]),
    ("askama", &["report/"]),
    ("clap", &["cli.rs", "main.rs", "run/mod.rs"]),
    ("quick_xml", &["source/docx/"]),
    ("zip", &["source/docx/"]),
    ("whatlang", &["facts/"]),
    ("docx_rs", &["report/docx.rs", "redline/"]),
];

fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut out = Vec::new();
    let mut walk: Vec<PathBuf> = vec![root.clone()];
    while let Some(folder) = walk.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
                out.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    out.sort();
    assert!(out.len() > 20, "the sources are read");
    out
}

fn layer(module: &str) -> Option<usize> {
    ORDER.iter().position(|row| row.contains(&module))
}

/// Modules of this crate that a text names.
fn named(text: &str) -> Vec<String> {
    let code: Vec<&str> = text.lines().filter(|l| !l.trim_start().starts_with("//")).collect();
    let code = code.join("\n");
    let mut out: Vec<String> = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + 7..];
        if let Some(group) = rest.strip_prefix('{') {
            let inside = group.split('}').next().unwrap_or_default();
            out.extend(inside.split(',').map(|p| p.trim().split(':').next().unwrap_or_default().to_string()));
        } else {
            out.push(rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default().to_string());
        }
    }
    out
}

#[test]
fn modules_use_only_what_stands_left_of_them() {
    for (file, text) in sources() {
        let own = file.split(['/', '.']).next().unwrap();
        if own == "lib" {
            continue;
        }
        let at = layer(own).unwrap_or_else(|| panic!("{file}: {own} is not in the order"));
        for module in named(&text) {
            let Some(used) = layer(&module) else { continue };
            assert!(used < at || module == own, "{file} uses {module}, which does not stand left of {own}");
        }
    }
}

#[test]
fn each_package_has_one_place() {
    for (file, text) in sources() {
        for (package, places) in PLACES {
            let uses = text.contains(&format!("{package}::")) || text.contains(&format!("use {package}"));
            let allowed = places.iter().any(|p| file == *p || p.ends_with('/') && file.starts_with(p));
            assert!(!uses || allowed, "{file} uses {package}, whose place is {places:?}");
        }
    }
}
