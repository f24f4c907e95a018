"""The command line of bench/run."""
import argparse
import json
import os
import signal
import sys
from types import SimpleNamespace

from . import embedding, engines, memory, pauses, programs, report, scripts, startup, workers

ROOT = os.path.dirname(programs.BENCH)
INTERRUPTED = 130  # the exit code, as a shell has it
RUNS = {"startup": 40}  # where they are not 3

DESCRIPTION = """\
Measures Skein beside the other engines that are installed, in turn, in one session.

  ./dev bench [FILTER]             programs of bench/programs whose name contains FILTER
  ./dev bench --suite FOLDER       someone else's programs: each .js file, or, where the folder has a
                                   harness.js like are-we-fast-yet's, the programs of that harness
  ./dev bench --chromium           also in pages of a headless Chromium, which is installed if need be
  ./dev bench memory [FILTER]      the most memory that a process takes for these programs
  ./dev bench pauses [FILTER]      how long the collector makes script with a large heap wait
  ./dev bench startup              from nothing to a printed line; the size of the binary
  ./dev bench workers [FILTER]     what threads, messages and shared memory cost
  ./dev bench embedding            what the C++ API costs: contexts, entering, calls, a pool
  ./dev bench all                  all of that; with --chromium and --suite FOLDER those, too
"""
EPILOG = """\
Engines: skein, node-jitless, jsc and qjs natively; skein-wasm (build/wasm), quickjs-emscripten
and quickjs-wasi (node_modules) in Node; node, with its compilers, and skein-chromium and
quickjs-emscripten-chromium only where they are named. A ratio is the other engine's time divided by
Skein's: over 1, Skein is faster; of memory it is Skein's part: under 1, Skein takes less. The sign !
marks what falls short of the bars (bench/README.md). Ctrl-C shows what was measured by then. Exit code: 0;
1 where Skein fails on a program or engines disagree on its result; 2 where the command line is wrong or an
engine that was named is missing; 130 after Ctrl-C.
"""


