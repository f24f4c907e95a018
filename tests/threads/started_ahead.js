// Workers become agents that were made ahead: each has its own name, data, arguments and clock, and runs what its file
// says now, however often the file was run before.
const { Worker, isMainThread, parentPort, threadId, threadName, workerData } = require("worker_threads");
const fs = require("fs");

const next = (worker) => new Promise((resolve) => worker.once("message", resolve));
const ended = (worker) => new Promise((resolve) => worker.once("exit", resolve));

async function main() {
  // One after the other, and all at once.
  let wrong = 0;
  const ask = async (i) => {
    const worker = new Worker(__filename, { workerData: { i }, name: "number " + i, argv: ["argument " + i], env: { I: String(i) } });
    const told = await next(worker);
    if (told.i !== i || told.name !== "number " + i || told.argument !== "argument " + i || told.env !== String(i)) wrong++;
    if (told.id !== worker.threadId || told.origin < begin || told.elapsed > 60000 || told.leaked !== "undefined") wrong++;
    await worker.terminate();
  };
  const begin = Date.now() - 1;
  for (let i = 0; i < 12; i++) await ask(i);
  await Promise.all(Array.from({ length: 12 }, (_, i) => ask(100 + i)));
  console.log(wrong); // expect: 0

  // The file changes between two runs.
  const file = `${process.env.TMPDIR ?? "/tmp"}/skein-started-ahead-${process.pid}.js`;
  const results = [];
  for (const text of ["1 + 1", "'a different text'", "1 + 1"]) {
    fs.writeFileSync(file, `require("worker_threads").parentPort.postMessage(${text})`);
    const worker = new Worker(file), end = ended(worker);
    results.push(await next(worker));
    await end;
  }
  console.log(JSON.stringify(results)); // expect: [2,"a different text",2]
  fs.writeFileSync(file, "throw new Error('from the file')");
  for (let i = 0; i < 2; i++) {
    const worker = new Worker(file), end = ended(worker);
    worker.on("error", (error) => console.log(error.message));
    await end;
  }
  // expect: from the file
  // expect: from the file
  fs.rmSync?.(file);

  // Limits of its own, and a worker that ends before it begins.
  const limited = new Worker(__filename, { workerData: { i: 7 }, resourceLimits: { maxOldGenerationSizeMb: 16 } });
  console.log((await next(limited)).i); // expect: 7
  await limited.terminate();
  await Promise.all(Array.from({ length: 20 }, () => new Worker(__filename, { workerData: { i: 0 } }).terminate()));

  // A worker of a worker, and one of the Web.
  const nested = new Worker(`const { Worker, parentPort } = require("worker_threads");
    new Worker("require('worker_threads').parentPort.postMessage('from below')", { eval: true }).on("message", (text) => parentPort.postMessage(text));`, { eval: true });
  console.log(await next(nested)); // expect: from below
  await nested.terminate();
  const web = new globalThis.Worker("data:text/javascript,postMessage(typeof require + ' ' + name)", { name: "web" });
  console.log(await new Promise((resolve) => { web.onmessage = (event) => resolve(event.data); })); // expect: function web
  web.terminate();
}

if (isMainThread) {
  main();
} else {
  const leaked = typeof globalThis.leak;
  globalThis.leak = true;
  parentPort.postMessage({ i: workerData.i, id: threadId, name: threadName, argument: process.argv[2], env: process.env.I, leaked,
                           origin: performance.timeOrigin, elapsed: performance.now() });
  parentPort.on("message", () => {});
}
