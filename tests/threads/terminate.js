// expect: busy 1
// expect: finally 1
// expect: waiting 1
// expect: nested 1
// expect: idle 1
const { Worker } = require("worker_threads");
const programs = {
  busy: "parentPort.postMessage(0); for (;;) {}",
  finally: "parentPort.postMessage(0); for (;;) { try { for (;;) {} } catch {} finally { for (;;) {} } }",
  waiting: "parentPort.postMessage(0); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);",
  nested: "const { Worker } = require('worker_threads'); new Worker('for(;;){}', { eval: true }).on('online', () => parentPort.postMessage(0));",
  idle: "parentPort.on('message', () => {}); parentPort.postMessage(0);",
};
(async () => {
  for (const [name, code] of Object.entries(programs)) {
    const worker = new Worker("const { parentPort } = require('worker_threads'); " + code, { eval: true });
    await new Promise((resolve) => worker.once("message", resolve));
    console.log(name, await worker.terminate());
  }
})();
