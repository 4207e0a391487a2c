# SPDX-License-Identifier: GPL-2.0
import signal
import sys

import zmq

signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
socket = zmq.Context().socket(zmq.REP)
socket.bind("tcp://*:5555")
while True:
    socket.send_string(socket.recv_string().upper())
