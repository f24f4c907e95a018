// Waits that end are none: by time, by notification, by termination; whoever waits last must look right.
// expect: 20000 handovers
// expect: timed-out
// expect: done
const { Worker } = require("worker_threads");
const words = new Int32Array(new SharedArrayBuffer(8));
const pass = (me) => `
  const { workerData: words, parentPort } = require("worker_threads");
  for (let i = 0; i < 10000; i++) {
    while (Atomics.load(words, 0) !== ${me}) Atomics.wait(words, 0, ${1 - me});
    words[1]++;
    Atomics.store(words, 0, ${1 - me});
    Atomics.notify(words, 0);
  }`;
const ends = [0, 1].map((me) => new Promise((resolve) => new Worker(pass(me), { eval: true, workerData: words }).on("exit", resolve)));
Promise.all(ends).then(async () => {
  console.log(words[1], "handovers");
  console.log(Atomics.wait(words, 1, words[1], 30));
  const stuck = new Worker("require('worker_threads').parentPort.postMessage(0); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)", { eval: true });
  stuck.once("message", () => setTimeout(async () => { await stuck.terminate(); console.log("done"); }, 20));
});
