// A worker waits for what nobody will do, and its parent for the worker.
// exit: 73
// expect: waiting
// expect-error: skein: deadlock: all 2 agents wait, and nothing can wake them
// expect-error: main: waits for events
// expect-error: worker 1 "stuck": Atomics.wait at
// expect-error: index 1: expected 5, is 5
const { Worker } = require("worker_threads");
const words = new Int32Array(new SharedArrayBuffer(8));
words[1] = 5;
new Worker("const { workerData, parentPort } = require('worker_threads'); parentPort.postMessage('waiting'); setTimeout(() => Atomics.wait(workerData, 1, 5), 10);",
           { eval: true, name: "stuck", workerData: words }).on("message", console.log);
