// A suite's own harness, from its first line to its last, anew until it is warm and then once; it checks its results
// itself and throws.
(() => {
  const warm = Date.now() + (benchOptions.warm || 0);
  while (Date.now() < warm) {
    benchModules("harness");
    benchModules.forget();
  }
  const elapsed = benchClock.start();
  benchModules("harness");
  benchReport({ result: "", ms: elapsed(), calls: 1, clock: benchClock.unit });
})();
