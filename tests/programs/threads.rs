// SPDX-License-Identifier: GPL-2.0
//! Rust's threads, channels and unwinding.
use std::sync::mpsc;
use std::thread;

fn report(name: &str, good: bool) {
    if good {
        println!("ok rust: {}", name);
    } else {
        println!("FAIL rust: {}: wrong result", name);
        std::process::exit(1);
    }
}

struct Dropped<'a>(&'a mut bool);

impl Drop for Dropped<'_> {
    fn drop(&mut self) {
        *self.0 = true;
    }
}

fn main() {
    let (sender, receiver) = mpsc::channel();
    let workers: Vec<_> = (0..50u64)
        .map(|number| {
            let sender = sender.clone();
            thread::spawn(move || sender.send(number * number).unwrap())
        })
        .collect();
    drop(sender);
    for worker in workers {
        worker.join().unwrap();
    }
    report("threads and channels", receiver.iter().sum::<u64>() == 40425);

    let mut dropped = false;
    let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _guard = Dropped(&mut dropped);
        panic!("on purpose");
    }));
    report("unwinding", caught.is_err() && dropped);
    report("a panic ends its thread only", thread::spawn(|| panic!("on purpose")).join().is_err());
}
