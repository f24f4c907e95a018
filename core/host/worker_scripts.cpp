// The script side of events, ports and workers: the parts of the Web and Node interfaces whose semantics
// are about listeners, written in JavaScript over the natives of worker_natives.cpp. Evaluated when the
// first of its exports is asked for.
#include "core/host/worker_scope.h"

namespace skein {

const char* const kWorkerScript = R"js((function (native) {
"use strict";

// --- Events: https://dom.spec.whatwg.org/#events ---

let begin, isStopped, finish;

class Event {
  #type; #bubbles; #cancelable; #composed; #target = null; #current = null;
  #canceled = false; #stopped = false; #stoppedNow = false; #dispatching = false;
  #time = native.now();
  constructor(type, init = {}) {
    if (arguments.length === 0) throw new TypeError("Event: 1 argument required, but only 0 present");
    this.#type = String(type);
    this.#bubbles = Boolean(init?.bubbles);
    this.#cancelable = Boolean(init?.cancelable);
    this.#composed = Boolean(init?.composed);
  }
  get type() { return this.#type; }
  get target() { return this.#target; }
  get srcElement() { return this.#target; }
  get currentTarget() { return this.#current; }
  get bubbles() { return this.#bubbles; }
  get cancelable() { return this.#cancelable; }
  get composed() { return this.#composed; }
  get defaultPrevented() { return this.#canceled; }
  get returnValue() { return !this.#canceled; }
  get eventPhase() { return this.#dispatching ? 2 : 0; }
  get timeStamp() { return this.#time; }
  get isTrusted() { return false; }
  composedPath() { return this.#dispatching ? [this.#target] : []; }
  preventDefault() { if (this.#cancelable) this.#canceled = true; }
  stopPropagation() { this.#stopped = true; }
  stopImmediatePropagation() { this.#stopped = this.#stoppedNow = true; }
  static {
    begin = (event, target) => {
      if (event.#dispatching) throw new TypeError("The event is already being dispatched");
      event.#dispatching = true;
      event.#target = event.#current = target;
    };
    isStopped = (event) => event.#stoppedNow;
    finish = (event) => {
      event.#dispatching = event.#stopped = event.#stoppedNow = false;
      event.#current = null;
    };
  }
}
for (const [name, value] of [["NONE", 0], ["CAPTURING_PHASE", 1], ["AT_TARGET", 2], ["BUBBLING_PHASE", 3]])
  for (const object of [Event, Event.prototype]) Object.defineProperty(object, name, { value, enumerable: true });

class CustomEvent extends Event {
  #detail;
  constructor(type, init = {}) { super(type, init); this.#detail = init?.detail ?? null; }
  get detail() { return this.#detail; }
}

class MessageEvent extends Event {
  #data; #origin; #lastEventId; #source; #ports;
  constructor(type, init = {}) {
    super(type, init);
    this.#data = init?.data === undefined ? null : init.data;
    this.#origin = String(init?.origin ?? "");
    this.#lastEventId = String(init?.lastEventId ?? "");
    this.#source = init?.source ?? null;
    this.#ports = Object.freeze([...(init?.ports ?? [])]);
  }
  get data() { return this.#data; }
  get origin() { return this.#origin; }
  get lastEventId() { return this.#lastEventId; }
  get source() { return this.#source; }
  get ports() { return this.#ports; }
}
// What a listener is told: `undefined` stays undefined.
const messageEvent = (type, data, ports) => {
  const event = new MessageEvent(type, { data, ports });
  if (data === undefined) Object.defineProperty(event, "data", { value: undefined, configurable: true });
  return event;
};

class ErrorEvent extends Event {
  #message; #filename; #lineno; #colno; #error;
  constructor(type, init = {}) {
    super(type, init);
    this.#message = String(init?.message ?? "");
    this.#filename = String(init?.filename ?? "");
    this.#lineno = Number(init?.lineno ?? 0);
    this.#colno = Number(init?.colno ?? 0);
    this.#error = init?.error;
  }
  get message() { return this.#message; }
  get filename() { return this.#filename; }
  get lineno() { return this.#lineno; }
  get colno() { return this.#colno; }
  get error() { return this.#error; }
}

// --- Event targets: https://dom.spec.whatwg.org/#interface-eventtarget ---

const { EventTarget } = native;
const makeState = () => ({ listeners: new Map(), handlers: new Map(), changed: undefined, forward: undefined });
const scope = makeState();  // of the global object of a worker
function state(target) {
  if (target === undefined || target === null || target === globalThis) return scope;
  let found = native.state(target);
  if (found === undefined) {
    found = makeState();
    if (native.isPort(target)) found.changed = (count) => native.portRef(target, count !== 0);
    native.setState(target, found);
  }
  return found;
}
const count = (s, type) => s.listeners.get(type)?.length ?? 0;
function add(s, type, entry) {
  const list = s.listeners.get(type);
  if (list) list.push(entry);
  else s.listeners.set(type, [entry]);
  if (type === "message") s.changed?.(count(s, type));
}
function remove(s, type, entry) {
  const list = s.listeners.get(type);
  const at = list ? list.indexOf(entry) : -1;
  if (at < 0) return;
  entry.removed = true;
  list.splice(at, 1);
  if (list.length === 0) s.listeners.delete(type);
  if (type === "message") s.changed?.(count(s, type));
}
// What Node's listeners get instead of the event.
const payload = (event) => event instanceof MessageEvent ? event.data : event instanceof CustomEvent ? event.detail : event;
function dispatch(target, event) {
  const s = state(target);
  begin(event, target ?? globalThis);
  try {
    for (const entry of [...(s.listeners.get(event.type) ?? [])]) {
      if (entry.removed) continue;
      if (entry.once) remove(s, event.type, entry);
      try {
        const { callback } = entry;
        if (entry.node) callback.call(target, payload(event));
        else if (typeof callback === "function") callback.call(target ?? globalThis, event);
        else callback.handleEvent(event);
      } catch (error) {
        native.report(error);
      }
      if (isStopped(event)) break;
    }
  } finally {
    finish(event);
  }
  return !event.defaultPrevented;
}

const targetMethods = {
  addEventListener(type, callback, options) {
    if (callback === null || callback === undefined) return;
    if (typeof callback !== "function" && typeof callback !== "object")
      throw new TypeError("addEventListener: the listener must be a function or an object");
    const s = state(this);
    const capture = Boolean(typeof options === "object" ? options?.capture : options);
    type = String(type);
    for (const entry of s.listeners.get(type) ?? [])
      if (entry.callback === callback && entry.capture === capture) return;
    add(s, type, { callback, capture, once: Boolean(typeof options === "object" && options?.once), node: false, removed: false });
  },
  removeEventListener(type, callback, options) {
    const s = state(this);
    const capture = Boolean(typeof options === "object" ? options?.capture : options);
    type = String(type);
    for (const entry of s.listeners.get(type) ?? [])
      if (entry.callback === callback && entry.capture === capture) return remove(s, type, entry);
  },
  dispatchEvent(event) {
    if (!(event instanceof Event)) throw new TypeError("dispatchEvent: the argument must be an Event");
    return dispatch(this === undefined ? globalThis : this, event);
  },
};
const define = (object, properties) => {
  for (const key of Reflect.ownKeys(properties)) {
    const descriptor = Object.getOwnPropertyDescriptor(properties, key);
    descriptor.enumerable = typeof key === "string";
    Object.defineProperty(object, key, descriptor);
  }
};
const tag = (constructor, name) => Object.defineProperty(constructor.prototype, Symbol.toStringTag, { value: name, configurable: true });
define(EventTarget.prototype, targetMethods);

// https://html.spec.whatwg.org/multipage/webappapis.html#event-handler-attributes
function defineHandler(object, type, afterSet) {
  Object.defineProperty(object, "on" + type, {
    configurable: true,
    enumerable: true,
    get() { return state(this).handlers.get(type)?.value ?? null; },
    set(value) {
      const s = state(this);
      const target = this;
      let handler = s.handlers.get(type);
      if (typeof value !== "function" && (typeof value !== "object" || value === null)) {
        if (handler) { s.handlers.delete(type); remove(s, type, handler.entry); }
      } else if (handler) {
        handler.value = value;
      } else {
        handler = { value, entry: null };
        handler.entry = { once: false, node: false, removed: false, capture: false, callback(event) {
          if (typeof handler.value !== "function") return;
          const isGlobalError = type === "error" && s === scope && event instanceof ErrorEvent;
          const result = isGlobalError
            ? handler.value.call(globalThis, event.message, event.filename, event.lineno, event.colno, event.error)
            : handler.value.call(target ?? globalThis, event);
          if (result === isGlobalError && typeof result === "boolean") event.preventDefault();
        } };
        s.handlers.set(type, handler);
        add(s, type, handler.entry);
      }
      afterSet?.(this);
    },
  });
}

// --- Ports: https://html.spec.whatwg.org/multipage/web-messaging.html, and Node's additions ---

// The second argument of postMessage: a list, or options that have one.
function transferOf(options) {
  if (options === undefined || options === null) return [];
  if (typeof options !== "object") throw new TypeError("The transfer list must be an iterable or an options object");
  if (options[Symbol.iterator] !== undefined) return [...options];
  return options.transfer === undefined || options.transfer === null ? [] : [...options.transfer];
}

function MessagePort() { throw new TypeError("Illegal constructor"); }
Object.setPrototypeOf(MessagePort, EventTarget);
Object.defineProperty(MessagePort, "prototype", { value: native.portPrototype, writable: false });
Object.setPrototypeOf(MessagePort.prototype, EventTarget.prototype);
Object.defineProperty(MessagePort.prototype, "constructor", { value: MessagePort, writable: true, configurable: true });
// Listeners in Node's manner: they get the message, not the event.
const nodeTargetMethods = {
  on(type, callback) { return listenNode(this, type, callback, false); },
  once(type, callback) { return listenNode(this, type, callback, true); },
  off(type, callback) {
    const s = state(this);
    for (const entry of s.listeners.get(type) ?? [])
      if (entry.callback === callback) { remove(s, type, entry); break; }
    return this;
  },
  removeAllListeners(type) {
    const s = state(this);
    for (const name of type === undefined ? [...s.listeners.keys()] : [type])
      for (const entry of [...(s.listeners.get(name) ?? [])]) remove(s, name, entry);
    return this;
  },
  listenerCount(type) { return count(state(this), type); },
  eventNames() { return [...state(this).listeners.keys()]; },
  emit(type, argument) {
    const had = count(state(this), type) !== 0;
    dispatch(this, new CustomEvent(type, { detail: argument }));
    return had;
  },
};
function listenNode(target, type, callback, once) {
  if (typeof callback !== "function") throw new TypeError('The "listener" argument must be of type function');
  add(state(target), type, { callback, once, node: true, removed: false, capture: false });
  if (type === "message" && native.isPort(target)) native.portStart(target);
  return target;
}
nodeTargetMethods.addListener = nodeTargetMethods.on;
nodeTargetMethods.removeListener = nodeTargetMethods.off;
define(MessagePort.prototype, nodeTargetMethods);
define(MessagePort.prototype, {
  postMessage(message, options) { native.portPost(this, message, transferOf(options)); },
  start() { native.portStart(this); },
  close() {
    if (!native.portClose(this)) return;
    queueMicrotask(() => dispatch(this, new Event("close")));
  },
  ref() { native.portRef(this, true); },
  unref() { native.portRef(this, false); },
  hasRef() { return native.portHasRef(this); },
});
defineHandler(MessagePort.prototype, "message", (port) => native.portStart(port));
defineHandler(MessagePort.prototype, "messageerror");
defineHandler(MessagePort.prototype, "close");

function deliver(target, kind, value, ports) {
  dispatch(target, kind === "close" ? new Event("close") : messageEvent(kind, value, ports));
}
native.setDispatcher((port, kind, value, ports) => {
  const { forward } = state(port);
  if (forward) forward(kind, value, ports);
  else deliver(port, kind, value, ports);
});

class MessageChannel {
  #port1; #port2;
  constructor() { [this.#port1, this.#port2] = native.createChannel(); }
  get port1() { return this.#port1; }
  get port2() { return this.#port2; }
}

class BroadcastChannel extends EventTarget {
  #name; #port; #closed = false;
  constructor(name) {
    if (arguments.length === 0) throw new TypeError("BroadcastChannel: 1 argument required, but only 0 present");
    super();
    this.#name = String(name);
    this.#port = native.joinChannel(this.#name);
    state(this.#port).forward = (kind, value) => { if (!this.#closed) deliver(this, kind, value, []); };
    state(this).changed = (listeners) => { if (!this.#closed) native.portRef(this.#port, listeners !== 0); };
    native.portStart(this.#port);
  }
  get name() { return this.#name; }
  postMessage(message) {
    if (this.#closed) throw native.makeError("InvalidStateError", "The channel is closed", 11);
    native.broadcast(this.#port, this.#name, message);
  }
  close() {
    if (this.#closed) return;
    this.#closed = true;
    native.leaveChannel(this.#port, this.#name);
  }
  ref() { native.portRef(this.#port, true); return this; }
  unref() { native.portRef(this.#port, false); return this; }
}
defineHandler(BroadcastChannel.prototype, "message");
defineHandler(BroadcastChannel.prototype, "messageerror");

// --- Workers ---

// The code of a data: URL.
function decodeDataUrl(url) {
  const comma = url.indexOf(",");
  if (comma < 0) throw native.makeError("SyntaxError", "The data: URL is malformed", 12);
  const body = decodeURIComponent(url.slice(comma + 1));
  if (!/;base64$/i.test(url.slice(0, comma))) return body;
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  let bits = 0, width = 0, escaped = "";
  for (const c of body) {
    const digit = alphabet.indexOf(c);
    if (digit < 0) continue;
    bits = (bits << 6 | digit) & 0xFFFF;
    if ((width += 6) < 8) continue;
    width -= 8;
    escaped += "%" + (bits >> width & 0xFF).toString(16).padStart(2, "0");
  }
  return decodeURIComponent(escaped);
}
const environmentOf = (object) => Object.entries(object).flat().map(String);
// Starts a thread; its end of a new port goes with it. Returns the thread's number and our end.
function launch(request, transfer, notice) {
  const [here, there] = native.createChannel();
  request.port = there;
  request.initial.environmentData = environmentData;
  // Started first: a message that waits for the start would come behind the news of the worker's end.
  native.portStart(here);
  try {
    return { id: native.startWorker(request, transfer, notice), port: here };
  } catch (error) {
    native.portClose(here);
    throw error;
  }
}

// https://html.spec.whatwg.org/multipage/workers.html#dedicated-workers-and-the-worker-interface
class Worker extends EventTarget {
  #id; #port;
  constructor(url, options = {}) {
    if (arguments.length === 0) throw new TypeError("Worker: 1 argument required, but only 0 present");
    super();
    url = String(url);
    const type = String(options?.type ?? "classic");
    if (type !== "classic" && type !== "module") throw new TypeError(`Worker: '${type}' is not a worker type`);
    const isData = url.startsWith("data:");
    const request = {
      kind: "web", name: String(options?.name ?? ""), module: type === "module" || url.endsWith(".mjs"),
      path: isData ? url : native.resolve(url, true), code: isData ? decodeDataUrl(url) : undefined,
      argv: [], env: environmentOf(process.env), initial: {},
    };
    ({ id: this.#id, port: this.#port } = launch(request, [], (...notice) => this.#notice(...notice)));
    state(this.#port).forward = (kind, value, ports) => { if (kind !== "close") deliver(this, kind, value, ports); };
  }
  postMessage(message, options) { native.portPost(this.#port, message, transferOf(options)); }
  terminate() {
    native.portClose(this.#port);
    native.terminate(this.#id);
  }
  ref() { native.workerRef(this.#id, true); }
  unref() { native.workerRef(this.#id, false); }
  #notice(kind, error, message, filename, lineno, colno) {
    if (kind !== "error") return;
    const heard = count(state(this), "error") !== 0;
    dispatch(this, new ErrorEvent("error", { cancelable: true, message, filename, lineno, colno, error }));
    if (!heard) native.report(error);
  }
}
for (const type of ["message", "messageerror", "error"]) defineHandler(Worker.prototype, type);

// The global scope of a web worker: https://html.spec.whatwg.org/multipage/workers.html#dedicated-worker-global-scopes
function becomeWebWorker() {
  const { port } = native;
  const portState = state(port);
  scope.changed = portState.changed = () => {
    const listening = count(scope, "message") + count(portState, "message") !== 0;
    native.portRef(port, listening);
    if (listening) native.portStart(port);
  };
  portState.forward = (kind, value, ports) => {
    if (kind !== "close") deliver(undefined, kind, value, ports);
    deliver(port, kind, value, ports);
  };
  const path = native.path;
  const href = path.startsWith("/") ? "file://" + encodeURI(path) : path;
  const location = { href, protocol: href.slice(0, href.indexOf(":") + 1), host: "", hostname: "", port: "", search: "", hash: "",
                     origin: "null", pathname: path, toString() { return href; } };
  define(globalThis, targetMethods);
  define(globalThis, {
    self: globalThis, name: native.name, location,
    postMessage(message, options) { native.portPost(port, message, transferOf(options)); },
    close() { native.closeWorker(); },
    importScripts(...urls) { for (const path of urls.map((url) => native.resolve(String(url), true))) native.importScript(path); },
  });
  for (const type of ["message", "messageerror", "error"]) defineHandler(globalThis, type);
}
// An exception that nothing caught; true when a listener of this scope has dealt with it.
function handleUncaught(error, message, filename, lineno, colno) {
  if (count(scope, "error") === 0) return false;
  return !dispatch(undefined, new ErrorEvent("error", { cancelable: true, message, filename, lineno, colno, error }));
}

// --- https://nodejs.org/api/events.html ---

class EventEmitter {
  #lists = new Map();
  #max = 10;
  #add(name, listener, once, atStart) {
    if (typeof listener !== "function") throw new TypeError('The "listener" argument must be of type function');
    if (this.#lists.has("newListener")) this.emit("newListener", name, listener);
    const list = this.#lists.get(name) ?? [];
    const entry = { listener, once };
    this.#lists.set(name, atStart ? [entry, ...list] : [...list, entry]);
    return this;
  }
  on(name, listener) { return this.#add(name, listener, false, false); }
  addListener(name, listener) { return this.on(name, listener); }
  prependListener(name, listener) { return this.#add(name, listener, false, true); }
  once(name, listener) { return this.#add(name, listener, true, false); }
  prependOnceListener(name, listener) { return this.#add(name, listener, true, true); }
  off(name, listener) {
    const list = this.#lists.get(name) ?? [];
    const at = list.findLastIndex((entry) => entry.listener === listener);
    if (at < 0) return this;
    const rest = list.toSpliced(at, 1);
    if (rest.length === 0) this.#lists.delete(name);
    else this.#lists.set(name, rest);
    if (this.#lists.has("removeListener")) this.emit("removeListener", name, listener);
    return this;
  }
  removeListener(name, listener) { return this.off(name, listener); }
  removeAllListeners(name) {
    if (arguments.length === 0) this.#lists.clear();
    else this.#lists.delete(name);
    return this;
  }
  emit(name, ...values) {
    const list = this.#lists.get(name);
    if (list === undefined) {
      if (name !== "error") return false;
      throw values[0] instanceof Error ? values[0] : new Error("Unhandled error. (" + String(values[0]) + ")");
    }
    for (const entry of list) {
      if (entry.once) this.off(name, entry.listener);
      entry.listener.apply(this, values);
    }
    return true;
  }
  listenerCount(name) { return this.#lists.get(name)?.length ?? 0; }
  listeners(name) { return (this.#lists.get(name) ?? []).map((entry) => entry.listener); }
  rawListeners(name) { return this.listeners(name); }
  eventNames() { return [...this.#lists.keys()]; }
  setMaxListeners(max) { this.#max = max; return this; }
  getMaxListeners() { return this.#max; }
  static once(emitter, name) {
    return new Promise((resolve, reject) => {
      const failed = (error) => { emitter.off(name, done); reject(error); };
      const done = (...values) => { if (name !== "error") emitter.off("error", failed); resolve(values); };
      emitter.once(name, done);
      if (name !== "error") emitter.once("error", failed);
    });
  }
}
EventEmitter.EventEmitter = EventEmitter;
EventEmitter.defaultMaxListeners = 10;

// --- https://nodejs.org/api/worker_threads.html ---

const SHARE_ENV = Symbol.for("nodejs.worker_threads.SHARE_ENV");
let environmentData = new Map();

class NodeWorker extends EventEmitter {
  #id; #port; #exit = Promise.withResolvers(); #exited = false;
  constructor(filename, options = {}) {
    super();
    options ??= {};
    for (const name of ["stdin", "stdout", "stderr"])
      if (options[name]) throw new TypeError(`Worker: the option ${name} is not supported`);
    let code, path = String(filename);
    if (options.eval) [code, path] = [path, "[worker eval]"];
    else if (path.startsWith("data:")) code = decodeDataUrl(path);
    else path = native.resolve(path, false);
    const argv = [...(options.argv ?? [])].map(String);
    const env = options.env === undefined || options.env === null || options.env === SHARE_ENV ? process.env : options.env;
    const limit = Number(options.resourceLimits?.maxOldGenerationSizeMb ?? 0);
    const request = {
      kind: "node", path, code, name: String(options.name ?? "WorkerThread"), module: path.endsWith(".mjs") || path.startsWith("data:text/javascript"),
      argv: options.eval ? ["[worker eval]", ...argv] : [path, ...argv], env: environmentOf(env),
      heapLimit: limit > 0 ? limit * 1048576 : 0, initial: { workerData: options.workerData === undefined ? null : options.workerData },
    };
    ({ id: this.#id, port: this.#port } = launch(request, transferOf(options.transferList), (...notice) => this.#notice(...notice)));
    this.resourceLimits = { ...options.resourceLimits };
    this.threadName = request.name;
    state(this.#port).forward = (kind, value) => { if (kind !== "close") this.emit(kind, value); };
  }
  get threadId() { return this.#exited ? -1 : this.#id; }
  get stdin() { return null; }
  get stdout() { return null; }
  get stderr() { return null; }
  postMessage(message, options) { native.portPost(this.#port, message, transferOf(options)); }
  terminate() {
    if (this.#exited) return Promise.resolve(undefined);
    native.workerRef(this.#id, true);
    native.terminate(this.#id);
    return this.#exit.promise;
  }
  ref() { native.workerRef(this.#id, true); }
  unref() { native.workerRef(this.#id, false); }
  [Symbol.asyncDispose ?? Symbol("asyncDispose")]() { return this.terminate(); }
  #notice(kind, value) {
    if (kind !== "exit") return this.emit(kind, value);
    this.#exited = true;
    this.#exit.resolve(value);
    this.emit("exit", value);
  }
}
Object.defineProperty(NodeWorker, "name", { value: "Worker" });

let workerThreads;
function makeWorkerThreads() {
  if (workerThreads) return workerThreads;
  return workerThreads = {
    Worker: NodeWorker, MessageChannel, MessagePort, BroadcastChannel, SHARE_ENV,
    isMainThread: !native.isWorker, threadId: native.threadId, threadName: native.name,
    parentPort: native.port ?? null, workerData, resourceLimits: {}, isInternalThread: false,
    receiveMessageOnPort(port) {
      if (!native.isPort(port)) throw new TypeError('The "port" argument must be a MessagePort instance');
      const box = native.portReceive(port);
      return box === undefined ? undefined : { message: box[0] };
    },
    moveMessagePortToContext(port) { return port; },
    setEnvironmentData(key, value) {
      if (value === undefined) environmentData.delete(key);
      else environmentData.set(key, value);
    },
    getEnvironmentData(key) { return environmentData.get(key); },
    markAsUntransferable(object) { native.markAsUntransferable(object); },
    isMarkedAsUntransferable(object) { return native.isMarkedAsUntransferable(object); },
  };
}

let workerData = null;
if (native.isWorker) {
  const initial = native.takeInitial();
  if (initial?.environmentData) environmentData = initial.environmentData;
  if (initial && "workerData" in initial) workerData = initial.workerData;
}

for (const constructor of [Event, CustomEvent, MessageEvent, ErrorEvent, EventTarget, MessagePort, MessageChannel, BroadcastChannel, Worker])
  tag(constructor, constructor.name);

return {
  Event, CustomEvent, MessageEvent, ErrorEvent, EventTarget, MessagePort, MessageChannel, BroadcastChannel, Worker,
  navigator: { hardwareConcurrency: native.hardwareConcurrency, userAgent: "Skein" },
  EventEmitter, makeWorkerThreads, becomeWebWorker, handleUncaught,
};
}))js";

}  // namespace skein
