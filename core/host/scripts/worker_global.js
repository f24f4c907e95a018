// The global scope of a web worker: https://html.spec.whatwg.org/multipage/workers.html#dedicated-worker-global-scopes
(function (native, use) {
"use strict";
const { scope, state, count, deliver, define, defineHandler, targetMethods } = use("events");
const { transferOf } = use("ports");

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
    get location() { return location ??= new (use("worker_location").WorkerLocation)(native.path); },
    WorkerGlobalScope: scopeInterface("WorkerGlobalScope"), DedicatedWorkerGlobalScope: scopeInterface("DedicatedWorkerGlobalScope"),
    postMessage(message, options) { native.portPost(port, message, options === undefined ? undefined : transferOf(options)); },
    close() { native.closeWorker(); },
    importScripts(...urls) {
      const { codeOf } = use("workers");
      const sources = urls.map(String).map((url) => ({ url, code: codeOf(url) }));
      for (const source of sources) if (source.code === undefined) source.url = native.resolve(source.url, true);
      for (const { url, code } of sources) native.importScript(url, code);
    },
  });
  for (const type of ["message", "messageerror", "error"]) defineHandler(globalThis, type);
}
// What the global object is an instance of.
function scopeInterface(name) {
  const constructor = { [name]() { throw new TypeError("Illegal constructor"); } }[name];
  Object.defineProperty(constructor, Symbol.hasInstance, { value: (object) => object === globalThis });
  return constructor;
}

return { becomeWebWorker };
});
