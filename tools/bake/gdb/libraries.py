# SPDX-License-Identifier: GPL-2.0
"""Symbols of shared libraries, where a program's dynamic linker has put them.

At each stop the list that the dynamic linker keeps for debuggers (struct r_debug of link.h) is read
from the memory of the process that runs; a library seen for the first time gets its symbols.
"""
import os

import gdb

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "lib")
DT_NULL, DT_DEBUG = 0, 21
DYNAMIC_ENTRIES, LIBRARIES = 200, 1000  # more than there are, against endless lists

dynamic_sections = []
loaded = set()


def word(address):
    return int.from_bytes(gdb.selected_inferior().read_memory(address, 8).tobytes(), "little")


def string(address):
    text = b""
    while b"\0" not in text and len(text) < 4096:
        text += gdb.selected_inferior().read_memory(address + len(text), 1).tobytes()
    return text.rstrip(b"\0").decode(errors="replace")


def first_library(dynamic):
    """struct link_map of the program itself, or 0 before the dynamic linker has run."""
    for entry in range(DYNAMIC_ENTRIES):
        tag = word(dynamic + entry * 16)
        if tag == DT_DEBUG:
            debug = word(dynamic + entry * 16 + 8)
            return word(debug + 8) if debug else 0
        if tag == DT_NULL:
            break
    return 0


def load(base, name):
    path = os.path.join(FOLDER, os.path.basename(name))
    if (base, name) in loaded or not name or not os.path.exists(path):
        return
    loaded.add((base, name))
    gdb.execute(f'add-symbol-file "{path}" -o {base:#x}', to_string=True)


def look(dynamic):
    library = first_library(dynamic)
    for _ in range(LIBRARIES):
        if not library:
            break
        load(word(library), string(word(library + 8)))
        library = word(library + 24)


def on_stop(_):
    for dynamic in dynamic_sections:
        try:
            look(dynamic)
        except gdb.MemoryError:
            pass  # another process runs, or none has been started


class RumprunLibraries(gdb.Command):
    """rumprun-libraries ADDRESS: the dynamic section of a program whose libraries are wanted."""

    def __init__(self):
        super().__init__("rumprun-libraries", gdb.COMMAND_FILES)

    def invoke(self, argument, from_tty):
        if not dynamic_sections:
            gdb.events.stop.connect(on_stop)
        dynamic_sections.append(int(argument, 0))


RumprunLibraries()
