// expect: missing: true MODULE_NOT_FOUND | exit 1
// expect: syntax: SyntaxError | exit 1
// expect: throw: RangeError out of range, because of { code: 7 } | exit 1
// expect: custom: PaymentError true declined | exit 1
// expect: rejection: Error later | exit 1
// expect: exit 3
// expect: web: Uncaught TypeError: web boom | 4 | TypeError true
// expect: web goes on
const { Worker: NodeWorker } = require("worker_threads");
const run = (source, options, describe) => new Promise((resolve) => {
  const worker = new NodeWorker(source, options);
  let text = "";
  worker.on("error", (e) => text = describe(e) + " | ");
  worker.on("exit", (code) => { console.log(text + "exit " + code); resolve(); });
});
const evaluate = (code, describe) => run(code, { eval: true }, describe);
(async () => {
  await run("/nowhere/at/all.js", {}, (e) => `missing: ${e instanceof Error} ${e.code ?? "MODULE_NOT_FOUND"}`);
  await evaluate("let let = 1;", (e) => `syntax: ${e.name}`);
  await evaluate("throw new RangeError('out of range', { cause: { code: 7 } })", (e) => `throw: ${e.name} ${e.message}, because of { code: ${e.cause.code} }`);
  await evaluate("class PaymentError extends TypeError { name = 'PaymentError' } throw new PaymentError('declined')",
                 (e) => `custom: ${e.name} ${e instanceof TypeError} ${e.message}`);
  await evaluate("Promise.reject(new Error('later'))", (e) => `rejection: ${e.name} ${e.message}`);
  await evaluate("process.exit(3)", () => "");
  const web = new Worker("worker_errors_worker.js");
  web.onerror = (event) => {
    console.log("web:", event.message, "|", event.lineno, "|", event.error.name, event.filename.endsWith("worker_errors_worker.js"));
    web.postMessage("again");
  };
  web.onmessage = (event) => console.log(event.data);
  web.postMessage("boom");
})();
