#!/usr/bin/env python3
"""Runs JavaScript programs and compares what they print.

  run_programs.py [--jobs N] [--timeout SECONDS] [--server] FOLDER... -- COMMAND [ARG...]

Every .js and .mjs file below a folder is a program, unless its name ends in _worker.js, _module.mjs
or _fixture.*. What it must do stands in its comments:

  // expect: TEXT         one line of standard output, in order
  // expect-error: TEXT   a piece of standard error
  // exit: N              the exit code (0)
  // args: A B            arguments behind the file
  // flags: A B           arguments before the file
  // skip TEXT: why       not run when TEXT is a part of the command (always, without TEXT)

The command is run for every program, with the flags, the file and the arguments behind it. With --server
it is started once instead, and gets a line of JSON for each: {"file", "flags", "args", "timeout"}. It
answers with a line: {"out", "error", "code"}, or {"problem"} if there was no end.
"""
import concurrent.futures
import json
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


class Processes:
    """Runs each program in a process of its own."""

    def __init__(self, command):
        self.command = command

    def __call__(self, path, wanted, timeout):
        try:
            done = subprocess.run(
                self.command + wanted["flags"] + [path] + wanted["args"],
                stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout)
        except subprocess.TimeoutExpired:
            return {"problem": f"it did not end within {timeout} s"}
        return {"out": done.stdout.decode("utf-8", "replace"), "error": done.stderr.decode("utf-8", "replace"),
                "code": done.returncode}

    def close(self):
        pass


class Server:
    """Has one process run them all, one after the other."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")

    def __call__(self, path, wanted, timeout):
        request = {"file": path, "flags": wanted["flags"], "args": wanted["args"], "timeout": timeout}
        try:
            self.process.stdin.write(json.dumps(request) + "\n")
            self.process.stdin.flush()
        except OSError:
            pass
        answer = self.process.stdout.readline()
        return json.loads(answer) if answer else {"problem": "the server is gone"}

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def run(path, command, execute, timeout):
    """The problem with this program, or None."""
    wanted = read_directives(path)
    if any(part in " ".join(command) for part in wanted["skip"]):
        return SKIPPED
    if not wanted["expect"] and not wanted["expect-error"] and not wanted["exit"]:
        return "it expects nothing: add // expect: lines"
    done = execute(path, wanted, timeout)
    return done.get("problem") or judge(wanted, done["out"].splitlines(), done["error"], done["code"])


def judge(wanted, out, error, code):
    for number, (got, want) in enumerate(zip(out, wanted["expect"]), 1):
        if got != want:
            return f"line {number}: expected {want!r}, got {got!r}\n{error[-1500:]}"
    if len(out) != len(wanted["expect"]):
        return f"expected {len(wanted['expect'])} lines, got {len(out)}: {out[len(wanted['expect']):][:3]}\n{error[-1500:]}"
    for text in wanted["expect-error"]:
        if text not in error:
            return f"standard error lacks {text!r}:\n{error[-1500:]}"
    if code != wanted["exit"]:
        return f"exit code {code}, expected {wanted['exit']}\n{error[-1500:]}"
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
    jobs, timeout, executor = 2, 60.0, Processes
    while folders and folders[0].startswith("--"):
        if folders[0] == "--server":
            jobs, executor = 1, Server
            folders = folders[1:]
            continue
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
    execute = executor(command)
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for path, problem in zip(files, pool.map(lambda file: run(file, command, execute, timeout), files)):
            if problem is SKIPPED:
                skipped += 1
            elif problem is not None:
                failed += 1
                print(f"FAILED {path}\n  {problem}")
    execute.close()
    print(f"{len(files) - failed - skipped} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    if not files or failed:
        sys.exit(1)


main()
