#!/usr/bin/env python3
"""Every header compiles alone, with the definitions and include folders of the build.

A header that a source of the build includes before anything else has compiled alone there; only the
others are compiled here.

usage: headers_test.py SOURCE_ROOT COMPILE_COMMANDS
"""
import concurrent.futures
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

# wasm/ wants Emscripten's own headers.
FOLDERS = ("core", "platform", "native")


FIRST_INCLUDE = re.compile(r'^\s*#\s*include\s*([<"][^">]+)[">]', re.MULTILINE)


def included_first(commands):
    """What the sources of the build include first, in quotes."""
    for entry in commands:
        found = FIRST_INCLUDE.search(pathlib.Path(entry["file"]).read_text(encoding="utf-8"))
        if found and found.group(1).startswith('"'):
            yield found.group(1)[1:]


def build_flags(commands):
    """The compiler, and every include folder and definition that some source of ours is built with."""
    compiler, flags = None, {}
    for entry in commands:
        words = shlex.split(entry["command"])
        if not words[0].endswith(("c++", "g++", "clang++")):
            words = words[1:]  # a launcher such as ccache
        compiler = compiler or words[0]
        for position, word in enumerate(words):
            if word == "-isystem":
                flags[f"-isystem{words[position + 1]}"] = None
            elif word.startswith(("-I", "-D", "-std=", "-f")) and not word.startswith("-fsanitize"):
                flags[word] = None
    return [compiler, *flags]


def compiles(command, root, header):
    source = f'#include "{header.relative_to(root)}"\n'
    result = subprocess.run(
        [*command, "-fsyntax-only", "-x", "c++", "-"], input=source, capture_output=True, text=True, cwd=root)
    return result.returncode == 0, result.stderr


def main(root, commands):
    commands = json.loads(pathlib.Path(commands).read_text(encoding="utf-8"))
    command = build_flags(commands)
    headers = [header for folder in FOLDERS for header in sorted((root / folder).rglob("*.h"))]
    proven = {root / name for name in included_first(commands)}
    count = len(headers)
    headers = [header for header in headers if header not in proven]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = pool.map(lambda header: compiles(command, root, header), headers)
        for header, (good, errors) in zip(headers, results):
            if not good:
                failed += 1
                print(f"{header.relative_to(root)} does not compile alone:\n{errors[:1500]}")
    print(f"{count - failed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main(pathlib.Path(sys.argv[1]), sys.argv[2]))
