// https://nodejs.org/api/worker_threads.html#workerpostmessagetothreadthreadid-value-transferlist-timeout
// expect: main got {"from":"worker"} from 1
// expect: worker said ok
// expect: ERR_WORKER_MESSAGING_SAME_THREAD
// expect: ERR_WORKER_MESSAGING_FAILED
// expect: ERR_WORKER_MESSAGING_FAILED
// expect: ERR_WORKER_MESSAGING_ERRORED
// expect: ERR_WORKER_MESSAGING_TIMEOUT
const { Worker, postMessageToThread, threadId } = require("worker_threads");
const handler = (value, source) => console.log("main got", JSON.stringify(value), "from", source);
process.on("workerMessage", handler);
const worker = new Worker(`
  const { parentPort, postMessageToThread, threadId } = require("worker_threads");
  postMessageToThread(0, { from: "worker" }).then(() => parentPort.postMessage("ok"));
  parentPort.on("message", (m) => {
    if (m === "throw") process.on("workerMessage", () => { throw new Error("no"); });
    if (m === "block") { parentPort.postMessage("blocking"); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300); }
    parentPort.postMessage("set");
  });
`, { eval: true });
const next = () => new Promise((resolve) => worker.once("message", resolve));
const code = (promise) => promise.then(() => "no error", (e) => e.code);
(async () => {
  console.log("worker said", await next());
  console.log(await code(postMessageToThread(threadId, 1)));
  console.log(await code(postMessageToThread(99, 1)));
  console.log(await code(postMessageToThread(worker.threadId, 1)));
  worker.postMessage("throw");
  await next();
  console.log(await code(postMessageToThread(worker.threadId, 1)));
  worker.postMessage("block");
  await next();
  console.log(await code(postMessageToThread(worker.threadId, 1, [], 20)));
  await worker.terminate();
})();
