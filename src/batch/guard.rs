//! One file's work apart from the others': a defect of ours, or a file that takes for ever, costs that file alone.

use crate::error::{Error, Result};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

/// Stack of a worker: nothing recurses with the depth of a file, so this only leaves room.
const STACK_BYTES: usize = 16 << 20;

/// Runs `work` on a thread of its own for at most `seconds` of wall-clock time. Work that is not done by then is
/// left to itself until the program ends: a thread cannot be stopped from outside.
///
/// # Errors
/// What the work returns; that it panicked; that it took too long.
pub fn guarded<T: Send + 'static>(seconds: u64, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let (sender, receiver) = channel();
    let run = move || {
        let outcome = catch_unwind(AssertUnwindSafe(work));
        // Nobody listens any more where the time was up.
        let _ = sender.send(outcome);
    };
    if let Err(error) = thread::Builder::new().stack_size(STACK_BYTES).spawn(run) {
        return Err(Error::new(format!("no thread could be started ({error})"), "review fewer files at once"));
    }
    match receiver.recv_timeout(Duration::from_secs(seconds)) {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => Err(Error::new(
            "the program failed on this file, which is a defect of it",
            "report it with the file's structure; the others go on",
        )),
        Err(RecvTimeoutError::Timeout) => Err(Error::new(
            format!("the file was not done after {seconds} seconds of wall-clock time, and was given up"),
            "on a busy machine raise --max-seconds; else report the file's structure",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panics_and_endless_work_become_errors() {
        assert_eq!(guarded(60, || Ok(7)), Ok(7));
        let panicked = guarded::<()>(60, || std::panic::resume_unwind(Box::new(())));
        assert!(panicked.is_err_and(|e| e.reason.contains("defect")));
        let endless = guarded(1, || {
            thread::sleep(Duration::from_mins(10));
            Ok(())
        });
        assert!(endless.is_err_and(|e| e.reason.contains("wall-clock")));
    }
}
