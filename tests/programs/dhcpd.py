# SPDX-License-Identifier: GPL-2.0
"""An Ethernet peer over UDP (QEMU's socket backend) that leases addresses by DHCP.

usage: dhcpd.py PORT PEERPORT LEASE
Prints one line for each DHCP message it gets: its type, and how it was sent. With a LEASE of 0 it
never answers.
"""
import socket
import struct
import sys

SERVER, CLIENT, MASK = b"\x0a\x07\x00\x01", b"\x0a\x07\x00\x05", b"\xff\xff\xff\x00"
MAC = b"\x52\x54\x00\xaa\xbb\xcc"
NAMES = {1: "DISCOVER", 3: "REQUEST"}


def checksum(data):
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def udp(payload, to_mac, to_ip):
    header = struct.pack("!HHHH", 67, 68, 8 + len(payload), 0)
    ip = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 28 + len(payload), 0, 0, 64, 17, 0, SERVER, to_ip)
    ip = ip[:10] + struct.pack("!H", checksum(ip)) + ip[12:]
    return to_mac + MAC + b"\x08\x00" + ip + header + payload


def arp_reply(frame):
    if frame[20:22] != b"\0\1" or frame[38:42] != SERVER:
        return None
    head = frame[6:12] + MAC + b"\x08\x06" + frame[14:20] + b"\0\2"
    return head + MAC + SERVER + frame[22:28] + frame[28:32]


def options_of(bootp):
    options, at = {}, 240
    while at < len(bootp) and bootp[at] != 255:
        if bootp[at] == 0:
            at += 1
            continue
        options[bootp[at]] = bootp[at + 2 : at + 2 + bootp[at + 1]]
        at += 2 + bootp[at + 1]
    return options


def dhcp_reply(bootp, kind, lease):
    reply = {1: 2, 3: 5}[kind]
    options = bytes([53, 1, reply, 54, 4]) + SERVER + bytes([51, 4]) + struct.pack("!I", lease)
    options += bytes([1, 4]) + MASK + bytes([3, 4]) + SERVER + bytes([6, 4]) + SERVER
    options += bytes([15, 4]) + b"test" + b"\xff"
    return b"\2\1\6\0" + bootp[4:8] + b"\0" * 8 + CLIENT + SERVER + b"\0" * 4 + bootp[28:240] + options


def main():
    port, peer, lease = map(int, sys.argv[1:4])
    wire = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    wire.bind(("127.0.0.1", port))
    while True:
        frame = wire.recv(65536)
        if frame[12:14] == b"\x08\x06":
            reply = arp_reply(frame)
        elif frame[12:14] == b"\x08\x00" and frame[23] == 17 and frame[36:38] == b"\0\x43":
            bootp = frame[42:]
            kind = options_of(bootp)[53][0]
            cast = "broadcast" if frame[:6] == b"\xff" * 6 else "unicast"
            print(NAMES.get(kind, kind), cast, flush=True)
            if not lease:
                continue
            reply = dhcp_reply(bootp, kind, lease)
            if bootp[10] & 0x80:
                reply = udp(reply, b"\xff" * 6, b"\xff" * 4)
            else:
                reply = udp(reply, frame[6:12], CLIENT)
        else:
            continue
        if reply:
            wire.sendto(reply, ("127.0.0.1", peer))


main()
