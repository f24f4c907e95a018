// https://nodejs.org/api/events.html
(function (native, use) {
"use strict";

// A function, not a class: programs call it on their own objects.
function EventEmitter(options) {
  if (!Object.hasOwn(this, "_events")) Object.defineProperty(this, "_events", { value: new Map(), writable: true, configurable: true });
}
const { prototype } = EventEmitter;
const listsOf = (emitter) => {
  if (!Object.hasOwn(emitter, "_events")) EventEmitter.call(emitter);
  return emitter._events;
};
function addTo(emitter, name, listener, once, atStart) {
  if (typeof listener !== "function")
    throw Object.assign(new TypeError('The "listener" argument must be of type function. Received ' + (listener === null ? "null" : typeof listener)), { code: "ERR_INVALID_ARG_TYPE" });
  const lists = listsOf(emitter);
  if (lists.has("newListener")) emitter.emit("newListener", name, listener);
  const list = lists.get(name) ?? [];
  const entry = { listener, once };
  // Lists are replaced, never changed: emit() walks the one it found.
  lists.set(name, atStart ? [entry, ...list] : [...list, entry]);
  return emitter;
}
function removeEntry(emitter, name, at) {
  const lists = listsOf(emitter), list = lists.get(name), [{ listener }] = [list[at]];
  const rest = list.toSpliced(at, 1);
  if (rest.length === 0) lists.delete(name);
  else lists.set(name, rest);
  if (lists.has("removeListener")) emitter.emit("removeListener", name, listener);
  return emitter;
}
const methods = {
  on(name, listener) { return addTo(this, name, listener, false, false); },
  prependListener(name, listener) { return addTo(this, name, listener, false, true); },
  once(name, listener) { return addTo(this, name, listener, true, false); },
  prependOnceListener(name, listener) { return addTo(this, name, listener, true, true); },
  off(name, listener) {
    const at = (listsOf(this).get(name) ?? []).findLastIndex((entry) => entry.listener === listener);
    return at < 0 ? this : removeEntry(this, name, at);
  },
  removeAllListeners(name) {
    if (arguments.length === 0) listsOf(this).clear();
    else listsOf(this).delete(name);
    return this;
  },
  emit(name, ...values) {
    const list = listsOf(this).get(name);
    if (list === undefined) {
      if (name !== "error") return false;
      if (values[0] instanceof Error) throw values[0];
      throw Object.assign(new Error("Unhandled error. (" + String(values[0]) + ")"), { code: "ERR_UNHANDLED_ERROR", context: values[0] });
    }
    for (const entry of list) {
      if (entry.once) {
        const at = (listsOf(this).get(name) ?? []).indexOf(entry);
        if (at < 0) continue;
        removeEntry(this, name, at);
      }
      entry.listener.apply(this, values);
    }
    return true;
  },
  listenerCount(name) { return listsOf(this).get(name)?.length ?? 0; },
  listeners(name) { return (listsOf(this).get(name) ?? []).map((entry) => entry.listener); },
  rawListeners(name) { return this.listeners(name); },
  eventNames() { return [...listsOf(this).keys()]; },
  setMaxListeners(max) { Object.defineProperty(this, "_maxListeners", { value: max, writable: true, configurable: true }); return this; },
  getMaxListeners() { return this._maxListeners ?? EventEmitter.defaultMaxListeners; },
};
methods.addListener = methods.on;
methods.removeListener = methods.off;
for (const [name, value] of Object.entries(methods)) Object.defineProperty(prototype, name, { value, writable: true, configurable: true });

const abortError = (signal) => Object.assign(new Error("The operation was aborted", { cause: signal.reason }), { name: "AbortError", code: "ABORT_ERR" });
function listen(target, name, listener) {
  if (typeof target.on === "function") {
    target.on(name, listener);
    return () => target.removeListener(name, listener);
  }
  target.addEventListener(name, listener);
  return () => target.removeEventListener(name, listener);
}
// https://nodejs.org/api/events.html#eventsonceemitter-name-options
EventEmitter.once = (target, name, options) => new Promise((resolve, reject) => {
  const signal = options?.signal;
  if (signal?.aborted) return reject(abortError(signal));
  const stops = [];
  const finish = (settle, value) => { for (const stop of stops) stop(); settle(value); };
  stops.push(listen(target, name, (...values) => finish(resolve, values)));
  if (name !== "error" && typeof target.on === "function") stops.push(listen(target, "error", (error) => finish(reject, error)));
  if (signal) stops.push(listen(signal, "abort", () => finish(reject, abortError(signal))));
});
// https://nodejs.org/api/events.html#eventsonemitter-eventname-options
EventEmitter.on = (target, name, options) => {
  const signal = options?.signal;
  if (signal?.aborted) throw abortError(signal);
  const values = [], waiting = [];
  let failure, done = false;
  const fail = (error) => { const first = waiting.shift(); if (first) first.reject(error); else failure = { error }; };
  const stops = [listen(target, name, (...value) => {
    const first = waiting.shift();
    if (first) first.resolve({ value, done: false });
    else values.push(value);
  })];
  const iterator = {
    next() {
      if (values.length) return Promise.resolve({ value: values.shift(), done: false });
      if (failure) { const { error } = failure; failure = undefined; return Promise.reject(error); }
      if (done) return Promise.resolve({ value: undefined, done: true });
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    return() {
      done = true;
      for (const stop of stops) stop();
      for (const { resolve } of waiting.splice(0)) resolve({ value: undefined, done: true });
      return Promise.resolve({ value: undefined, done: true });
    },
    throw(error) { fail(error); return iterator.return(); },
    [Symbol.asyncIterator]() { return iterator; },
  };
  if (name !== "error" && typeof target.on === "function") stops.push(listen(target, "error", fail));
  if (signal) stops.push(listen(signal, "abort", () => fail(abortError(signal))));
  return iterator;
};
EventEmitter.EventEmitter = EventEmitter;
EventEmitter.defaultMaxListeners = 10;
EventEmitter.errorMonitor = Symbol("events.errorMonitor");
EventEmitter.listenerCount = (emitter, name) => emitter.listenerCount(name);
EventEmitter.getEventListeners = (target, name) => typeof target.listeners === "function" ? target.listeners(name) : use("events").state(target).listeners.get(name)?.map((e) => e.callback) ?? [];

return { EventEmitter };
});
