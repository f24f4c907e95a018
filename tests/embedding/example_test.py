#!/usr/bin/env python3
"""Runs an example program and compares what it prints with the "// expect: TEXT" lines of its source.

"..." in an expectation stands for any text.

usage: example_test.py SOURCE PROGRAM [ARGUMENT...]
"""
import difflib
import pathlib
import re
import subprocess
import sys


def matches(expected, line):
    return re.fullmatch(".*".join(re.escape(piece) for piece in expected.split("...")), line) is not None


def main(source, *program):
    wanted = re.findall(r"^// expect: (.*)$", pathlib.Path(source).read_text(), re.MULTILINE)
    done = subprocess.run(program, capture_output=True, text=True, timeout=300)
    printed = done.stdout.splitlines()
    if not wanted:
        print(f"{source} expects nothing")
        return 1
    if done.returncode == 0 and len(wanted) == len(printed) and all(map(matches, wanted, printed)):
        return 0
    print(*difflib.unified_diff(wanted, printed, "expected", "printed", lineterm=""), sep="\n")
    print(f"exit code {done.returncode}\n{done.stderr}")
    return 1


sys.exit(main(*sys.argv[1:]))
