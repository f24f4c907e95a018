"""Pages of a headless Chromium, which is started for the first program and ends with this process."""
import json
import os
import subprocess
import tempfile


class Browser:
    """harness/chromium.mjs, asked for one program at a time. `folders` are what its pages may load."""

    def __init__(self, driver, folders):
        self._command = [*driver, *folders]
        self._process = None
        self._errors = None

    def run(self, module, path, timeout):
        """Runs the file by a module of harness/: a subprocess.CompletedProcess. Raises subprocess.TimeoutExpired."""
        told = self._ask({"module": f"/{module}", "file": path, "timeout": timeout})
        if told.get("late"):
            raise subprocess.TimeoutExpired(module, timeout)
        out, error = "\n".join(told.get("out", [])), told.get("problem") or "\n".join(told.get("error", []))
        return subprocess.CompletedProcess(module, told.get("code", 1), out, error)

    def _ask(self, request):
        if self._process is None:
            # In a process group of its own, so that Ctrl-C reaches it through the end of its input alone.
            self._errors = tempfile.TemporaryFile("w+")
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors, text=True,
                start_new_session=True)
        try:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if answer:
            return json.loads(answer)
        self._process.wait()
        self._process = None
        self._errors.seek(0)
        return {"problem": f"the browser ended: {self._errors.read().strip()[-400:]}"}


def program():
    """Where Chromium is, as tests/browser/chromium.mjs finds it, or None."""
    path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    return path if os.access(path, os.X_OK) else None
