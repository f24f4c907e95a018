// expect: Result: 55
// Node.js: Worker Threads
const { Worker, isMainThread, parentPort } = require("worker_threads");
if (isMainThread) {
const worker = new Worker(__filename);
worker.on("message", (msg) => {
console.log("Result:", msg); // 55
});
worker.postMessage(10);
} else {
parentPort.on("message", (n) => {
let sum = 0;
for (let i = 1; i <= n; i++) sum += i;
parentPort.postMessage(sum);
});
}
