# ./dev bench: the script benchmarks with the release binary, by bench/run (see bench/README.md).

run_bench() {
  [ -x "$root/bench/run" ] || fail "bench/run is not there"
  need node=nodejs python3=python3
  build_program release skein
  exec "$root/bench/run" --skein "$(program_path)" "$@"
}
