// expect: { n: 1, list: [ 1, 2 ] } worker 7 false one,two v
// expect: transferred 4 detached true
// expect: online message exit 0
const { Worker, isMainThread, workerData, parentPort, setEnvironmentData, getEnvironmentData, threadName } = require("worker_threads");
if (isMainThread) {
  setEnvironmentData("seven", 7);
  const buffer = new ArrayBuffer(4);
  const worker = new Worker(__filename, { workerData: { data: { n: 1, list: [1, 2] }, buffer }, transferList: [buffer], name: "worker", argv: ["one", "two"], env: { K: "v" } });
  const events = [];
  worker.on("online", () => events.push("online"));
  worker.on("message", (text) => { events.push("message"); console.log(text, "detached", buffer.detached); });
  worker.on("exit", (code) => console.log(events.join(" "), "exit", code));
} else {
  console.log(workerData.data, threadName, getEnvironmentData("seven"), isMainThread, process.argv.slice(2).join(), process.env.K);
  parentPort.postMessage("transferred " + workerData.buffer.byteLength);
}
