"""The command line of bench/run."""
import argparse
import json
import os
import sys
from types import SimpleNamespace

from . import engines, programs, report, scripts

ROOT = os.path.dirname(programs.BENCH)

DESCRIPTION = """\
Measures Skein beside the other engines that are installed, in turn, in one session.

  ./dev bench [FILTER]             programs of bench/programs whose name contains FILTER
  ./dev bench --suite FOLDER       someone else's programs: each .js file, or, where the folder has a
                                   harness.js like are-we-fast-yet's, the programs of that harness
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
    parser.add_argument("filter", nargs="?", default="", metavar="FILTER")
    parser.add_argument("--runs", type=_positive, default=3, metavar="N", help="how often each engine runs each program (3)")
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
    arguments = sys.argv[1:] if arguments is None else arguments
    options = _parser().parse_args(arguments)
    try:
        found = engines.find(_place(options), options.engines.split(",") if options.engines else None)
        return _run_scripts(options, found)
    except (engines.Unavailable, programs.BadSuite) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _place(options):
    paths = {name: os.path.abspath(getattr(options, name)) for name in ("skein", "skein_wasm", "modules")}
    return SimpleNamespace(**paths)


def _run_scripts(options, found):
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
    write_json(options.json, lambda: report.as_json(cells, found, options))
    if options.json != "-":
        print(report.text(cells, found))
    disagreements = scripts.disagreements(cells)
    for line in report.problems(cells, found) + disagreements:
        print(f"bench: {line}", file=sys.stderr)
    failed = any(row[key].error for row in cells.values() for key in row if key.startswith("skein"))
    return 1 if failed or disagreements else 0


def write_json(path, make):
    if path == "-":
        print(json.dumps(make(), indent=2))
    elif path:
        with open(path, "w", encoding="utf-8") as file:
            json.dump(make(), file, indent=2)
            file.write("\n")
