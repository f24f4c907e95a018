# ./dev test262: the conformance suite, by the runner in tests/test262. The suite itself is a checkout:
# $TEST262_DIR, or the cache, where it is cloned to.

run_test262() {
  local suite="${TEST262_DIR:-$XDG_CACHE_HOME/skein/test262}" revision
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
  exec "$root/build/release/tests/test262/skein-test262" --test262 "$suite" "$@"
}
