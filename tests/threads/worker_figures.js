// expect: busy true
// expect: idle true
// expect: cpu true
// expect: heap true
// expect: own true
// expect: ERR_WORKER_NOT_RUNNING
// expect: disposed -1
const { Worker } = require("worker_threads");
(async () => {
  let id;
  {
    await using worker = new Worker("const { parentPort } = require('worker_threads'); const end = Date.now() + 80; while (Date.now() < end); parentPort.on('message', () => {}); parentPort.postMessage(0);", { eval: true });
    await new Promise((resolve) => worker.once("message", resolve));
    const first = worker.performance.eventLoopUtilization();
    console.log("busy", first.utilization > 0.5 && first.active > 50);
    await new Promise((resolve) => setTimeout(resolve, 60));
    console.log("idle", worker.performance.eventLoopUtilization(first).utilization < 0.5);
    const { user } = await worker.cpuUsage();
    console.log("cpu", user > 1000);
    const heap = await worker.getHeapStatistics();
    console.log("heap", heap.used_heap_size > 0 && heap.total_heap_size >= heap.used_heap_size / 2);
    console.log("own", performance.eventLoopUtilization().idle > 0);
    id = worker;
  }
  await id.getHeapStatistics().catch((e) => console.log(e.code));
  console.log("disposed", id.threadId);
})();
