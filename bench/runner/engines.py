"""Skein and the engines it is compared with: which are there, how each runs a file."""
import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field

from . import chromium

HARNESS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "harness")


class Unavailable(Exception):
    """An engine that was asked for is not there; the text says what would help."""


@dataclass
class Engine:
    """`target` is where it runs: engines of one target are compared with Skein's build for it."""
    key: str
    label: str
    command: list
    target: str = "native"
    options: dict = field(default_factory=dict)

    @property
    def is_skein(self):
        return self.key in SKEINS.values()

    def run(self, path, timeout):
        """Runs a file: a subprocess.CompletedProcess. Raises subprocess.TimeoutExpired."""
        return subprocess.run(
            [*self.command, path], stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace",
            timeout=timeout, cwd=os.path.dirname(path))

    def version(self):
        """What the engine says of itself, in one line, or an empty text."""
        if self.key not in ("qjs", "skein", "node-jitless", "node") and self.target != "chromium":
            return ""
        try:
            done = subprocess.run([*self.command, "--version"], capture_output=True, text=True, timeout=20)
        except (OSError, subprocess.TimeoutExpired):
            return ""
        return (done.stdout or done.stderr).strip().split("\n")[0]


@dataclass
class PageEngine(Engine):
    """An engine in a page; `command` is the browser's, `module` the one of harness/ that runs programs."""
    browser: chromium.Browser = None
    module: str = ""

    def run(self, path, timeout):
        return self.browser.run(self.module, path, timeout)


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


# The browser takes its time to compile what runs often.
PAGE_OPTIONS = {"warm": 1000}


def _page(key, label, module):
    def make(place):
        if not chromium.program():
            raise Unavailable("no Chromium (./dev bench --chromium installs it, or CHROMIUM=PATH)")
        if key == "skein-chromium":
            needed, hint = os.path.join(os.path.dirname(place.skein_wasm), "skein.mjs"), "./dev build wasm, or --skein-wasm PATH"
        else:
            needed, hint = os.path.join(place.modules, "quickjs-emscripten-core"), "npm install quickjs-emscripten, or --modules FOLDER"
        if not os.path.exists(needed):
            raise Unavailable(f"no {needed} ({hint})")
        return PageEngine(key, label, [chromium.program()], "chromium", PAGE_OPTIONS, _browser(place), module)
    return make


def _browser(place):
    """One for all engines that run in it."""
    if not hasattr(place, "browser"):
        driver = [_program("node"), os.path.join(HARNESS, "chromium.mjs")]
        place.browser = chromium.Browser(driver, [os.path.dirname(place.skein_wasm), place.modules])
    return place.browser


# $vm has the CPU time.
JSC_OPTIONS = ("JSC_useJIT=0", "JSC_useDollarVM=1")

# In the order of the tables' columns.
_KNOWN = {
    "skein": _skein,
    "node-jitless": lambda place: Engine("node-jitless", "node --jitless", [_program("node"), "--jitless"]),
    "jsc": lambda place: Engine("jsc", "jsc, no JIT", [_program("env"), *JSC_OPTIONS, _program("jsc")]),
    "qjs": lambda place: Engine("qjs", "qjs", [_program("qjs"), "--std"]),
    "node": lambda place: Engine("node", "node", [_program("node")]),
    "skein-wasm": _skein_wasm,
    "quickjs-emscripten": _quickjs_emscripten,
    "quickjs-wasi": _quickjs_wasi,
    "skein-chromium": _page("skein-chromium", "skein page", "page_skein.mjs"),
    "quickjs-emscripten-chromium": _page("quickjs-emscripten-chromium", "qjs-emscripten page", "page_quickjs.mjs"),
}
CHROMIUM = ("skein-chromium", "quickjs-emscripten-chromium")
# `node`, with its compilers, is only there for the curious, and a browser takes its time: these run when they are named.
_DEFAULT = [key for key in _KNOWN if key not in ("node", *CHROMIUM)]
SKEINS = {"native": "skein", "wasm": "skein-wasm", "chromium": "skein-chromium"}


def find(place, wanted, default=None, pages=False):
    """The engines named in `wanted`, or, where it is None, those of `default` that are there; with `pages` those in
    Chromium, too, which then must be there. Raises Unavailable."""
    if wanted is not None:
        unknown = [key for key in wanted if key not in _KNOWN]
        if unknown:
            raise Unavailable(f"unknown engine {', '.join(unknown)}; there are: {', '.join(_KNOWN)}")
    optional = (default or _DEFAULT) if wanted is None else ()
    wanted = [*(wanted or ()), *(CHROMIUM if pages else ())]
    found = []
    for key in _KNOWN:
        if key not in wanted and key not in optional:
            continue
        try:
            found.append(_KNOWN[key](place))
        except Unavailable:
            if key == "skein" or key in wanted:
                raise
    return found


def short_error(text):
    """The line of an engine's error output that says what went wrong."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    for line in lines:
        if re.search(r"\b\w*Error\b|signal|[Aa]ssert", line):
            return line[:160]
    return lines[-1][:160] if lines else "it says nothing"
