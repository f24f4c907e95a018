"""dev bench embedding: what the C++ API costs."""
import os
import subprocess

from . import report
from .engines import short_error
from .scripts import last_report
from .workers import Figure, number

FIGURES = [
    Figure("context_language", "a context of the language alone, made and closed, us"),
    Figure("context_basic", "a context with console and timers, us", limit=40),
    Figure("context_memory", "memory of one that has run a script, KB", limit=40),
    Figure("enter", "enter and leave, ns", limit=20),
    Figure("enter_nested", "the same within a scope, ns"),
    Figure("host_call", "script calls C++ with two numbers, ns", limit=60),
    Figure("host_call_text", "script calls C++ with a text, ns"),
    Figure("call", "C++ calls script, within a scope, ns"),
    Figure("call_entering", "the same, entering each time, ns"),
    Figure("get", "C++ reads a property by name, ns"),
    Figure("evaluate", "C++ evaluates a cached script, ns"),
    Figure("loop", "a turn of a loop, ns"),
    Figure("loop_counted", "the same with a limit on instructions, ns"),
    *(Figure(f"pool_keep_{threads}", f"pool, contexts kept, {threads} threads, jobs/s", higher=True) for threads in (1, 2, 4, 8)),
    *(Figure(f"pool_fresh_{threads}", f"pool, a fresh context per job, {threads} threads, jobs/s", higher=True) for threads in (1, 2, 4, 8)),
    *(Figure(f"pool_cpu_{threads}", f"pool, contexts kept, {threads} threads, CPU us a job") for threads in (1, 8)),
]


def program_beside(skein):
    """The benchmark's program of the build that the command-line program is from."""
    return os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(skein))), "bench", "embedding", "skein-bench-embedding")


def measure(options, progress):
    """{figure: value}"""
    program = program_beside(options.skein)
    if not os.path.exists(program):
        raise RuntimeError(f"{program} is not built")
    runs = []
    for run in range(options.runs):
        progress(f"embedding {run + 1} of {options.runs}")
        done = subprocess.run([program, str(options.time)], capture_output=True, text=True, timeout=options.timeout)
        found = last_report(done.stdout)
        if found is None or done.returncode != 0:
            raise RuntimeError(f"{program} fails: {short_error(done.stderr or done.stdout)}")
        runs.append(found["figures"])
    progress("")
    return {figure.key: figure.of_runs([run[figure.key] for run in runs]) for figure in FIGURES}


def text(values):
    lines = [f"{'the best of the runs':60}{'bar':>10}{'skein':>14}"]
    short = False
    for figure in FIGURES:
        misses = figure.falls_short(values[figure.key], None)
        short = short or misses
        lines.append(f"{figure.label:60}{figure.bar():>10}{number(values[figure.key]):>12}{report.SHORT if misses else ' ':>2}".rstrip())
    if short:
        lines.append(f"\n{report.SHORT} falls short of its bar")
    return "\n".join(lines)


def as_json(values, options):
    return {
        **report.header([], options),
        "figures": {
            figure.key: {"label": figure.label, "bar": figure.bar(), "skein": values[figure.key],
                         "falls_short": figure.falls_short(values[figure.key], None)}
            for figure in FIGURES
        },
    }
