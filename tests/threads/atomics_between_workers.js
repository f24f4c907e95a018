// expect: 40000
// expect: woken ok
const { Worker, isMainThread, workerData, parentPort } = require("worker_threads");
if (isMainThread) {
  const memory = new Int32Array(new SharedArrayBuffer(16));
  let left = 4;
  for (let i = 0; i < 4; i++)
    new Worker(__filename, { workerData: { memory, job: "add" } }).on("exit", () => {
      if (--left !== 0) return;
      console.log(Atomics.load(memory, 0));
      const sleeper = new Worker(__filename, { workerData: { memory, job: "sleep" } });
      sleeper.on("message", (text) => console.log("woken", text));
      const poke = () => { if (Atomics.notify(memory, 1) === 0) setTimeout(poke, 1); };
      poke();
    });
} else if (workerData.job === "add") {
  for (let i = 0; i < 10000; i++) Atomics.add(workerData.memory, 0, 1);
} else {
  parentPort.postMessage(Atomics.wait(workerData.memory, 1, 0));
}
