# SPDX-License-Identifier: GPL-2.0
"""What a Python program leans on: threads, subprocesses, signals, asyncio over TCP, sqlite3."""
import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
import threading

data = sys.argv[1]


def report(name, good):
    print("ok" if good else "FAIL", "python:", name, "" if good else ": wrong result", flush=True)


def threads():
    total = []
    lock = threading.Lock()

    def work(number):
        for _ in range(100):
            with lock:
                total.append(number)

    workers = [threading.Thread(target=work, args=(number,)) for number in range(20)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return sorted(total) == sorted(list(range(20)) * 100)


def subprocesses():
    child = subprocess.run([sys.executable, "-c", "print(input()[::-1])"], input="abc\n",
                           capture_output=True, text=True, check=True)
    return child.stdout == "cba\n"


def signals():
    seen = []
    signal.signal(signal.SIGALRM, lambda number, frame: seen.append(number))
    signal.setitimer(signal.ITIMER_REAL, 0.01)
    signal.sigtimedwait([], 1)
    return seen == [signal.SIGALRM]


async def echo():
    async def serve(reader, writer):
        writer.write((await reader.readline()).upper())
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]

    async def ask(number):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"hello {number}\n".encode())
        answer = await reader.readline()
        writer.close()
        return answer == f"HELLO {number}\n".encode()

    return all(await asyncio.gather(*(ask(number) for number in range(50))))


def database():
    path = os.path.join(data, "test.db")
    with sqlite3.connect(path) as db:
        db.execute("create table t (a integer primary key, b text)")
        db.executemany("insert into t (b) values (?)", ((str(i),) for i in range(1000)))
    with sqlite3.connect(path) as db:
        return db.execute("select count(*), sum(b) from t").fetchone() == (1000, 499500)


report("threads", threads())
report("subprocess", subprocesses())
report("signals", signals())
report("asyncio over TCP", asyncio.run(echo()))
report("sqlite3 on " + open("/proc/mounts").read().split(data)[1].split()[0], database())
