// https://nodejs.org/api/worker_threads.html#class-worker, and what agents ask one another.
(function (native, use) {
"use strict";
const { EventEmitter } = use("emitter");
const { MessageChannel, transferOf } = use("ports");
const { launch, codeOf, environmentOf } = use("workers");
const { SHARE_ENV, effectiveLimits } = use("worker_threads");

const coded = (Constructor, code, message) => {
  const error = new Constructor(message);
  error.code = code;
  return error;
};
const kMegabyte = 1048576;
const limitNames = ["maxYoungGenerationSizeMb", "maxOldGenerationSizeMb", "codeRangeSizeMb", "stackSizeMb"];
function readLimits(given) {
  const limits = {};
  for (const name of limitNames) {
    const value = given?.[name];
    if (value !== undefined && typeof value !== "number")
      throw coded(TypeError, "ERR_INVALID_ARG_TYPE", `The property 'resourceLimits.${name}' must be of type number`);
    if (value > 0) limits[name] = value;
  }
  return limits;
}
function stringList(value, name) {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw coded(TypeError, "ERR_INVALID_ARG_TYPE", `The property 'options.${name}' must be an instance of Array`);
  return value.map(String);
}

// --- Questions to other agents, answered by a task of theirs ---
const questions = new Map();
let lastQuestion = 0;
function ask(threadId, kind, value, transfer) {
  return new Promise((resolve, reject) => {
    const number = ++lastQuestion;
    questions.set(number, { resolve, reject });
    if (!native.ask(threadId, kind, number, value, transfer)) settle(number, "gone");
  });
}
// status: "done", "gone" (the agent ended first), "refused" (nobody listened), "failed" (a listener threw)
function settle(number, status, value) {
  const question = questions.get(number);
  if (question === undefined) return;
  questions.delete(number);
  question.resolve({ status, value });
}
// A question from another agent.
function answer(value, source) {
  const { notify } = use("process");
  try {
    return notify("workerMessage", value, source) ? "done" : "refused";
  } catch {
    return "failed";
  }
}

class NodeWorker extends EventEmitter {
  #id; #port; #exit = Promise.withResolvers(); #exited = false; #stdin = null; #streams = [null, null]; #last = { idle: 0, active: 0 };
  #limits;
  constructor(filename, options = {}) {
    super();
    options ??= {};
    let code, path = filename;
    if (typeof filename !== "string" && typeof filename?.href !== "string")
      throw coded(TypeError, "ERR_INVALID_ARG_TYPE", 'The "filename" argument must be of type string or an instance of URL.');
    path = typeof filename === "string" ? filename : filename.href;
    if (options.eval) {
      if (typeof filename !== "string") throw coded(TypeError, "ERR_INVALID_ARG_VALUE", "The property 'options.eval' must be false when 'filename' is not a string.");
      [code, path] = [path, "[worker eval]"];
    } else if ((code = codeOf(path)) === undefined) {
      path = native.resolve(path, false);
    }
    const argv = stringList(options.argv, "argv");
    const limits = this.#limits = readLimits(options.resourceLimits);
    const transfer = transferOf(options.transferList) ?? [];
    const first = { workerData: options.workerData === undefined ? null : options.workerData };
    if (options.execArgv !== undefined) first.execArgv = stringList(options.execArgv, "execArgv");
    if (Object.keys(limits).length !== 0) first.resourceLimits = limits;
    if (options.stdin) {
      const { port1, port2 } = new MessageChannel();
      first.stdin = port2;
      transfer.push(port2);
      this.#stdin = use("streams").writableToPort(port1);
    }
    const { env } = options;
    if (env !== undefined && env !== null && env !== SHARE_ENV && typeof env !== "object")
      throw coded(TypeError, "ERR_INVALID_ARG_TYPE", 'The property \'options.env\' must be of type object, undefined, null, or worker_threads.SHARE_ENV.');
    const megabytes = (limits.maxOldGenerationSizeMb ?? 0) + (limits.maxYoungGenerationSizeMb ?? 0);
    const request = {
      kind: "node", path, code, name: String(options.name ?? "WorkerThread"), module: path.endsWith(".mjs") || (code !== undefined && path.startsWith("data:text/javascript")),
      argv: [path, ...argv], env: typeof env === "object" && env !== null ? environmentOf(env) : undefined, shareEnvironment: env === SHARE_ENV,
      heapLimit: megabytes * kMegabyte, stackSize: (limits.stackSizeMb ?? 0) * kMegabyte,
      captureOutput: Boolean(options.stdout), captureError: Boolean(options.stderr), initial: first,
    };
    ({ id: this.#id, port: this.#port } = launch(request, transfer, (...notice) => this.#notice(...notice),
      (kind, value) => { if (kind !== "close") this.emit(kind, value); }));
    if (options.stdout) this.#stream(0);
    if (options.stderr) this.#stream(1);
    this.threadName = request.name;
    if (options.trackUnmanagedFds !== undefined) this.trackUnmanagedFds = options.trackUnmanagedFds;
    this.performance = { eventLoopUtilization: (...marks) => this.#utilization(...marks) };
  }
  get threadId() { return this.#exited ? -1 : this.#id; }
  get resourceLimits() { return this.#exited ? {} : effectiveLimits(this.#limits); }
  get stdin() { return this.#stdin; }
  get stdout() { return this.#stream(0); }
  get stderr() { return this.#stream(1); }
  // Without the option, a copy of what is written from now on.
  #stream(index) {
    if (this.#streams[index] === null) {
      const { Readable } = use("streams");
      this.#streams[index] = new Readable();
      if (this.#exited) this.#streams[index].push(null);
      else native.watchOutput(this.#id, index);
    }
    return this.#streams[index];
  }
  postMessage(message, options) { native.portPost(this.#port, message, options === undefined ? undefined : transferOf(options)); }
  terminate() {
    if (this.#exited) return Promise.resolve(undefined);
    native.workerRef(this.#id, true);
    native.terminate(this.#id);
    return this.#exit.promise;
  }
  ref() { native.workerRef(this.#id, true); }
  unref() { native.workerRef(this.#id, false); }
  async getHeapStatistics() {
    const { status, value } = this.#exited ? { status: "gone" } : await ask(this.#id, "heap");
    if (status !== "done") throw coded(Error, "ERR_WORKER_NOT_RUNNING", "Worker instance not running");
    return value;
  }
  async cpuUsage(previous) {
    const figures = native.workerFigures(this.#id);
    if (figures === undefined) throw coded(Error, "ERR_WORKER_NOT_RUNNING", "Worker instance not running");
    // The system's share is not known apart.
    return { user: Math.round(figures[2] * 1000) - (previous?.user ?? 0), system: 0 - (previous?.system ?? 0) };
  }
  #utilization(first, second) {
    const figures = native.workerFigures(this.#id);
    if (figures !== undefined) this.#last = { idle: figures[0], active: figures[1] };
    else if (!first) return { idle: 0, active: 0, utilization: 0 };
    return utilization(this.#last, first, second);
  }
  async [Symbol.asyncDispose]() { await this.terminate(); }
  #notice(kind, value, ...rest) {
    if (kind === "output") return this.#streams[value]?.push(rest[0]);
    if (kind === "error" && rest[3] === "memory")
      value = coded(Error, "ERR_WORKER_OUT_OF_MEMORY", "Worker terminated due to reaching memory limit: JS heap out of memory");
    if (kind !== "exit") return this.emit(kind, value);
    this.#exited = true;
    for (const stream of this.#streams) stream?.push(null);
    this.#exit.resolve(value);
    this.emit("exit", value);
  }
}
Object.defineProperty(NodeWorker, "name", { value: "Worker" });

// https://nodejs.org/api/perf_hooks.html#performanceeventlooputilizationutilization1-utilization2
function utilization(now, first, second) {
  if (first && second) now = { idle: first.idle - second.idle, active: first.active - second.active };
  else if (first) now = { idle: now.idle - first.idle, active: now.active - first.active };
  const total = now.idle + now.active;
  return { idle: now.idle, active: now.active, utilization: total > 0 ? now.active / total : 0 };
}
const eventLoopUtilization = (first, second) => {
  const [idle, active] = native.ownFigures();
  return utilization({ idle, active }, first, second);
};

// https://nodejs.org/api/worker_threads.html#workerpostmessagetothreadthreadid-value-transferlist-timeout
async function postMessageToThread(threadId, value, transfer, timeout) {
  if (typeof transfer === "number" && timeout === undefined) [transfer, timeout] = [undefined, transfer];
  if (typeof threadId !== "number") throw coded(TypeError, "ERR_INVALID_ARG_TYPE", 'The "threadId" argument must be of type number');
  if (timeout !== undefined && !(timeout >= 0)) throw coded(RangeError, "ERR_OUT_OF_RANGE", 'The value of "timeout" is out of range');
  if (threadId === native.threadId) throw coded(Error, "ERR_WORKER_MESSAGING_SAME_THREAD", "Cannot sent a message to the same thread");
  const answered = ask(threadId, "message", value, transferOf(transfer) ?? []);
  let timer;
  const { status } = await (timeout === undefined ? answered : Promise.race([
    answered, new Promise((resolve) => { timer = setTimeout(resolve, timeout, { status: "late" }); })]));
  if (timer !== undefined) clearTimeout(timer);
  if (status === "late") throw coded(Error, "ERR_WORKER_MESSAGING_TIMEOUT", "Sending a message to another thread timed out");
  if (status === "failed") throw coded(Error, "ERR_WORKER_MESSAGING_ERRORED", "The destination thread threw an error while processing the message");
  if (status !== "done") throw coded(Error, "ERR_WORKER_MESSAGING_FAILED", "Cannot find the destination thread or listener");
}

return { NodeWorker, settle, answer, eventLoopUtilization, postMessageToThread };
});
