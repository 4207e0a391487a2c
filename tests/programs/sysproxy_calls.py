# SPDX-License-Identifier: GPL-2.0
# What programs do with descriptors of both sides, run under rumpctrl: sockets and files are the
# unikernel's, pipes and memory the host's.
import mmap
import os
import select
import signal
import socket
import subprocess
import tempfile
import threading


def check(what, good):
    print("%s %s%s" % ("ok" if good else "FAIL", what, "" if good else ": it is not so"))


def readiness():
    listener = socket.create_server(("127.0.0.1", 0))
    near = socket.create_connection(listener.getsockname())
    far, _ = listener.accept()
    here, there = os.pipe()
    poll = select.poll()
    poll.register(far, select.POLLIN)
    poll.register(here, select.POLLIN)
    epoll = select.epoll()
    epoll.register(far, select.EPOLLIN)
    epoll.register(here, select.EPOLLIN)
    check("nothing is ready", not poll.poll(50) and not epoll.poll(0.05)
          and not select.select([far, here], [], [], 0.05)[0])
    near.send(b"x")
    check("poll: remote", [fd for fd, _ in poll.poll(10000)] == [far.fileno()])
    check("epoll: remote", [fd for fd, _ in epoll.poll(10)] == [far.fileno()])
    check("select: remote", select.select([far, here], [near], [], 10) == ([far], [near], []))
    os.write(there, b"x")
    check("poll: both", sorted(fd for fd, _ in poll.poll(10000)) == sorted([far.fileno(), here]))
    check("epoll: both", sorted(fd for fd, _ in epoll.poll(10)) == sorted([far.fileno(), here]))
    far.recv(1)
    check("poll: local", [fd for fd, _ in poll.poll(10000)] == [here])
    check("select: local", select.select([far, here], [], [], 10)[0] == [here])
    os.read(here, 1)
    waiter = threading.Timer(0.1, near.send, [b"y"])
    waiter.start()
    check("poll waits for remote", [fd for fd, _ in poll.poll(10000)] == [far.fileno()])
    waiter.join()
    far.recv(1)
    waiter = threading.Timer(0.1, os.write, [there, b"y"])
    waiter.start()
    check("epoll waits for local", [fd for fd, _ in epoll.poll(10)] == [here])
    waiter.join()


def descriptors():
    with tempfile.TemporaryFile() as f:
        f.write(b"0123456789")
        f.flush()
        other = os.dup(f.fileno())
        os.lseek(other, 3, os.SEEK_SET)
        check("dup shares the offset", os.read(f.fileno(), 2) == b"34")
        os.dup2(other, 20)
        os.close(other)
        check("dup2", os.read(20, 2) == b"56")
        os.close(20)
        pid = os.fork()
        if not pid:
            os._exit(os.read(f.fileno(), 1)[0])
        check("fork shares it, too", os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == ord("7"))
        check("inherited over exec", subprocess.run(
            ["cat"], stdin=f, stdout=subprocess.PIPE, check=False).stdout == b"89")


def mapping():
    with tempfile.TemporaryFile() as f:
        data = os.urandom(3000000)
        f.write(data)
        f.flush()
        with mmap.mmap(f.fileno(), 0, access=mmap.ACCESS_READ) as m:
            check("a file that is mapped", m[:] == data)
        with mmap.mmap(f.fileno(), 8192, access=mmap.ACCESS_COPY, offset=1 << 20) as m:
            check("a part of it", m[:] == data[1 << 20:(1 << 20) + 8192])
        try:
            mmap.mmap(f.fileno(), 0)
            refused = False
        except OSError:
            refused = True
        check("to be written: refused", refused)


def signals():
    caught = []
    signal.signal(signal.SIGALRM, lambda *_: caught.append(1))
    near, far = socket.socket(socket.AF_INET, socket.SOCK_DGRAM), None
    near.bind(("127.0.0.1", 0))
    signal.setitimer(signal.ITIMER_REAL, 0.1)
    threading.Timer(0.4, lambda: near.sendto(b"z", near.getsockname())).start()
    check("a handler runs, and the call goes on", near.recv(1) == b"z" and caught == [1])


def many_threads():
    got = []

    def read():
        with open("/proc/version") as f:
            got.append(f.read())

    threads = [threading.Thread(target=read) for _ in range(8)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    check("threads", len(got) == 8 and len(set(got)) == 1)


readiness()
descriptors()
mapping()
signals()
many_threads()
