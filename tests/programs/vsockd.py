# SPDX-License-Identifier: GPL-2.0
"""The host's end of vsock on a host without vhost_vsock: a vhost-user device that echoes.

vsockd.py SOCKET CID: QEMU connects to SOCKET (vhost-user-vsock-pci); the guest has the number CID.
Each stream to CID 2 gets back what it sends. vhost-user: docs/interop/vhost-user.rst of QEMU; rings
and packets: virtio 1.2, 2.7 and 5.10.
"""

import mmap
import os
import select
import socket
import struct
import sys
import threading

HOST_CID = 2
BUFFER = 65536  # what a stream may send before it hears that some of it was taken
PIECE = 2048  # a packet's payload; buffers of Linux hold more
PACKET = struct.Struct("<QQIIIHHIII")
REQUEST, RESPONSE, RST, SHUTDOWN, RW, CREDIT_UPDATE, CREDIT_REQUEST = range(1, 8)
STREAM = 1
F_PROTOCOL, F_VERSION_1 = 1 << 30, 1 << 32
PROTOCOL_MQ, PROTOCOL_CONFIG = 1 << 0, 1 << 9


class Memory:
    """The guest's memory, by its own addresses and by QEMU's."""

    def __init__(self):
        self.regions = []

    def set(self, payload, fds):
        self.regions = []
        for i, fd in enumerate(fds):
            guest, size, user, offset = struct.unpack_from("<QQQQ", payload, 8 + 32 * i)
            self.regions.append((guest, user, size, mmap.mmap(fd, size, offset=offset)))
            os.close(fd)

    def find(self, address, by):
        for region in self.regions:
            if region[by] <= address < region[by] + region[2]:
                return region[3], address - region[by]
        raise ValueError("an address outside the guest's memory")


class Ring:
    """A split virtqueue, from the device's side.

    What the guest looks at meanwhile goes through views of whole numbers, as struct.pack_into() clears
    the bytes first: a guest that read an index of 0 in between would take entries that are none.
    """

    def __init__(self, name, memory):
        self.name, self.memory = name, memory
        self.size = self.seen = 0
        self.kick = self.call = None
        self.desc = self.avail = self.used = None
        self.tell = False
        self.fence = threading.Lock()

    def set_addresses(self, desc, used, avail):
        self.desc = self.memory.find(desc, 1)
        self.avail = self.view(avail, 2 + self.size)
        self.used = self.view(used, 2 + 4 * self.size)

    def view(self, address, count):
        """So many numbers of 16 bits: flags, index, entries."""
        area, at = self.memory.find(address, 1)
        return memoryview(area)[at:at + 2 * count].cast("H")

    def next(self):
        """The number of the next chain and its pieces of memory, or None."""
        if self.avail is None or self.kick is None:
            return None
        if self.avail[1] == self.seen & 0xFFFF:
            return None
        head = index = self.avail[2 + self.seen % self.size]
        self.seen += 1
        pieces = []
        while True:
            area, at = self.desc
            address, length, flags, following = struct.unpack_from("<QIHH", area, at + 16 * index)
            pieces.append((*self.memory.find(address, 0), length))
            if not flags & 1:
                return head, pieces
            index = following

    def put_back(self, head, length):
        index = self.used[1]
        entry = 2 + 4 * (index % self.size)
        self.used[entry], self.used[entry + 1] = head, 0
        self.used[entry + 2], self.used[entry + 3] = length & 0xFFFF, length >> 16
        self.used[1] = (index + 1) & 0xFFFF
        self.tell = True

    def tell_guest(self):
        """The index is out before the guest's wish is looked at: taking a lock is a barrier of x86."""
        with self.fence:
            wanted = not self.avail[0] & 1
        if self.call is not None and wanted:
            os.write(self.call, struct.pack("<Q", 1))
        self.tell = False

    def __str__(self):
        if self.avail is None:
            return f"ring {self.name}: never set up"
        return (f"ring {self.name}: size {self.size}, avail {self.avail[1]}, seen {self.seen & 0xFFFF}, "
                f"used {self.used[1]}, flags {self.avail[0]}")


class Stream:
    """One connection; `room` is how far the guest lets us send."""

    def __init__(self, packet):
        self.cid, self.port, self.own_port = packet[0], packet[2], packet[3]
        self.data, self.taken, self.sent, self.room, self.ending = b"", 0, 0, 0, False


