# SPDX-License-Identifier: GPL-2.0
"""A name server on 127.0.0.1 and ::1 that knows one name, rump.test, by both kinds of address."""
import select
import socket
import struct

NAME = b"\4rump\4test\0"
ADDRESSES = {1: socket.inet_pton(socket.AF_INET, "192.0.2.7"),
             28: socket.inet_pton(socket.AF_INET6, "2001:db8::7")}



def answer(query):
    end = query.index(b"\0", 12) + 1
    kind = struct.unpack("!H", query[end : end + 2])[0]
    known = query[12:end].lower() == NAME
    address = ADDRESSES.get(kind) if known else None
    header = query[:2] + struct.pack("!HHHHH", 0x8580 if known else 0x8583, 1, bool(address), 0, 0)
    reply = header + query[12 : end + 4]
    if address:
        reply += struct.pack("!HHHIH", 0xC00C, kind, 1, 60, len(address)) + address
    return reply


servers = []
for family, loopback in (socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"):
    servers.append(socket.socket(family, socket.SOCK_DGRAM))
    servers[-1].bind((loopback, 53))
print("ready", flush=True)
while True:
    for server in select.select(servers, [], [])[0]:
        query, client = server.recvfrom(1500)
        server.sendto(answer(query), client)
