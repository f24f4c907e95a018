// Abort signals: https://dom.spec.whatwg.org/#interface-abortcontroller
(function (native, use) {
"use strict";
const { EventTarget, dispatch, defineHandler, tag } = use("events");

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
    signal.#reason = reason === undefined ? new (use("dom_exception").DOMException)("This operation was aborted", "AbortError") : reason;
    return signal;
  }
  // https://dom.spec.whatwg.org/#dom-abortsignal-timeout: the timer does not keep the program alive.
  static timeout(milliseconds) {
    milliseconds = Number(milliseconds);
    if (!(milliseconds >= 0 && milliseconds <= Number.MAX_SAFE_INTEGER)) throw new RangeError("AbortSignal.timeout: the time must be from 0 to 2^53 - 1");
    const signal = new AbortSignal(unlock);
    setTimeout(() => signalAbort(signal, new (use("dom_exception").DOMException)("The operation was aborted due to timeout", "TimeoutError")), milliseconds).unref();
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
      if (reason === undefined) reason = new (use("dom_exception").DOMException)("This operation was aborted", "AbortError");
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
        dispatch(one, new (use("event_types").Event)("abort"));
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

for (const constructor of [AbortSignal, AbortController]) tag(constructor, constructor.name);

return { AbortSignal, AbortController, makeSignal, signalAbort, onAbort, isAbortSignal };
});
