#!/usr/bin/env python3
"""No file includes from a layer that its folder's link line does not reach.

The link lines are the skein_library(NAME DEPENDS ...) calls in core/*/CMakeLists.txt, taken
transitively; for native/, wasm/ and bench/ what they link in target_link_libraries. Every folder sees
the platform's headers.

usage: includes_test.py SOURCE_ROOT
"""
import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s*"((?:core|platform|native|wasm)/[^"]+)"', re.MULTILINE)
LIBRARY = re.compile(r"skein_library\(\s*(\w+)((?:[^()]|\([^()]*\))*)\)")
SOURCES = {".h", ".cpp", ".def", ".inc"}
LINKED = re.compile(r"target_link_libraries\([^)]*\)")
EDGES = ("native", "wasm", "bench")


def link_lines(root):
    depends = {"platform": set()}
    for lists in sorted((root / "core").glob("*/CMakeLists.txt")):
        text = re.sub(r"#.*", "", lists.read_text(encoding="utf-8"))
        for name, arguments in LIBRARY.findall(text):
            words = arguments.split()
            here = words[words.index("DEPENDS") + 1 :] if "DEPENDS" in words else []
            if "LINK" in here:
                here = here[: here.index("LINK")]
            depends[name] = set(here)
    return depends


def edge_links(folder):
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("CMakeLists.txt")))
    return {layer for call in LINKED.findall(text) for layer in re.findall(r"\bskein_(\w+)", call)}


def reachable(name, depends):
    seen, open_names = set(), [name]
    while open_names:
        current = open_names.pop()
        if current not in seen:
            seen.add(current)
            open_names.extend(depends.get(current, ()))
    return seen | {"platform"}


def layer_of(path):
    parts = path.split("/")
    return parts[1] if parts[0] == "core" else parts[0]


def violations(root, folder, own, allowed):
    for path in sorted(folder.rglob("*")):
        if path.suffix not in SOURCES or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        for match in INCLUDE.finditer(text):
            layer = layer_of(match.group(1))
            if layer != own and layer not in allowed:
                line = text.count("\n", 0, match.start(1)) + 1
                yield f'{path.relative_to(root)}:{line}: "{match.group(1)}" is not below {own}'


def main(root):
    depends = link_lines(root)
    found = []
    for name in depends:
        folder = root / "platform" if name == "platform" else root / "core" / name
        found += violations(root, folder, name, reachable(name, depends))
    for name in EDGES:
        depends_here = edge_links(root / name)
        allowed = set().union(*(reachable(layer, depends) for layer in depends_here), {"platform"})
        found += violations(root, root / name, name, allowed)
    for name in depends:
        cycle = [other for other in depends[name] if name in reachable(other, depends)]
        found += [f"core/{name} and core/{other} link each other" for other in cycle]
    print("\n".join(found) if found else f"{len(depends)} layers, no include against the link lines")
    return 1 if found else 0


sys.exit(main(pathlib.Path(sys.argv[1])))
