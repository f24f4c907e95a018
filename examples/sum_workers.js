// Sums 1 … N over several workers that share one SharedArrayBuffer: each adds up its own slice.
//   skein examples/sum_workers.js [numbers] [workers]
const { Worker, isMainThread, workerData, parentPort } = require("worker_threads");

if (isMainThread) {
  const count = Number(process.argv[2] ?? 1_000_000);
  const workers = Number(process.argv[3] ?? Math.min(4, navigator.hardwareConcurrency));
  const numbers = new Float64Array(new SharedArrayBuffer(count * 8));
  for (let i = 0; i < count; i++) numbers[i] = i + 1;

  const slice = Math.ceil(count / workers);
  const parts = Array.from({ length: workers }, (_, i) => new Promise((resolve, reject) => {
    const worker = new Worker(__filename, { workerData: { numbers, from: i * slice, to: Math.min(count, (i + 1) * slice) } });
    worker.on("message", resolve);
    worker.on("error", reject);
  }));
  Promise.all(parts).then((sums) => {
    console.log(`${workers} workers: ${sums.reduce((a, b) => a + b, 0)}`);
    console.log(`expected:  ${count * (count + 1) / 2}`);
  });
} else {
  const { numbers, from, to } = workerData;
  let sum = 0;
  for (let i = from; i < to; i++) sum += numbers[i];
  parentPort.postMessage(sum);
}
