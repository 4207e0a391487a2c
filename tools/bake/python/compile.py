# SPDX-License-Identifier: GPL-2.0
"""compile.py ROOT PACKAGE...: compile the Python modules below the packages' folders, as their scripts
would have done, and put the results into ROOT, too.

What is compiled gets its source's time: the same packages make the same image.
"""
import glob
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


def compile_one(root, package, source):
    # Some are no modules, but templates or tests of errors: they stay as they are.
    made = py_compile.compile(source, dfile=source[len(package):], quiet=2,
                              invalidation_mode=py_compile.PycInvalidationMode.TIMESTAMP)
    if not made:
        return
    time = os.stat(source).st_mtime
    os.utime(made, (time, time))
    staged = root + made[len(package):]
    if os.path.exists(root + source[len(package):]):
        os.makedirs(os.path.dirname(staged), exist_ok=True)
        shutil.copy2(made, staged)


for folder in sys.argv[2:]:
    for path in sources(folder):
        compile_one(sys.argv[1], folder, path)
