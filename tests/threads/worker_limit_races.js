// flags: --worker-limit 7
// expect: 4 started, 8 refused
// Workers that start workers at the same moment do not go beyond the limit together.
const { Worker } = require("worker_threads");
const gate = new Int32Array(new SharedArrayBuffer(4));
const code = `
  const { Worker, parentPort, workerData: gate } = require("worker_threads");
  let started = 0, refused = 0;
  parentPort.on("message", () => {});  // and so lives on, whatever it may start
  parentPort.postMessage("ready");
  Atomics.wait(gate, 0, 0);
  for (let i = 0; i < 4; ++i) {
    try {
      new Worker("require('worker_threads').parentPort.on('message', () => {})", { eval: true });
      ++started;
    } catch (error) {
      if (error.name === "QuotaExceededError") ++refused;
    }
  }
  parentPort.postMessage([started, refused]);
`;
let ready = 0, told = 0, started = 0, refused = 0;
for (let i = 0; i < 3; ++i) {
  new Worker(code, { eval: true, workerData: gate }).on("message", (message) => {
    if (message === "ready") {
      if (++ready === 3) {
        Atomics.store(gate, 0, 1);
        Atomics.notify(gate, 0);
      }
      return;
    }
    started += message[0];
    refused += message[1];
    if (++told < 3) return;
    console.log(`${started} started, ${refused} refused`);
    process.exit(0);
  });
}
