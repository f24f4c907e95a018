#!/usr/bin/env python3
"""Every function of the public headers stands in docs/embedding/.

usage: docs_test.py SOURCE_ROOT
"""
import pathlib
import re
import sys


def public_functions(header):
    """Names of what is declared SKEIN_API outside of namespace detail, and of the templates beside it."""
    text = re.sub(r"//[^\n]*|/\*.*?\*/", "", header.read_text(), flags=re.DOTALL)
    text = re.sub(r"namespace detail \{.*?\n\}", "", text, flags=re.DOTALL)
    text = re.sub(r"\n private:.*?\n\};", "\n};", text, flags=re.DOTALL)
    declared = re.findall(r"SKEIN_API[^;{(]*?(\w+)\(", text)
    declared += re.findall(r"template <[^\n]*>\n  (?:auto|Result<[^\n(]*>|Class&|std::future<[^\n(]*>) (\w+)\(", text)
    return {name for name in declared if name != "__attribute__"}


def main(root):
    root = pathlib.Path(root)
    pages = "".join(page.read_text() for page in sorted((root / "docs" / "embedding").glob("*.md")))
    known = set(re.findall(r"\w+", " ".join(re.findall(r"`[^`]*`", pages))))
    missing = [(header.name, name) for header in sorted((root / "core/api/include/skein").glob("*.h"))
               for name in sorted(public_functions(header)) if name not in known]
    for header, name in missing:
        print(f"{header}: {name} stands on no page of docs/embedding/")
    return 1 if missing else 0


sys.exit(main(*sys.argv[1:]))
