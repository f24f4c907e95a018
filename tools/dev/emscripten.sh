#!/usr/bin/env bash
# Prints the folder of an Emscripten that is new enough (the one that holds emcc), and gets one first
# where there is none: emsdk over the network, or else Debian's packages unpacked into a private
# prefix of the cache. Nothing is installed system-wide but patchelf.
# usage: emscripten.sh [--find-only]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/debian-archive.sh"

MINIMUM=6.0
EMSDK_PIN=6.0.5
PREFIX="$SKEIN_CACHE/emscripten"

say() { printf '%s\n' "$*" >&2; }

# Is there an emcc in folder $1, of a version that will do?
will_do() {
  local version
  [ -x "$1/emcc" ] && [ -r "$1/emscripten-version.txt" ] || return 1
  version=$(tr -d '"\n' <"$1/emscripten-version.txt")
  [ "$(printf '%s\n' "$MINIMUM" "$version" | sort -V | head -n 1)" = "$MINIMUM" ]
}

find_emscripten() {
  local emcc folder
  emcc=$(command -v emcc || true)
  for folder in "${EMSDK:+$EMSDK/upstream/emscripten}" "${emcc:+$(dirname "$(readlink -f "$emcc")")}" \
    "$PREFIX/emsdk/upstream/emscripten" "$PREFIX/debian/usr/share/emscripten"; do
    # The unpacked packages are ready once their configuration is written, the last step.
    case "$folder" in "$PREFIX"/debian/*) [ -e "$folder/.emscripten" ] || continue ;; esac
    if [ -n "$folder" ] && will_do "$folder"; then
      echo "$folder"
      return 0
    fi
  done
  return 1
}

install_emsdk() {
  local archive="https://github.com/emscripten-core/emsdk/archive/refs/tags/$EMSDK_PIN.tar.gz"
  curl -fsIL --connect-timeout 8 "$archive" >/dev/null 2>&1 || return 1
  say "emscripten: installing emsdk $EMSDK_PIN into $PREFIX/emsdk"
  rm -rf "$PREFIX/emsdk.new"
  mkdir -p "$PREFIX/emsdk.new"
  curl -fsSL "$archive" | tar xz --strip-components 1 -C "$PREFIX/emsdk.new" || return 1
  (cd "$PREFIX/emsdk.new" && ./emsdk install "$EMSDK_PIN" && ./emsdk activate "$EMSDK_PIN") >&2 || return 1
  rm -rf "$PREFIX/emsdk"
  mv "$PREFIX/emsdk.new" "$PREFIX/emsdk"
}

# The packages that Emscripten's own dependency line leads to, without the machine's own basics.
debian_packages() {
  local tools
  tools=$(private_apt sid apt-cache depends emscripten |
    sed -n 's/^ *Depends: \(\(clang\|lld\|llvm\)-[0-9]*\|binaryen\)$/\1/p')
  [ -n "$tools" ] || return 1
  echo emscripten
  # shellcheck disable=SC2086
  private_apt sid apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks \
    --no-replaces --no-enhances $tools | grep '^[a-z]' | sort -u |
    grep -Ev "^(python3?|perl|nodejs|debconf|dpkg|libpython|libperl|linux-libc|libc6-dev|libc-dev-bin|lib(gcc|stdc\\+\\+|objc)-[0-9]+-dev)"
}

install_debian() {
  local root="$PREFIX/debian.new" packages
  [ "$(uname -m)" = x86_64 ] || { say "emscripten: Debian's packages are only set up for x86-64 here"; return 1; }
  command -v apt-get >/dev/null || return 1
  "$here/packages.sh" patchelf npm >&2 || return 1
  packages=$(debian_packages) || { say "emscripten: the Debian archive cannot be read"; return 1; }
  say "emscripten: fetching $(echo "$packages" | wc -l) Debian packages into $PREFIX (no change to the system)"
  rm -rf "$root"
  mkdir -p "$root/packages"
  # shellcheck disable=SC2086
  (cd "$root/packages" && private_apt sid apt-get -qq download $packages >&2) || return 1
  for package in "$root"/packages/*.deb; do dpkg -x "$package" "$root"; done
  rm -rf "$root/packages"
  rm -rf "$PREFIX/debian"  # the paths below are absolute: patch in place
  mv "$root" "$PREFIX/debian"
  root="$PREFIX/debian"
  patch_programs "$root" && patch_emscripten "$root"
}

# The programs want the C library that they came with, not this machine's.
patch_programs() {
  local root=$1 libraries loader file
  libraries="$root/usr/lib/x86_64-linux-gnu"
  loader="$libraries/ld-linux-x86-64.so.2"
  say "emscripten: pointing the programs at their own C library"
  find "$root"/usr/lib/llvm-*/bin "$root"/usr/bin -type f -o -type l | while read -r file; do
    file=$(readlink -f "$file")
    is_elf "$file" || continue
    patchelf --set-interpreter "$loader" --force-rpath --set-rpath "$libraries" "$file" 2>/dev/null || true
  done
  find "$root/usr/lib" -type f -name '*.so*' | while read -r file; do
    case "$(basename "$file")" in libc.so* | ld-linux* | libm.so*) continue ;; esac
    is_elf "$file" || continue
    patchelf --force-rpath --set-rpath "$libraries" "$file" 2>/dev/null || true
  done
}

is_elf() { [ -f "$1" ] && [ "$(head -c 4 "$1" | tail -c 3)" = ELF ]; }

patch_emscripten() {
  local root=$1 emscripten="$1/usr/share/emscripten" llvm
  llvm=$(echo "$root"/usr/lib/llvm-*/bin)
  (cd "$emscripten" && npm install --silent --no-save --no-audit --no-fund acorn@8 acorn-import-phases@1) >&2 ||
    { say "emscripten: npm cannot fetch acorn"; return 1; }
  cat >"$emscripten/.emscripten" <<END
LLVM_ROOT = '$llvm'
BINARYEN_ROOT = '$root/usr'
NODE_JS = '$(command -v node)'
CACHE = '$PREFIX/system-libraries'
END
}

if find_emscripten; then exit 0; fi
if [ "${1:-}" = --find-only ]; then exit 1; fi
mkdir -p "$PREFIX"
exec 9>"$PREFIX/lock"
flock 9
find_emscripten >/dev/null || install_emsdk || install_debian || {
  say "No Emscripten >= $MINIMUM: none on PATH or in \$EMSDK, emsdk's releases cannot be reached, and neither
can a Debian archive through apt. Install emsdk (https://emscripten.org) and set EMSDK."
  exit 1
}
find_emscripten
