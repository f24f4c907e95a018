"""Skein and the engines it is compared with: which are there, how each runs a file."""
import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field

HARNESS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "harness")


class Unavailable(Exception):
    """An engine that was asked for is not there; the text says what would help."""


@dataclass
class Engine:
    key: str
    label: str
    command: list
    target: str = "native"
    options: dict = field(default_factory=dict)

    def version(self):
        """What the engine says of itself, in one line, or an empty text."""
        flag = {"qjs": "--version", "skein": "--version", "node-jitless": "--version", "node": "--version"}.get(self.key)
        if not flag:
            return ""
        try:
            done = subprocess.run([*self.command, flag], capture_output=True, text=True, timeout=20)
        except (OSError, subprocess.TimeoutExpired):
            return ""
        return (done.stdout or done.stderr).strip().split("\n")[0]


def _program(name, hint=""):
    path = shutil.which(name)
    if not path:
        raise Unavailable(f"no {name} on PATH{hint}")
    return path


def _npm_adapter(adapter, package, modules):
    if not os.path.isdir(os.path.join(modules, package)):
        raise Unavailable(f"no {package} in {modules} (npm install {package}, or --modules FOLDER)")
    return [_program("node"), os.path.join(HARNESS, adapter), modules]


def _skein(place):
    if not place.skein or not os.access(place.skein, os.X_OK):
        raise Unavailable(f"no skein at {place.skein} (./dev build, or --skein PATH)")
    return Engine("skein", "skein", [place.skein])


def _skein_wasm(place):
    if not os.path.exists(place.skein_wasm):
        raise Unavailable(f"no wasm build at {place.skein_wasm} (./dev build wasm, or --skein-wasm PATH)")
    return Engine("skein-wasm", "skein wasm", [_program("node"), place.skein_wasm], "wasm", {"threads": True})


def _quickjs_emscripten(place):
    command = _npm_adapter("quickjs_emscripten.mjs", "quickjs-emscripten", place.modules)
    return Engine("quickjs-emscripten", "qjs-emscripten", command, "wasm")


def _quickjs_wasi(place):
    command = _npm_adapter("quickjs_wasi.mjs", "quickjs-wasi", place.modules)
    return Engine("quickjs-wasi", "qjs-wasi", command, "wasm")


# In the order of the tables' columns. `node`, with its compilers, is only there for the curious: it is not
# among those that run without being named.
_KNOWN = {
    "skein": _skein,
    "node-jitless": lambda place: Engine("node-jitless", "node --jitless", [_program("node"), "--jitless"]),
    "jsc": lambda place: Engine("jsc", "jsc, no JIT", [_program("env"), "JSC_useJIT=0", _program("jsc")]),
    "qjs": lambda place: Engine("qjs", "qjs", [_program("qjs"), "--std"]),
    "duktape": lambda place: Engine("duktape", "duktape", [_program("duk")]),
    "node": lambda place: Engine("node", "node", [_program("node")]),
    "skein-wasm": _skein_wasm,
    "quickjs-emscripten": _quickjs_emscripten,
    "quickjs-wasi": _quickjs_wasi,
}
_DEFAULT = [key for key in _KNOWN if key != "node"]
INTERPRETERS = ("node-jitless", "jsc", "qjs", "duktape")


def find(place, wanted, default=None):
    """The engines named in `wanted`, or, where it is None, those of `default` that are there. Raises Unavailable."""
    if wanted is not None:
        unknown = [key for key in wanted if key not in _KNOWN]
        if unknown:
            raise Unavailable(f"unknown engine {', '.join(unknown)}; there are: {', '.join(_KNOWN)}")
        return [_KNOWN[key](place) for key in _KNOWN if key in wanted]
    found = []
    for key in default or _DEFAULT:
        try:
            found.append(_KNOWN[key](place))
        except Unavailable:
            if key == "skein":
                raise
    return found


def short_error(text):
    """The line of an engine's error output that says what went wrong."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    for line in lines:
        if re.search(r"\b\w*Error\b|signal|[Aa]ssert", line):
            return line[:160]
    return lines[-1][:160] if lines else "it says nothing"
