// Two agents, two locks, taken in different order.
// exit: 73
// expect-error: main: waits for the lock 'b'
// expect-error: worker 1 "WorkerThread": waits for the lock 'a'
const { Worker, locks } = require("worker_threads");
const worker = new Worker(`
  const { locks, parentPort } = require("worker_threads");
  locks.request("b", () => new Promise(() => {
    parentPort.once("message", () => locks.request("a", () => {}));
    parentPort.postMessage(0);
  }));`, { eval: true });
worker.once("message", () => locks.request("a", () => new Promise(() => {
  worker.postMessage(0);
  locks.request("b", () => {});
})));
