// flags: --worker-limit 2
// expect: QuotaExceededError There are as many workers as the limit allows: 2
// expect: again
const { Worker } = require("worker_threads");
const start = () => new Worker("require('worker_threads').parentPort.on('message', () => {})", { eval: true });
const first = start(), second = start();
try { start(); } catch (error) { console.log(error.name, error.message); }
first.terminate().then(() => {
  second.terminate();
  start().terminate();
  console.log("again");
});
