//! The fuzz targets over their seeds and deterministic mutations of them, without a fuzzer (`fuzz/README.md`).

#[path = "../fuzz/src/lib.rs"]
mod targets;

mod support;

use std::fs;
use std::path::Path;
use support::random::Random;

type Target = fn(&[u8]);

const TARGETS: [(&str, Target, usize); 6] = [
    ("docx", targets::docx, 120),
    ("markdown", targets::markdown, 120),
    ("label", targets::label, 2_000),
    ("period", targets::period, 1_000),
    ("rule", targets::rule, 500),
    ("page", targets::page, 60),
];

fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    files.iter().map(|f| fs::read(f).unwrap()).collect()
}

/// A seed with some bytes changed, taken out, said twice or taken from another seed.
fn mutated(seeds: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut out = random.one(seeds).clone();
    for _ in 0..=random.below(4) {
        let at = random.below(out.len());
        let end = out.len().min(at + 1 + random.below(24));
        let other = random.one(seeds);
        let from = random.below(other.len());
        let piece = other[from..other.len().min(from + random.below(40))].to_vec();
        match random.below(5) {
            0 if !out.is_empty() => out[at] ^= 1 << random.below(8),
            1 => drop(out.drain(at..end)),
            2 => {
                let twice = out[at..end].repeat(1 + random.below(8));
                out.splice(at..at, twice);
            }
            3 => drop(out.splice(at..end, piece)),
            _ => drop(out.splice(at..at, piece)),
        }
    }
    out
}

#[test]
fn seeds_and_their_mutations_hold_the_invariants() {
    for (name, target, count) in TARGETS {
        let seeds = seeds(name);
        assert!(seeds.len() > 1, "{name} has seeds");
        for seed in &seeds {
            target(seed);
        }
        let mut random = Random::new(4);
        for _ in 0..count {
            let bytes = mutated(&seeds, &mut random);
            let outcome = std::panic::catch_unwind(|| target(&bytes));
            assert!(outcome.is_ok(), "{name}: {:?}", String::from_utf8_lossy(&bytes));
        }
    }
}
