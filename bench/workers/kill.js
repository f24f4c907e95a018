// How soon a worker is gone that never ends by itself: from terminate() to the news of its end, the 99th percentile.
const endless = {
  loop() { for (;;); },
  finally() { for (;;) { try { for (;;); } finally { continue; } } },
  wait() { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); },
  regexp() { /^(a+)+$/.test("a".repeat(40) + "b"); },
  sort() { for (let list = Array.from({ length: 1e6 }, (_, i) => i * 7919 % 1000003); ;) list.toSorted((a, b) => a - b); },
  json() { for (let text = JSON.stringify(Array.from({ length: 3e5 }, (_, i) => ({ i, text: "text " + i }))); ;) JSON.parse(text); },
};
const roles = { endless: (port, name) => { port.post(1); endless[name](); } };

async function main(threads) {
  const figures = {};
  for (const name in endless) {
    const times = [];
    for (let i = 0; i < benchOptions.kills; i++) {
      const worker = threads.start("endless", name);
      await messages(worker)();
      // Somewhere in it.
      await new Promise((resolve) => setTimeout(resolve, 5 + 37 * i % 50));
      const begin = benchNow();
      await worker.stop();
      times.push(benchNow() - begin);
    }
    figures["kill_" + name] = times.sort((a, b) => a - b)[Math.ceil(times.length * 0.99) - 1];
  }
  return figures;
}
