#!/usr/bin/env python3
"""Runs JavaScript programs and compares what they print.

  run_programs.py [--jobs N] [--timeout SECONDS] FOLDER... -- COMMAND [ARG...]

Every .js and .mjs file below a folder is a program, unless its name ends in _worker.js, _module.mjs
or _fixture.*. What it must do stands in its comments:

  // expect: TEXT         one line of standard output, in order
  // expect-error: TEXT   a piece of standard error
  // exit: N              the exit code (0)
  // args: A B            arguments behind the file
  // flags: A B           arguments before the file
  // skip TEXT: why       not run when TEXT is a part of the command (always, without TEXT)
"""
import concurrent.futures
import os
import re
import subprocess
import sys

DIRECTIVE = re.compile(r"//\s*(expect[- ]error|expect[- ]exit|expect|exit|args|flags|skip(?: [^:]+)?):\s?(.*)")
SKIPPED = object()
HELPERS = ("_worker.js", "_worker.mjs", "_module.mjs")


def read_directives(path):
    wanted = {"expect": [], "expect-error": [], "exit": 0, "args": [], "flags": [], "skip": []}
    with open(path, encoding="utf-8", errors="surrogateescape") as file:
        for line in file:
            match = DIRECTIVE.search(line)
            if not match:
                continue
            name, text = match.group(1).replace(" error", "-error").replace("expect exit", "exit"), match.group(2).rstrip("\n")
            if name in ("expect", "expect-error"):
                wanted[name].append(text)
            elif name.startswith("skip"):
                wanted["skip"].append(name[5:])
            elif name == "exit":
                wanted["exit"] = int(text)
            else:
                wanted[name] = text.split()
    return wanted


def run(path, command, timeout):
    """The problem with this program, or None."""
    wanted = read_directives(path)
    if any(part in " ".join(command) for part in wanted["skip"]):
        return SKIPPED
    if not wanted["expect"] and not wanted["expect-error"] and not wanted["exit"]:
        return "it expects nothing: add // expect: lines"
    try:
        done = subprocess.run(
            command + wanted["flags"] + [path] + wanted["args"],
            stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout)
    except subprocess.TimeoutExpired:
        return f"it did not end within {timeout} s"
    out = done.stdout.decode("utf-8", "replace").splitlines()
    error = done.stderr.decode("utf-8", "replace")
    for number, (got, want) in enumerate(zip(out, wanted["expect"]), 1):
        if got != want:
            return f"line {number}: expected {want!r}, got {got!r}\n{error[-1500:]}"
    if len(out) != len(wanted["expect"]):
        return f"expected {len(wanted['expect'])} lines, got {len(out)}: {out[len(wanted['expect']):][:3]}\n{error[-1500:]}"
    for text in wanted["expect-error"]:
        if text not in error:
            return f"standard error lacks {text!r}:\n{error[-1500:]}"
    if done.returncode != wanted["exit"]:
        return f"exit code {done.returncode}, expected {wanted['exit']}\n{error[-1500:]}"
    return None


def programs(folders):
    for folder in folders:
        if os.path.isfile(folder):
            yield folder
        for base, folders_below, names in os.walk(folder):
            if "support" in folders_below:
                folders_below.remove("support")
            for name in sorted(names):
                if name.endswith((".js", ".mjs")) and not name.endswith(HELPERS) and "_fixture." not in name:
                    yield os.path.join(base, name)


def main():
    arguments = sys.argv[1:]
    if "--" not in arguments:
        sys.exit(__doc__)
    split = arguments.index("--")
    folders, command = arguments[:split], arguments[split + 1:]
    jobs, timeout = 2, 60.0
    while folders and folders[0].startswith("--"):
        option, value = folders[0], folders[1]
        folders = folders[2:]
        if option == "--jobs":
            jobs = int(value)
        elif option == "--timeout":
            timeout = float(value)
        else:
            sys.exit(__doc__)
    files = sorted(set(programs(folders)))
    failed = skipped = 0
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for path, problem in zip(files, pool.map(lambda file: run(file, command, timeout), files)):
            if problem is SKIPPED:
                skipped += 1
            elif problem is not None:
                failed += 1
                print(f"FAILED {path}\n  {problem}")
    print(f"{len(files) - failed - skipped} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    if not files or failed:
        sys.exit(1)


main()
