#!/usr/bin/env bash
# usage: packages.sh PACKAGE...
# Installs what is missing of the named Debian packages, as root or through sudo. On another system it
# names them and fails.
set -euo pipefail

missing=()
for package in "$@"; do
  if [ "$package" = npm ] && command -v npm >/dev/null; then continue; fi
  if [ "$package" = nodejs ] && command -v node >/dev/null; then continue; fi
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

if ! command -v apt-get >/dev/null; then
  echo "not a Debian system: please install by hand what these packages hold: ${missing[*]}" >&2
  exit 1
fi
sudo=()
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null || { echo "missing, and neither root nor sudo: ${missing[*]}" >&2; exit 1; }
  sudo=(sudo)
fi
echo "installing Debian packages${sudo[*]:+ (with sudo)}: ${missing[*]}" >&2
install=("${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends -y)
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# The machine's package lists may be absent or stale: try first, refresh them if that fails.
"${install[@]}" "${missing[@]}" >"$log" 2>&1 ||
  { "${sudo[@]}" apt-get -qq update >"$log" 2>&1 && "${install[@]}" "${missing[@]}" >>"$log" 2>&1; } ||
  { tail -n 15 "$log" >&2; exit 1; }
