// A suite's own harness, once, from its first line to its last; it checks its results itself and throws.
(() => {
  const elapsed = benchClock.start();
  benchModules("harness");
  benchReport({ result: "", ms: elapsed(), calls: 1, clock: benchClock.unit });
})();
