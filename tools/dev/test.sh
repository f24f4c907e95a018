# ./dev test: all that CI checks. Every phase is a preset and the ctest labels that it runs; a suite
# joins by labelling its tests (unit, js, threads, embedding, cli, hostile, test262, sample, stress,
# layering, browser).

phases="native asan tsan gc-stress wasm browser"

phase_preset() {
  case $1 in
    native) echo release ;;
    browser) echo wasm ;;
    *) echo "$1" ;;
  esac
}

# The labels of a phase, as a regular expression for ctest. The sanitizers and the stress build are
# many times slower: they get what they are good at.
phase_labels() {
  case $1 in
    native) echo 'unit|layering|js|cli|threads|embedding|hostile|test262' ;;
    asan) echo 'unit|js|threads|embedding|sample' ;;
    tsan) echo 'threads' ;;
    gc-stress) echo 'stress|sample' ;;
    wasm) echo 'unit|js|threads|embedding|package' ;;
    browser) echo 'browser' ;;
  esac
}

# What a phase builds: the two that run little build little.
phase_targets() {
  case $1 in
    tsan) echo 'skein skein-test262 skein_threading_test skein_platform_test skein_embedding_test skein_embedding_c_test' ;;
    gc-stress) echo 'skein skein-test262 skein_gc_test skein_runtime_test skein_builtins_test skein_interpreter_test skein_embedding_test' ;;
    *) echo all ;;
  esac
}

run_test() {
  local chosen=$phases filter='' phase failed=0 results
  while [ $# -gt 0 ]; do
    case $1 in
      --phase) chosen=${2:?--phase wants a name}; shift ;;
      -*) fail "./dev test: unknown option $1" ;;
      *) filter=$1; chosen=native ;;
    esac
    shift
  done
  need python3=python3 node=nodejs
  results=$(mktemp -d)
  trap "rm -rf '$results'" EXIT
  for phase in $chosen; do
    run_phase "$phase" "$filter" "$results" || failed=1
  done
  python3 "$root/tools/dev/summary.py" --total "$results"/*.xml || failed=1
  return $failed
}

# run_phase NAME FILTER RESULTS  Builds, tests and sums up in one line.
run_phase() {
  local phase=$1 filter=$2 results=$3 preset start=$SECONDS built log="$3/$1.log" status=0
  preset=$(phase_preset "$phase")
  case $phase in browser) need chromium=chromium ;; esac
  if ! { configure "$preset" -DSKEIN_TESTS=ON && compile "$preset" $(phase_targets "$phase"); }; then
    python3 "$root/tools/dev/summary.py" --broken "$phase" "$results/$phase.xml"
    say "$phase: the build failed ($((SECONDS - start)) s)"
    return 1
  fi
  built=$((SECONDS - start)) start=$SECONDS
  ctest --test-dir "$root/build/$preset" -L "^($(phase_labels "$phase"))\$" ${filter:+-R "$filter"} \
    -j "$cores" --output-on-failure --no-tests=ignore --output-junit "$results/$phase.xml" \
    --test-output-size-passed 100000 --test-output-truncation head >"$log" 2>&1 || status=$?
  [ $status = 0 ] || sed -n '/^The following tests FAILED/q;p' "$log" | failing_output >&2
  printf '%s: ' "$phase"
  python3 "$root/tools/dev/summary.py" "$results/$phase.xml"
  echo "  built in $built s, tested in $((SECONDS - start)) s"
  return $status
}

# Of ctest's log, what belongs to tests that did not pass.
failing_output() { awk '/Test +#[0-9]+: .*\*\*\*/ { show = 1 } / Passed +[0-9.]+ sec/ { show = 0 } show'; }
