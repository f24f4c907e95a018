# ./dev doctor: what is there, what is missing, and which command would install it.

run_doctor() {
  echo "for ./dev run and ./dev build (Debian packages):"
  tell_command g++ g++ '--version'
  tell_command cmake cmake '--version'
  tell_command ninja ninja-build '--version'
  tell_optional ccache ccache 'makes rebuilding after a switch of branches quick'
  tell_optional ld.lld lld 'links faster'
  echo "for ./dev test, ./dev serve and the wasm build:"
  tell_command python3 python3 '--version'
  tell_command node nodejs '--version'
  tell_command npm npm '--version'
  tell_emscripten
  echo "for ./dev test --phase browser:"
  tell_command chromium chromium '--version'
  echo "libraries, in $XDG_CACHE_HOME/skein:"
  tell_libraries
  echo "Skein:"
  tell_builds
}

row() { printf '  %-12s %s\n' "$1" "$2"; }

tell_command() {
  if command -v "$1" >/dev/null; then
    row "$1" "$("$1" "$3" 2>/dev/null | head -n 1)"
  elif command -v apt-get >/dev/null; then
    row "$1" "missing; ./dev installs the Debian package $2 when it is needed"
  else
    row "$1" "missing; this is no Debian system, so please install it yourself (Debian calls it $2)"
  fi
}

tell_optional() {
  if command -v "$1" >/dev/null; then row "$1" "there; $3"; else row "$1" "not there, not needed; $3"; fi
}

tell_emscripten() {
  local folder
  if folder=$("$root/tools/dev/emscripten.sh" --find-only); then
    row emscripten "$(tr -d '"\n' <"$folder/emscripten-version.txt") in $folder"
  else
    row emscripten "missing; ./dev unpacks one into $XDG_CACHE_HOME/skein (about 600 MB) when it is needed"
  fi
}

tell_libraries() {
  local library built
  for library in icu abseil googletest benchmark; do
    built=$( (cd "$XDG_CACHE_HOME/skein/prefix" 2>/dev/null && ls -d "$library"-*/ 2>/dev/null || true) |
      sed -n 's/^[a-z]*-[0-9.]*-\(.*\)-[0-9a-f]*\/$/\1/p' | sort -u | paste -sd ' ')
    row $library "${built:-not built yet}"
  done
}

tell_builds() {
  local preset
  for preset in "$root"/build/*/build.ninja; do
    [ -e "$preset" ] || continue
    row "$(basename "$(dirname "$preset")")" "configured in ${preset%/build.ninja}"
  done
  if [ -x "$(program_path)" ]; then row skein "$(program_path)"; else row skein "not built yet: ./dev build"; fi
}
