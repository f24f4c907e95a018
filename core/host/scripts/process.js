// The parts of https://nodejs.org/api/process.html that are script: events, the environment, standard input.
(function (native, use) {
"use strict";
const { EventEmitter } = use("emitter");

const emitter = new EventEmitter();
const methods = {};
for (const name of ["on", "once", "off", "addListener", "removeListener", "removeAllListeners", "prependListener", "prependOnceListener",
                    "emit", "listenerCount", "listeners", "rawListeners", "eventNames", "setMaxListeners", "getMaxListeners"])
  methods[name] = (...values) => {
    const result = emitter[name](...values);
    return result === emitter ? process : result;
  };

// Called by the host: an event of the process. True when somebody listened.
function notify(name, ...values) {
  if (name === "uncaughtException") {
    emitter.emit("uncaughtExceptionMonitor", ...values);
    if (capture) { capture(values[0]); return true; }
  }
  if (name === "unhandledRejection" && emitter.listenerCount(name) === 0) return notify("uncaughtException", values[0], "unhandledRejection");
  return emitter.emit(name, ...values);
}
let capture = null;
methods.setUncaughtExceptionCaptureCallback = (callback) => { capture = callback; };
methods.hasUncaughtExceptionCaptureCallback = () => capture !== null;
methods.emitWarning = (warning, options) => {
  const error = warning instanceof Error ? warning : Object.assign(new Error(String(warning)), { name: typeof options === "string" ? options : options?.type ?? "Warning" });
  queueMicrotask(() => { if (!emitter.emit("warning", error)) process.stderr.write(`(skein) ${error.name}: ${error.message}\n`); });
};

// The environment: one store for all agents that share it. The target is what console.log shows.
function makeEnvironment() {
  const target = {};
  let seen = -1;
  const sync = () => {
    const version = native.environmentVersion();
    if (version === seen) return;
    seen = version;
    for (const key of Object.keys(target)) delete target[key];
    const list = native.environment();
    for (let i = 0; i < list.length; i += 2) target[list[i]] = list[i + 1];
  };
  sync();
  return new Proxy(target, {
    get(_, key) { sync(); return target[key]; },
    has(_, key) { sync(); return key in target; },
    ownKeys() { sync(); return Reflect.ownKeys(target); },
    getOwnPropertyDescriptor(_, key) { sync(); return Reflect.getOwnPropertyDescriptor(target, key); },
    set(_, key, value) {
      if (typeof key === "symbol") throw new TypeError("Cannot convert a Symbol value to a string");
      native.setEnvironment(key, String(value));
      sync();
      return true;
    },
    defineProperty(_, key, descriptor) {
      if (!("value" in descriptor)) throw Object.assign(new TypeError("'process.env' does not accept an accessor descriptor"), { code: "ERR_INVALID_OBJECT_DEFINE_PROPERTY" });
      native.setEnvironment(String(key), String(descriptor.value));
      sync();
      return true;
    },
    deleteProperty(_, key) {
      if (typeof key === "string") native.setEnvironment(key, undefined);
      sync();
      return true;
    },
  });
}

function makeStdin() {
  const { Readable, readableFromPort } = use("streams");
  const port = native.isWorker ? use("worker_threads").stdinPort() : undefined;
  if (port) return Object.assign(readableFromPort(port), { fd: 0 });
  if (native.isWorker) {
    const stream = new Readable();
    stream.push(null);
    return Object.assign(stream, { fd: 0 });
  }
  // The process's own: a thread reads while somebody listens.
  let started = false;
  const stream = new Readable({
    read() {
      if (started) return;
      started = true;
      native.readStdin((chunk) => { stream.push(chunk); });
    },
  });
  return Object.assign(stream, { fd: 0, isTTY: native.stdinIsTerminal });
}

const makeExecArgv = () => native.isWorker ? use("worker_threads").execArgv() ?? [] : [];

return { methods, notify, makeEnvironment, makeStdin, makeExecArgv };
});
