// However soon a worker ends, its messages arrive before its exit.
const { Worker, isMainThread, parentPort } = require("worker_threads");
const kWorkers = 200;

if (isMainThread) {
  (async () => {
    let early = 0;
    for (let i = 0; i < kWorkers; i++) {
      const events = [];
      const worker = new Worker(__filename);
      for (const name of ["online", "message", "exit"]) worker.on(name, () => events.push(name));
      await new Promise((resolve) => worker.on("exit", resolve));
      if (events.join() !== "online,message,message,exit") early++;
    }
    console.log(`${early} of ${kWorkers} ended before their messages`); // expect: 0 of 200 ended before their messages
  })();
} else {
  parentPort.postMessage(1);
  parentPort.postMessage(2);
}
