# SPDX-License-Identifier: GPL-2.0
"""compile.py ROOT PACKAGE...: compile the Python modules below the packages' folders, as their scripts
would have done, where that has not been done yet, and put the results beside the sources in ROOT.

What is compiled gets its source's time: the same packages make the same image.
"""
import glob
import importlib.util
import os
import py_compile
import shutil
import sys


def sources(package):
    for top in sorted(glob.glob(glob.escape(package) + "/usr/lib/python3*")):
        for folder, _, names in os.walk(top):
            for name in names:
                path = os.path.join(folder, name)
                if name.endswith(".py") and not os.path.islink(path):
                    yield path


def compiled(package, source):
    """The compiled module beside its source in the cache, or None."""
    made = importlib.util.cache_from_source(source)
    if os.path.exists(made):
        return made
    # Some are no modules, but templates or tests of errors: they stay as they are.
    made = py_compile.compile(source, dfile=source[len(package):], quiet=2,
                              invalidation_mode=py_compile.PycInvalidationMode.TIMESTAMP)
    if made:
        time = os.stat(source).st_mtime
        os.utime(made, (time, time))
    return made


def put(root, package, source):
    if not os.path.exists(root + source[len(package):]):
        return
    made = compiled(package, source)
    staged = made and root + made[len(package):]
    if made and not os.path.exists(staged):
        os.makedirs(os.path.dirname(staged), exist_ok=True)
        shutil.copy2(made, staged)


for folder in sys.argv[2:]:
    for path in sources(folder):
        put(sys.argv[1], folder, path)
