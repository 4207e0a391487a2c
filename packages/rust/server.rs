// SPDX-License-Identifier: GPL-2.0
//! Answers each line reversed and in capitals, a thread a connection.
use std::io::{BufRead, BufReader, Result, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

fn serve(mut stream: TcpStream) -> Result<()> {
    let mut line = String::new();
    BufReader::new(stream.try_clone()?).read_line(&mut line)?;
    let line = line.trim_end();
    assert!(line != "panic", "asked to");
    let reversed: String = line.chars().rev().collect();
    writeln!(stream, "{}", reversed.to_uppercase())
}

fn main() -> Result<()> {
    for stream in TcpListener::bind("0.0.0.0:7")?.incoming() {
        let stream = stream?;
        thread::spawn(move || serve(stream));
    }
    Ok(())
}
