// expect: copy undefined
// expect: shared seen by main
// expect: main seen by worker
// expect: 1 string false
// expect: own {"ONLY":"x"}
const { Worker, SHARE_ENV } = require("worker_threads");
const run = (code, options) => new Promise((resolve) => new Worker(code, { eval: true, ...options }).on("message", resolve));
(async () => {
  await run("process.env.FROM_COPY = 'x'; require('worker_threads').parentPort.postMessage(0)");
  console.log("copy", process.env.FROM_COPY);
  await run("process.env.FROM_SHARED = 'seen by main'; require('worker_threads').parentPort.postMessage(0)", { env: SHARE_ENV });
  console.log("shared", process.env.FROM_SHARED);
  process.env.FROM_MAIN = "seen by worker";
  console.log("main", await run("require('worker_threads').parentPort.postMessage(process.env.FROM_MAIN)", { env: SHARE_ENV }));
  process.env.NUMBER = 1;
  const seen = [process.env.NUMBER, typeof process.env.NUMBER];
  delete process.env.NUMBER;
  console.log(...seen, "NUMBER" in process.env);
  console.log("own", await run("require('worker_threads').parentPort.postMessage(JSON.stringify(process.env))", { env: { ONLY: "x" } }));
})();
