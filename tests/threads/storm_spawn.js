// Spawn and terminate, again and again: memory does not grow. node: arguments: cycles (100).
// expect: cycles done
// expect: memory is flat
const { Worker } = require("worker_threads");
const cycles = Number(process.argv[2] ?? 100);
const sources = [
  "require('worker_threads').parentPort.postMessage(0); for (;;);",
  "require('worker_threads').parentPort.postMessage(0); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);",
  "const { parentPort } = require('worker_threads'); parentPort.on('message', () => {}); parentPort.postMessage(0);",
  "const { parentPort } = require('worker_threads'); parentPort.postMessage(0); const a = []; for (;;) { a.push({ a }); if (a.length > 1e5) a.length = 0; }",
];
(async () => {
  let start = 0;
  for (let i = 0; i < cycles; i++) {
    const worker = new Worker(sources[i % sources.length], { eval: true });
    if (i % 3 !== 0) await new Promise((resolve) => worker.once("message", resolve));
    await worker.terminate();
    if (i === cycles >> 1) start = process.memoryUsage().rss;
  }
  console.log("cycles done");
  const grown = process.memoryUsage().rss - start;
  console.log(grown < 16e6 ? "memory is flat" : `memory grew by ${grown} bytes`);
})();
