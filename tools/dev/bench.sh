# ./dev bench: measures Skein beside the engines that are installed, by bench/run (see bench/README.md). The
# release binary is built unless the options name another, or ask for help only.

run_bench() {
  local argument build=yes
  for argument in "$@"; do
    case $argument in
      --skein | --skein=* | -h | --help) build=no ;;
    esac
  done
  need node=nodejs python3=python3
  if [ $build = yes ]; then
    build_program release skein
    case ${1:-} in embedding) compile release skein-bench-embedding || fail "the build failed" ;; esac
    set -- "$@" --skein "$(program_path)"
  fi
  exec "$root/bench/run" "$@"
}
