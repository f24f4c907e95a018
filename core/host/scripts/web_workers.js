// Workers of the Web: https://html.spec.whatwg.org/multipage/workers.html
(function (native, use) {
"use strict";
const { EventTarget, state, count, dispatch, deliver, tag, defineHandler } = use("events");
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

tag(Worker, "Worker");

return { Worker };
});
