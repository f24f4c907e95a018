// https://nodejs.org/api/worker_threads.html
(function (native, use) {
"use strict";
const { MessagePort, MessageChannel } = use("ports");
const { initial, sharedData } = use("initial");

const SHARE_ENV = Symbol.for("nodejs.worker_threads.SHARE_ENV");
const checkPort = (port) => {
  if (!native.isPort(port)) throw Object.assign(new TypeError('The "port" argument must be a MessagePort instance'), { code: "ERR_INVALID_ARG_TYPE" });
};
const effectiveLimits = (limits) => ({
  maxYoungGenerationSizeMb: limits.maxYoungGenerationSizeMb ?? 0, maxOldGenerationSizeMb: limits.maxOldGenerationSizeMb ?? 0,
  codeRangeSizeMb: limits.codeRangeSizeMb ?? 0, stackSizeMb: limits.stackSizeMb ?? 2,
});

const first = initial();
const workerThreads = {
  MessageChannel, MessagePort, SHARE_ENV,
  isMainThread: !native.isWorker, isInternalThread: false, threadId: native.threadId, threadName: native.name,
  parentPort: native.port ?? null, workerData: first.workerData ?? null, resourceLimits: native.isWorker ? effectiveLimits(first.resourceLimits ?? {}) : {},
  receiveMessageOnPort(port) {
    checkPort(port);
    const box = native.portReceive(port);
    return box === undefined ? undefined : { message: box[0] };
  },
  moveMessagePortToContext(port) {
    checkPort(port);
    return port;
  },
  setEnvironmentData(key, value) {
    if (value === undefined) sharedData().delete(key);
    else sharedData().set(key, value);
  },
  getEnvironmentData(key) { return sharedData().get(key); },
  markAsUntransferable(object) { native.mark(object, "untransferable"); },
  isMarkedAsUntransferable(object) { return native.isMarked(object, "untransferable"); },
  markAsUncloneable(object) { native.mark(object, "uncloneable"); },
};
// Most workers start no others: what they do not look at is not loaded.
function later(name, script, property = name) {
  const put = (value) => Object.defineProperty(workerThreads, name, { value, writable: true, enumerable: true, configurable: true });
  Object.defineProperty(workerThreads, name, {
    get() { return put(use(script)[property])[name]; }, set: put, enumerable: true, configurable: true,
  });
}
later("Worker", "node_worker", "NodeWorker");
later("BroadcastChannel", "broadcast");
later("locks", "locks");
later("postMessageToThread", "node_worker");

return { workerThreads, SHARE_ENV, effectiveLimits, stdinPort: () => first.stdin, execArgv: () => first.execArgv };
});
