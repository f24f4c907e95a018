// What waits for an agent counts against its limit: who sends too much gets an error.
// flags: --heap-limit 64m
// expect: QuotaExceededError true
// expect: worker still works 3
const { Worker } = require("worker_threads");
const words = new Int32Array(new SharedArrayBuffer(4));
const worker = new Worker("const { parentPort, workerData } = require('worker_threads'); parentPort.postMessage('ready'); Atomics.wait(workerData, 0, 0); let n = 0; parentPort.on('message', (m) => { if (m === 'end') parentPort.postMessage(3); });",
                          { eval: true, workerData: words, resourceLimits: { maxOldGenerationSizeMb: 16 } });
const text = "x".repeat(1 << 20);
worker.once("message", () => {
  let sent = 0, error;
  try { for (; sent < 100; sent++) worker.postMessage(text); } catch (e) { error = e; }
  // What the worker has taken before it blocks counts no longer: at most once more the limit.
  console.log(error?.name, sent >= 10 && sent < 40);
  Atomics.store(words, 0, 1);
  Atomics.notify(words, 0);
  const again = setInterval(() => { try { worker.postMessage("end"); clearInterval(again); } catch {} }, 5);
  worker.on("message", (m) => { console.log("worker still works", m); worker.terminate(); });
});
