"""Where the programs come from: bench/programs, a folder of scripts, a suite with a harness."""
import json
import os
from dataclasses import dataclass

from .engines import HARNESS

BENCH = os.path.dirname(HARNESS)


class BadSuite(Exception):
    pass


@dataclass
class Program:
    """`compose(options)` gives the text to run; what it prints as `BENCH {…}` is the result."""
    name: str
    parts: list
    tail: tuple  # of files of harness/
    wrap: bool

    def compose(self, options):
        text = "\n".join([*self.parts, *map(_harness, self.tail)])
        if self.wrap:  # every engine sees a function's scope, as a module would give it
            text = f"(function () {{\n{text}\n}})();\n"
        return f"var benchOptions = {json.dumps(options)};\n{_harness('clock.js')}\n{text}"


def own_programs(pattern, tail=("calls.js",)):
    root = os.path.join(BENCH, "programs")
    return [Program(name, [_read(path)], tail, wrap=True) for name, path in scripts_below(root) if pattern in name]


def suite_programs(folder, pattern, table):
    """Someone else's programs: each script, or what the harness of the folder takes as names."""
    if not os.path.isdir(folder):
        raise BadSuite(f"--suite: no folder {folder}")
    if os.path.exists(os.path.join(folder, "harness.js")):
        return _harness_programs(folder, pattern, table)
    return [_script(name, _read(path)) for name, path in scripts_below(folder) if pattern in name]


def _script(name, text):
    # A script that defines run() is measured by its calls, any other from its first line to its last.
    if "function run(" in text:
        return Program(name, [text], ("calls.js",), wrap=False)
    return Program(name, ["var benchElapsed = benchClock.start();", text], ("whole.js",), wrap=False)


def _harness_programs(folder, pattern, table):
    files = []
    for name, path in scripts_below(folder):
        files.append(f"{json.dumps(name)}: function (module, exports, require, process) {{\n{_read(path)}\n}}")
    bundle = "var benchFiles = {\n" + ",\n".join(files) + "\n};"
    programs = []
    for name, (iterations, inner) in _harness_table(folder, table).items():
        if pattern not in name:
            continue
        arguments = json.dumps(["engine", "harness.js", name, str(iterations), str(inner)])
        parts = [bundle, f"var benchArguments = {arguments};", _harness("modules.js")]
        programs.append(Program(name, parts, ("suite.js",), wrap=False))
    return programs


def _harness_table(folder, table):
    path = table or os.path.join(BENCH, "suites", "are-we-fast-yet.json")
    try:
        names = json.loads(_read(path))
    except (OSError, ValueError) as error:
        raise BadSuite(f"--suite-table: {path}: {error}") from error
    if not table and not os.path.exists(os.path.join(folder, "run.js")):
        raise BadSuite(f"{folder} has a harness.js that is not are-we-fast-yet's; name its programs with --suite-table FILE, "
                       'a JSON object {"NAME": [iterations, inner iterations], …}')
    return names


def scripts_below(root):
    """(name without .js, path) of every script below a folder, in order."""
    found = []
    for base, folders, names in os.walk(root):
        folders[:] = sorted(folder for folder in folders if folder != "node_modules" and not folder.startswith("."))
        for name in names:
            if name.endswith(".js"):
                path = os.path.join(base, name)
                found.append((os.path.relpath(path, root)[:-3], path))
    return sorted(found)


def _harness(name):
    return _read(os.path.join(HARNESS, name))


def _read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()
