#!/usr/bin/env python3
"""Which functions programs use, in the order in which the linker puts them: usage: function_order.py SKEIN

Prints native/function_order.txt anew. The kernel maps a program's file in windows of 64 KB around what is used, so a
process takes as many of them as its functions are scattered over. First come the functions of every start, then
those that several of bench/programs and examples use, the most common ones first. Needs valgrind and binutils.
"""
import collections
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
# A function's name, where the profile names it first; recursion adds 'N.
NAMED = re.compile(r"c?fn=\(\d+\) (.+?)(?:'\d+)?$")
FEWEST_PROGRAMS = 2


def functions_of(skein, program, folder):
    """The linker's names of the functions that `program` has called."""
    profile = os.path.join(folder, "profile")
    subprocess.run(["valgrind", "--tool=callgrind", "-q", "--demangle=no", f"--callgrind-out-file={profile}", skein, program],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with open(profile, encoding="utf-8", errors="replace") as lines:
        names = {found[1] for found in map(NAMED.match, lines) if found}
    return with_siblings({name for name in names if re.fullmatch(r"[A-Za-z_][\w.$]*", name)}, skein)


def with_siblings(names, skein):
    """The C library chooses among several versions of a function by the processor, and not every one is valgrind's."""
    version = re.compile(r"__([a-z]+)_(?:sse|avx|evex)\w*")
    chosen = {found[1] for found in map(version.fullmatch, names) if found}
    symbols = subprocess.run(["nm", "--format=just-symbols", skein], check=True, capture_output=True, text=True).stdout.split()
    return names | {name for name in symbols if (found := version.fullmatch(name)) and found[1] in chosen}


def programs(folder):
    """Paths: the shortest program, then those of bench/programs, each calling its run() once, and the examples."""
    path = os.path.join(folder, "program.js")
    for source in [None, *sorted(scripts(os.path.join(ROOT, "bench", "programs")))]:
        text = "console.log(1);"
        if source:
            with open(source, encoding="utf-8") as file:
                text = file.read() + "\nrun();\n"
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        yield path
    yield from sorted(scripts(os.path.join(ROOT, "examples")))


def scripts(folder):
    return [os.path.join(base, name) for base, _, names in os.walk(folder) for name in names if name.endswith(".js")]


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__.split("\n", 1)[0])
    with tempfile.TemporaryDirectory() as folder:
        first, *others = [functions_of(sys.argv[1], path, folder) for path in programs(folder)]
    users = collections.Counter(name for names in [first, *others] for name in names)
    used = [name for name, count in users.items() if count >= FEWEST_PROGRAMS or name in first]
    print("\n".join(sorted(used, key=lambda name: (name not in first, -users[name], name))))


main()
