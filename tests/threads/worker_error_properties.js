// Errors keep what can be cloned of their own properties, and the name of their class.
// expect: MODULE_NOT_FOUND true
// expect: E42 {"a":[1]} undefined
// expect: Declined RangeError: 402 true
// expect: DOMException AbortError 20 gone true
const { Worker } = require("node:worker_threads");
const error = (source, options) => new Promise((resolve) => new Worker(source, options).on("error", resolve));
(async () => {
  const missing = await error("/nowhere/at/all.js");
  console.log(missing.code, missing instanceof Error);
  const own = await error("throw Object.assign(new Error('x'), { code: 'E42', details: { a: [1] }, f() {} })", { eval: true });
  console.log(own.code, JSON.stringify(own.details), own.f);
  const named = await error("class Declined extends RangeError {} throw new Declined('402')", { eval: true });
  console.log(named.name, RangeError.prototype.toString.call({ name: "RangeError", message: named.message }), named instanceof RangeError);
  const exception = await error("throw new DOMException('gone', 'AbortError')", { eval: true });
  console.log(exception.constructor.name, exception.name, exception.code, exception.message, exception.stack.startsWith("AbortError: gone"));
})();
