# SPDX-License-Identifier: GPL-2.0
# Frames of the remote system call protocol, for fuzzing (a file each in the folder that is given)
# and for talking to a server without a client.
import os
import struct
import sys

HELLO, WELCOME, REFUSED, CALL, REPLY, INTERRUPT, TASK, END = range(1, 9)
READ, WRITE, OPEN, CLOSE, STAT, POLL, IOCTL, WRITEV, GETPID = 0, 1, 2, 3, 4, 7, 16, 20, 39
SENDTO, RECVFROM, SENDMSG, RECVMSG, GETSOCKNAME, SETSOCKOPT = 44, 45, 46, 47, 51, 54


def frame(kind, payload):
    return struct.pack("<II", len(payload), kind) + payload


def numbers(*values):
    return struct.pack("<%dI" % len(values), *values)


def block(data):
    return numbers(len(data)) + data


def call(number, args, blocks=(), identity=1, task=0, flags=0):
    args = list(args) + [0] * (6 - len(args))
    return frame(CALL, numbers(identity, task, number, flags) + struct.pack("<6Q", *args)
                 + b"".join(block(b) for b in blocks))


def calls():
    yield call(GETPID, [])
    yield call(OPEN, [1, 0, 0], [b"/etc/passwd\0"])
    yield call(READ, [3, 1, 100])
    yield call(WRITE, [3, 1, 5], [b"hello"])
    yield call(WRITEV, [3, 1, 2], [b"hello"])
    yield call(STAT, [1, 1], [b"/\0"])
    yield call(POLL, [1, 1, 0], [struct.pack("<ihh", 0, 1, 0)])
    yield call(IOCTL, [0, 0x8913, 1], [bytes(40)])
    yield call(IOCTL, [0, 0x8912, 1], [numbers(400, 1)])
    yield call(SENDTO, [3, 1, 3, 0, 1, 16], [b"abc", bytes(16)])
    yield call(RECVFROM, [3, 1, 100, 0, 1, 1], [numbers(16)])
    yield call(SENDMSG, [3, 1, 0], [numbers(2, 0, 3) + b"nnddd"])
    yield call(RECVMSG, [3, 1, 0], [numbers(16, 64, 100)])
    yield call(GETSOCKNAME, [3, 1, 1], [numbers(128)])
    yield call(SETSOCKOPT, [3, 1, 26, 1, 16], [bytes(16)])


def main():
    folder = sys.argv[1]
    for i, data in enumerate(calls()):
        with open(os.path.join(folder, "call%d" % i), "wb") as f:
            f.write(b"\0" + data)
    reply = struct.pack("<I", 5) + struct.pack("<q", 3) + block(b"abc")
    with open(os.path.join(folder, "reply"), "wb") as f:
        f.write(b"\1" + numbers(READ, 8) + struct.pack("<6Q", 3, 64, 100, 0, 0, 0) + bytes(8) + reply[4:])


if __name__ == "__main__":
    main()
