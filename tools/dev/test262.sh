# ./dev test262: the conformance suite, by the runner in tests/test262 (see its README).

run_test262() {
  [ -x "$root/tests/test262/run" ] || fail "tests/test262/run is not there"
  need python3=python3
  build_program release skein
  exec "$root/tests/test262/run" --skein "$(program_path)" "$@"
}
