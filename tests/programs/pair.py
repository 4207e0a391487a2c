#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Two guests on the ends of a socket pair, which they inherit as open descriptors.

usage: pair.py PLATFORM SERVER-IMAGE CLIENT-IMAGE COMMAND; the status is the client's.
"""
import socket
import subprocess
import sys


def guest(number, end, *rest):
    interface = f"net0,virtio,fd,fd={end.fileno()}"
    address = f"net0,inet,static,10.5.0.{number}/24"
    return subprocess.Popen(
        ["rumprun", *sys.argv[1].split(), "-i", "-I", interface, "-W", address, *rest],
        pass_fds=[end.fileno()], stdin=subprocess.DEVNULL)


ends = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
server = guest(1, ends[0], sys.argv[2])
status = guest(2, ends[1], *sys.argv[3:5]).wait(60)
server.terminate()
server.wait(60)
sys.exit(status)
