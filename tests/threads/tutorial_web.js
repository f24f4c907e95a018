// expect: Sum from worker: 15
// Main thread (main.js)
const worker = new Worker("tutorial_web_worker.js");
// Send data to the worker thread
worker.postMessage({ numbers: [1, 2, 3, 4, 5] });
// Receive results from the worker thread
worker.onmessage = (event) => {
console.log("Sum from worker:", event.data.sum);
};
