"""What Skein wants to reach, and what falls short of it. What is no ratio has its unit in its name."""
from .means import geometric_mean

# (baseline, peer): the geometric mean over the programs that is asked for; over 1, Skein is the faster.
MEANS = {
    ("skein", "node-jitless"): 1.25,
    ("skein", "jsc"): 1.1,
    ("skein", "qjs"): 2.5,
    ("skein-wasm", "quickjs-emscripten"): 2.5,
    ("skein-wasm", "qjs"): 1.0,
    ("skein-chromium", "quickjs-emscripten-chromium"): 2.5,
    ("skein-chromium", "qjs"): 1.0,
}
# No single program may run at less than this part of the speed of the better of these.
SINGLE_PROGRAM = 0.7
BEST_INTERPRETERS = ("node-jitless", "jsc")

# Skein's peak memory in a program, and its start, at most in proportion to the peer's.
MEMORY = {"qjs": 1.2}
START = {"qjs": 1.0}

START_PEAK_KB = 6 * 1024
BINARY_MB = 15
PAUSE_MS = 2  # 99 % of the collector's pauses


def weakest(row, baseline):
    """(ratio, peer) against the best interpreter of a row of {engine: milliseconds}, or None."""
    if baseline != "skein" or row.get("skein") is None:
        return None
    others = [(row[peer] / row["skein"], peer) for peer in BEST_INTERPRETERS if row.get(peer) is not None]
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
            told = f"all programs: {baseline} against {peer}: {mean:.2f}, the bar is {MEANS[baseline, peer]}"
            lines.append((mean / MEANS[baseline, peer], told))
    for name, row in table.items():
        if program_falls_short(row, baseline):
            ratio, peer = weakest(row, baseline)
            lines.append((ratio / SINGLE_PROGRAM, f"{name}: {ratio:.2f} of {peer}, the bar is {SINGLE_PROGRAM}"))
    return [line for _, line in sorted(lines)]