class Host:
    def __init__(self, transmit):
        self.streams, self.transmit = {}, transmit

    def send(self, stream, op, payload=b"", flags=0):
        self.transmit(
            PACKET.pack(HOST_CID, stream.cid, stream.own_port, stream.port, len(payload), STREAM, op,
                        flags, BUFFER, stream.taken & 0xFFFFFFFF) + payload)

    def echo(self, stream):
        while stream.data and stream.room > stream.sent:
            piece = stream.data[:min(PIECE, stream.room - stream.sent)]
            stream.data = stream.data[len(piece):]
            stream.sent += len(piece)
            stream.taken += len(piece)
            self.send(stream, RW, piece)
        if stream.ending and not stream.data:
            stream.ending = False
            self.send(stream, SHUTDOWN, flags=3)

    def receive(self, raw):
        packet, payload = PACKET.unpack_from(raw), raw[PACKET.size:]
        key, op = (packet[2], packet[3]), packet[6]
        if op == REQUEST:
            self.streams[key] = Stream(packet)
        stream = self.streams.get(key)
        if not stream:
            if op != RST:
                self.send(Stream(packet), RST)
            return
        stream.room = packet[9] + packet[8]
        if op == REQUEST:
            self.send(stream, RESPONSE)
        elif op == RST:
            del self.streams[key]
            return
        elif op == RW:
            stream.data += payload[:packet[4]]
        elif op == CREDIT_REQUEST:
            self.send(stream, CREDIT_UPDATE)
        elif op == SHUTDOWN and packet[7] & 2:
            stream.ending = True
        self.echo(stream)


class Device:
    """What QEMU asks of a vhost-user device."""

    def __init__(self, connection, cid):
        self.connection, self.cid = connection, cid
        self.memory = Memory()
        self.rings = [Ring("to the guest", self.memory), Ring("from the guest", self.memory)]
        self.waiting = []
        self.host = Host(self.waiting.append)

    def message(self):
        head, fds, _, _ = socket.recv_fds(self.connection, 12, 8)
        if len(head) < 12:
            return False
        request, _, size = struct.unpack("<III", head)
        payload = self.connection.recv(size, socket.MSG_WAITALL) if size else b""
        answer = self.answer(request, payload, fds)
        if answer is not None:
            self.connection.sendall(struct.pack("<III", request, 5, len(answer)) + answer)
        return True

    def answer(self, request, payload, fds):
        if request == 1:  # GET_FEATURES
            return struct.pack("<Q", F_PROTOCOL | F_VERSION_1)
        if request == 15:  # GET_PROTOCOL_FEATURES
            return struct.pack("<Q", PROTOCOL_MQ | PROTOCOL_CONFIG)
        if request == 17:  # GET_QUEUE_NUM
            return struct.pack("<Q", 2)
        if request == 24:  # GET_CONFIG
            return payload[:12] + struct.pack("<Q", self.cid)[:len(payload) - 12]
        if request == 5:
            self.memory.set(payload, fds)
        elif 8 <= request <= 13:
            return self.ring_message(request, payload, fds)
        return None

    def ring_message(self, request, payload, fds):
        index, value = struct.unpack_from("<II", payload)
        ring = self.rings[index & 0xFF]
        if request == 8:
            ring.size = value
        elif request == 9:
            ring.set_addresses(*struct.unpack_from("<QQQ", payload, 8))
        elif request == 10:
            ring.seen = value
        elif request == 11:  # GET_VRING_BASE: the ring stops
            ring.kick = None
            return struct.pack("<II", index, ring.seen & 0xFFFF)
        elif request == 12:
            ring.kick = fds[0]
        elif request == 13:
            ring.call = fds[0] if fds else None
        return None

    def work(self):
        to_guest, from_guest = self.rings
        while True:
            chain = from_guest.next()
            if not chain:
                break
            raw = b"".join(area[at:at + length] for area, at, length in chain[1])
            from_guest.put_back(chain[0], 0)
            self.host.receive(raw)
        while self.waiting:
            chain = to_guest.next()
            if not chain:
                break
            packet, rest = self.waiting[0], self.waiting.pop(0)
            for area, at, length in chain[1]:
                area[at:at + min(length, len(rest))] = rest[:length]
                rest = rest[length:]
            to_guest.put_back(chain[0], len(packet))

        self.tell_guest()

    def messages(self):
        """Do what QEMU has asked for so far."""
        while select.select([self.connection], [], [], 0)[0]:
            if not self.message():
                return False
        return True

    def tell_guest(self):
        # QEMU says how to before it lets the guest go on, but does not wait until it is heard.
        rings = [ring for ring in self.rings if ring.tell]
        if rings and self.messages():
            for ring in rings:
                ring.tell_guest()

    def run(self):
        while True:
            kicks = [ring.kick for ring in self.rings if ring.kick is not None]
            ready, _, _ = select.select([self.connection] + kicks, [], [])
            for kick in kicks:
                if kick in ready:
                    os.read(kick, 8)
            if not self.messages():
                return
            self.work()

    def show(self):
        for ring in self.rings:
            print(ring, file=sys.stderr)
        for key, stream in self.host.streams.items():
            print(f"stream {key}: {len(stream.data)} bytes held, room for {stream.room - stream.sent}",
                  file=sys.stderr)
        print(f"{len(self.waiting)} packets wait for buffers", file=sys.stderr, flush=True)


def main():
    server = socket.socket(socket.AF_UNIX)
    # Who sees the socket can connect to it.
    server.bind(sys.argv[1] + ".new")
    server.listen(1)
    os.rename(sys.argv[1] + ".new", sys.argv[1])
    device = Device(server.accept()[0], int(sys.argv[2]))
    device.run()
    device.show()


main()
