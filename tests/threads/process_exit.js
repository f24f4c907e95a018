// exit: 9
// expect: exit 4
// expect: worker exit 6
const { Worker } = require("worker_threads");
process.on("exit", (code) => { console.log("exit", code); process.exitCode = 9; });
new Worker("process.on('exit', (code) => { process.exitCode = code + 1 }); process.exit(5)", { eval: true })
  .on("exit", (code) => { queueMicrotask(() => {}); globalThis.code = code; console.log = ((log) => (...x) => log(...x))(console.log); setTimeout(() => { order(code); }, 0); });
function order(code) {
  const log = console.log;
  console.log = (...texts) => { log(...texts); if (texts[0] === "exit") log("worker exit", code); };
  process.exit(4);
}
