#!/usr/bin/env python3
"""Runs tests/threads: run.py PATH-TO-SKEIN [NAME…]. A test is one program; its first lines say
`// expect: LINE` for every line of its output. *_worker.js are parts of others."""
import pathlib, subprocess, sys

here = pathlib.Path(__file__).resolve().parent
engine, names = str(pathlib.Path(sys.argv[1]).resolve()), sys.argv[2:]
failed = 0
for test in sorted(list(here.glob("*.js")) + list(here.glob("*.mjs"))):
    if test.stem.endswith("_worker") or (names and test.stem not in names):
        continue
    expected = []
    for line in test.read_text().splitlines():
        if not line.startswith("// expect:"):
            break
        expected.append(line[len("// expect: "):])
    try:
        run = subprocess.run([engine, str(test)], capture_output=True, text=True, timeout=60)
        output, code, errors = run.stdout.splitlines(), run.returncode, run.stderr
    except subprocess.TimeoutExpired as hung:
        output, code, errors = (hung.stdout or b"").decode().splitlines(), "no end", ""
    if output == expected and code == 0:
        continue
    failed += 1
    print(f"{test.name}: exit {code}")
    for line in expected:
        print(f"  - {line}")
    for line in output + errors.splitlines():
        print(f"  + {line}")
print("failed:", failed)
sys.exit(failed != 0)
