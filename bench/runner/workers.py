"""dev bench workers: what threads cost, beside Node's and quickjs-ng's."""
import contextlib
import json
import os
import statistics
import subprocess
import tempfile
from dataclasses import dataclass

from . import report
from .engines import HARNESS, short_error
from .programs import BENCH
from .scripts import last_report

ENGINES = ("skein", "node", "qjs", "skein-wasm")


@dataclass
class Figure:
    """`limit` is an absolute bar, `of_node` one as a ratio: how many times better than Node. Of several runs the
    best counts, as others only take time away; of a ratio, which noise can raise, the median."""
    key: str
    label: str
    higher: bool = False
    ratio: bool = False
    limit: float = None
    of_node: float = None

    def better(self, value, other):
        """How many times better `value` is."""
        return value / other if self.higher else other / value

    def falls_short(self, value, node):
        if value is None:
            return self.limit is not None or self.of_node is not None
        if self.limit is not None and self.better(value, self.limit) < 1:
            return True
        return self.of_node is not None and node is not None and self.better(value, node) < self.of_node

    def of_runs(self, values):
        if self.ratio:
            return statistics.median(values)
        return max(values) if self.higher else min(values)

    def bar(self):
        if self.limit is not None:
            return f"{'>=' if self.higher else '<='} {self.limit:g}"
        return f"{self.of_node:g}x node" if self.of_node is not None else ""


FIGURES = [
    Figure("spawn_cold", "the first worker to its message, ms", limit=0.5),
    Figure("spawn_warm", "a later worker to its message, ms", limit=0.15),
    Figure("idle", "memory of an idle worker, KB", limit=100),
    Figure("alive_1000", "1,000 workers alive, s"),
    Figure("alive_10000", "10,000 workers alive, s"),
    Figure("round_trip", "message there and back, us", of_node=2),
    Figure("messages", "small messages a second", higher=True, of_node=2),
    Figure("clone", "structuredClone of 100,000 nodes, ms", of_node=3),
    Figure("graph_echo", "that graph there and back, ms", of_node=3),
    Figure("transfer_1", "1 MB buffer moved there and back, us"),
    Figure("transfer_64", "64 MB buffer moved there and back, us"),
    Figure("wait_notify", "Atomics.wait and notify, round trip, us", of_node=1),
    *(Figure(f"kill_{name}", f"{what} gone, 99 %, ms", limit=10) for name, what in (
        ("loop", "an endless loop"), ("finally", "try and finally without end"), ("wait", "an endless Atomics.wait"),
        ("regexp", "a RegExp that backtracks"), ("sort", "a sort"), ("json", "JSON.parse"))),
    Figure("two_workers_cpu", "two workers over one, by CPU time", higher=True, ratio=True, limit=1.95),
    Figure("two_workers_wall", "two workers over one, by the clock", higher=True, ratio=True, limit=1.95),
]


@dataclass
class Trial:
    """One program with options; `but` names engines for which it asks too much."""
    program: str
    options: dict
    figures: tuple
    but: tuple = ()


# A worker of Node's takes 8 MB: a thousand of them would say nothing new.
TRIALS = [
    Trial("spawn", {"spawns": 30}, ("spawn_cold", "spawn_warm")),
    Trial("idle", {"workers": 200, "memory": True}, ("idle",), but=("node",)),
    Trial("idle", {"workers": 20, "memory": True}, ("idle",), but=("skein", "qjs", "skein-wasm")),
    Trial("idle", {"workers": 1000}, ("alive_1000",), but=("node", "skein-wasm")),
    Trial("idle", {"workers": 10000}, ("alive_10000",), but=("node", "skein-wasm")),
    Trial("messages", {}, ("round_trip", "messages")),
    Trial("graph", {}, ("clone", "graph_echo")),
    Trial("transfer", {}, ("transfer_1", "transfer_64")),
    Trial("wait_notify", {}, ("wait_notify",)),
    Trial("kill", {"kills": 100}, tuple("kill_" + name for name in ("loop", "finally", "wait", "regexp", "sort", "json")), but=("qjs",)),
    Trial("two_workers", {}, ("two_workers_cpu", "two_workers_wall")),
]


