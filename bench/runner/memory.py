"""dev bench memory: the most memory that a process takes that calls a program's run() a few times."""
from . import bars, report, scripts
from .means import geometric_mean
from .programs import own_programs

ENGINES = ("skein", "node-jitless", "qjs")
CALLS = 3


def programs(pattern):
    return own_programs(pattern, tail=("peak.js", "memory.js"))


def measure(chosen, engines, options, progress):
    """As scripts.measure; the cells' values are KB."""
    return scripts.measure(chosen, engines, options, progress, figure="peak", calls=options.calls or CALLS)


def text(cells, engines, whole):
    table = report.medians(cells)
    labels = {engine.key: engine.label for engine in engines}
    peers = [key for key in labels if key != "skein"]
    width = max([len(name) for name in table] + [24])
    lines = [f"{'peak memory, MB':{width}}{labels.get('skein', ''):>12}" + "".join(f"{labels[peer]:>22}" for peer in peers)]
    for name, row in cells.items():
        told = "".join(f"{_megabytes(row[peer]):>14}{_ratio_told(_ratio(table[name], peer), peer)}" for peer in peers)
        lines.append(f"{name:{width}}{_megabytes(row['skein']) if 'skein' in row else '':>12}{told}".rstrip())
    if len(table) > 1:
        means = "".join(f"{'':>14}{_ratio_told(_mean(table, peer), peer, signs=whole)}" for peer in peers)
        lines.append(f"{'geometric mean':{width}}{'':>12}{means}".rstrip())
    lines.append(f"{'bar':{width}}{'':>12}" + "".join(f"{_bar(peer):>22}" for peer in peers).rstrip())
    short = [f"  all programs: {_mean(table, peer):.2f} times {peer}'s, the bar is {bars.MEMORY[peer]}"
             for peer in peers if whole and _falls_short(_mean(table, peer), peer)]
    for peer in peers:
        over = sum(_falls_short(_ratio(row, peer), peer) for row in table.values())
        if over:
            short.append(f"  {over} of {len(table)} programs take more than {bars.MEMORY[peer]} times {peer}'s")
    if short:
        lines += [f"\nfalls short of the bars ({report.SHORT}):", *short]
    return "\n".join(lines)


def _ratio(row, peer):
    """Skein's part of the peer's memory."""
    values = row.get("skein"), row.get(peer)
    return None if None in values else values[0] / values[1]


def _mean(table, peer):
    return geometric_mean(table, peer, "skein")


def _ratio_told(ratio, peer, signs=True):
    if ratio is None:
        return " " * 8
    return f"{ratio:6.2f}x" + (report.SHORT if signs and _falls_short(ratio, peer) else " ")


def _bar(peer):
    return f"{bars.MEMORY[peer]:.2f}x " if peer in bars.MEMORY else ""


def _falls_short(ratio, peer):
    return ratio is not None and ratio > bars.MEMORY.get(peer, float("inf"))


def _megabytes(cell):
    return report.figure(cell) if cell.median is None else f"{cell.median / 1024:.2f}"


def as_json(cells, engines, options, whole):
    table = report.medians(cells)
    peers = [engine.key for engine in engines if engine.key != "skein"]
    return {
        **report.header(engines, options),
        "calls": options.calls or CALLS,
        "programs": {
            name: {key: {"error": cell.error} if cell.error else {"kb": cell.median, "peaks": cell.values}
                   for key, cell in row.items()}
            for name, row in cells.items()
        },
        "means": {peer: _mean(table, peer) for peer in peers},
        "bars": bars.MEMORY,
        "all_programs": whole,
        "shortfalls": [{"program": name, "peer": peer, "ratio": _ratio(row, peer)}
                       for name, row in table.items() for peer in peers if _falls_short(_ratio(row, peer), peer)],
    }
