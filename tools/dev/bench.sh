# ./dev bench: measures Skein beside the engines that are installed, by bench/run (see bench/README.md). The
# release binary is built unless the options name another. Where pages of Chromium are asked for, they get what they
# need: the browser, the wasm build, and the packages of npm that it is compared with.

wasm_peers="quickjs-emscripten@0.32.0 quickjs-wasi@3.6.2"

run_bench() {
  local argument build=yes wasm=yes modules=yes pages=no peers="$XDG_CACHE_HOME/skein/bench/node_modules"
  need node=nodejs python3=python3
  for argument in "$@"; do
    case $argument in
      -h | --help) exec "$root/bench/run" --help ;;
      --skein | --skein=*) build=no ;;
      --skein-wasm | --skein-wasm=*) wasm=no ;;
      --modules | --modules=*) modules=no ;;
      --chromium | *-chromium*) pages=yes ;;
    esac
  done
  [ ! -e "$root/node_modules" ] || modules=no
  if [ $build = yes ]; then
    build_program release skein
    case ${1:-} in embedding | all) compile release skein-bench-embedding || fail "the build failed" ;; esac
    set -- "$@" --skein "$(program_path)"
  fi
  if [ $pages = yes ]; then
    need chromium=chromium npm=npm
    [ $wasm = no ] || build_wasm
    [ $modules = no ] || [ -e "$peers" ] || install_wasm_peers "${peers%/*}"
  fi
  [ $modules = no ] || [ ! -e "$peers" ] || set -- "$@" --modules "$peers"
  exec "$root/bench/run" "$@"
}

# For Node and for pages.
build_wasm() {
  [ -e "$root/build/wasm/build.ninja" ] || configure wasm -DSKEIN_TESTS=OFF
  compile wasm skein_cli skein_module skein_wrapper || fail "the build failed"
}

# install_wasm_peers FOLDER
install_wasm_peers() {
  mkdir -p "$1"
  # Unquoted: a word each.
  npm install --prefix "$1" --no-save --no-audit --no-fund --loglevel=error $wasm_peers >&2 ||
    fail "the engines to compare with could not be installed"
}
