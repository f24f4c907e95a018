#!/usr/bin/env python3
"""No function of a module is larger than engines still optimise.

JavaScriptCore never optimises a body over 100,000 bytes, and others take long; the interpreter's loop is
one function and must stay well below.

usage: largest_function.py MODULE.wasm LIMIT
"""
import pathlib
import sys

CODE_SECTION = 10


def read_leb128(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at


def body_sizes(data):
    at = 8  # behind the magic number and the version
    while at < len(data):
        section = data[at]
        size, at = read_leb128(data, at + 1)
        if section == CODE_SECTION:
            count, at = read_leb128(data, at)
            for _ in range(count):
                size, at = read_leb128(data, at)
                yield size
                at += size
            return
        at += size


def main():
    path, limit = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    data = path.read_bytes()
    if data[:4] != b"\0asm":
        sys.exit(f"{path} is not a WebAssembly module")
    sizes = sorted(body_sizes(data), reverse=True)
    print(f"{path.name}: {len(data)} bytes, {len(sizes)} functions, the largest {sizes[:5]} bytes")
    sys.exit(1 if sizes[0] > limit else 0)


if __name__ == "__main__":
    main()
