"""dev bench pauses: how long the collector makes a script with a large heap wait."""
import contextlib
import os
import re
import subprocess

from . import bars, report
from .engines import short_error
from .programs import BENCH, scripts_below

ENGINES = ("skein",)
FOLDER = os.path.join(BENCH, "pauses")

# What --gc-stats prints at the end: (name, heading, how it stands there).
FIELDS = (
    ("minor", "minor", r"(\d+) minor"),
    ("full", "full", r"(\d+) full"),
    ("median", "median", r"([\d.]+) ms median"),
    ("most", "99 %", r"([\d.]+) ms for 99 %"),
    ("longest", "longest", r"([\d.]+) ms the longest"),
    ("together", "together", r"([\d.]+) ms together"),
    ("heap", "heap, MB", r"([\d.]+) MB at most"),
)


def measure(engines, options, progress):
    """({program: {engine: {field: number} or {"error": text}}}, whether that is all). The run with the shortest pauses
    counts: others only take time away."""
    rows = {}
    with contextlib.suppress(KeyboardInterrupt):
        for name, path in scripts_below(FOLDER):
            if options.filter not in name:
                continue
            for run in range(options.runs):
                for engine in engines:
                    progress(f"{name} {run + 1} of {options.runs}")
                    rows.setdefault(name, {})
                    rows[name][engine.key] = _better(rows[name].get(engine.key), _run(engine, path, options.timeout))
        progress("")
        return rows, True
    progress("")
    return rows, False


def _better(before, now):
    if before is None or "error" in now:
        return now
    return before if "error" in before or before["most"] <= now["most"] else now


def _run(engine, path, timeout):
    try:
        done = subprocess.run([*engine.command, "--gc-stats", path], capture_output=True, text=True, timeout=timeout)
    except subprocess.TimeoutExpired:
        return {"error": f"it did not end within {timeout} s"}
    if done.returncode != 0 or not done.stdout.rstrip().endswith("true"):
        return {"error": short_error(done.stderr or done.stdout)}
    line = next((line for line in reversed(done.stderr.splitlines()) if line.startswith("gc:")), "")
    found = {name: re.search(pattern, line) for name, _, pattern in FIELDS}
    if not all(found.values()):
        return {"error": f"--gc-stats says {line!r}"}
    return {name: float(match[1]) if "." in match[1] else int(match[1]) for name, match in found.items()}


def _falls_short(values):
    return "error" not in values and values["most"] > bars.PAUSE_MS


def text(rows, engines):
    lines = []
    for engine in engines:
        lines.append(f"{'pauses, ms: ' + engine.label:24}" + "".join(f"{heading:>10}  " for _, heading, _ in FIELDS).rstrip())
        for program, row in rows.items():
            values = row.get(engine.key, {"error": ""})
            if "error" in values:
                lines.append(f"{program:24}{'fails' if values['error'] else '':>10}")
                continue
            told = "".join(f"{values[name]:>10}" + (f" {report.SHORT}" if name == "most" and _falls_short(values) else "  ")
                           for name, _, _ in FIELDS)
            lines.append(f"{program:24}{told}".rstrip())
        lines.append(f"{'bar':24}" + "".join(f"{bars.PAUSE_MS if name == 'most' else '':>10}  " for name, _, _ in FIELDS).rstrip())
    if any(_falls_short(values) for row in rows.values() for values in row.values()):
        lines.append(f"\n{report.SHORT} falls short of its bar")
    return "\n".join(lines)


def problems(rows, engines):
    labels = {engine.key: engine.label for engine in engines}
    return [f"{name}: {labels[key]} fails: {values['error']}"
            for name, row in rows.items() for key, values in row.items() if "error" in values]


def as_json(rows, engines, options):
    return {
        **report.header(engines, options),
        "bar": bars.PAUSE_MS,
        "programs": {name: {key: {"99%" if field == "most" else field: value for field, value in values.items()}
                            for key, values in row.items()} for name, row in rows.items()},
        "shortfalls": [name for name, row in rows.items() if any(map(_falls_short, row.values()))],
    }
