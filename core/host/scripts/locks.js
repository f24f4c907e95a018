// https://w3c.github.io/web-locks/: one lock manager for all agents of a program.
(function (native, use) {
"use strict";
const { tag } = use("events");
const { isAbortSignal, onAbort } = use("abort");

const requests = new Map();  // by number: what becomes of it
const unlock = Symbol();
class Lock {
  #name; #mode;
  constructor(key, name, mode) {
    if (key !== unlock) throw new TypeError("Illegal constructor");
    this.#name = name;
    this.#mode = mode;
  }
  get name() { return this.#name; }
  get mode() { return this.#mode; }
}
const refuse = (name, message) => Promise.reject(new (use("dom_exception").DOMException)(message, name));

class LockManager {
  constructor(key) { if (key !== unlock) throw new TypeError("Illegal constructor"); }
  // https://w3c.github.io/web-locks/#api-lock-manager-request
  request(name, options, callback) {
    if (arguments.length < 2) return Promise.reject(new TypeError("request: a name and a callback are required"));
    if (callback === undefined) [options, callback] = [{}, options];
    if (typeof callback !== "function") return Promise.reject(new TypeError("request: the callback must be a function"));
    try { name = String(name); } catch (error) { return Promise.reject(error); }
    const { mode = "exclusive", ifAvailable = false, steal = false, signal } = options ?? {};
    if (mode !== "exclusive" && mode !== "shared") return Promise.reject(new TypeError(`request: '${mode}' is not a lock mode`));
    if (signal !== undefined && !isAbortSignal(signal)) return Promise.reject(new TypeError("request: the option 'signal' must be an AbortSignal"));
    if (name.startsWith("-")) return refuse("NotSupportedError", "Names of locks must not start with '-'");
    if (steal && ifAvailable) return refuse("NotSupportedError", "The options 'steal' and 'ifAvailable' exclude each other");
    if (steal && mode !== "exclusive") return refuse("NotSupportedError", "Only exclusive locks can be stolen");
    if (signal !== undefined && (steal || ifAvailable)) return refuse("NotSupportedError", "The option 'signal' excludes 'steal' and 'ifAvailable'");
    if (signal?.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const request = { name, mode, callback, resolve, reject, held: false, forget: undefined };
      const id = native.requestLock(name, mode === "shared", ifAvailable, steal);
      requests.set(id, request);
      if (signal) request.forget = onAbort(signal, (reason) => {
        // Granted meanwhile: the news of it is on its way, and too late.
        if (request.held) return;
        requests.delete(id);
        native.releaseLock(id);
        reject(reason);
      });
    });
  }
  // https://w3c.github.io/web-locks/#api-lock-manager-query
  async query() {
    const state = { held: [], pending: [] };
    for (const [name, shared, held, clientId] of native.queryLocks())
      (held ? state.held : state.pending).push({ name, mode: shared ? "shared" : "exclusive", clientId });
    return state;
  }
}
tag(LockManager, "LockManager");
tag(Lock, "Lock");

// News of a request: granted, not available, or stolen.
function notify(id, kind) {
  const request = requests.get(id);
  if (request === undefined) return;
  if (kind === "stolen") {
    requests.delete(id);
    request.reject(new (use("dom_exception").DOMException)("The lock was stolen by another request", "AbortError"));
    return;
  }
  request.forget?.();
  request.held = true;
  const granted = kind === "granted";
  if (!granted) requests.delete(id);
  const { name, mode, callback, resolve, reject } = request;
  new Promise((settle) => settle(callback(granted ? new Lock(unlock, name, mode) : null)))
    .finally(() => { if (granted && requests.delete(id)) native.releaseLock(id); })
    .then(resolve, reject);
}

return { locks: new LockManager(unlock), LockManager, Lock, notify };
});
