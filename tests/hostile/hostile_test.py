#!/usr/bin/env python3
"""Hostile programs: each must end as its file says, by itself, and leave the process whole.

    hostile_test.py [--jobs N] [--only TEXT] FILE... -- SKEIN...

A file holds many small programs, each behind a line `// --- name`. What stands before the first is for
all of them:
  // flags: …       the limits that they run under
  // ends: time     exit code 71, when the time is over
  // ends: memory   exit code 70, or an uncaught RangeError
  // ends: caught   with a result or with an exception that `catch` sees; the runner puts the try around it
"""
import concurrent.futures
import os
import subprocess
import sys
import tempfile

# A program that is not stopped fails here; how promptly one is stopped depends on the machine's load.
PATIENCE = 60


def read(path):
    """(settings, [(name, code)])"""
    settings, cases = {}, []
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.startswith("// --- "):
                cases.append((line[7:].strip(), []))
            elif cases:
                cases[-1][1].append(line)
            elif ":" in line:
                key, value = line[3:].split(":", 1)
                settings[key.strip()] = value.strip()
    return settings, [(name, "".join(code)) for name, code in cases]


def judge(ends, code, out, error):
    """What is wrong, or None."""
    if code < 0:
        return f"the process died of signal {-code}"
    if ends == "time":
        return None if code == 71 and "time limit" in error else f"exit code {code}, expected 71"
    if ends == "memory":
        if code == 70 and "heap limit" in error:
            return None
        return None if code == 1 and "RangeError" in error else f"exit code {code}, expected 70 or a RangeError"
    if code != 0:
        return f"exit code {code}, expected 0"
    return None if out.startswith(("caught RangeError", "caught SyntaxError", "caught TypeError", "a result")) else f"printed {out[:80]!r}"


def run(command, settings, name, code):
    ends = settings["ends"]
    if ends == "caught":
        code = f"try {{\n{code}\n; console.log('a result') }} catch (e) {{ console.log('caught ' + e.constructor.name) }}\n"
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, name + ".js")
        with open(path, "w", encoding="utf-8") as file:
            file.write(code)
        try:
            done = subprocess.run(command + settings["flags"].split() + [path], stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            return f"it was not stopped within {PATIENCE} s"
    error = done.stderr.decode("utf-8", "replace")
    problem = judge(ends, done.returncode, done.stdout.decode("utf-8", "replace"), error)
    return problem and f"{problem}\n{error[-400:]}"


def main():
    arguments = sys.argv[1:]
    if "--" not in arguments:
        sys.exit(__doc__)
    split = arguments.index("--")
    files, command = arguments[:split], arguments[split + 1:]
    jobs, only = 2, ""
    while files and files[0].startswith("--"):
        if files[0] == "--jobs":
            jobs = int(files[1])
        elif files[0] == "--only":
            only = files[1]
        else:
            sys.exit(__doc__)
        files = files[2:]
    programs = []
    for path in files:
        settings, cases = read(path)
        programs += [(settings, path, name, code) for name, code in cases if only in name]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for program, problem in zip(programs, pool.map(lambda p: run(command, p[0], p[2], p[3]), programs)):
            if problem is not None:
                failed += 1
                print(f"FAILED {program[1]}: {program[2]}\n  {problem}")
    print(f"{len(programs) - failed} passed, {failed} failed")
    if not programs or failed:
        sys.exit(1)


main()
