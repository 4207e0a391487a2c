# SPDX-License-Identifier: GPL-2.0
"""Runs a command on a terminal of its own, and talks to it.

usage: terminal.py SECONDS STEP... -- COMMAND...
STEP: 'expect REGEX', 'send TEXT' (with Python's escapes), 'size ROWS COLUMNS'.
Prints what the terminal showed; the status is the command's, or 99 if a step failed.
"""
import fcntl
import os
import pty
import re
import select
import struct
import sys
import termios
import time


class Terminal:
    def __init__(self, command, seconds):
        self.end = time.monotonic() + seconds
        self.new = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execvp(command[0], command)

    def size(self, rows, columns):
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self):
        """Return whether there was anything."""
        left = self.end - time.monotonic()
        if left <= 0 or not select.select([self.fd], [], [], left)[0]:
            return False
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            return False
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
        self.new += data
        return bool(data)

    def expect(self, pattern):
        while not (found := re.search(pattern.encode(), self.new)):
            if not self.read():
                return False
        self.new = self.new[found.end() :]
        return True


def main():
    seconds, rest = int(sys.argv[1]), sys.argv[2:]
    steps, command = rest[: rest.index("--")], rest[rest.index("--") + 1 :]
    terminal = Terminal(command, seconds)
    for step in steps:
        verb, _, what = step.partition(" ")
        if verb == "size":
            terminal.size(*map(int, what.split()))
        elif verb == "send":
            os.write(terminal.fd, what.encode().decode("unicode_escape").encode())
        elif not terminal.expect(what):
            print(f"\nno '{what}' was seen")
            os.kill(terminal.pid, 9)
            sys.exit(99)
    while terminal.read():
        pass
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(terminal.pid, 0)[1]))


main()
