"""The command line of bench/run."""
import argparse
import json
import os
import sys
from types import SimpleNamespace

from . import embedding, engines, programs, report, scripts, startup, workers

ROOT = os.path.dirname(programs.BENCH)

DESCRIPTION = """\
Measures Skein beside the other engines that are installed, in turn, in one session.

  ./dev bench [FILTER]             programs of bench/programs whose name contains FILTER
  ./dev bench --suite FOLDER       someone else's programs: each .js file, or, where the folder has a
                                   harness.js like are-we-fast-yet's, the programs of that harness
  ./dev bench workers [FILTER]     what threads, messages and shared memory cost
  ./dev bench startup              from nothing to a printed line
  ./dev bench embedding            what the C++ API costs: contexts, entering, calls, a pool
"""
EPILOG = """\
Engines: skein, node-jitless, jsc, qjs and duktape natively; skein-wasm (build/wasm), quickjs-emscripten
and quickjs-wasi (node_modules) in Node; node, with its compilers, only where --engines names it. A
ratio is the other engine's time divided by Skein's: over 1, Skein is faster. The sign ! marks what falls
short of the bars (bench/README.md). Exit code: 0; 1 where Skein fails on a program or engines disagree on
its result; 2 where the command line is wrong or an engine that was named is missing.
"""


def _parser():
    parser = argparse.ArgumentParser(
        prog="./dev bench", description=DESCRIPTION, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", metavar="[workers|startup|embedding] [FILTER]")
    parser.add_argument("--runs", type=_positive, metavar="N", help="how often each engine runs each program (3; startup 40)")
    parser.add_argument("--time", type=_positive, default=250, metavar="MS", help="how long a run measures at least (250)")
    parser.add_argument("--timeout", type=_positive, default=120, metavar="S", help="how long a run may take (120)")
    parser.add_argument("--engines", metavar="LIST", help="only these, by name, separated by commas")
    parser.add_argument("--json", metavar="FILE", help="write times, results and means; - is standard output")
    parser.add_argument("--suite", metavar="FOLDER", help="programs from outside bench/")
    parser.add_argument("--suite-table", metavar="FILE", help='{"NAME": [iterations, inner iterations], …} for harness.js')
    parser.add_argument("--list", action="store_true", help="name the programs and the engines, run nothing")
    parser.add_argument("--skein", default=os.path.join(ROOT, "build/release/native/skein"), metavar="PATH")
    parser.add_argument("--skein-wasm", default=os.path.join(ROOT, "build/wasm/wasm/skein-cli.mjs"), metavar="PATH")
    parser.add_argument("--modules", default=os.path.join(ROOT, "node_modules"), metavar="FOLDER",
                        help="where quickjs-emscripten and quickjs-wasi are installed (node_modules)")
    return parser


def _positive(text):
    try:
        value = int(text)
    except ValueError:
        value = 0
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a positive whole number")
    return value


def main(arguments=None):
    options = _parse(sys.argv[1:] if arguments is None else arguments)
    try:
        return KINDS[options.kind](options)
    except (engines.Unavailable, programs.BadSuite) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    except RuntimeError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parse(arguments):
    parser = _parser()
    options = parser.parse_intermixed_args(arguments)
    options.kind = options.what.pop(0) if options.what[:1] in (["workers"], ["startup"], ["embedding"]) else "scripts"
    takes_filter = options.kind not in ("startup", "embedding")
    if len(options.what) > takes_filter:
        parser.error(f"one FILTER at most, not {' '.join(options.what)}" if takes_filter else f"{options.kind} takes no FILTER")
    if options.suite and options.kind != "scripts":
        parser.error(f"--suite does not go with {options.kind}")
    options.filter = "".join(options.what)
    options.runs = options.runs or (40 if options.kind == "startup" else 3)
    return options


def _find(options, default=None):
    return engines.find(_place(options), options.engines.split(",") if options.engines else None, default)


def _place(options):
    paths = {name: os.path.abspath(getattr(options, name)) for name in ("skein", "skein_wasm", "modules")}
    return SimpleNamespace(**paths)


def _run_scripts(options):
    found = _find(options)
    if options.suite:
        chosen = programs.suite_programs(options.suite, options.filter, options.suite_table)
    else:
        chosen = programs.own_programs(options.filter)
    if not chosen:
        raise programs.BadSuite(f"no program matches {options.filter!r}")
    if options.list:
        print("engines:", ", ".join(engine.key for engine in found))
        print("\n".join(program.name for program in chosen))
        return 0
    cells = scripts.measure(chosen, found, options, scripts.show_progress)
    whole = not options.filter
    _tell(options, report.text(cells, found, whole), lambda: report.as_json(cells, found, options, whole))
    disagreements = scripts.disagreements(cells)
    for line in report.problems(cells, found) + disagreements:
        print(f"bench: {line}", file=sys.stderr)
    failed = any(row[key].error for row in cells.values() for key in row if key.startswith("skein"))
    return 1 if failed or disagreements else 0


def _run_workers(options):
    found = _find(options, workers.ENGINES)
    values, problems = workers.measure(found, options, scripts.show_progress)
    if not values:
        raise programs.BadSuite(f"no program of bench/workers matches {options.filter!r}")
    _tell(options, workers.text(values, found), lambda: workers.as_json(values, found, options))
    for line in problems:
        print(f"bench: {line}", file=sys.stderr)
    return 1 if any("skein fails" in line for line in problems) else 0


def _run_startup(options):
    found = _find(options, startup.ENGINES)
    rows = startup.measure(found, options, scripts.show_progress)
    _tell(options, startup.text(rows, found), lambda: startup.as_json(rows, found, options))
    return 0


def _run_embedding(options):
    values = embedding.measure(options, scripts.show_progress)
    _tell(options, embedding.text(values), lambda: embedding.as_json(values, options))
    return 0


KINDS = {"scripts": _run_scripts, "workers": _run_workers, "startup": _run_startup, "embedding": _run_embedding}


def _tell(options, text, make_json):
    """The table, and the JSON where it was asked for."""
    if options.json == "-":
        print(json.dumps(make_json(), indent=2))
        return
    print(text)
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(make_json(), file, indent=2)
            file.write("\n")
