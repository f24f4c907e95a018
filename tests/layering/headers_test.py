#!/usr/bin/env python3
"""Every header compiles alone, with the definitions and include folders of the build.

usage: headers_test.py SOURCE_ROOT COMPILE_COMMANDS
"""
import concurrent.futures
import json
import os
import pathlib
import shlex
import subprocess
import sys

# wasm/ wants Emscripten's own headers.
FOLDERS = ("core", "platform", "native")


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
    command = build_flags(json.loads(pathlib.Path(commands).read_text(encoding="utf-8")))
    headers = [header for folder in FOLDERS for header in sorted((root / folder).rglob("*.h"))]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = pool.map(lambda header: compiles(command, root, header), headers)
        for header, (good, errors) in zip(headers, results):
            if not good:
                failed += 1
                print(f"{header.relative_to(root)} does not compile alone:\n{errors[:1500]}")
    print(f"{len(headers) - failed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main(pathlib.Path(sys.argv[1]), sys.argv[2]))