def measure(engines, options, progress):
    """({figure: {engine: value}}, [lines about what failed], whether that is all)"""
    values, problems = {}, []
    trials = [trial for trial in TRIALS if options.filter in trial.program]
    wanted = {key for trial in trials for key in trial.figures}
    complete = False
    with tempfile.TemporaryDirectory(prefix="skein-bench-") as folder, contextlib.suppress(KeyboardInterrupt):
        for trial in trials:
            broken = set(trial.but)
            for run in range(options.runs):
                for engine in engines:
                    if engine.key in broken:
                        continue
                    progress(f"{trial.program} {engine.key} {run + 1}")
                    try:
                        for figure, value in _run(trial, engine, folder, options.timeout).items():
                            values.setdefault(figure, {}).setdefault(engine.key, []).append(value)
                    except RuntimeError as error:
                        broken.add(engine.key)
                        problems.append(f"{', '.join(trial.figures)}: {engine.label} fails: {error}")
        complete = True
    progress("")
    return {
        figure.key: {engine: figure.of_runs(list_) for engine, list_ in values.get(figure.key, {}).items()}
        for figure in FIGURES if figure.key in (wanted if complete else values)
    }, problems, complete


def _run(trial, engine, folder, timeout):
    adapter, suffix = ("threads_qjs.js", ".mjs") if engine.key == "qjs" else ("threads_node.js", ".js")
    path = os.path.join(folder, f"{trial.program}-{engine.target}{suffix}")
    options = {**trial.options, **engine.options, "file": path}
    parts = [os.path.join(HARNESS, adapter), os.path.join(HARNESS, "clock.js"), os.path.join(HARNESS, "workers_begin.js"),
             os.path.join(BENCH, "workers", trial.program + ".js"), os.path.join(HARNESS, "workers_end.js")]
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"globalThis.benchOptions = {json.dumps(options)};\n")
        for part in parts:
            with open(part, encoding="utf-8") as source:
                file.write(source.read())
    command = [*engine.command, *(["--module"] if engine.key == "qjs" else []), path]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", timeout=timeout)
    except subprocess.TimeoutExpired:
        raise RuntimeError(f"it did not end within {timeout} s") from None
    found = last_report(done.stdout)
    if found is None or "error" in found or done.returncode != 0:
        raise RuntimeError((found or {}).get("error", "").split("\n")[0] or short_error(done.stderr or done.stdout))
    return found["figures"]


def text(values, engines):
    keys = [engine.key for engine in engines]
    lines = [f"{'the best of the runs':42}{'bar':>10}" + "".join(f"{engine.label:>14}" for engine in engines)]
    short = False
    for figure in FIGURES:
        if figure.key not in values:
            continue
        row = values[figure.key]
        line = f"{figure.label:42}{figure.bar():>10}"
        for key in keys:
            misses = key == "skein" and figure.falls_short(row.get(key), row.get("node"))
            short = short or misses
            line += f"{number(row.get(key)):>12}{report.SHORT if misses else ' ':>2}"
        lines.append(line.rstrip())
    if short:
        lines.append(f"\n{report.SHORT} falls short of its bar")
    return "\n".join(lines)


def number(value):
    if value is None:
        return "-"
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}" if value < 10 else f"{value:.1f}"


def as_json(values, engines, options):
    return {
        **report.header(engines, options),
        "figures": {
            figure.key: {"label": figure.label, "bar": figure.bar(), **values[figure.key],
                         "falls_short": figure.falls_short(values[figure.key].get("skein"), values[figure.key].get("node"))}
            for figure in FIGURES if figure.key in values
        },
    }
