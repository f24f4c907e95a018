"""Means over tables of {program: {engine: figure or None}}."""
import math


def geometric_mean(table, baseline, peer):
    """Of peer / baseline over the programs that both finished; None where there are none."""
    logarithms = [
        math.log(row[peer] / row[baseline])
        for row in table.values()
        if row.get(peer) is not None and row.get(baseline) is not None
    ]
    return math.exp(sum(logarithms) / len(logarithms)) if logarithms else None
