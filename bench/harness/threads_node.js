// Threads as Node and Skein have them, in the few words that the programs of bench/workers use. A line is a worker or,
// in a worker, the way to its parent; messages(line) gives a function that gives a promise of the next message.
const benchThreads = (() => {
  const { Worker, isMainThread, parentPort, workerData } = require("worker_threads");
  const fs = require("fs");
  const port = (side) => ({
    post: (value, transfer) => side.postMessage(value, transfer),
    receive: (listener) => { side.on("message", listener); },
    ignore: () => side.removeAllListeners("message"),
  });
  return {
    isMain: isMainThread,
    transfers: true,
    start(role, data) {
      const worker = new Worker(__filename, { workerData: { role, data } });
      worker.on("error", (error) => { benchReport({ error: String(error) }); process.exit(1); });
      const ended = new Promise((resolve) => worker.on("exit", resolve));
      return { ...port(worker), stop: () => { worker.terminate(); return ended; } };
    },
    // In a worker: what it was started as, and its end of the line.
    enter(roles) { roles[workerData.role](port(parentPort), workerData.data); },
    readText: (path) => fs.readFileSync(path, "utf8"),
    exit: (code) => process.exit(code),
  };
})();

const messages = (line) => {
  const waiting = [], early = [];
  line.receive((value) => { if (waiting.length) waiting.shift()(value); else early.push(value); });
  return () => (early.length ? Promise.resolve(early.shift()) : new Promise((resolve) => waiting.push(resolve)));
};
