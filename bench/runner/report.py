"""Tables of times, ratios and means; the same as JSON."""
import datetime
import os
import platform

from . import bars
from .means import geometric_mean

SHORT = "!"  # the sign of what falls short of a bar


def times(cells):
    return {name: {key: cell.ms for key, cell in row.items()} for name, row in cells.items()}


def baselines(engines):
    """(baseline, peers) of the tables to show: the natives against skein, the others against skein's wasm."""
    tables = []
    for target, baseline in (("native", "skein"), ("wasm", "skein-wasm")):
        keys = [engine.key for engine in engines if engine.target == target]
        if not keys:
            continue
        first = baseline if baseline in keys else keys[0]
        tables.append((first, [key for key in keys if key != first]))
    return tables


def text(cells, engines, whole):
    table = times(cells)
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
    lines = [f"{'CPU time, ms' if _cpu(cells) else 'time, ms':{width}}"
             f"{labels[baseline]:>12}" + "".join(f"{labels[peer]:>22}" for peer in peers)]
    for group, names in _groups(table).items():
        for name in names:
            sign = f" {SHORT}" if bars.program_falls_short(table[name], baseline) else ""
            lines.append(f"{name:{width}}" + _row(table[name], baseline, peers) + sign)
        if group and len(names) > 1:
            lines.append(_means(f"  mean of {group}", {name: table[name] for name in names}, baseline, peers, width))
    if len(table) > 1:
        lines.append(_means("geometric mean", table, baseline, peers, width, signs=whole))
    return "\n".join(lines)


def _row(row, baseline, peers):
    own = row.get(baseline)
    text = f"{'fails' if own is None else f'{own:.2f}':>12}"
    for peer in peers:
        time = row.get(peer)
        ratio = f" {time / own:6.2f}x" if time is not None and own is not None else " " * 8
        text += f"{'fails' if time is None else f'{time:.2f}':>14}{ratio}"
    return text


def _means(title, table, baseline, peers, width, signs=False):
    text = f"{title:{width}}{'':>12}"
    for peer in peers:
        mean = geometric_mean(table, baseline, peer)
        sign = SHORT if signs and bars.mean_falls_short(baseline, peer, mean) else " "
        text += " " * 13 + sign + ("        " if mean is None else f" {mean:6.2f}x")
    return text


def _groups(table):
    groups = {}
    for name in table:
        groups.setdefault(os.path.dirname(name), []).append(name)
    return groups


def _cpu(cells):
    return all(cell.clock != "wall" for row in cells.values() for cell in row.values())


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
    table = times(cells)
    return {
        **header(engines, options),
        "programs": {
            name: {
                key: {"error": cell.error} if cell.error else
                {"ms": cell.ms, "times": cell.times, "clock": cell.clock, "result": next(iter(cell.results), "")}
                for key, cell in row.items()
            }
            for name, row in cells.items()
        },
        "means": {
            baseline: {peer: geometric_mean(table, baseline, peer) for peer in peers}
            for baseline, peers in baselines(engines)
        },
        "shortfalls": _shortfalls(table, engines, whole),
    }