def _parser():
    parser = argparse.ArgumentParser(
        prog="./dev bench", description=DESCRIPTION, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", metavar=f"[{'|'.join([*KINDS, 'all'][1:])}] [FILTER]")
    parser.add_argument("--runs", type=_positive, metavar="N", help="how often each engine runs each program (3; startup 40)")
    parser.add_argument("--time", type=_positive, default=250, metavar="MS", help="how long a run measures at least (250)")
    parser.add_argument("--timeout", type=_positive, default=120, metavar="S",
                        help=f"how long a run may take (120); a peer's ends after {scripts.PEER_TIMES} times Skein's, "
                             f"{scripts.PEER_SECONDS} s at least")
    parser.add_argument("--calls", type=_positive, metavar="N", help=f"memory: how often run() is called ({memory.CALLS})")
    parser.add_argument("--engines", metavar="LIST", help="only these, by name, separated by commas")
    parser.add_argument("--chromium", action="store_true", help="also skein-chromium and quickjs-emscripten-chromium")
    parser.add_argument("--json", metavar="FILE", help="write times, results and means; - is standard output")
    parser.add_argument("--suite", metavar="FOLDER", help="programs from outside bench/")
    parser.add_argument("--suite-table", metavar="FILE", help='{"NAME": [iterations, inner iterations], …} for harness.js')
    parser.add_argument("--list", action="store_true", help="name the programs and the engines, run nothing")
    parser.add_argument("--skein", default=os.path.join(ROOT, "build/release/native/skein"), metavar="PATH")
    parser.add_argument("--skein-wasm", default=os.path.join(ROOT, "build/wasm/wasm/skein-cli.mjs"), metavar="PATH",
                        help="its folder has the module for pages, too")
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
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    return _run_all(options) if options.kind == "all" else _run(options)


def _run(options):
    try:
        return KINDS[options.kind](options)
    except (engines.Unavailable, programs.BadSuite) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    except RuntimeError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


def _run_all(options):
    """Every kind in turn, and the programs of the suite where one is named; the JSON has a member for each."""
    told, code = {}, 0
    for kind in [*KINDS, *(["suite"] if options.suite else [])]:
        programs_too = kind in ("scripts", "suite")
        only = {"kind": "scripts" if programs_too else kind, "suite": options.suite if kind == "suite" else None,
                "chromium": options.chromium and programs_too, "runs": options.runs or RUNS.get(kind, 3),
                "take": lambda table, kind=kind: told.update({kind: table})}
        if options.json != "-":
            print(f"\n== {kind}", flush=True)
        done = _run(argparse.Namespace(**{**vars(options), **only}))
        code = max(code, done)
        if done == INTERRUPTED:
            break
    _write_json(options, lambda: told)
    return code


def _parse(arguments):
    parser = _parser()
    options = parser.parse_intermixed_args(arguments)
    options.kind = options.what.pop(0) if options.what[:1] and options.what[0] in ("all", *KINDS) else "scripts"
    takes_filter = options.kind not in ("startup", "embedding", "all")
    if len(options.what) > takes_filter:
        parser.error(f"one FILTER at most, not {' '.join(options.what)}" if takes_filter else f"{options.kind} takes no FILTER")
    for name, kinds in (("suite", ("scripts", "all")), ("chromium", ("scripts", "all")), ("calls", ("memory", "all")),
                        ("engines", KINDS), ("list", ("scripts", "memory"))):
        if getattr(options, name) and options.kind not in kinds:
            parser.error(f"--{name} does not go with {options.kind}")
    options.filter = "".join(options.what)
    options.take = None
    if options.kind != "all":
        options.runs = options.runs or RUNS.get(options.kind, 3)
    return options


def _find(options, default=None):
    wanted = options.engines.split(",") if options.engines else None
    return engines.find(_place(options), wanted, default, options.chromium)


def _place(options):
    paths = {name: os.path.abspath(getattr(options, name)) for name in ("skein", "skein_wasm", "modules")}
    return SimpleNamespace(**paths)


def _run_scripts(options):
    if options.suite:
        chosen = programs.suite_programs(options.suite, options.filter, options.suite_table)
    else:
        chosen = programs.own_programs(options.filter)
    return _run_programs(options, chosen, _find(options), scripts, report)


def _run_memory(options):
    return _run_programs(options, memory.programs(options.filter), _find(options, memory.ENGINES), memory, memory)


def _run_programs(options, chosen, found, measuring, telling):
    if not chosen:
        raise programs.BadSuite(f"no program matches {options.filter!r}")
    if options.list:
        print("engines:", ", ".join(engine.key for engine in found))
        print("\n".join(program.name for program in chosen))
        return 0
    cells, complete = measuring.measure(chosen, found, options, scripts.show_progress)
    whole = complete and not options.filter
    _tell(options, telling.text(cells, found, whole), lambda: telling.as_json(cells, found, options, whole))
    disagreements = scripts.disagreements(cells)
    _say(report.problems(cells, found) + disagreements)
    return _exit_code(complete, scripts.skein_failed(cells, found) or disagreements)


def _run_pauses(options):
    found = _find(options, pauses.ENGINES)
    rows, complete = pauses.measure(found, options, scripts.show_progress)
    if complete and not rows:
        raise programs.BadSuite(f"no program of bench/pauses matches {options.filter!r}")
    _tell(options, pauses.text(rows, found), lambda: pauses.as_json(rows, found, options))
    problems = pauses.problems(rows, found)
    _say(problems)
    return _exit_code(complete, problems)


def _run_workers(options):
    found = _find(options, workers.ENGINES)
    values, problems, complete = workers.measure(found, options, scripts.show_progress)
    if complete and not values:
        raise programs.BadSuite(f"no program of bench/workers matches {options.filter!r}")
    _tell(options, workers.text(values, found), lambda: workers.as_json(values, found, options))
    _say(problems)
    return _exit_code(complete, any("skein fails" in line for line in problems))


def _run_startup(options):
    found = _find(options, startup.ENGINES)
    rows = startup.measure(found, options, scripts.show_progress)
    binary = startup.binary_size(options)
    _tell(options, startup.text(rows, found, binary), lambda: startup.as_json(rows, found, options, binary))
    return 0


def _run_embedding(options):
    values = embedding.measure(options, scripts.show_progress)
    _tell(options, embedding.text(values), lambda: embedding.as_json(values, options))
    return 0


KINDS = {"scripts": _run_scripts, "memory": _run_memory, "pauses": _run_pauses, "startup": _run_startup,
         "workers": _run_workers, "embedding": _run_embedding}


def _exit_code(complete, failed):
    return INTERRUPTED if not complete else 1 if failed else 0


def _say(lines):
    for line in lines:
        print(f"bench: {line}", file=sys.stderr)


def _tell(options, text, make_json):
    """The table, and the JSON where it was asked for."""
    if options.json != "-":
        print(text, flush=True)
    if options.take is not None:
        options.take(make_json() if options.json else None)
    else:
        _write_json(options, make_json)


def _write_json(options, make_json):
    if options.json == "-":
        print(json.dumps(make_json(), indent=2))
    elif options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(make_json(), file, indent=2)
            file.write("\n")
