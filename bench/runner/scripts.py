"""Measures programs: every engine in turn, again and again, medians at the end."""
import json
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field

from .engines import short_error


@dataclass
class Cell:
    """One engine on one program."""
    times: list = field(default_factory=list)
    results: set = field(default_factory=set)
    clock: str = ""
    error: str = ""

    @property
    def ms(self):
        return None if self.error or not self.times else statistics.median(self.times)


def measure(programs, engines, options, progress):
    """{program: {engine key: Cell}}"""
    cells = {program.name: {engine.key: Cell() for engine in engines} for program in programs}
    with tempfile.TemporaryDirectory(prefix="skein-bench-") as folder:
        for program in programs:
            progress(program.name)
            for _ in range(options.runs):
                for engine in engines:
                    _measure_once(program, engine, cells[program.name][engine.key], folder, options)
    progress("")
    return cells


def _measure_once(program, engine, cell, folder, options):
    if cell.error:
        return
    path = os.path.join(folder, f"{program.name.replace(os.sep, '-')}-{engine.target}.js")
    if not os.path.exists(path):
        with open(path, "w", encoding="utf-8") as file:
            file.write(program.compose({"time": options.time, **engine.options}))
    try:
        done = subprocess.run(
            [*engine.command, path], stdin=subprocess.DEVNULL, capture_output=True, text=True,
            errors="replace", timeout=options.timeout, cwd=folder)
    except subprocess.TimeoutExpired:
        cell.error = f"it did not end within {options.timeout} s"
        return
    report = last_report(done.stdout)
    if report is None or "error" in report or done.returncode != 0:
        status = f"exit code {done.returncode}: " if done.returncode else ""
        cell.error = status + (report or {}).get("error", short_error(done.stderr or done.stdout))
        return
    cell.times.append(max(report["ms"], 0.001))  # the clock may not have moved
    cell.results.add(report["result"])
    cell.clock = report["clock"]


def last_report(output):
    """What harness/clock.js printed for us, or None."""
    for line in reversed(output.splitlines()):
        if line.startswith("BENCH "):
            return json.loads(line[len("BENCH "):])
    return None


def disagreements(cells):
    """Lines about programs on which the engines that finished have different results."""
    lines = []
    for name, row in cells.items():
        results = {key: cell.results for key, cell in row.items() if not cell.error}
        if len(set().union(*results.values())) > 1:
            told = "; ".join(f"{key}: {', '.join(sorted(values))[:60]}" for key, values in results.items())
            lines.append(f"{name}: the results differ: {told}")
    return lines


def show_progress(text):
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
