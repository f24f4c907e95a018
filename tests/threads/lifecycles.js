// Workers that come and go: started by others, terminated at any moment, ended by themselves, with
// ports and memory in transit. What is counted is what must not depend on the schedule.
// expect: terminated 24 of 24
// expect: exits 8 with code 8
// expect: relay 20
// expect: shared queue 400 of 400
// expect: nested 4
// expect: broadcast 4
// expect: late 0
const { Worker, workerData, parentPort, isMainThread, MessageChannel, BroadcastChannel, threadId } = require("worker_threads");
const exit_of = (worker) => new Promise((resolve) => worker.on("error", () => {}).on("exit", resolve));
const start = (job, data) => new Worker(__filename, { workerData: { job, data } });

const jobs = {
  // To be terminated wherever it is by then.
  spin: () => { parentPort.postMessage(0); for (let i = 0; ; i++) [i].concat(String(i)); },
  sleep: () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0),
  chat: () => { parentPort.on("message", (x) => parentPort.postMessage(x)); parentPort.postMessage(1); },
  starter: () => { for (let i = 0; i < 2; i++) start("chat"); },
  wait_async: () => { Atomics.waitAsync(new Int32Array(workerData.data), 0, 0).value.then(() => {}); setInterval(() => {}, 1); },
  timers: () => setInterval(() => setTimeout(() => {}, 0), 0),
  quit: () => { parentPort.postMessage("x".repeat(1000)); process.exit(8); },
  // Hands each port on to the next in line.
  relay: () => parentPort.on("message", ({ port, hops }) => {
    if (hops === 0) { port.postMessage("arrived"); port.close(); return parentPort.close(); }
    const next = start("relay");
    next.postMessage({ port, hops: hops - 1 }, [port]);
    parentPort.close();
  }),
  consume: () => {
    const { state, channel } = workerData.data;
    let taken = 0;
    channel.on("message", () => { if (++taken === 100) { channel.postMessage(taken); channel.close(); } Atomics.add(state, 0, 1); });
  },
  nested: () => {
    const { state, depth } = workerData.data;
    Atomics.add(state, 1, 1);
    if (depth > 1) start("nested", { state, depth: depth - 1 });
  },
  listen: () => {
    const channel = new BroadcastChannel("lifecycles");
    channel.onmessage = () => { Atomics.add(workerData.data, 2, 1); channel.close(); };
    parentPort.postMessage(threadId);
  },
};

async function main() {
  const state = new Int32Array(new SharedArrayBuffer(16));
  let ended = 0, started = 0;
  for (let round = 0; round < 4; round++) {
    const workers = ["spin", "sleep", "chat", "starter", "wait_async", "timers"].map((job) => start(job, state.buffer));
    started += workers.length;
    // Some at once, some while they start, some while they run.
    if (round > 0) await new Promise((resolve) => setTimeout(resolve, round * 5));
    for (const worker of workers) worker.postMessage({ round, memory: state });
    await Promise.all(workers.map(async (worker) => { if (typeof (await worker.terminate()) === "number") ended++; }));
  }
  console.log("terminated", ended, "of", started);

  const codes = await Promise.all(Array.from({ length: 8 }, () => exit_of(start("quit"))));
  console.log("exits", codes.length, "with code", codes.reduce((a, b) => a === b && a));

  let arrived = 0;
  await Promise.all(Array.from({ length: 20 }, (_, i) => new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel(), relay = start("relay");
    port1.on("message", () => arrived++).on("close", resolve);
    relay.postMessage({ port: port2, hops: i % 4 }, [port2]);
  })));
  console.log("relay", arrived);

  await Promise.all(Array.from({ length: 4 }, () => new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const worker = new Worker(__filename, { workerData: { job: "consume", data: { state, channel: port2 } }, transferList: [port2] });
    for (let i = 0; i < 100; i++) port1.postMessage({ i, memory: state, list: [i, { i }], bytes: new Uint8Array(i) });
    worker.on("exit", resolve);
  })));
  console.log("shared queue", state[0], "of 400");

  start("nested", { state, depth: 4 });
  while (Atomics.load(state, 1) < 4) await new Promise((resolve) => setTimeout(resolve, 1));
  console.log("nested", state[1]);

  const listeners = Array.from({ length: 4 }, () => start("listen", state));
  const ends = listeners.map(exit_of);
  await Promise.all(listeners.map((worker) => new Promise((resolve) => worker.once("message", resolve))));
  const channel = new BroadcastChannel("lifecycles");
  channel.postMessage("all");
  await Promise.all(ends);
  console.log("broadcast", state[2]);
  channel.close();

  // Left behind at the end of the program.
  for (let i = 0; i < 3; i++) start(["spin", "sleep", "timers"][i]).unref();
  console.log("late", 0);
}
if (isMainThread) main();
else jobs[workerData.job]();
