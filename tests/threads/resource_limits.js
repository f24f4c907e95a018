// One worker is ended, not the process.
// expect: ERR_WORKER_OUT_OF_MEMORY true 1
// expect: {"maxYoungGenerationSizeMb":0,"maxOldGenerationSizeMb":32,"codeRangeSizeMb":0,"stackSizeMb":2}
// expect: ERR_WORKER_OUT_OF_MEMORY
// expect: shallow true
// expect: alive
const { Worker } = require("worker_threads");
const end = (code, resourceLimits) => new Promise((resolve) => {
  const worker = new Worker(code, { eval: true, resourceLimits });
  let seen;
  worker.on("error", (error) => seen = error);
  worker.on("message", (message) => seen = message);
  worker.on("exit", (code) => resolve([seen, code]));
});
(async () => {
  const [error, code] = await end("const a = []; for (;;) a.push(new Array(1000).fill(1));", { maxOldGenerationSizeMb: 32 });
  console.log(error.code, error instanceof Error, code);
  const [limits] = await end("const w = require('worker_threads'); w.parentPort.postMessage(w.resourceLimits)", { maxOldGenerationSizeMb: 32 });
  console.log(JSON.stringify(limits));
  const [external] = await end("const a = []; for (;;) a.push(new Uint8Array(1e6));", { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4 });
  console.log(external.code ?? external.message);
  const depth = "let n = 0; (function f() { n++; f(); })";
  const measure = "let n = 0; const f = () => { n++; JSON.parse('[1]', () => f()); }; try { f(); } catch {} require('worker_threads').parentPort.postMessage(n)";
  const [[small], [large]] = await Promise.all([end(measure, { stackSizeMb: 0.25 }), end(measure, { stackSizeMb: 4 })]);
  console.log("shallow", small * 1.5 < large);
  console.log("alive");
})();
