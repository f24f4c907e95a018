// Workers of the Web: https://html.spec.whatwg.org/multipage/workers.html
(function (native, use) {
"use strict";
const { EventTarget, scope, state, count, dispatch, deliver, define, tag, defineHandler, targetMethods } = use("events");
const { transferOf } = use("ports");
const { launch, codeOf } = use("workers");

// https://html.spec.whatwg.org/multipage/workers.html#dedicated-workers-and-the-worker-interface
class Worker extends EventTarget {
  #id; #port;
  constructor(url, options = {}) {
    if (arguments.length === 0) throw new TypeError("Worker: 1 argument required, but only 0 present");
    super();
    url = String(url);
    const type = String(options?.type ?? "classic");
    if (type !== "classic" && type !== "module") throw new TypeError(`Worker: '${type}' is not a worker type`);
    const code = codeOf(url);
    const request = {
      kind: "web", name: String(options?.name ?? ""), module: type === "module" || url.endsWith(".mjs"),
      path: code === undefined ? native.resolve(url, true) : url, code, argv: [], initial: {},
    };
    ({ id: this.#id, port: this.#port } = launch(request, [], (...notice) => this.#notice(...notice),
      (kind, value, ports) => { if (kind !== "close") deliver(this, kind, value, ports); }));
  }
  postMessage(message, options) { native.portPost(this.#port, message, options === undefined ? undefined : transferOf(options)); }
  terminate() {
    native.portClose(this.#port);
    native.terminate(this.#id);
  }
  ref() { native.workerRef(this.#id, true); }
  unref() { native.workerRef(this.#id, false); }
  [Symbol.dispose]() { this.terminate(); }
  #notice(kind, error, message, filename, lineno, colno) {
    if (kind !== "error") return;
    const heard = count(state(this), "error") !== 0;
    dispatch(this, new (use("event_types").ErrorEvent)("error", { cancelable: true, message, filename, lineno, colno, error }));
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
  let location;
  define(globalThis, targetMethods);
  define(globalThis, {
    self: globalThis, name: native.name,
    get location() { return location ??= new WorkerLocation(native.path); },
    WorkerGlobalScope: scopeInterface("WorkerGlobalScope"), DedicatedWorkerGlobalScope: scopeInterface("DedicatedWorkerGlobalScope"),
    postMessage(message, options) { native.portPost(port, message, options === undefined ? undefined : transferOf(options)); },
    close() { native.closeWorker(); },
    importScripts(...urls) {
      const sources = urls.map(String).map((url) => ({ url, code: codeOf(url) }));
      for (const source of sources) if (source.code === undefined) source.url = native.resolve(source.url, true);
      for (const { url, code } of sources) native.importScript(url, code);
    },
  });
  for (const type of ["message", "messageerror", "error"]) defineHandler(globalThis, type);
}
// https://html.spec.whatwg.org/multipage/workers.html#worker-locations
class WorkerLocation {
  #url;
  constructor(path) {
    const { URL, pathToFileURL } = use("url");
    this.#url = path.startsWith("/") ? pathToFileURL(path) : URL.canParse(path) ? new URL(path) : new URL("about:blank");
  }
  get href() { return this.#url.href; }
  get origin() { return this.#url.origin; }
  get protocol() { return this.#url.protocol; }
  get host() { return this.#url.host; }
  get hostname() { return this.#url.hostname; }
  get port() { return this.#url.port; }
  get pathname() { return this.#url.pathname; }
  get search() { return this.#url.search; }
  get hash() { return this.#url.hash; }
  toString() { return this.#url.href; }
}
// What the global object is an instance of.
function scopeInterface(name) {
  const constructor = { [name]() { throw new TypeError("Illegal constructor"); } }[name];
  Object.defineProperty(constructor, Symbol.hasInstance, { value: (object) => object === globalThis });
  return constructor;
}

tag(Worker, "Worker");
tag(WorkerLocation, "WorkerLocation");

return { Worker, becomeWebWorker };
});
