#!/usr/bin/env python3
"""The command line: options, exit codes, errors with their place.  cli_test.py COMMAND [ARG...]"""
import json
import os
import shlex
import subprocess
import sys
import tempfile
import unittest

SKEIN = sys.argv[1:]


def skein(*arguments, stdin=b""):
    done = subprocess.run([*SKEIN, *arguments], input=stdin, capture_output=True, timeout=60)
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


class CommandLine(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def file(self, name, text):
        path = os.path.join(self.folder.name, name)
        with open(path, "wb") as out:
            out.write(text if isinstance(text, bytes) else text.encode())
        return path

    def test_version_and_help(self):
        code, out, _ = skein("--version")
        self.assertEqual(code, 0)
        self.assertRegex(out, r"^skein \d+\.\d+\.\d+\n$")
        code, out, _ = skein("--help")
        self.assertEqual(code, 0)
        self.assertIn("Usage: skein", out)

    def test_eval_and_print(self):
        self.assertEqual(skein("-e", "console.log(1 + 1)"), (0, "2\n", ""))
        self.assertEqual(skein("-p", "[1, 'a'].concat(2)"), (0, "[ 1, 'a', 2 ]\n", ""))
        self.assertEqual(skein("--print", "'text'"), (0, "text\n", ""))

    def test_standard_input(self):
        self.assertEqual(skein("-", stdin=b"console.log('in')"), (0, "in\n", ""))
        self.assertEqual(skein(stdin=b"console.log('in')"), (0, "in\n", ""))

    def test_arguments(self):
        path = self.file("args.js", "console.log(process.argv.slice(2))")
        self.assertEqual(skein(path, "a", "--b", "-c")[1], "[ 'a', '--b', '-c' ]\n")
        self.assertEqual(skein("--", path, "x")[1], "[ 'x' ]\n")

    def test_module_option(self):
        path = self.file("m.js", "export const a = 1; console.log(await a, import.meta.filename.endsWith('m.js'))")
        self.assertEqual(skein("-m", path)[:2], (0, "1 true\n"))
        self.assertEqual(skein(path)[0], 1)

    def test_exit_codes(self):
        self.assertEqual(skein("-e", "process.exit(7); console.log('no')"), (7, "", ""))
        self.assertEqual(skein("-e", "process.exitCode = 4")[0], 4)
        self.assertEqual(skein("-e", "throw 1")[0], 1)
        self.assertEqual(skein("-e", "try { process.exit(3) } finally { console.log('no') }"), (3, "", ""))

    def test_missing_file(self):
        code, _, error = skein("no/such/file.js")
        self.assertEqual(code, 1)
        self.assertIn("no/such/file.js", error)
        self.assertIn("no such file", error)

    def test_bad_options(self):
        for arguments in (["--no-such-option"], ["-e"], ["--heap-limit", "big"], ["--time-limit=0", "x"]):
            code, _, error = skein(*arguments)
            self.assertEqual(code, 9, arguments)
            self.assertTrue(error.startswith("skein: "), error)

    def test_syntax_error_shows_its_place(self):
        path = self.file("bad.js", "let x = 1;\n  let x = 2;\n")
        code, _, error = skein(path)
        self.assertEqual(code, 1)
        self.assertIn("bad.js:2:7", error)
        self.assertIn("  let x = 2;\n      ^", error)
        self.assertIn("SyntaxError: Identifier 'x' has already been declared", error)

    def test_source_that_is_no_file_is_shown_too(self):
        code, _, err = skein("-e", "let a\nlet b = a +* 2")
        self.assertEqual(code, 1)
        self.assertEqual(err, "[eval]:2:12\nlet b = a +* 2\n           ^\n\nSyntaxError: Unexpected token '*'\n    at [eval]:2:12\n")
        code, _, err = skein(stdin=b"throw new Error('x')")
        self.assertEqual((code, err.splitlines()[:3]), (1, ["[stdin]:1:7", "throw new Error('x')", "      ^"]))

    def test_worker_file_that_is_missing(self):
        program = "new (require('worker_threads').Worker)('./missing.js')"
        code, _, err = skein("-e", program)
        self.assertEqual(code, 1)
        self.assertIn("Cannot find module", err)
        self.assertIn("missing.js", err)
        handled = "w.on('error', (e) => console.log(e.message.includes('missing.js'))); w.on('exit', (c) => console.log(c))"
        self.assertEqual(skein("-e", f"const w = {program}; {handled}"), (0, "true\n1\n", ""))

    def profile(self, name):
        with open(os.path.join(self.folder.name, name), encoding="utf-8") as file:
            profile = json.load(file)
        nodes = {node["id"]: node for node in profile["nodes"]}
        self.assertEqual(len(profile["samples"]), len(profile["timeDeltas"]))
        self.assertEqual(sum(node["hitCount"] for node in nodes.values()), len(profile["samples"]))
        self.assertLessEqual(sum(profile["timeDeltas"]), profile["endTime"] - profile["startTime"])
        for node in nodes.values():
            self.assertLessEqual(set(node.get("children", [])), set(nodes))
        return {node["callFrame"]["functionName"]: node for node in nodes.values() if node["hitCount"] != 0}

    def test_cpu_profile(self):
        program = self.file("spin.js", """// One file for each agent.
const { Worker, isMainThread } = require("worker_threads");
function spinInMain() { for (let end = Date.now() + 100; Date.now() < end;); }
class Spinner {
  spinInWorker() { for (let end = Date.now() + 100; Date.now() < end;); }
}
if (isMainThread) { new Worker(__filename).on("exit", spinInMain); }
else { new Spinner().spinInWorker(); process.exit(3); }
""")
        options = ["--cpu-prof", "--cpu-prof-dir", self.folder.name, "--cpu-prof-name=it.cpuprofile", "--cpu-prof-interval", "500"]
        self.assertEqual(skein(*options, program), (0, "", ""))
        main, worker = self.profile("it.cpuprofile"), self.profile("it.1.cpuprofile")
        self.assertIn("(idle)", main)
        self.assertNotIn("spinInWorker", main)
        self.assertNotIn("spinInMain", worker)
        place = main["spinInMain"]["callFrame"]
        self.assertEqual((place["url"], place["lineNumber"]), ("file://" + os.path.realpath(program), 2))
        self.assertEqual([tick["line"] for tick in worker["spinInWorker"]["positionTicks"]], [5])

        self.assertEqual(skein("--cpu-prof", "--cpu-prof-dir=" + self.folder.name, "-e", "for (;;) process.exit()")[0], 0)
        self.assertTrue(any(name.startswith("CPU.") and name.endswith(".0.000.cpuprofile") for name in os.listdir(self.folder.name)))
        code, out, err = skein("--cpu-prof", "--cpu-prof-dir=" + self.folder.name + "/missing", "-p", "1")
        self.assertEqual((code, out), (0, "1\n"))
        self.assertRegex(err, "^skein: cannot write .*/missing/CPU[^ ]*: no such file or directory\n$")
        self.assertEqual(skein("--cpu-prof-interval", "0", "-p", "1")[0], 9)

    def test_opcode_statistics(self):
        code, out, err = skein("--opcode-stats", "-p", "let sum = 0; for (let i = 0; i < 1000; i++) sum += i; sum")
        if code == 9:
            self.assertEqual((out, err), ("", "skein: --opcode-stats: this build does not count instructions; builds for debugging do\n"))
            return
        self.assertEqual((code, out), (0, "499500\n"))
        self.assertGreater(int(err.split(" instructions\n")[0]), 3000)
        self.assertRegex(err, r"\n +10\d\d +\d+\.\d\d %  add")

    def test_truncated_utf8(self):
        path = self.file("cut.js", b"console.log('a\xe2\x82')")
        code, out, _ = skein(path)
        self.assertEqual((code, out), (0, "a\ufffd\n"))

    def test_a_reader_that_is_gone(self):
        done = subprocess.run(f"{shlex.join(SKEIN)} -e 'for (let i = 0; i < 1e5; i++) console.log(i)' | head -1",
                              shell=True, capture_output=True, timeout=60)
        self.assertEqual(done.stdout, b"0\n")


unittest.main(argv=sys.argv[:1], verbosity=0)
