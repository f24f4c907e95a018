#!/usr/bin/env python3
"""Installs the embedding library and builds a project that uses only what was installed: by find_package,
against the static and the shared library, and by pkg-config. Of a wasm build, against the static one under Node.

usage: install_test.py CMAKE BUILD_FOLDER CONSUMER_FOLDER CXX
       install_test.py CMAKE BUILD_FOLDER CONSUMER_FOLDER TOOLCHAIN_FILE NODE
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile


def run(*command, env=None):
    result = subprocess.run([str(word) for word in command], capture_output=True, text=True, env=env)
    if result.returncode != 0:
        print(f"failed: {' '.join(map(str, command))}\n{result.stdout[-4000:]}{result.stderr[-4000:]}")
        sys.exit(1)
    return result.stdout


def main_wasm(cmake, build, consumer, toolchain, node):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        run(cmake, "--install", build, "--prefix", folder / "prefix", "--component", "embedding")
        package = next(folder.glob("prefix/**/SkeinConfig.cmake")).parent
        # The program uses exceptions, which Emscripten leaves out by default, and blocks in main().
        run(cmake, "-S", consumer, "-B", folder / "out", "-G", "Ninja", f"-DSkein_DIR={package}", f"-DCMAKE_TOOLCHAIN_FILE={toolchain}",
            "-DCMAKE_CXX_FLAGS=-Wall -Wextra -fexceptions",
            "-DCMAKE_EXE_LINKER_FLAGS=-fexceptions -sPROXY_TO_PTHREAD -sEXIT_RUNTIME -sENVIRONMENT=node,worker")
        run(cmake, "--build", folder / "out")
        print(run(node, folder / "out/consumer.js"), run(node, folder / "out/consumer_c.js"), sep="", end="")
    return 0


def main(cmake, build, consumer, compiler):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        prefix = folder / "moved here"
        run(cmake, "--install", build, "--prefix", folder / "prefix", "--component", "embedding")
        (folder / "prefix").rename(prefix)  # the package is relocatable
        library = next(prefix.glob("**/libskein.so")).parent
        leaked = [line for line in run("nm", "-DC", "--defined-only", library / "libskein.so").splitlines()
                  if " skein::api::" not in line and " skein_" not in line]
        if leaked:
            print("the shared library shows more than the API:", *leaked[:10], sep="\n")
            return 1
        for shared in ("OFF", "ON"):
            out = folder / f"shared-{shared}"
            run(cmake, "-S", consumer, "-B", out, "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={prefix}", f"-DBUILD_SHARED_LIBS={shared}",
                f"-DCMAKE_CXX_COMPILER={compiler}", "-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Werror")
            run(cmake, "--build", out)
            print(run(out / "consumer"), run(out / "consumer_c"), sep="", end="")
        if shutil.which("pkg-config"):
            env = dict(os.environ, PKG_CONFIG_PATH=str(library / "pkgconfig"), LD_LIBRARY_PATH=str(library))
            flags = run("sh", "-c", "pkg-config --cflags --libs skein", env=env).strip()
            run("sh", "-c", f"{compiler} -std=c++20 '{consumer}/main.cpp' -o '{folder}/by-pkg-config' -pthread {flags}", env=env)
            print(run(folder / "by-pkg-config", env=env), end="")
    return 0


sys.exit((main_wasm if len(sys.argv) == 6 else main)(*sys.argv[1:]))
