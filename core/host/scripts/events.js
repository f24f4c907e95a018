// Events, their targets, DOMException and abort signals: https://dom.spec.whatwg.org/ and
// https://webidl.spec.whatwg.org/#idl-DOMException. Listeners in Node's manner stand beside those of the Web.
(function (native, use) {
"use strict";

// --- DOMException: https://webidl.spec.whatwg.org/#idl-DOMException ---

const legacyNames = ["IndexSizeError", null, "HierarchyRequestError", "WrongDocumentError", "InvalidCharacterError", null,
  "NoModificationAllowedError", "NotFoundError", "NotSupportedError", "InUseAttributeError", "InvalidStateError", "SyntaxError",
  "InvalidModificationError", "NamespaceError", "InvalidAccessError", null, "TypeMismatchError", "SecurityError", "NetworkError",
  "AbortError", "URLMismatchError", "QuotaExceededError", "TimeoutError", "InvalidNodeTypeError", "DataCloneError"];
const constantNames = ["INDEX_SIZE_ERR", "DOMSTRING_SIZE_ERR", "HIERARCHY_REQUEST_ERR", "WRONG_DOCUMENT_ERR", "INVALID_CHARACTER_ERR",
  "NO_DATA_ALLOWED_ERR", "NO_MODIFICATION_ALLOWED_ERR", "NOT_FOUND_ERR", "NOT_SUPPORTED_ERR", "INUSE_ATTRIBUTE_ERR",
  "INVALID_STATE_ERR", "SYNTAX_ERR", "INVALID_MODIFICATION_ERR", "NAMESPACE_ERR", "INVALID_ACCESS_ERR", "VALIDATION_ERR",
  "TYPE_MISMATCH_ERR", "SECURITY_ERR", "NETWORK_ERR", "ABORT_ERR", "URL_MISMATCH_ERR", "QUOTA_EXCEEDED_ERR", "TIMEOUT_ERR",
  "INVALID_NODE_TYPE_ERR", "DATA_CLONE_ERR"];

let domExceptionParts;
class DOMException extends Error {
  #name; #message;
  constructor(message = "", options = "Error") {
    const isBag = typeof options === "object" && options !== null;
    super();
    this.#message = String(message);
    this.#name = String(isBag ? options.name ?? "Error" : options);
    if (isBag && "cause" in options) Object.defineProperty(this, "cause", { value: options.cause, writable: true, configurable: true });
    native.captureStack(this, this.#message === "" ? this.#name : `${this.#name}: ${this.#message}`, DOMException);
  }
  get name() { return this.#name; }
  get message() { return this.#message; }
  get code() { return legacyNames.indexOf(this.#name) + 1; }
  static {
    domExceptionParts = (value) => #name in value ? [value.#name, value.#message] : undefined;
  }
}
constantNames.forEach((name, i) => {
  for (const object of [DOMException, DOMException.prototype]) Object.defineProperty(object, name, { value: i + 1, enumerable: true });
});
const makeDOMException = (name, message) => new DOMException(message, name);
native.cloneable("DOMException", DOMException.prototype, domExceptionParts, makeDOMException);

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

// https://html.spec.whatwg.org/multipage/webappapis.html#the-promiserejectionevent-interface
class PromiseRejectionEvent extends Event {
  #promise; #reason;
  constructor(type, init) {
    if (init?.promise === undefined) throw new TypeError("PromiseRejectionEvent: the member 'promise' is required");
    super(type, init);
    this.#promise = init.promise;
    this.#reason = init.reason;
  }
  get promise() { return this.#promise; }
  get reason() { return this.#reason; }
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
// What a listener did wrong is no business of who dispatches.
function invoke(target, entry, event) {
  try {
    const { callback } = entry;
    if (entry.node) callback.call(target, payload(event));
    else if (typeof callback === "function") callback.call(target ?? globalThis, event);
    else callback.handleEvent(event);
  } catch (error) {
    native.report(error);
  }
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
      invoke(target, entry, event);
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
    const signal = typeof options === "object" ? options?.signal : undefined;
    if (signal !== undefined && !isAbortSignal(signal)) throw new TypeError("addEventListener: the option 'signal' must be an AbortSignal");
    if (signal?.aborted) return;
    for (const entry of s.listeners.get(type) ?? [])
      if (entry.callback === callback && entry.capture === capture) return;
    const entry = { callback, capture, once: Boolean(typeof options === "object" && options?.once), node: false, removed: false };
    add(s, type, entry);
    if (signal) onAbort(signal, () => remove(s, type, entry));
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

// A message for a port, worker or scope. Where all listeners are of Node's kind there is no event to make.
function deliver(target, kind, value, ports) { deliverTo(state(target), target, kind, value, ports); }
function deliverTo(s, target, kind, value, ports) {
  const list = s.listeners.get(kind);
  if (list === undefined) return;
  if (kind === "message") {
    if (list.length === 1) {
      if (list[0].node) return tellNode(s, target, list[0], value);
    } else if (list.every((entry) => entry.node)) {
      for (const entry of [...list]) if (!entry.removed) tellNode(s, target, entry, value);
      return;
    }
  }
  dispatch(target, kind === "close" ? new Event("close") : messageEvent(kind, value, ports));
}

function tellNode(s, target, entry, value) {
  if (entry.once) remove(s, "message", entry);
  try {
    entry.callback.call(target, value);
  } catch (error) {
    native.report(error);
  }
}

// --- Abort signals: https://dom.spec.whatwg.org/#interface-abortcontroller ---

let makeSignal, signalAbort, onAbort, isAbortSignal;
const unlock = Symbol();
class AbortSignal extends EventTarget {
  #aborted = false; #reason = undefined;
  #algorithms = new Set();
  #dependents = [];        // weak: a signal of any() that nobody looks at is no use
  #sources = undefined;    // of any(): kept while somebody listens
  constructor(key) {
    if (key !== unlock) throw new TypeError("Illegal constructor");
    super();
  }
  get aborted() { return this.#aborted; }
  get reason() { return this.#reason; }
  throwIfAborted() { if (this.#aborted) throw this.#reason; }
  static abort(reason) {
    const signal = new AbortSignal(unlock);
    signal.#aborted = true;
    signal.#reason = reason === undefined ? new DOMException("This operation was aborted", "AbortError") : reason;
    return signal;
  }
  // https://dom.spec.whatwg.org/#dom-abortsignal-timeout: the timer does not keep the program alive.
  static timeout(milliseconds) {
    milliseconds = Number(milliseconds);
    if (!(milliseconds >= 0 && milliseconds <= Number.MAX_SAFE_INTEGER)) throw new RangeError("AbortSignal.timeout: the time must be from 0 to 2^53 - 1");
    const signal = new AbortSignal(unlock);
    setTimeout(() => signalAbort(signal, new DOMException("The operation was aborted due to timeout", "TimeoutError")), milliseconds).unref();
    return signal;
  }
  static any(signals) {
    const result = new AbortSignal(unlock);
    const list = [...signals];
    for (const signal of list) if (!isAbortSignal(signal)) throw new TypeError("AbortSignal.any: the list must consist of AbortSignals");
    const aborted = list.find((signal) => signal.#aborted);
    if (aborted) {
      result.#aborted = true;
      result.#reason = aborted.#reason;
      return result;
    }
    result.#sources = new Set(list.flatMap((signal) => signal.#sources ? [...signal.#sources] : [signal]));
    for (const source of result.#sources) source.#dependents.push(result);
    return result;
  }
  static {
    makeSignal = () => new AbortSignal(unlock);
    isAbortSignal = (value) => typeof value === "object" && value !== null && #aborted in value;
    onAbort = (signal, algorithm) => {
      if (signal.#aborted) return () => {};
      signal.#algorithms.add(algorithm);
      return () => signal.#algorithms.delete(algorithm);
    };
    signalAbort = (signal, reason) => {
      if (signal.#aborted) return;
      if (reason === undefined) reason = new DOMException("This operation was aborted", "AbortError");
      const all = [signal];
      for (const dependent of signal.#dependents) if (!dependent.#aborted) all.push(dependent);
      signal.#dependents = [];
      for (const one of all) {
        one.#aborted = true;
        one.#reason = reason;
        if (one.#sources) for (const source of one.#sources) if (source !== signal) source.#dependents = source.#dependents.filter((d) => d !== one);
      }
      for (const one of all) {
        const algorithms = one.#algorithms;
        one.#algorithms = new Set();
        for (const algorithm of algorithms) algorithm(reason);
        dispatch(one, new Event("abort"));
      }
    };
  }
}
defineHandler(AbortSignal.prototype, "abort");

class AbortController {
  #signal = makeSignal();
  get signal() { return this.#signal; }
  abort(reason) { signalAbort(this.#signal, reason); }
}

for (const constructor of [DOMException, Event, CustomEvent, MessageEvent, ErrorEvent, PromiseRejectionEvent, EventTarget, AbortSignal, AbortController])
  tag(constructor, constructor.name);

// --- The global scope ---

// https://html.spec.whatwg.org/multipage/webappapis.html#dom-reporterror
function reportError(error) {
  if (arguments.length === 0) throw new TypeError("reportError: 1 argument required, but only 0 present");
  native.report(error);
}
// An exception that nothing caught; true when a listener of this scope has dealt with it.
function handleUncaught(error, message, filename, lineno, colno) {
  if (count(scope, "error") === 0) return false;
  return !dispatch(undefined, new ErrorEvent("error", { cancelable: true, message, filename, lineno, colno, error }));
}
// https://html.spec.whatwg.org/multipage/webappapis.html#notify-about-rejected-promises
const reported = new WeakSet();  // rejections that were told of, in case somebody takes care of them later
function handleRejection(promise, reason) {
  reported.add(promise);
  if (count(scope, "unhandledrejection") === 0) return false;
  return !dispatch(undefined, new PromiseRejectionEvent("unhandledrejection", { cancelable: true, promise, reason }));
}
function rejectionHandled(promise, reason) {
  if (!reported.delete(promise)) return false;
  if (count(scope, "rejectionhandled") !== 0) dispatch(undefined, new PromiseRejectionEvent("rejectionhandled", { promise, reason }));
  return true;
}
const globalTarget = {
  addEventListener: targetMethods.addEventListener.bind(undefined),
  removeEventListener: targetMethods.removeEventListener.bind(undefined),
  dispatchEvent: (event) => targetMethods.dispatchEvent.call(undefined, event),
};
const handlerHost = {};
Object.setPrototypeOf(handlerHost, null);
const globalHandler = (type, ...value) => {
  const name = "on" + type;
  if (!(name in handlerHost)) defineHandler(handlerHost, type);
  const { get, set } = Object.getOwnPropertyDescriptor(handlerHost, name);
  return value.length === 0 ? get.call(undefined) : set.call(undefined, value[0]);
};

return {
  DOMException, Event, CustomEvent, MessageEvent, ErrorEvent, PromiseRejectionEvent, EventTarget, AbortSignal, AbortController, reportError,
  ...globalTarget, globalHandler, targetMethods, handleUncaught, handleRejection, rejectionHandled, makeDOMException,
  scope, state, count, add, remove, dispatch, deliver, deliverTo, define, tag, defineHandler, messageEvent, makeSignal, signalAbort, onAbort, isAbortSignal,
};
});
