"""What Skein wants to reach, and what falls short of it. All are ratios: over 1, Skein is the better."""
from .engines import INTERPRETERS
from .means import geometric_mean

# (baseline, peer): the geometric mean over the programs that is asked for.
MEANS = {
    ("skein", "node-jitless"): 1.25,
    ("skein", "qjs"): 2.5,
    ("skein-wasm", "quickjs-emscripten"): 2.5,
}
# No single program may run at less than this part of the best interpreter's speed.
SINGLE_PROGRAM = 0.7


def weakest(row, baseline):
    """(ratio, peer) against the best interpreter of a row of {engine: milliseconds}, or None."""
    if baseline != "skein" or row.get("skein") is None:
        return None
    others = [(row[peer] / row["skein"], peer) for peer in INTERPRETERS if row.get(peer) is not None]
    return min(others, default=None)


def program_falls_short(row, baseline):
    found = weakest(row, baseline)
    return found is not None and found[0] < SINGLE_PROGRAM


def mean_falls_short(baseline, peer, mean):
    return mean is not None and mean < MEANS.get((baseline, peer), 0)


def shortfalls(table, baseline, peers, whole):
    """Lines of text, worst first. `whole`: these are all programs, so their mean means something."""
    lines = []
    for peer in peers if whole else ():
        mean = geometric_mean(table, baseline, peer)
        if mean_falls_short(baseline, peer, mean):
            lines.append((mean / MEANS[baseline, peer], f"all programs against {peer}: {mean:.2f}, the bar is {MEANS[baseline, peer]}"))
    for name, row in table.items():
        if program_falls_short(row, baseline):
            ratio, peer = weakest(row, baseline)
            lines.append((ratio / SINGLE_PROGRAM, f"{name}: {ratio:.2f} of {peer}, the bar is {SINGLE_PROGRAM}"))
    return [line for _, line in sorted(lines)]
