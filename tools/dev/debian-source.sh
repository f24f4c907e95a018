#!/usr/bin/env bash
# usage: debian-source.sh PACKAGE VERSION FILE
# Writes the upstream archive of a Debian source package to FILE. The suites roll, so every newer one
# is asked for that very upstream version.
set -euo pipefail
. "$(dirname "$0")/debian-archive.sh"

package=$1 version=$2 file=$3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
for suite in sid testing stable; do
  revision=$(private_apt $suite apt-cache showsrc --only-source "$package" |
    sed -n "s/^Version: \(${version//./\\.}-.*\)/\1/p" | head -n 1)
  [ -n "$revision" ] || continue
  private_apt $suite apt-get -qq source --download-only --only-source "$package=$revision" >&2
  mv "${package}_$version".orig.tar.gz "$file"
  exit 0
done
echo "no newer Debian suite has $package $version" >&2
exit 1
