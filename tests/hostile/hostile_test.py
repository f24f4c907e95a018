#!/usr/bin/env python3
"""Hostile programs: each must end as its file says, by itself, and leave the process whole.

    hostile_test.py [--jobs N] [--only TEXT] [--measure] FILE... -- SKEIN...

A file holds many small programs, each behind a line `// --- name`. What stands before the first is for
all of them:
  // flags: …       the limits that they run under
  // ends: time     exit code 71, when the time is over; or as `memory`, where a quick machine comes to that first
  // ends: memory   exit code 70, or an uncaught RangeError
  // ends: caught   with a result or with an exception that `catch` sees; the runner puts the try around it
  // under: …       limits that they run under once more, where either may end them first

The process may hold its heap limit plus 5 % and a fixed base (of an optimized build; --any-memory is for
the others). --measure prints each program's wall time and peak memory, and how late those ended that the
time limit ended.
"""
import concurrent.futures
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time

# A program that is not stopped fails here; how promptly one is stopped depends on the machine's load.
PATIENCE = 60
# What a process holds besides its heap: the program itself, the stacks, the source text.
BASE_MEMORY = 24 << 20


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
    if ends == "limited" and (code == 70 and "heap limit" in error or code == 71 and "time limit" in error):
        return None
    if ends == "time" and code == 71 and "time limit" in error:
        return None
    if ends in ("time", "memory"):
        if code == 70 and "heap limit" in error:
            return None
        return None if code == 1 and "RangeError" in error else f"exit code {code}, expected that of a limit or a RangeError"
    if code != 0:
        return f"exit code {code}, expected 0"
    return None if out.startswith(("caught RangeError", "caught SyntaxError", "caught TypeError", "a result")) else f"printed {out[:80]!r}"


def execute(command):
    """(exit code, stdout, stderr, seconds, peak resident bytes) of a process; code None: it had to be killed"""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as error:
        start = time.monotonic()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=error)
        killed = threading.Event()

        def kill():
            killed.set()
            os.kill(process.pid, signal.SIGKILL)

        timer = threading.Timer(PATIENCE, kill)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        seconds = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        texts = []
        for file in (out, error):
            file.seek(0)
            texts.append(file.read().decode("utf-8", "replace"))
        return None if killed.is_set() else process.returncode, *texts, seconds, usage.ru_maxrss * 1024


def run(command, settings, name, code, options):
    """(what is wrong or None, a line of measurements)"""
    ends, flags = settings["ends"], settings["flags"].split()
    if ends in ("caught", "limited"):
        code = f"try {{\n{code}\n; console.log('a result') }} catch (e) {{ console.log('caught ' + e.constructor.name) }}\n"
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, name.split()[0] + ".js")
        with open(path, "w", encoding="utf-8") as file:
            file.write(code)
        status, out, error, seconds, peak = execute(command + flags + [path])
    limits = dict(flag[2:].split("=") for flag in flags)
    measured = f"{name}: exit {status}, {seconds:.3f} s, {peak / 2**20:.1f} MB"
    if status == 71:
        measured += f", {(seconds - float(limits['time-limit'])) * 1000:.0f} ms late"
    if status is None:
        return f"it was not stopped within {PATIENCE} s", measured
    problem = judge(ends, status, out, error)
    heap_limit = int(re.fullmatch(r"(\d+)m", limits["heap-limit"])[1]) << 20
    if problem is None and not options["any-memory"] and peak > heap_limit * 1.05 + BASE_MEMORY:
        problem = f"it held {peak / 2**20:.1f} MB"
    return problem and f"{problem}\n{error[-400:]}", measured


def main():
    arguments = sys.argv[1:]
    if "--" not in arguments:
        sys.exit(__doc__)
    split = arguments.index("--")
    files, command = arguments[:split], arguments[split + 1:]
    options = {"jobs": "2", "only": "", "measure": False, "any-memory": False}
    while files and files[0].startswith("--"):
        name = files.pop(0)[2:]
        if name not in options:
            sys.exit(__doc__)
        options[name] = files.pop(0) if isinstance(options[name], str) else True
    programs = []
    for path in files:
        settings, cases = read(path)
        programs += [(settings, path, name, code) for name, code in cases if options["only"] in name]
        if "under" in settings:
            limited = {"flags": settings["under"], "ends": "limited"}
            programs += [(limited, path, name + " under limits", code) for name, code in cases if options["only"] in name]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(int(options["jobs"])) as pool:
        results = pool.map(lambda p: run(command, p[0], p[2], p[3], options), programs)
        for (_, path, name, _), (problem, measured) in zip(programs, results):
            if options["measure"]:
                print(measured, flush=True)
            if problem is not None:
                failed += 1
                print(f"FAILED {path}: {name}\n  {problem}", flush=True)
    print(f"{len(programs) - failed} passed, {failed} failed")
    if not programs or failed:
        sys.exit(1)


main()
