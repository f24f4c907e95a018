// Calls run() to warm up, once or for `warm` milliseconds, then in batches until the time asked for has passed; reports
// the mean time of a call. A batch takes some 20 ms, so that reading the clock is nothing beside it.
(() => {
  const report = (result, calls, elapsed) =>
    benchReport({ result: String(result), ms: elapsed / calls, calls, clock: benchClock.unit });
  const warm = Date.now() + (benchOptions.warm || 0);
  const batchOf = (milliseconds) => Math.min(1000, Math.max(1, Math.ceil(20 / Math.max(milliseconds, 0.02))));

  const runAsync = async (first) => {
    await first;
    while (Date.now() < warm) await run();
    const begin = Date.now();
    let result = await run(), calls = 0;
    const batch = batchOf(Date.now() - begin), elapsed = benchClock.start(benchOptions.time);
    for (;;) {
      for (let i = 0; i < batch; i++) result = await run();
      calls += batch;
      const now = elapsed();
      if (now >= benchOptions.time) return report(result, calls, now);
    }
  };

  const first = run();
  if (first !== null && typeof first === "object" && typeof first.then === "function") {
    runAsync(first).catch((error) => benchReport({ error: String(error) }));
    return;
  }
  while (Date.now() < warm) run();
  const begin = Date.now();
  let result = run(), calls = 0;
  const batch = batchOf(Date.now() - begin), elapsed = benchClock.start(benchOptions.time);
  for (;;) {
    for (let i = 0; i < batch; i++) result = run();
    calls += batch;
    const now = elapsed();
    if (now >= benchOptions.time) return report(result, calls, now);
  }
})();
