"""dev bench startup: from nothing to a printed line, and the memory that takes."""
import os
import subprocess
import tempfile
import time

from . import bars, report
from .engines import HARNESS, short_error

ENGINES = ("skein", "node", "qjs", "skein-wasm")

def measure(engines, options, progress):
    """{engine: {"wall": ms, "cpu": ms, "peak": KB}}, and the same for an empty process as "nothing"."""
    with tempfile.TemporaryDirectory(prefix="skein-bench-") as folder:
        hello, peak = os.path.join(folder, "hello.js"), os.path.join(folder, "peak.js")
        with open(os.path.join(HARNESS, "peak.js"), encoding="utf-8") as file:
            tell_peak = file.read() + "console.log(benchPeak())\n"
        for path, source in ((hello, "console.log(1)\n"), (peak, tell_peak)):
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


def shortfalls(rows, binary):
    """{figure of Skein's that falls short: line of text}"""
    found = {}
    skein = rows.get("skein")
    if skein is None:
        return found
    for peer, bar in bars.START.items():
        if peer in rows and skein["wall"] > bar * rows[peer]["wall"]:
            found["wall"] = f"start: {skein['wall'] / rows[peer]['wall']:.2f} times {peer}'s by the clock, the bar is {bar}"
    if skein["peak"] > bars.START_PEAK_KB:
        found["peak"] = f"peak memory: {skein['peak']:,} KB, the bar is {bars.START_PEAK_KB:,}"
    if binary > bars.BINARY_MB:
        found["binary"] = f"the program's file: {binary:.1f} MB, the bar is {bars.BINARY_MB}"
    return found


def binary_size(options):
    """MB of the program that Skein's command line is."""
    return os.path.getsize(options.skein) / 1e6


def text(rows, engines, binary):
    labels = {"nothing": "(an empty process)", **{engine.key: engine.label for engine in engines}}
    short = shortfalls(rows, binary)

    def sign(key, name):
        return f" {report.SHORT}" if key == "skein" and name in short else "  "

    lines = [f"{'least of all starts':24}{'clock, ms':>12}{'CPU, ms':>14}{'peak memory, KB':>20}{'file, MB':>12}"]
    for key, row in rows.items():
        peak = f"{row['peak']:,}" if "peak" in row else ""
        size = f"{binary:.1f}" if key == "skein" else ""
        lines.append((f"{labels[key]:24}{row['wall']:>12.2f}{sign(key, 'wall')}{row['cpu']:>12.2f}  {peak:>18}{sign(key, 'peak')}"
                      f"{size:>10}{sign(key, 'binary')}").rstrip())
    lines.append(f"{'bar':24}{'as ' + ', '.join(bars.START):>12}{'':16}{bars.START_PEAK_KB:>18,}{bars.BINARY_MB:>12}")
    if short:
        lines.append(f"\nfalls short of the bars ({report.SHORT}):\n" + "\n".join(f"  {line}" for line in short.values()))
    return "\n".join(lines)


def as_json(rows, engines, options, binary):
    return {
        **report.header(engines, options),
        "startup": rows,
        "binary_mb": binary,
        "bars": {"wall": bars.START, "peak_kb": bars.START_PEAK_KB, "binary_mb": bars.BINARY_MB},
        "shortfalls": list(shortfalls(rows, binary).values()),
    }
