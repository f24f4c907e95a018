"""dev bench startup: from nothing to a printed line, and the memory that takes."""
import os
import subprocess
import tempfile
import time

from . import report
from .engines import short_error

ENGINES = ("skein", "node", "qjs", "skein-wasm")

# Peak memory comes from the process itself: a parent sees its own share in a child's, too.
PEAK = """
const benchStatus = typeof std === "object" ? std.loadFile("/proc/self/status") : require("fs").readFileSync("/proc/self/status", "utf8");
console.log(/VmHWM:\\s+(\\d+)/.exec(benchStatus)[1]);
"""


def measure(engines, options, progress):
    """{engine: {"wall": ms, "cpu": ms, "peak": KB}}, and the same for an empty process as "nothing"."""
    with tempfile.TemporaryDirectory(prefix="skein-bench-") as folder:
        hello, peak = os.path.join(folder, "hello.js"), os.path.join(folder, "peak.js")
        for path, source in ((hello, "console.log(1)\n"), (peak, PEAK)):
            with open(path, "w", encoding="utf-8") as file:
                file.write(source)
        commands = {"nothing": ["/bin/true"], **{engine.key: [*engine.command, hello] for engine in engines}}
        rows = {key: {"wall": float("inf"), "cpu": float("inf")} for key in commands}
        for turn in range(options.runs):
            progress(f"start {turn + 1} of {options.runs}")
            for key, command in commands.items():
                wall, cpu = _start(command)
                rows[key]["wall"] = min(rows[key]["wall"], wall)
                rows[key]["cpu"] = min(rows[key]["cpu"], cpu)
        for engine in engines:
            rows[engine.key]["peak"] = _peak([*engine.command, peak])
    progress("")
    return rows


def _start(command):
    """(milliseconds by the clock, milliseconds of CPU time)"""
    output = [(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)]
    begin = time.perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=output)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - begin
    if status != 0:
        done = subprocess.run(command, capture_output=True, text=True)
        raise RuntimeError(f"{command[0]} fails: {short_error(done.stderr)}")
    return wall * 1000, (usage.ru_utime + usage.ru_stime) * 1000


def _peak(command):
    done = subprocess.run(command, capture_output=True, text=True)
    try:
        return int(done.stdout)
    except ValueError:
        raise RuntimeError(f"{command[0]} fails: {short_error(done.stderr)}") from None


def text(rows, engines):
    labels = {"nothing": "(an empty process)", **{engine.key: engine.label for engine in engines}}
    lines = [f"{'least of all starts':24}{'clock, ms':>12}{'CPU, ms':>12}{'peak memory, KB':>18}"]
    for key, row in rows.items():
        peak = f"{row['peak']:,}" if "peak" in row else ""
        lines.append(f"{labels[key]:24}{row['wall']:>12.2f}{row['cpu']:>12.2f}{peak:>18}".rstrip())
    return "\n".join(lines)


def as_json(rows, engines, options):
    return {**report.header(engines, options), "startup": rows}
