"""Tables of times, ratios and means; the same as JSON."""
import datetime
import os
import platform

from . import bars
from .engines import SKEINS
from .means import geometric_mean

SHORT = "!"  # the sign of what falls short of a bar


def medians(cells):
    return {name: {key: cell.median for key, cell in row.items()} for name, row in cells.items()}


def baselines(engines):
    """(baseline, peers) of the tables to show: an engine's peers are those of its target, and qjs, which WebAssembly
    is compared with, too."""
    tables = []
    for target, baseline in SKEINS.items():
        keys = [engine.key for engine in engines if engine.target == target]
        if not keys:
            continue
        first = baseline if baseline in keys else keys[0]
        peers = [key for key in keys if key != first]
        if (first, "qjs") in bars.MEANS and any(engine.key == "qjs" for engine in engines) and "qjs" not in peers:
            peers.append("qjs")
        tables.append((first, peers))
    return tables


def text(cells, engines, whole):
    table = medians(cells)
    labels = {engine.key: engine.label for engine in engines}
    parts = [_table(table, cells, labels, baseline, peers, whole) for baseline, peers in baselines(engines)]
    short = _shortfalls(table, engines, whole)
    if short:
        parts.append(f"falls short of the bars ({SHORT}):\n" + "\n".join(f"  {line}" for line in short))
    return "\n\n".join(parts)


def _shortfalls(table, engines, whole):
    return [line for baseline, peers in baselines(engines) for line in bars.shortfalls(table, baseline, peers, whole)]


def _table(table, cells, labels, baseline, peers, whole):
    width = max([len(name) for name in table] + [24])
    clock = _clock(cells, baseline)
    lines = [f"{CLOCKS[clock] + ', ms':{width}}{labels[baseline]:>12}"
             + "".join(f"{_heading(cells, labels, baseline, peer, clock):>22}" for peer in peers)]
    for group, names in _groups(table).items():
        for name in names:
            sign = f" {SHORT}" if bars.program_falls_short(table[name], baseline) else ""
            lines.append((f"{name:{width}}" + _row(cells[name], baseline, peers) + sign).rstrip())
        if group and len(names) > 1:
            lines.append(_means(f"  mean of {group}", {name: table[name] for name in names}, baseline, peers, width))
    if len(table) > 1:
        lines.append(_means("geometric mean", table, baseline, peers, width, signs=whole))
    asked = "".join(f"{_bar(baseline, peer):>22}" for peer in peers)
    if whole and asked.strip():
        lines.append(f"{'bar':{width}}{'':>12}{asked}".rstrip())
    return "\n".join(lines)


CLOCKS = {"cpu": "CPU time", "wall": "wall clock", "": "time"}


def _clock(cells, key):
    """What an engine was measured by: "" where by more than one clock or not at all."""
    clocks = {row[key].clock for row in cells.values() if row[key].values}
    return clocks.pop() if len(clocks) == 1 else ""


def _heading(cells, labels, baseline, peer, clock):
    """Over a peer's column: the engine, and what sets it apart from the baseline."""
    label = f"native {labels[peer]}" if peer == "qjs" and baseline in ("skein-wasm", "skein-chromium") else labels[peer]
    other = _clock(cells, peer)
    return label if other in ("", clock) else f"{label} ({CLOCKS[other].split()[0]})"


def _bar(baseline, peer):
    bar = bars.MEANS.get((baseline, peer))
    return "" if bar is None else f"{bar:6.2f}x"


def _row(row, baseline, peers):
    own = row[baseline]
    line = f"{figure(own):>12}"
    for peer in peers:
        cell = row[peer]
        ratio = f" {cell.median / own.median:6.2f}x" if None not in (cell.median, own.median) else " " * 8
        line += f"{figure(cell):>14}{ratio}"
    return line


def figure(cell):
    """The median, or why there is none; nothing where an interrupted run has not come to it."""
    if cell.error:
        return "timeout" if cell.late else "fails"
    return "" if cell.median is None else f"{cell.median:,.2f}"


def _means(title, table, baseline, peers, width, signs=False):
    line = f"{title:{width}}{'':>12}"
    for peer in peers:
        mean = geometric_mean(table, baseline, peer)
        sign = SHORT if signs and bars.mean_falls_short(baseline, peer, mean) else " "
        line += " " * 13 + sign + ("        " if mean is None else f" {mean:6.2f}x")
    return line.rstrip()


def _groups(table):
    groups = {}
    for name in table:
        groups.setdefault(os.path.dirname(name), []).append(name)
    return groups


def problems(cells, engines):
    """Lines about programs that an engine did not finish."""
    labels = {engine.key: engine.label for engine in engines}
    return [f"{name}: {labels[key]} fails: {cell.error}"
            for name, row in cells.items() for key, cell in row.items() if cell.error]


def header(engines, options):
    return {
        "date": datetime.date.today().isoformat(),
        "machine": {"cores": os.cpu_count(), "architecture": platform.machine(), "system": platform.system(),
                    "load": round(os.getloadavg()[0], 1)},
        "runs": options.runs,
        "engines": {engine.key: engine.version() for engine in engines},
    }


def as_json(cells, engines, options, whole):
    table = medians(cells)
    return {
        **header(engines, options),
        "programs": {
            name: {
                key: {"error": cell.error} if cell.error else
                {"ms": cell.median, "times": cell.values, "clock": cell.clock, "result": next(iter(cell.results), "")}
                for key, cell in row.items()
            }
            for name, row in cells.items()
        },
        "means": {
            baseline: {peer: geometric_mean(table, baseline, peer) for peer in peers}
            for baseline, peers in baselines(engines)
        },
        "bars": {
            baseline: {peer: bars.MEANS[baseline, peer] for peer in peers if (baseline, peer) in bars.MEANS}
            for baseline, peers in baselines(engines)
        },
        "all_programs": whole,
        "shortfalls": _shortfalls(table, engines, whole),
    }
