// Terminations at random moments: while cloning, waiting, collecting, starting children. Argument: rounds (60).
// expect: survived
const { Worker } = require("worker_threads");
const rounds = Number(process.argv[2] ?? 60);
const sources = [
  "const { parentPort } = require('worker_threads'); const g = []; for (let i = 0; i < 3000; i++) g.push({ i, next: g[i - 1] }); for (;;) parentPort.postMessage(g);",
  "for (;;) structuredClone(new Map([[1, new Array(2000).fill({ a: 'b' })]]));",
  "const w = new Int32Array(new SharedArrayBuffer(4)); for (;;) Atomics.wait(w, 0, 0, 1);",
  "const w = new Int32Array(new SharedArrayBuffer(4)); (async () => { for (;;) await Atomics.waitAsync(w, 0, 0, 1).value; })();",
  "const { Worker } = require('worker_threads'); for (let i = 0; i < 3; i++) new Worker('for (;;);', { eval: true });",
  "let keep = []; for (;;) { keep.push(new Array(100).fill(0)); if (keep.length > 20000) keep = []; }",
  "const { locks } = require('worker_threads'); (async () => { for (;;) await locks.request('storm', () => new Promise((r) => setTimeout(r, 1))); })();",
  "const c = new BroadcastChannel('storm'); c.onmessage = () => c.postMessage(1); setInterval(() => c.postMessage(0), 1);",
  "JSON.parse('[' + '[1],'.repeat(2e5) + '1]'); /(a+)+b/.test('a'.repeat(40));",
];
let seed = 11;
const random = () => (seed = seed * 1103515245 + 12345 & 0x7FFFFFFF) / 0x7FFFFFFF;
const one = async (i) => {
  const worker = new Worker(sources[i % sources.length], { eval: true });
  worker.on("error", (error) => { console.log("error", error); process.exitCode = 1; });
  await new Promise((resolve) => setTimeout(resolve, random() * 12));
  await worker.terminate();
};
(async () => {
  for (let i = 0; i < rounds; i += 3) await Promise.all([one(i), one(i + 1), one(i + 2)]);
  console.log("survived");
})();
