#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| proviso_fuzz::label(data));
