// The sieve of Eratosthenes over one SharedArrayBuffer: the main thread finds the small primes, the
// workers strike out their multiples, each in a stretch of its own, and count what is left.
//   skein examples/primes.js [limit] [workers]
const { Worker, isMainThread, workerData } = require("worker_threads");

if (isMainThread) {
  const limit = Number(process.argv[2] ?? 2_000_000);
  const workers = Number(process.argv[3] ?? Math.min(4, navigator.hardwareConcurrency));
  const composite = new Uint8Array(new SharedArrayBuffer(limit + 1));
  const total = new Int32Array(new SharedArrayBuffer(4));
  const small = [];
  const root = Math.floor(Math.sqrt(limit));
  for (let n = 2; n <= root; n++) {
    if (composite[n]) continue;
    small.push(n);
    for (let m = n * n; m <= root; m += n) composite[m] = 1;
  }
  const stretch = Math.ceil((limit - root) / workers);
  let running = workers;
  for (let i = 0; i < workers; i++) {
    const from = root + 1 + i * stretch, to = Math.min(limit, root + (i + 1) * stretch);
    new Worker(__filename, { workerData: { composite, total, small, from, to } }).on("exit", () => {
      if (--running === 0) console.log(`${small.length + total[0]} primes up to ${limit}`);
    });
  }
} else {
  const { composite, total, small, from, to } = workerData;
  for (const p of small)
    for (let m = Math.max(p * p, Math.ceil(from / p) * p); m <= to; m += p) composite[m] = 1;
  let found = 0;
  for (let n = from; n <= to; n++) if (!composite[n]) found++;
  Atomics.add(total, 0, found);
}
