// skein:pool: functions run by a set of workers that are kept warm.
//
//   import { Pool, run } from "skein:pool";
//   const sum = await run((a, b) => a + b, [1, 2]);
//   await using pool = new Pool({ size: 4, maxQueue: 100 });
//   await pool.run("./task.mjs", [input], { name: "resize", transfer: [input.buffer], signal });
//   for await (const result of pool.map(manyInputs, f)) …      // no more under way than workers can take
//
// A function goes by its source text: it sees its arguments and the globals of the worker, nothing else.
(function (native, use) {
"use strict";
const { onAbort } = use("abort");
const { workerThreads: { Worker } } = use("worker_threads");

// What a worker of a pool runs.
const workerCode = `(${function () {
  const { parentPort } = require("node:worker_threads");
  const functions = new Map(), modules = new Map();
  const find = async ({ source, path, name }) => {
    if (source !== undefined) {
      let found = functions.get(source);
      if (found === undefined) functions.set(source, found = (0, eval)("(" + source + ")"));
      return found;
    }
    let module = modules.get(path);
    if (module === undefined) modules.set(path, module = await import(path));
    const found = module[name] ?? module.default?.[name] ?? (name === "default" ? module.default : undefined);
    if (typeof found !== "function") throw new TypeError(`${path} exports no function '${name}'`);
    return found;
  };
  parentPort.on("message", async ({ task, args }) => {
    let reply;
    try {
      reply = { value: await (await find(task))(...args) };
    } catch (error) {
      reply = { error };
    }
    try {
      parentPort.postMessage(reply, reply.value instanceof ArrayBuffer ? [reply.value] : undefined);
    } catch (error) {
      parentPort.postMessage({ error });
    }
  });
}})()`;

const normalize = (task, name) => {
  if (typeof task === "function") {
    const source = Function.prototype.toString.call(task);
    if (/\{\s*\[native code\]\s*\}\s*$/.test(source)) throw new TypeError("Pool: a builtin function has no source to send");
    // Methods are functions only within an object.
    return { source: /^(async\s+)?(function\b|class\b|\(|[\p{ID_Start}$_][\p{ID_Continue}$]*\s*=>)/u.test(source) ? source : `{${source}}.${task.name}` };
  }
  const text = String(task?.href ?? task);
  return { path: native.resolve(text, true), name: name ?? "default" };
};

class Pool {
  #size; #maxQueue; #options; #idle = []; #busy = new Set(); #queue = []; #closed = false; #waiting = []; #finished = null;
  constructor({ size = native.hardwareConcurrency, maxQueue = Infinity, ...options } = {}) {
    if (!(size >= 1)) throw new RangeError("Pool: the size must be at least 1");
    if (!(maxQueue >= 0)) throw new RangeError("Pool: maxQueue must not be negative");
    this.#size = Math.floor(size);
    this.#maxQueue = maxQueue;
    this.#options = options;
  }
  get size() { return this.#size; }
  get queued() { return this.#queue.length; }
  get running() { return this.#busy.size; }
  get full() { return this.#queue.length >= this.#maxQueue && this.#busy.size >= this.#size; }

  // What the function returns. Rejects at once when the queue is full; see ready().
  run(task, args = [], { transfer = [], signal, name } = {}) {
    return new Promise((resolve, reject) => {
      if (this.#closed) throw new (use("dom_exception").DOMException)("The pool is closed", "InvalidStateError");
      signal?.throwIfAborted();
      if (this.full) throw new (use("dom_exception").DOMException)("The pool's queue is full", "QuotaExceededError");
      const job = { task: normalize(task, name), args: [...args], transfer, resolve, reject, worker: undefined, forget: undefined };
      if (signal) job.forget = onAbort(signal, (reason) => this.#abort(job, reason));
      this.#queue.push(job);
      this.#advance();
    });
  }
  // Resolves when run() will not find the queue full.
  ready() { return this.full ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve(); }
  // The results of a function for every item, in order, with at most `concurrency` under way.
  async *map(items, task, { concurrency = this.#size + 1, ...options } = {}) {
    const under_way = [];
    try {
      for await (const item of items) {
        const job = this.run(task, [item], options);
        job.catch(() => {});
        under_way.push(job);
        if (under_way.length >= concurrency) yield await under_way.shift();
      }
      while (under_way.length) yield await under_way.shift();
    } finally {
      await Promise.allSettled(under_way);
    }
  }
  // No more tasks; resolves when those accepted are done and the workers gone.
  close() {
    this.#closed = true;
    this.#finished ??= Promise.withResolvers();
    this.#settleClose();
    return this.#finished.promise;
  }
  // Ends the workers now; what is under way or queued is rejected.
  async destroy() {
    this.#closed = true;
    const error = new (use("dom_exception").DOMException)("The pool was destroyed", "AbortError");
    for (const job of this.#queue.splice(0)) this.#settle(job, () => job.reject(error));
    const workers = [...this.#idle, ...[...this.#busy].map((job) => job.worker)];
    for (const job of this.#busy) this.#settle(job, () => job.reject(error));
    this.#idle = [];
    this.#busy.clear();
    await Promise.all(workers.map((worker) => worker.terminate()));
    this.#settleClose();
  }
  async [Symbol.asyncDispose]() { await this.close(); }

  #advance() {
    while (this.#queue.length && this.#busy.size < this.#size) {
      const job = this.#queue.shift();
      const worker = job.worker = this.#idle.pop() ?? this.#start();
      worker.ref();
      worker.job = job;
      this.#busy.add(job);
      try {
        worker.postMessage({ task: job.task, args: job.args }, job.transfer);
      } catch (error) {
        this.#finish(job, () => job.reject(error));
      }
    }
    while (this.#waiting.length && !this.full) this.#waiting.shift()();
  }
  #start() {
    const worker = new Worker(workerCode, { name: "pool", ...this.#options, eval: true });
    worker.on("message", (reply) => {
      const { job } = worker;
      if (job) this.#finish(job, () => "error" in reply ? job.reject(reply.error) : job.resolve(reply.value));
    });
    worker.on("error", (error) => { worker.failure = error; });
    // A worker that died takes its task with it; the next task gets a new one.
    worker.on("exit", (code) => {
      this.#idle = this.#idle.filter((idle) => idle !== worker);
      const { job } = worker;
      worker.job = undefined;
      if (job && this.#busy.delete(job)) this.#settle(job, () => job.reject(worker.failure ?? Object.assign(new Error(`The worker ended with exit code ${code}`), { code: "ERR_WORKER_EXITED" })));
      this.#advance();
      this.#settleClose();
    });
    return worker;
  }
  #settle(job, settle) {
    job.forget?.();
    settle();
  }
  #finish(job, settle) {
    if (!this.#busy.delete(job)) return;
    const { worker } = job;
    worker.job = undefined;
    this.#idle.push(worker);
    worker.unref();
    this.#settle(job, settle);
    this.#advance();
    this.#settleClose();
  }
  #abort(job, reason) {
    const at = this.#queue.indexOf(job);
    if (at >= 0) {
      this.#queue.splice(at, 1);
      job.reject(reason);
      this.#advance();
    } else if (this.#busy.delete(job)) {
      job.worker.job = undefined;
      job.worker.terminate();
      job.reject(reason);
      this.#advance();
    }
    this.#settleClose();
  }
  #settleClose() {
    if (!this.#finished || this.#busy.size || this.#queue.length) return;
    const workers = this.#idle;
    this.#idle = [];
    Promise.all(workers.map((worker) => worker.terminate())).then(() => this.#finished.resolve());
  }
}

let shared;
const run = (task, args, options) => (shared ??= new Pool()).run(task, args, options);

return { pool: { Pool, run } };
});
