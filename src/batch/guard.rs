//! One file's work apart from the others': a defect of ours, or a file that takes for ever, costs that file alone.

use crate::error::{Error, Result};
use crate::source::Limits;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

/// Stack of a worker: nothing recurses with the depth of a file, so this only leaves room.
const STACK_BYTES: usize = 16 << 20;

/// Runs `work` on a thread of its own for at most `limits.seconds` of wall-clock time. A thread cannot be stopped from
/// outside: work that is not done by then is left to itself, and stops at the next place where it looks at the backstop
/// of the limits that it is given.
///
/// # Errors
/// What the work returns; that it panicked; that it took too long.
pub fn guarded<T: Send + 'static>(
    limits: Limits,
    work: impl FnOnce(&Limits) -> Result<T> + Send + 'static,
) -> Result<T> {
    let limits = limits.started();
    let (sender, receiver) = channel();
    let run = move || {
        let outcome = catch_unwind(AssertUnwindSafe(|| work(&limits)));
        // Nobody listens any more where the time was up.
        let _ = sender.send(outcome);
    };
    if let Err(error) = thread::Builder::new().stack_size(STACK_BYTES).spawn(run) {
        return Err(Error::new(format!("no thread could be started ({error})"), "review fewer files at once"));
    }
    match receiver.recv_timeout(Duration::from_secs(limits.seconds)) {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => Err(Error::new(
            "the program failed on this file, which is a defect of it",
            "report it with the file's structure; the others go on",
        )),
        Err(RecvTimeoutError::Timeout) => Err(limits.out_of_time()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panics_and_endless_work_become_errors() {
        assert_eq!(guarded(Limits::default(), |_| Ok(7)), Ok(7));
        let panicked = guarded::<()>(Limits::default(), |_| std::panic::resume_unwind(Box::new(())));
        assert!(panicked.is_err_and(|e| e.reason.contains("defect")));
        let endless = guarded(Limits { seconds: 1, ..Limits::default() }, |_| {
            thread::sleep(Duration::from_mins(10));
            Ok(())
        });
        assert!(endless.is_err_and(|e| e.reason.contains("wall-clock")));
    }

    #[test]
    fn work_that_looks_at_its_backstop_stops_soon_after_it_was_given_up() {
        let (stopped, saw) = channel();
        let given_up = guarded(Limits { seconds: 1, ..Limits::default() }, move |limits| {
            while limits.in_time().is_ok() {
                thread::sleep(Duration::from_millis(5));
            }
            let _ = stopped.send(());
            limits.in_time()
        });
        assert!(given_up.is_err_and(|e| e.reason.contains("after 1 second of wall-clock")));
        assert_eq!(saw.recv_timeout(Duration::from_secs(30)), Ok(()));
    }
}
