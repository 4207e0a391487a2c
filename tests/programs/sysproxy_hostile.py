# SPDX-License-Identifier: GPL-2.0
# A server of remote system calls and those who mean it no good:
# sysproxy_hostile.py socket PATH, or: tcp PORT KEYFILE RUMPCTRL
import os
import socket
import struct
import subprocess
import sys
import threading

import sysproxy_frames as frames


def check(what, good):
    print("%s %s%s" % ("ok" if good else "FAIL", what, "" if good else ": it is not so"))


def connect(path):
    s = socket.socket(socket.AF_UNIX)
    s.settimeout(30)
    s.connect(path)
    return s


def receive(s):
    """One frame, or None at the end."""
    data = b""
    while len(data) < 8 or len(data) < 8 + struct.unpack("<I", data[:4])[0]:
        try:
            part = s.recv(65536)
        except ConnectionResetError:
            return None
        if not part:
            return None
        data += part
    return struct.unpack("<I", data[4:8])[0], data[8:]


def greeted(path):
    s = connect(path)
    s.sendall(frames.frame(frames.HELLO, frames.numbers(1)))
    kind, _ = receive(s)
    assert kind == frames.WELCOME
    return s


def hung_up(path, data):
    """Whether the server ends a session that says this."""
    s = greeted(path)
    s.sendall(data)
    return receive(s) is None


def refused(path, data):
    s = connect(path)
    s.sendall(data)
    s.shutdown(socket.SHUT_WR)
    return receive(s) is None


def frames_of_all_kinds(path):
    check("garbage", refused(path, os.urandom(1000)))
    check("a call before the greeting", refused(path, frames.call(frames.GETPID, [])))
    s = connect(path)
    s.sendall(frames.frame(frames.HELLO, frames.numbers(0)))
    check("an older version", receive(s)[0] == frames.REFUSED)
    check("too large a frame", hung_up(path, struct.pack("<II", 1 << 30, frames.CALL)))
    check("an unknown type", hung_up(path, frames.frame(99, b"")))
    check("a call cut short", hung_up(path, frames.frame(frames.CALL, bytes(20))))
    check("a task that does not exist", hung_up(path, frames.call(frames.GETPID, [], task=7)))
    check("a task's twin", hung_up(path, frames.frame(frames.TASK, frames.numbers(0, 0, 1))))
    check("a path without an end", hung_up(path, frames.call(frames.OPEN, [1, 0, 0], [b"/etc"])))
    check("a path with two ends", hung_up(path, frames.call(frames.OPEN, [1, 0], [b"/\0etc\0"])))
    check("a block that is missing", hung_up(path, frames.call(frames.WRITE, [1, 1, 5])))
    check("a block of another size", hung_up(path, frames.call(frames.WRITE, [1, 1, 5], [b"x"])))
    check("a block too many", hung_up(path, frames.call(frames.GETPID, [], [b"x"])))
    check("more than may be read", hung_up(path, frames.call(frames.READ, [0, 1, 1 << 40])))
    check("a message's lengths", hung_up(
        path, frames.call(frames.SENDMSG, [1, 1, 0], [frames.numbers(1 << 31, 1 << 31, 0)])))
    check("a length beyond all measure", hung_up(
        path, frames.call(frames.GETSOCKNAME, [0, 1, 1], [frames.numbers(0xffffffff)])))
    check("an ioctl that nobody knows", hung_up(path, frames.call(frames.IOCTL, [0, 0x4C00, 1])))
    s = greeted(path)
    s.sendall(frames.call(9999, [1, 2, 3]))
    check("an unknown call", struct.unpack("<q", receive(s)[1][4:12])[0] == -38)
    s.sendall(frames.frame(frames.INTERRUPT, frames.numbers(12345)))
    s.sendall(frames.call(frames.GETPID, []))
    check("an interrupt of nothing", struct.unpack("<q", receive(s)[1][4:12])[0] > 0)
    for _ in range(200):
        s.sendall(frames.call(frames.GETPID, []))
    check("two hundred calls in a row", all(receive_one(s) for _ in range(200)))


def receive_one(s):
    head = s.recv(8, socket.MSG_WAITALL)
    size = struct.unpack("<I", head[:4])[0]
    return len(s.recv(size, socket.MSG_WAITALL)) == size


class Recorder(threading.Thread):
    """Stands between a client and the server, and keeps what the client said."""

    def __init__(self, port):
        super().__init__(daemon=True)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port, self.said = port, b""

    def run(self):
        client, _ = self.listener.accept()
        server = socket.create_connection(("127.0.0.1", self.port))
        back = threading.Thread(target=self.copy, args=(server, client), daemon=True)
        back.start()
        while True:
            data = client.recv(65536)
            if not data:
                break
            self.said += data
            server.sendall(data)
        server.close()

    @staticmethod
    def copy(source, to):
        try:
            while data := source.recv(65536):
                to.sendall(data)
        except OSError:
            pass
        to.shutdown(socket.SHUT_RDWR)


def replay(port, key, rumpctrl):
    """What a client has said once is worth nothing in another session."""
    recorder = Recorder(port)
    recorder.start()
    marker = "/tmp/sysproxy-replay-%d" % os.getpid()

    def on(to, *command):
        address = "tcp:127.0.0.1:%d" % to
        return subprocess.run([rumpctrl, address, "--key", key, *command], timeout=60, check=False,
                              stderr=subprocess.DEVNULL).returncode == 0

    check("a session that is recorded", on(recorder.listener.getsockname()[1], "mkdir", marker))
    recorder.join()
    check("it does its work", on(port, "rmdir", marker))
    check("it cannot be read", marker.encode() not in recorder.said)
    s = socket.create_connection(("127.0.0.1", port))
    s.settimeout(30)
    s.sendall(recorder.said)
    got = b""
    try:
        while data := s.recv(65536):
            got += data
    except ConnectionResetError:
        pass
    check("a replay has no effect", not on(port, "rmdir", marker))
    # The server's first flight may come; after that an alert, and nothing that was asked for.
    check("a replay is cut off", len(got) < 2000)


def tamper(port, key, rumpctrl):
    """A byte changed on the way ends the session."""

    class Tamperer(Recorder):
        def run(self):
            client, _ = self.listener.accept()
            server = socket.create_connection(("127.0.0.1", self.port))
            threading.Thread(target=self.copy, args=(server, client), daemon=True).start()
            while data := client.recv(65536):
                self.said += data
                if len(self.said) > 600:
                    data = data[:-1] + bytes([data[-1] ^ 1])
                server.sendall(data)

    tamperer = Tamperer(port)
    tamperer.start()
    address = "tcp:127.0.0.1:%d" % tamperer.listener.getsockname()[1]
    status = subprocess.run([rumpctrl, address, "--key", key, "cat", "/proc/version"], timeout=60,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    check("a changed byte ends the session", status.returncode == 69 and not status.stdout)


def main():
    if sys.argv[1] == "socket":
        frames_of_all_kinds(sys.argv[2])
    else:
        port, key, rumpctrl = int(sys.argv[2]), sys.argv[3], sys.argv[4]
        replay(port, key, rumpctrl)
        tamper(port, key, rumpctrl)


main()
