// https://w3c.github.io/web-locks/
// expect: held a exclusive
// expect: null
// expect: result 7
// expect: shared 2
// expect: query [{"name":"q","mode":"exclusive"}] [{"name":"q","mode":"shared"}]
// expect: abort AbortError
// expect: stolen AbortError
// expect: NotSupportedError
// expect: worker has it
// expect: released by death
// expect: order 1 2 3
const { Worker, locks } = require("worker_threads");
console.assert(locks === navigator.locks);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
(async () => {
  const result = locks.request("a", async (lock) => {
    console.log("held", lock.name, lock.mode);
    await locks.request("a", { ifAvailable: true }, (lock) => console.log(lock));
    return 7;
  });
  console.log("result", await result);

  let most = 0, now = 0;
  const share = () => locks.request("s", { mode: "shared" }, async () => { most = Math.max(most, ++now); for (let i = 0; i < 100 && most < 2; i++) await pause(5); --now; });
  await Promise.all([share(), share()]);
  console.log("shared", most);

  let release;
  const held = locks.request("q", () => new Promise((resolve) => release = resolve));
  const pending = locks.request("q", { mode: "shared" }, () => {});
  await pause(1);
  const show = (list) => JSON.stringify(list.map(({ name, mode }) => ({ name, mode })));
  const state = await locks.query();
  console.log("query", show(state.held), show(state.pending));
  const controller = new AbortController();
  const aborted = locks.request("q", { signal: controller.signal }, () => console.log("never"));
  controller.abort();
  await aborted.catch((e) => console.log("abort", e.name));
  release();
  await Promise.all([held, pending]);

  const victim = locks.request("v", () => new Promise(() => {}));
  const stolen = victim.catch((e) => console.log("stolen", e.name));
  await pause(1);
  await locks.request("v", { steal: true }, () => {});
  await stolen;
  await locks.request("v", { steal: true, ifAvailable: true }, () => {}).catch((e) => console.log(e.name));

  const worker = new Worker("const { locks, parentPort } = require('worker_threads'); locks.request('w', () => { parentPort.postMessage(0); return new Promise(() => {}); }); setInterval(() => {}, 1000);", { eval: true });
  await new Promise((resolve) => worker.once("message", resolve));
  await locks.request("w", { ifAvailable: true }, (lock) => console.log(lock === null ? "worker has it" : "free"));
  const waiting = locks.request("w", () => console.log("released by death"));
  await worker.terminate();
  await waiting;

  const order = [];
  await Promise.all([1, 2, 3].map((n) => locks.request("o", async () => { await pause(3 - n); order.push(n); })));
  console.log("order", ...order);
})();
