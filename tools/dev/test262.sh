# ./dev test262: the conformance suite, by the runner in tests/test262. The suite itself is a checkout:
# $TEST262_DIR, or the cache, where it is cloned to. With --build wasm the native runner drives the wasm
# build under Node, and lists what is worse than natively.

run_test262() {
  local suite="${TEST262_DIR:-$XDG_CACHE_HOME/skein/test262}" revision build=release host=()
  if [ "${1:-}" = --build ]; then
    build=${2:?--build wants a preset}
    shift 2
  fi
  if [ ! -d "$suite/test" ]; then
    need git=git
    revision=$(cat "$root/tests/test262/revision" 2>/dev/null || echo main)
    say "cloning test262 ($revision) into $suite"
    git init -q "$suite" &&
      git -C "$suite" fetch -q --depth 1 https://github.com/tc39/test262 "$revision" &&
      git -C "$suite" checkout -q FETCH_HEAD ||
      fail "test262 cannot be cloned; put a checkout of tc39/test262 there, or name one in TEST262_DIR"
  fi
  configure release -DSKEIN_TESTS=ON
  compile release skein-test262 || fail "the build failed"
  case $build in
    release) ;;
    wasm)
      configure wasm -DSKEIN_TESTS=ON
      compile wasm skein-test262-host || fail "the build failed"
      host=(--host "node $root/build/wasm/tests/test262/skein-test262-host.js"
        --compare "$root/tests/test262/expectations.txt")
      ;;
    *) fail "./dev test262: --build release or --build wasm" ;;
  esac
  exec "$root/build/release/tests/test262/skein-test262" --test262 "$suite" "${host[@]}" "$@"
}
