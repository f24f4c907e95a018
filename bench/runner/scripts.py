"""Measures programs: every engine in turn, again and again, medians at the end."""
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field

from .engines import short_error

# Some engines never end on some programs: a peer may take this many times as long as Skein, and these seconds at least.
PEER_TIMES, PEER_SECONDS = 40, 10


@dataclass
class Cell:
    """One engine on one program."""
    values: list = field(default_factory=list)
    results: set = field(default_factory=set)
    clock: str = ""
    error: str = ""
    late: bool = False  # the error is that the time was up

    @property
    def median(self):
        return None if self.error or not self.values else statistics.median(self.values)


def measure(programs, engines, options, progress, figure="ms", **more):
    """({program: {engine key: Cell}}, whether that is all): Ctrl-C ends it early. `figure` names what counts of a
    report; `more` are options for the programs. An engine that fails on a program is not asked again."""
    cells = {}
    complete = False
    with tempfile.TemporaryDirectory(prefix="skein-bench-") as folder, contextlib.suppress(KeyboardInterrupt):
        for program in programs:
            progress(program.name)
            row = cells[program.name] = {engine.key: Cell() for engine in engines}
            seconds = {}  # that Skein took, by target
            for _ in range(options.runs):
                for engine in engines:
                    if row[engine.key].error:
                        continue
                    path = _compose(program, engine, folder, {"time": options.time, **more, **engine.options})
                    begin = time.monotonic()
                    _measure_once(engine, path, row[engine.key], _limit(engine, seconds, options.timeout), figure)
                    if engine.is_skein:
                        seconds[engine.target] = max(time.monotonic() - begin, seconds.get(engine.target, 0))
        complete = True
    progress("")
    begun = {name: row for name, row in cells.items() if any(cell.values or cell.error for cell in row.values())}
    return begun, complete


def _limit(engine, seconds, timeout):
    if engine.is_skein or not seconds:
        return timeout
    skein = seconds.get(engine.target, max(seconds.values()))
    return min(timeout, round(max(PEER_SECONDS, PEER_TIMES * skein)))


def _compose(program, engine, folder, options):
    path = os.path.join(folder, f"{program.name.replace(os.sep, '-')}-{engine.key}.js")
    if not os.path.exists(path):
        with open(path, "w", encoding="utf-8") as file:
            file.write(program.compose(options))
    return path


def _measure_once(engine, path, cell, limit, figure):
    try:
        done = engine.run(path, limit)
    except subprocess.TimeoutExpired:
        cell.error, cell.late = f"it did not end within {limit} s", True
        return
    report = last_report(done.stdout)
    if report is None or "error" in report or done.returncode != 0:
        status = f"exit code {done.returncode}: " if done.returncode else ""
        cell.error = status + (report or {}).get("error", short_error(done.stderr or done.stdout))
        return
    cell.values.append(max(report[figure], 0.001))  # the clock may not have moved
    cell.results.add(report["result"])
    cell.clock = report.get("clock", "")


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
        results = {key: cell.results for key, cell in row.items() if not cell.error and cell.results}
        if len(set().union(*results.values())) > 1:
            told = "; ".join(f"{key}: {', '.join(sorted(values))[:60]}" for key, values in results.items())
            lines.append(f"{name}: the results differ: {told}")
    return lines


def skein_failed(cells, engines):
    return any(row[engine.key].error for row in cells.values() for engine in engines if engine.is_skein)


def show_progress(text):
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
