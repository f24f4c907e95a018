// Event targets: https://dom.spec.whatwg.org/#interface-eventtarget. Listeners in Node's manner stand beside those of
// the Web. What only few programs see of it is in scripts of its own: events (event_types), signals (abort), errors.
(function (native, use) {
"use strict";

// --- Event targets: https://dom.spec.whatwg.org/#interface-eventtarget ---

const { EventTarget } = native;
let loadedTypes;
const types = () => loadedTypes ??= use("event_types");
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
    if (entry.node) callback.call(target, types().payload(event));
    else if (typeof callback === "function") callback.call(target ?? globalThis, event);
    else callback.handleEvent(event);
  } catch (error) {
    native.report(error);
  }
}
function dispatch(target, event) {
  const s = state(target);
  const { begin, isStopped, finish } = types();
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
    if (signal !== undefined && !use("abort").isAbortSignal(signal)) throw new TypeError("addEventListener: the option 'signal' must be an AbortSignal");
    if (signal?.aborted) return;
    for (const entry of s.listeners.get(type) ?? [])
      if (entry.callback === callback && entry.capture === capture) return;
    const entry = { callback, capture, once: Boolean(typeof options === "object" && options?.once), node: false, removed: false };
    add(s, type, entry);
    if (signal) use("abort").onAbort(signal, () => remove(s, type, entry));
  },
  removeEventListener(type, callback, options) {
    const s = state(this);
    const capture = Boolean(typeof options === "object" ? options?.capture : options);
    type = String(type);
    for (const entry of s.listeners.get(type) ?? [])
      if (entry.callback === callback && entry.capture === capture) return remove(s, type, entry);
  },
  dispatchEvent(event) {
    if (!(event instanceof types().Event)) throw new TypeError("dispatchEvent: the argument must be an Event");
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
tag(EventTarget, "EventTarget");

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
          const isGlobalError = type === "error" && s === scope && event instanceof types().ErrorEvent;
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
  const { Event, messageEvent } = types();
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

// --- The global scope ---

// https://html.spec.whatwg.org/multipage/webappapis.html#dom-reporterror
function reportError(error) {
  if (arguments.length === 0) throw new TypeError("reportError: 1 argument required, but only 0 present");
  native.report(error);
}
// An exception that nothing caught; true when a listener of this scope has dealt with it.
function handleUncaught(error, message, filename, lineno, colno) {
  if (count(scope, "error") === 0) return false;
  return !dispatch(undefined, new (types().ErrorEvent)("error", { cancelable: true, message, filename, lineno, colno, error }));
}
// https://html.spec.whatwg.org/multipage/webappapis.html#notify-about-rejected-promises
let reported;  // rejections that were told of, in case somebody takes care of them later
function handleRejection(promise, reason) {
  (reported ??= new WeakSet()).add(promise);
  if (count(scope, "unhandledrejection") === 0) return false;
  return !dispatch(undefined, new (types().PromiseRejectionEvent)("unhandledrejection", { cancelable: true, promise, reason }));
}
function rejectionHandled(promise, reason) {
  if (!reported?.delete(promise)) return false;
  if (count(scope, "rejectionhandled") !== 0) dispatch(undefined, new (types().PromiseRejectionEvent)("rejectionhandled", { promise, reason }));
  return true;
}
const addEventListener = targetMethods.addEventListener.bind(undefined);
const removeEventListener = targetMethods.removeEventListener.bind(undefined);
const dispatchEvent = (event) => targetMethods.dispatchEvent.call(undefined, event);
const handlerHost = {};
Object.setPrototypeOf(handlerHost, null);
const globalHandler = (type, ...value) => {
  const name = "on" + type;
  if (!(name in handlerHost)) defineHandler(handlerHost, type);
  const { get, set } = Object.getOwnPropertyDescriptor(handlerHost, name);
  return value.length === 0 ? get.call(undefined) : set.call(undefined, value[0]);
};

return {
  EventTarget, reportError, addEventListener, removeEventListener, dispatchEvent, globalHandler, targetMethods, handleUncaught, handleRejection, rejectionHandled,
  scope, state, count, add, remove, dispatch, deliver, deliverTo, define, tag, defineHandler,
};
});
