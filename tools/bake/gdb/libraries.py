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

# Where a process's kernel sees all memory, and page table entries: layout.h and pgtable.h of arch/rump.
PAGE_OFFSET = 0x6000_0000_0000
PRESENT, HUGE, FRAME = 0x1, 0x80, 0x000F_FFFF_FFFF_F000

dynamic_sections = []
loaded = set()


def memory(address, size):
    return gdb.selected_inferior().read_memory(address, size).tobytes()


def word_at(address, read):
    return int.from_bytes(read(address, 8), "little")


def by_page_tables(address, size):
    """On platform proc a page is mapped when its program touches it: after a switch few are."""
    table = int(gdb.parse_and_eval("(unsigned long)pcpu_hot.current_task->mm->pgd"))
    for shift in 39, 30, 21, 12:
        entry = word_at(table + (address >> shift) % 512 * 8, memory)
        if not entry & PRESENT:
            raise gdb.MemoryError(f"no page at {address:#x}")
        table = PAGE_OFFSET + (entry & FRAME)
        if entry & HUGE:
            break
    return memory(table + address % (1 << shift), size)


def read(address, size):
    try:
        return memory(address, size)
    except gdb.MemoryError:
        return by_page_tables(address, size)


def word(address):
    return word_at(address, read)


def string(address):
    text = b""
    while b"\0" not in text and len(text) < 4096:
        text += read(address + len(text), 1)
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
        except gdb.error:
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
