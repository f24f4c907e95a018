#!/usr/bin/env python3
"""Runs test programs: one file is one program.

What a program must print stands in its comments, in order:
    // expect: a line of standard output
    // expect error: a part of standard error
    // expect exit: 1
    // skip: why            (not run, and counted as skipped)
    // skip COMMAND: why    (likewise when COMMAND is a part of the command line)

usage: run_programs.py [-j JOBS] [--timeout SECONDS] PATH... -- COMMAND [ARGUMENT...]
PATH is a file or a folder, which is searched for *.js and *.mjs; files below a folder named "support",
and those named *_worker, belong to other programs. COMMAND gets the program's path as its last argument.
"""
import argparse
import concurrent.futures
import pathlib
import re
import subprocess
import sys


def find_programs(paths):
    for path in map(pathlib.Path, paths):
        if path.is_file():
            yield path
        else:
            yield from sorted(p for p in path.rglob("*") if p.suffix in (".js", ".mjs") and "support" not in p.parts and not p.stem.endswith("_worker"))


def expectations(text):
    """(lines of output, parts of the error stream, exit code)"""
    lines = re.findall(r"//\s?expect: ?(.*)$", text, re.M)
    errors = re.findall(r"//\s?expect error: ?(.*)$", text, re.M)
    exit_code = re.search(r"//\s?expect exit: ?(\d+)", text)
    return lines, errors, int(exit_code[1]) if exit_code else 0


def reason_to_skip(text, command):
    for condition, reason in re.findall(r"^//\s?skip(?: ([^:]+))?: ?(.*)$", text, re.M):
        if not condition or condition in " ".join(command):
            return reason
    return None


def first_difference(expected, actual):
    for number, (want, have) in enumerate(zip(expected, actual), 1):
        if want.rstrip() != have.rstrip():
            return f"line {number}: expected {want!r}, got {have!r}"
    if len(expected) > len(actual):
        return f"the output ends before {expected[len(actual)]!r}"
    return f"the output goes on with {actual[len(expected)]!r}"


def problem_of(program, command, timeout):
    """What is wrong with a run of the program; None if nothing is."""
    lines, errors, exit_code = expectations(program.read_text("utf-8"))
    try:
        result = subprocess.run([*command, str(program)], stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout)
    except subprocess.TimeoutExpired:
        return f"did not end within {timeout:g} s"
    output = result.stdout.decode("utf-8", "replace")
    error = result.stderr.decode("utf-8", "replace")
    actual = output.splitlines() if not output.endswith("\n") else output[:-1].split("\n")
    if result.returncode != exit_code:
        return f"exit code {result.returncode}, expected {exit_code}\n{error[-2000:]}".rstrip()
    if [l.rstrip() for l in actual] != [l.rstrip() for l in lines]:
        return f"{first_difference(lines, actual)}\n{error[-2000:]}".rstrip()
    for part in errors:
        if part.rstrip() not in error:
            return f"standard error lacks {part!r}\n{error[-2000:]}".rstrip()
    return None


def main():
    arguments = sys.argv[1:]
    if "--" not in arguments:
        sys.exit(__doc__)
    separator = arguments.index("--")
    command = arguments[separator + 1:]
    parser = argparse.ArgumentParser()
    parser.add_argument("-j", type=int, default=2)
    parser.add_argument("--timeout", type=float, default=60)
    parser.add_argument("paths", nargs="+")
    options = parser.parse_args(arguments[:separator])

    programs, skipped, failed = [], 0, 0
    for program in find_programs(options.paths):
        reason = reason_to_skip(program.read_text("utf-8"), command)
        if reason is None:
            programs.append(program)
        else:
            skipped += 1
            print(f"SKIP {program}: {reason}")
    with concurrent.futures.ThreadPoolExecutor(options.j) as pool:
        for program, problem in zip(programs, pool.map(lambda p: problem_of(p, command, options.timeout), programs)):
            if problem is not None:
                failed += 1
                print(f"FAIL {program}: {problem}")
    print(f"{len(programs) - failed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
