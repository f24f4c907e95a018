// skein:pool
// expect: 3
// expect: 0,1,4,9,16,25
// expect: transferred 0 16
// expect: from a module 8
// expect: TypeError not today
// expect: full QuotaExceededError
// expect: aborted AbortError
// expect: restarted ok
// expect: died ERR_WORKER_EXITED
// expect: after death 1
// expect: closed InvalidStateError
import { Pool, run } from "skein:pool";
console.log(await run((a, b) => a + b, [1, 2]));
{
  await using pool = new Pool({ size: 2, maxQueue: 2 });
  const results = [];
  for await (const result of pool.map([0, 1, 2, 3, 4, 5], (n) => n * n)) results.push(result);
  console.log(results.join());
  const buffer = new ArrayBuffer(16);
  const length = await pool.run((b) => b.byteLength, [buffer], { transfer: [buffer] });
  console.log("transferred", buffer.byteLength, length);
  console.log("from a module", await pool.run("./pool_module.mjs", [4], { name: "twice" }));
  await pool.run(async () => { throw new TypeError("not today"); }).catch((e) => console.log(e.name, e.message));
  const slow = () => new Promise((resolve) => setTimeout(resolve, 30));
  const running = [1, 2, 3, 4].map(() => pool.run(slow));
  await pool.run(slow).catch((e) => console.log("full", e.name));
  await pool.ready();
  await Promise.all(running);
  const controller = new AbortController();
  const endless = pool.run(() => { for (;;); }, [], { signal: controller.signal });
  setTimeout(() => controller.abort(), 20);
  await endless.catch((e) => console.log("aborted", e.name));
  console.log("restarted", await pool.run(() => "ok"));
  await pool.run(() => process.exit(3)).catch((e) => console.log("died", e.code));
  console.log("after death", await pool.run(() => 1));
  globalThis.pool = pool;
}
await globalThis.pool.run(() => 1).catch((e) => console.log("closed", e.name));
