#!/usr/bin/env python3
"""Counts tests in ctest's JUnit files.

A ctest test is often a whole program. Where its output has GoogleTest's summary, or lines of the form
"N passed, N failed", their numbers count; otherwise the program counts as one test.

usage: summary.py FILE            one line, without a newline at its end; then what was skipped and why
       summary.py --total FILE... the sum, as the last line; fails when a test failed or none ran
       summary.py --broken NAME FILE   writes a file that says that phase NAME could not be built
"""
import re
import sys
import xml.etree.ElementTree as ElementTree

OWN = re.compile(r"^(\d+) passed, (\d+) failed", re.MULTILINE)
GOOGLETEST_PASSED = re.compile(r"^\[  PASSED  \] (\d+) tests?", re.MULTILINE)
GOOGLETEST_FAILED = re.compile(r"^\[  FAILED  \] (\d+) tests?, listed", re.MULTILINE)


def count(case):
    output = case.findtext("system-out") or ""
    good = case.get("status") == "run"
    own = OWN.findall(output)
    google = GOOGLETEST_PASSED.search(output)
    if own:
        passed, failed = int(own[-1][0]), int(own[-1][1])
    elif google:
        failures = GOOGLETEST_FAILED.search(output)
        passed, failed = int(google.group(1)), int(failures.group(1)) if failures else 0
    else:
        passed, failed = (1, 0) if good else (0, 1)
    if not good and failed == 0:  # passed its tests, then crashed or ran out of time
        failed = 1
    return passed, failed


def read_cases(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        text = re.sub(r"[^\t\n\r\x20-\ufffd]", "?", file.read())
    return list(ElementTree.fromstring(text).iter("testcase"))


def is_skipped(case):
    """It said so itself; a program that is not there has failed."""
    skipped = case.find("skipped")
    return skipped is not None and not skipped.get("message", "").startswith("Unable to find")


def tally(path):
    counts = [count(case) for case in read_cases(path) if not is_skipped(case)]
    return tuple(sum(column) for column in zip(*counts)) if counts else (0, 0)


def reasons(path):
    for case in read_cases(path):
        if is_skipped(case):
            yield f"{case.get('name')} was skipped: {(case.findtext('system-out') or '').strip()}"


def main(arguments):
    if arguments[0] == "--broken":
        with open(arguments[2], "w", encoding="utf-8") as file:
            file.write(f'<testsuite><testcase name="{arguments[1]}" status="fail"/></testsuite>')
        return 0
    if arguments[0] != "--total":
        print("; ".join(["%d passed, %d failed" % tally(arguments[0]), *reasons(arguments[0])]), end="", flush=True)
        return 0
    tallies = [tally(path) for path in arguments[1:]]
    passed, failed = (sum(column) for column in zip(*tallies))
    print(f"{passed} passed, {failed} failed")
    return 0 if failed == 0 and passed > 0 else 1


sys.exit(main(sys.argv[1:]))
