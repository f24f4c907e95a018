# What the commands of ./dev share. `root` is the checkout.

export XDG_CACHE_HOME="${XDG_CACHE_HOME:-$HOME/.cache}"
cores=$(nproc 2>/dev/null || getconf _NPROCESSORS_ONLN)

say() { printf '%s\n' "$*" >&2; }
fail() { say "$@"; exit 1; }

program_path() { echo "$root/build/release/native/skein"; }

# need COMMAND=PACKAGE...  Installs the packages of the commands that are not there.
need() {
  local pair packages=()
  for pair in "$@"; do
    command -v "${pair%%=*}" >/dev/null || packages+=("${pair#*=}")
  done
  [ ${#packages[@]} -eq 0 ] || "$root/tools/dev/packages.sh" "${packages[@]}"
}

need_compiler() { need g++=g++ cmake=cmake ninja=ninja-build; }

# configure PRESET [OPTION...]  Configures a preset unless it is, with these options already.
configure() {
  local preset=$1 cache="$root/build/$1/CMakeCache.txt" option settled=yes
  shift
  need_compiler
  case $preset in wasm*) need node=nodejs npm=npm python3=python3 xz=xz-utils ;; esac
  [ -e "$root/build/$preset/build.ninja" ] || settled=no
  for option in "$@"; do
    option=${option#-D}
    grep -qs "^${option%%=*}:[A-Z]*=${option#*=}\$" "$cache" || settled=no
  done
  [ $settled = yes ] || (cd "$root" && cmake --preset "$preset" "$@" >/dev/null) ||
    fail "$preset does not configure"
}

# compile PRESET TARGET...  Says nothing where nothing is to be done.
compile() {
  local preset=$1
  shift
  ninja -C "$root/build/$preset" -j "$cores" "$@" 2>&1 | show_progress "$preset"
}

build_program() {
  # Tests would need GoogleTest; a checkout that has them keeps them.
  [ -e "$root/build/$1/build.ninja" ] || configure "$1" -DSKEIN_TESTS=OFF
  compile "$1" "$2" || fail "the build failed"
}

# Turns ninja's output into one line that is written over and over on a terminal, and into a line per
# tenth of the work elsewhere. What a failing step says is kept.
show_progress() {
  local line label=$1 done_steps total tenth=0 in_failure=no drawn=no
  while IFS= read -r line; do
    if [[ $line =~ ^\[([0-9]+)/([0-9]+)\]\ (.*) ]]; then
      done_steps=${BASH_REMATCH[1]} total=${BASH_REMATCH[2]}
      in_failure=no
      [ "$done_steps" != 0 ] || continue
      if [ -t 2 ]; then
        printf '\r\033[K%s: %s of %s  %.60s' "$label" "$done_steps" "$total" "${BASH_REMATCH[3]##*/}" >&2
        drawn=yes
      elif [ $((done_steps * 10 / total)) -gt $tenth ] && [ "$total" -gt 20 ]; then
        tenth=$((done_steps * 10 / total))
        say "$label: $done_steps of $total"
      fi
    elif [[ $line == FAILED:* ]]; then
      [ $drawn = no ] || printf '\r\033[K' >&2
      in_failure=yes
      say "$line"
    elif [[ ! $line =~ ^(ninja:|-- ) || $in_failure = yes ]]; then
      say "$line"
    fi
  done
  [ $drawn = no ] || printf '\r\033[K' >&2
}
